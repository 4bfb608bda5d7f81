"""One batch at a time in one place: a lock that the system takes back when its process ends, however that ends."""

import os
from contextlib import suppress
from pathlib import Path

from ungarble import files
from ungarble.errors import UngarbleError

_BEHIND = 1 << 20
"""The byte that is locked on Windows, where nobody else could read a locked one: far behind the number that is told."""


class LockedError(UngarbleError):
    """A place where another batch is at work."""

    def __init__(self, folder: str, process: str) -> None:
        super().__init__(folder, process)
        self.folder, self.process = folder, process

    def __str__(self) -> str:
        who = f"another batch (process {self.process})" if self.process else "another batch"
        return f"{who} is at work on {self.folder}; wait until it has ended, or write elsewhere with -o"


class Lock:
    """Holds a lock file until ``release``, or until the process ends. Processes forked from this one do not hold it.

    Raises LockedError where another process does, and FileError where there can be no such file.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise files.unwritten(error, path) from error
        try:
            _lock(self._handle)
        except OSError:
            process = os.read(self._handle, 20).decode("ascii", "replace").strip()
            self.release()
            raise LockedError(str(path.parent.parent), process) from None
        with suppress(OSError):  # a full disk is for others to tell
            os.ftruncate(self._handle, 0)
            os.write(self._handle, str(os.getpid()).encode())

    def release(self) -> None:
        """Let others at it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    """Lock a file, or raise OSError at once."""
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, _BEHIND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        os.lseek(handle, 0, os.SEEK_SET)
        return
    import fcntl

    fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # unlike flock, not handed on to forked workers
