"""A file of lines that only grows: what was written stays, and a last line that was cut short is dropped."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ungarble import files


class Place(NamedTuple):
    """Where a line stands, in bytes."""

    start: int
    end: int


class Log:
    """Lines of bytes at the end of a file. Each is written with one call, so that a dead process cuts at most the last.

    Raises FileError, with the file as it was, for what cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)
        except OSError as error:
            raise files.unwritten(error, path) from error
        self._end = os.fstat(self._file.fileno()).st_size

    def lines(self) -> Iterator[tuple[Place, bytes]]:
        """Every whole line with its place. What stands behind the last line end is cut off."""
        with self._path.open("rb") as file:
            start = 0
            for line in file:
                if not line.endswith(b"\n"):
                    break
                yield Place(start, start + len(line)), line
                start += len(line)
        self._cut(start)

    def append(self, line: bytes) -> Place:
        """Write a line; a line end is added. It survives the process at once, and a power cut after ``sync``."""
        place = Place(self._end, self._end + len(line) + 1)
        rest = memoryview(line + b"\n")
        try:
            self._file.seek(self._end)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            self._cut(place.start)
            raise files.unwritten(error, self._path) from error
        self._end = place.end
        return place

    def read(self, place: Place) -> bytes:
        """The line at a place."""
        self._file.seek(place.start)
        parts = []
        rest = place.end - place.start
        while rest and (part := self._file.read(rest)):
            parts.append(part)
            rest -= len(part)
        return b"".join(parts)

    def sync(self) -> None:
        """Make all lines survive a power cut. Raises FileError."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise files.unwritten(error, self._path) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _cut(self, end: int) -> None:
        os.ftruncate(self._file.fileno(), end)
        self._end = end
