"""Tables for people and for programs: aligned columns, and tab-separated values."""

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest

import click

from ungarble import files
from ungarble.terminal import visible, visible_lines

WIDEST = 48
"""Characters to which a column grows; a longer cell pushes the rest of its line to the right."""


def aligned(rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    r"""Align cells in columns, two spaces apart; what a terminal would obey is shown instead.

    >>> print(aligned([["Kabul", "city"], ["Ghor", "province"]]), end="")
    Kabul  city
    Ghor   province

    ``right`` are the columns to push to the right. A column that is empty in every row is left out.
    """
    table = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip_longest(*table, fillvalue="")]
    lines = []
    for row in table:
        cells = [
            _padded(cell, min(width, WIDEST), number in right)
            for number, (cell, width) in enumerate(zip(row, widths, strict=False))
            if width
        ]
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def tab_separated(rows: Iterable[Sequence[str]]) -> str:
    """One line a row; tabs and line ends inside a cell become spaces."""
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def put(text: str) -> None:
    """Print text that came from a file: as it is into a pipe, harmless on a terminal."""
    if sys.stdout is not None and sys.stdout.isatty():
        text = visible_lines(text)
        if os.name == "nt":
            click.echo(text, nl=False)
            return
    files.write_standard_output(text.encode(errors="backslashreplace"))


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(cell: str) -> int:
    """How many columns of a terminal a text takes."""
    if cell.isascii():
        return len(cell)
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else not unicodedata.combining(letter) for letter in cell
    )
