"""What a batch keeps beside its results: the lock, the journal, and the evidence of ``--across``."""

import os
from pathlib import PurePath
from tempfile import TemporaryDirectory
from types import TracebackType

from ungarble.batch.journal import FOLDER, Journal
from ungarble.batch.lock import Lock
from ungarble.batch.plan import Plan, refuse_foreign
from ungarble.batch.request import Request
from ungarble.batch.storage import Storage, folders_of


class State:
    """The hidden folder of a batch, entered: in the output folder, or in the one that the files have in common.

    For a batch that writes no transcripts it is a temporary one. Raises LockedError where another batch is at work,
    PlanError where files of others would be overwritten, and FileError.
    """

    def __init__(self, request: Request, plan: Plan, base: str | None, storage: Storage) -> None:
        self._request, self._plan, self._storage = request, plan, storage
        self._writes = request.writes and bool(plan.tasks)
        self._temporary: TemporaryDirectory[str] | None = None
        self._lock: Lock | None = None
        self._base = request.output or base or ""

    def __enter__(self) -> "State":
        if not self._writes:
            self._temporary = TemporaryDirectory(prefix="ungarble-")
            self.folder = self._temporary.name
        else:
            self.folder = str(PurePath(self._base, FOLDER))
            self._lock = self._storage.lock(self._path("lock"))
        try:
            self._open()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if hasattr(self, "journal"):
            self.journal.close()
        if self._lock:
            self._lock.release()
        if self._temporary:
            self._temporary.cleanup()

    def sync(self) -> None:
        """Make what was done survive a power cut."""
        self._storage.sync()
        if self._writes:
            self.journal.sync()

    def clear(self) -> None:
        """Remove what dead processes left half done."""
        if not self._writes:
            return
        own = (str(PurePath(self._base, key)) for key in self.journal.outputs)
        self._storage.clear(folders_of(map(self._storage.real, (*own, *self._request.reports))))
        self._storage.clear([self.folder], everyones=True)

    def keep_evidence(self, data: bytes) -> None:
        """Keep the names that the files of the batch say."""
        if self._writes:
            self._storage.write(self._path("evidence.json"), data)

    def _open(self) -> None:
        self.journal = Journal(self._storage, self._path("journal.jsonl"))
        if not self._writes:
            return
        if self._request.output and not self._request.force:
            refuse_foreign(self._plan.tasks, self.journal.outputs, self._storage, self._request.output)
        self.journal.begin(self._request.resume)
        self._storage.mark = self.journal.mark
        self.clear()
        self.journal.add_outputs(task.key for task in self._plan.tasks)
        ignore = self._path(".gitignore")
        if not self._storage.kind(ignore):
            self._storage.write(ignore, b"*\n")

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name)  # noqa: PTH118 - as text
