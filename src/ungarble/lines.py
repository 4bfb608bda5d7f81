"""Where the lines of a text begin, and where a document's words stand in its file."""

import re
from bisect import bisect_right
from typing import NamedTuple

from ungarble.document import Document


class Lines:
    r"""Tells the line and the column of a position. A line ends with ``\n``, which belongs to it.

    >>> Lines("one\ntwo").place(5)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, position: int) -> tuple[int, int]:
        """Line and column of a position, both counted from 1."""
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Where a line, counted from 1, begins and ends, without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self._text)
        return start, end - (start < end and self._text[end - 1] == "\r")


class Where(NamedTuple):
    """A place as a person finds it: line and column in the file, both from 1, the second it is said in, and by whom."""

    line: int
    column: int
    time: float | None = None
    speaker: str | None = None

    def __str__(self) -> str:
        parts = [f"line {self.line}"]
        if self.time is not None:
            minutes, seconds = divmod(int(self.time), 60)
            parts.append(f"{minutes // 60:d}:{minutes % 60:02d}:{seconds:02d}")
        return " · ".join([*parts, *([self.speaker] if self.speaker else [])])


class Places:
    """Tells where the positions of a document's text stand in its file."""

    def __init__(self, document: Document) -> None:
        self._lines = Lines(document.text)
        self._segments = [segment for segment in document.segments if segment.span.start < segment.span.end]
        self._starts = [segment.span.start for segment in self._segments]

    def where(self, position: int) -> Where:
        """The place of a position."""
        line, column = self._lines.place(position)
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return Where(line, column)
        segment = self._segments[index]
        if segment.line is not None:
            line = segment.line + line - self._lines.place(segment.span.start)[0]
        return Where(line, column, segment.start, segment.speaker)
