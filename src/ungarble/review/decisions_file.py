"""The decisions file: lines are added while somebody decides, each on the disk before the next question is asked."""

import errno
import os
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ungarble import files
from ungarble.formats import DECISIONS
from ungarble.review.decisions import Decision, latest
from ungarble.review.decisions_lines import HEADER, Row, is_whole, rows_of, to_line, to_text


def beside(transcript: Path) -> Path:
    """The decisions file of a transcript, where none is named: it lies beside it."""
    return transcript.with_name(transcript.name + DECISIONS)


def read_rows(path: Path) -> list[Row]:
    """Every line of a decisions file, in its order. Raises DecisionsError and FileError."""
    return rows_of(path, files.read(path))


def key_of(transcript: str | os.PathLike[str], file: Path) -> str:
    """What a transcript is called in a decisions file: its path, seen from the file's folder, with slashes."""
    path = Path(os.path.abspath(transcript))  # noqa: PTH100 - links stay what they are
    with suppress(ValueError):  # on another drive
        path = Path(os.path.relpath(path, os.path.dirname(os.path.abspath(file))))  # noqa: PTH100, PTH120
    return unicodedata.normalize("NFC", path.as_posix())


class DecisionsFile:
    """The decisions file at a path, which need not exist yet. Raises DecisionsError and FileError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: list[Row] = []
        self._by_name: dict[str, list[Row]] = {}
        self._is_new = not path.exists()
        self._take([] if self._is_new else read_rows(path))
        self._handle: int | None = None

    @property
    def transcripts(self) -> list[str]:
        """What the transcripts are called, in the order in which they come first."""
        return list(self._by_name)

    def of(self, transcript: str | os.PathLike[str]) -> list[Decision]:
        """The decisions on a transcript that hold, in the order in which they were made."""
        return self.named(key_of(transcript, self.path))

    def named(self, name: str) -> list[Decision]:
        """The same for what is called so in the file."""
        return latest(row.decision for row in self._by_name.get(name, ()))

    def meant_for(self, transcript: str | os.PathLike[str] | None) -> list[Decision]:
        """The same for a transcript that may have been moved, or comes from standard input (None).

        Where none is called so, it is the only one, or the only one of that name: the words tell whether they fit.
        """
        return self.named(self.name_of(transcript))

    def name_of(self, transcript: str | os.PathLike[str] | None) -> str:
        """What a transcript is called here for which decisions are meant; empty where none are."""
        known = self.transcripts
        key = key_of(transcript, self.path) if transcript is not None else ""
        if key not in known:
            same = [name for name in known if key and name.rpartition("/")[2] == key.rpartition("/")[2]]
            candidates = same or known
            key = candidates[0] if len(candidates) == 1 else ""
        return key

    def lines(self, name: str, decisions: Iterable[Decision]) -> list[int]:
        """The lines on which decisions stand on what is called so in the file, in order."""
        wanted = set(decisions)
        rows = (row for row in self._by_name.get(name, ()) if row.decision in wanted)
        return sorted({row.decision: row.line for row in rows}.values())

    def append(self, transcript: str | os.PathLike[str], decisions: Iterable[Decision]) -> None:
        """Write decisions down. When this returns, they are on the disk."""
        key = key_of(transcript, self.path)
        new = list(decisions)
        data = "".join(to_line(key, decision) for decision in new).encode()
        if data:
            try:
                self._write(data)
            except OSError as error:
                raise files.unwritten(error, self.path) from error
        line = self.rows[-1].line if self.rows else 2
        self._take(Row(line + number, key, decision) for number, decision in enumerate(new, start=1))

    def tidy(self) -> None:
        """Put the lines in order, without those that later ones replaced. Comments come first.

        Raises FileError, with the file as it was, where another program has just changed it.
        """
        self.close()
        if not self.path.exists():
            return
        before = files.read(self.path)
        rows = rows_of(self.path, before)
        remarks = [line for line in before.decode("utf-8-sig").splitlines() if line.startswith("#")][1:]
        after = to_text([(row.transcript, row.decision) for row in rows], remarks).encode()
        if after != before:
            files.rewrite(self.path, before, after)
        self.rows, self._by_name = [], {}
        self._take(rows_of(self.path, after))

    def remove_if_new(self) -> None:
        """Remove a file that this one made, should no decision be in it."""
        self.close()
        if self._is_new and not self.rows:
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows.append(row)
            self._by_name.setdefault(row.transcript, []).append(row)

    def _write(self, data: bytes) -> None:
        handle = self._opened()
        size = os.fstat(handle).st_size
        try:
            if os.write(handle, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        except OSError:
            with suppress(OSError):
                os.truncate(handle, size)
            raise

    def _opened(self) -> int:
        """The file, open to be added to: not one that another has taken the place of since."""
        if self._handle is not None and _is_at(self._handle, self.path):
            return self._handle
        is_new = not self.path.exists()
        self.close()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._handle = os.open(self.path, flags, 0o666)
        _mend(self.path, self._handle)
        if is_new:
            files.flush_folder(self.path.absolute().parent)
        return self._handle


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _mend(path: Path, handle: int) -> None:
    """Give an empty file its head, and a last line without its end that end, or take it out where it is torn."""
    data = b"".join(iter(lambda: os.read(handle, 1 << 20), b""))
    rows_of(path, data)  # refuses what is no decisions file
    whole, _, rest = data.rpartition(b"\n")
    if not whole:
        os.truncate(handle, 0)
        os.write(handle, HEADER.encode())
    elif is_whole(rest):
        os.write(handle, b"\n")
    elif rest:
        os.truncate(handle, len(data) - len(rest))
