"""Where files live: the seam between a batch and the disk. Cleaning, journal and report know no other way to a file.

A file is written in two steps. A worker *stages* it: the whole content, safe on the disk, under a temporary name. Only
the process that runs the batch *commits* it, which is a renaming. So whatever dies, and when, a file is absent, old or
complete. To keep files elsewhere (an object store), write another class with these methods.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol

from ungarble import files
from ungarble.batch.lock import Lock
from ungarble.batch.log import Log

FOLDER, FILE, OTHER = "folder", "file", "other"


class Entry(NamedTuple):
    """What stands in a folder: its name and path, what it is (a link: what it leads to), and whether it is a link."""

    name: str
    path: str
    kind: str
    is_link: bool
    is_hidden: bool


class Storage(Protocol):
    """A place for files. All raise FileError, which names the file and says why."""

    mark: str
    """Stands in the names of temporary files, to tell those of a dead run."""

    def kind(self, path: str) -> str | None:
        """Whether a path is a folder, a file or something else; None where nothing is."""
        ...

    def entries(self, folder: str) -> list[Entry]:
        """What stands in a folder, by name."""
        ...

    def real(self, path: str) -> str:
        """One name for a file or folder, however it was reached."""
        ...

    def read(self, path: str) -> bytes:
        """What a file holds."""
        ...

    def digest(self, path: str) -> str | None:
        """A hash of what a file holds; None where there is none."""
        ...

    def stage(self, target: str, data: bytes) -> str:
        """Keep what a file is to hold, safe on the disk; what comes back names it for ``commit``."""
        ...

    def commit(self, staged: str, target: str, before: str | None, backup: str | None) -> None:
        """Give it its name. ``before`` is the digest that the target must still have, if any; ``backup`` a suffix."""
        ...

    def clear(self, folders: Iterable[str], everyones: bool = False) -> None:
        """Remove what a dead run left staged there; ``everyones`` whatever its mark."""
        ...

    def log(self, path: str) -> Log:
        """A file of lines that only grows."""
        ...

    def lock(self, path: str) -> Lock:
        """A lock that ends with this process."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Write a small file at once."""
        ...

    def sync(self) -> None:
        """Make all that was committed survive a power cut."""
        ...


def digest(data: bytes) -> str:
    """A hash of what a file holds."""
    return blake2b(data, digest_size=16).hexdigest()


class LocalDisk:
    """The files of this machine."""

    def __init__(self, mark: str = "") -> None:
        self.mark = mark
        self._unsynced: set[Path] = set()

    def kind(self, path: str) -> str | None:
        """Whether a path is a folder, a file or something else; None where nothing is."""
        where = Path(path)
        try:
            return FOLDER if where.is_dir() else FILE if where.is_file() else OTHER if where.exists() else None
        except (OSError, ValueError):
            return None

    def entries(self, folder: str) -> list[Entry]:
        """What stands in a folder, by name. Raises FileError."""
        try:
            with os.scandir(folder) as found:
                return sorted(_entry(one, folder) for one in found)
        except OSError as error:
            raise files.FileError(folder, "read", files.why_unread(error)) from error

    def real(self, path: str) -> str:
        """The path without links."""
        return os.path.realpath(path)

    def read(self, path: str) -> bytes:
        """What a file holds. Raises FileError."""
        return files.read(Path(path))

    def digest(self, path: str) -> str | None:
        """A hash of what a file holds; None where there is none that can be read."""
        with suppress(files.FileError):
            return digest(files.read(Path(path)))
        return None

    def stage(self, target: str, data: bytes) -> str:
        """Write a temporary file in the target's folder, which is made if need be. Raises FileError."""
        path = Path(target)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.unwritten(error, path) from error
        return str(files.stage(path, data, self.mark))

    def commit(self, staged: str, target: str, before: str | None, backup: str | None) -> None:
        """Rename it. Raises FileError, with the target as it was."""
        path = Path(target)
        try:
            if before is not None:
                self._check(path, before, backup)
        except files.FileError:
            Path(staged).unlink(missing_ok=True)
            raise
        files.put(Path(staged), path)
        self._unsynced.add(Path(staged).parent)

    def clear(self, folders: Iterable[str], everyones: bool = False) -> None:
        """Remove temporary files with this one's mark, or all."""
        for folder in folders:
            for path in Path(folder).glob(files.temporary_name("*", "" if everyones else self.mark)):
                path.unlink(missing_ok=True)

    def log(self, path: str) -> Log:
        """Open a file of lines, which is made if need be, and its folder. Raises FileError."""
        return Log(Path(path))

    def lock(self, path: str) -> Lock:
        """Take a lock. Raises LockedError where another process holds it."""
        return Lock(Path(path))

    def write(self, path: str, data: bytes) -> None:
        """Write a file whole, or not at all; its folder is made if need be. Raises FileError."""
        if self.kind(path) == OTHER:  # a device or a pipe
            files.write(Path(path), data)
        else:
            self.commit(self.stage(path, data), path, None, None)

    def sync(self) -> None:
        """Flush the folders in which files were renamed."""
        while self._unsynced:
            files.flush_folder(self._unsynced.pop())

    def _check(self, path: Path, before: str, backup: str | None) -> None:
        """Make sure that a file still holds what was read, and keep that if asked. Raises FileError."""
        data = files.read(path)
        if digest(data) != before:
            raise files.changed_meanwhile(path)
        if backup:
            files.back_up(path, data, backup, self.mark)


def _entry(found: "os.DirEntry[str]", folder: str) -> Entry:
    try:
        kind = FOLDER if found.is_dir() else FILE if found.is_file() else OTHER
    except OSError:  # a link that leads to itself
        kind = OTHER
    path = found.name if folder == os.curdir else found.path
    return Entry(found.name, path, kind, found.is_symlink(), _is_hidden(found))


def _is_hidden(found: "os.DirEntry[str]") -> bool:
    """Whether a name is hidden, or a file that Word keeps while it has another open."""
    if found.name.startswith((".", "~$")):
        return True
    attributes: int = getattr(found.stat(follow_symlinks=False), "st_file_attributes", 0) if os.name == "nt" else 0
    return bool(attributes & 2)


def folders_of(paths: Iterable[str]) -> Iterator[str]:
    """The folders in which files stand, each once."""
    yield from dict.fromkeys(os.path.dirname(path) for path in paths)  # noqa: PTH120 - as they are written
