"""The fixes as a patch that ``patch`` and ``git apply`` accept, and that gives exactly the cleaned file."""

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from ungarble.formats import ByteEdit, apply

CONTEXT = 3
"""Unchanged lines around a change."""


class _Change(NamedTuple):
    """Old lines, by the index of the first, that become new ones."""

    first: int
    old: list[bytes]
    new: list[bytes]

    @property
    def end(self) -> int:
        """The index of the first old line behind the change."""
        return self.first + len(self.old)


def unified_diff(data: bytes, edits: Sequence[ByteEdit], path: str | None = None) -> bytes:
    r"""A patch in the unified format, in the file's own encoding and with its own line ends; empty without changes.

    ``path`` is what the file is called in it, below ``a/`` and ``b/``, relative to the working folder where the file
    lies in that; None is standard input. ``edits`` are in order and do not overlap.

    >>> print(unified_diff(b"in kabul\n", [ByteEdit(3, 8, b"Kabul")], "talk.txt").decode(), end="")
    --- a/talk.txt
    +++ b/talk.txt
    @@ -1,1 +1,1 @@
    -in kabul
    +in Kabul
    """
    lines = _split(data)
    changes = list(_changes(data, lines, edits))
    if not changes:
        return b""
    name = _name(path)
    parts = [b"--- ", _quoted(b"a/" + name), b"+++ ", _quoted(b"b/" + name)]
    shift = 0
    for group in _groups(changes):
        parts += _hunk(lines, group, shift)
        shift += sum(len(change.new) - len(change.old) for change in group)
    return b"".join(parts)


def _split(data: bytes) -> list[bytes]:
    """The lines of a file, each with its line end. Only a line feed ends one, as for ``patch``."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _changes(data: bytes, lines: Sequence[bytes], edits: Sequence[ByteEdit]) -> Iterator[_Change]:
    """The runs of lines that edits touch, without those at either end that stay the same."""
    starts = [0, *accumulate(map(len, lines))]
    end_of_file = len(lines) - (bool(lines) and not lines[-1].endswith(b"\n"))
    for first, last, inside in _runs(starts, end_of_file, edits):
        start, end = starts[first], starts[last]
        moved = [ByteEdit(edit.start - start, edit.end - start, edit.replacement) for edit in inside]
        old, new = list(lines[first:last]), _split(apply(data[start:end], moved))
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        change = _Change(first + head, old[head : len(old) - tail], new[head : len(new) - tail])
        if change.old or change.new:
            yield change


def _runs(
    starts: Sequence[int], end_of_file: int, edits: Sequence[ByteEdit]
) -> Iterator[tuple[int, int, list[ByteEdit]]]:
    """Edits that touch the same lines, with the index of the first line and of the one behind the last.

    ``end_of_file`` is the line that would grow if something were added to the file.
    """
    run: tuple[int, int, list[ByteEdit]] | None = None
    for edit in edits:
        first = min(bisect_right(starts, edit.start) - 1, end_of_file)
        last = min(bisect_right(starts, edit.end), len(starts) - 1)
        if run and first < max(run[1], run[0] + 1):
            run = (run[0], max(run[1], last), [*run[2], edit])
            continue
        if run:
            yield run
        run = (first, last, [edit])
    if run:
        yield run


def _alike(old: Sequence[bytes], new: Sequence[bytes]) -> int:
    """How many lines are the same from the start."""
    return next(
        (n for n, (left, right) in enumerate(zip(old, new, strict=False)) if left != right), min(len(old), len(new))
    )


def _groups(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes whose context touches stand in one hunk."""
    group = [changes[0]]
    for change in changes[1:]:
        if change.first - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    yield group


def _hunk(lines: Sequence[bytes], group: Sequence[_Change], shift: int) -> Iterator[bytes]:
    """A hunk's lines; ``shift`` is by how many lines the new file is longer before it."""
    first, last = max(0, group[0].first - CONTEXT), min(len(lines), group[-1].end + CONTEXT)
    more = sum(len(change.new) - len(change.old) for change in group)
    yield f"@@ -{_range(first, last - first)} +{_range(first + shift, last - first + more)} @@\n".encode()
    at = first
    for change in group:
        yield from _marked(b" ", lines[at : change.first])
        yield from _marked(b"-", change.old)
        yield from _marked(b"+", change.new)
        at = change.end
    yield from _marked(b" ", lines[at:last])


def _range(first: int, count: int) -> str:
    """Where a hunk's lines lie in a file; for none, the line before."""
    return f"{first + 1 if count else first},{count}"


def _marked(mark: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield mark + line
        if not line.endswith(b"\n"):
            yield b"\n\\ No newline at end of file\n"


def _name(path: str | None) -> bytes:
    if path is None:
        return b"dev/stdin"
    here, there = Path.cwd(), Path(os.path.normpath(Path.cwd() / path))
    inside = there.relative_to(here) if there.is_relative_to(here) else there.relative_to(there.anchor)
    return inside.as_posix().encode(errors="surrogateescape")


def _quoted(name: bytes) -> bytes:
    """A name as ``git`` writes it: quoted where it holds what would end it, with a tab behind one that has spaces."""
    if any(byte < 0x20 or byte in b'"\\\x7f' for byte in name):
        return b'"' + b"".join(_escaped(byte) for byte in name) + b'"\n'
    return name + (b"\t\n" if b" " in name else b"\n")


def _escaped(byte: int) -> bytes:
    if byte in b'"\\':
        return b"\\" + bytes([byte])
    return bytes([byte]) if 0x20 <= byte < 0x7F else b"\\%03o" % byte
