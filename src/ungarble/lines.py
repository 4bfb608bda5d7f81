"""Where the lines of a text begin."""

import re
from bisect import bisect_right


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
