"""Rolling captions, as YouTube makes them: each shows the line before once more. A word in them is said once."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ungarble.formats.cue_text import TEXT, Line
from ungarble.formats.places import Offsets, Place, Writing

HELD = 0.1
"""A caption so short (in seconds) holds what stands there until the next; YouTube's are 0.01 long."""

APART = 0.25
"""Captions so far apart (in seconds) at most follow each other directly."""

MOST_LINES = 8
"""So many lines at most stay: captions have two or three, and a cue of thousands must not take for ever."""


class Shown(NamedTuple):
    """A caption as it is seen: its times, its lines that are not blank, and what each says, without space."""

    start: float | None
    end: float | None
    lines: tuple[Line, ...]
    said: tuple[str, ...]

    @property
    def is_held(self) -> bool:
        """Whether it is too short to be read."""
        return is_held(self.start, self.end)


def is_held(start: float | None, end: float | None) -> bool:
    """Whether a caption is too short to be read."""
    return start is not None and end is not None and end - start <= HELD


def is_rolling(captions: Sequence[Shown]) -> bool:
    """Whether most captions show lines of the one before. One said twice ("No." "No.") shows nothing of the kind."""
    pairs = [pair for pair in pairwise(captions) if _tell(*pair)]
    shown = [pair for pair in pairs if repeated(*pair)]
    enough = 1 if any(before.is_held or now.is_held for before, now in shown) else 2
    return len(shown) >= enough and 2 * len(shown) > len(pairs)


def _tell(before: Shown, now: Shown) -> bool:
    return bool(before.said and now.said) and (before.said != now.said or before.is_held or now.is_held)


def repeated(before: Shown, now: Shown, silence: bool = False) -> int:
    """How many of a caption's first lines are the last lines of the one before it.

    ``silence``: also of one that ended some time ago, if a new line stands below. In rolling captions the line before
    stays on top for as long as nothing is said.
    """
    most = min(len(before.said), len(now.said), MOST_LINES)
    if not _follows(before, now):
        most = min(most, len(now.said) - 1) if silence and _comes_after(before, now) else 0
    fitting = [n for n in range(most, 0, -1) if before.said[-n:] == now.said[:n] and not _are_new(now.lines[:n])]
    if not now.is_held and len(fitting) > 1 and fitting[0] == len(now.said):
        return fitting[1]  # "Yes." said thrice: something is new in a caption that can be read
    return fitting[0] if fitting else 0


def _follows(before: Shown, now: Shown) -> bool:
    if before.start is None or before.end is None or now.start is None:
        return False
    return before.start <= now.start <= before.end + APART


def _comes_after(before: Shown, now: Shown) -> bool:
    return before.start is not None and now.start is not None and before.start <= now.start


def _are_new(lines: Sequence[Line]) -> bool:
    """Whether words have times: only where they are said for the first time."""
    return any(line.is_timed for line in lines)


def newly_repeated(before: Shown | None, now: Shown) -> int:
    """How many of the first lines of a rolling caption are the last lines of the one before it, if there is one."""
    return repeated(before, now, silence=True) if before else 0


def mark_repeats(captions: Sequence[Shown], counts: Sequence[int] = ()) -> None:
    """Tell the lines of rolling captions of which earlier ones they are copies.

    ``counts`` are the numbers of lines that each caption with words repeats, where these are known.
    """
    for number, (before, now) in enumerate(pairs(captions)):
        count = counts[number] if counts else newly_repeated(before, now)
        if before:
            for line, earlier in zip(now.lines[:count], before.lines[len(before.lines) - count :], strict=True):
                line.copy_of = earlier.copy_of or earlier


def pairs(captions: Sequence[Shown]) -> Iterator[tuple[Shown | None, Shown]]:
    """The captions with words, each with the one before it, which lasts through those without."""
    before: Shown | None = None
    for now in captions:
        if now.said:
            yield before, now
            before = now
        elif before and before.end is not None and now.end is not None and _follows(before, now):
            before = before._replace(end=max(before.end, now.end))


_SPACE = re.compile(r"\s*")


def places_of_copy(file: str, line: Line, writing: Writing, text: str) -> Iterator[Place]:
    """Where a line says once more what its original says, maybe with other spaces."""
    at = line.copy_of.at if line.copy_of else 0
    for piece in line.pieces:
        if piece.kind != TEXT:
            continue
        offsets = Offsets(piece.writing or writing, file[piece.start : piece.end])
        for start, found, length in _runs(offsets.text, text, at):
            raw = (piece.start + offsets.raw(start), piece.start + offsets.raw(start + length))
            shell = line.whole if length == len(offsets.text.strip()) else None
            yield Place(*raw, found, found + length, piece.writing or writing, shell)
            at = found + length


def _runs(copy: str, text: str, at: int) -> Iterator[tuple[int, int, int]]:
    """The stretches that are the same in a copy and in text[at:]: where they begin in both, and their lengths."""
    start, at = _skip(copy, 0), _skip(text, at)
    end = len(copy.rstrip())
    if text.startswith(copy[start:end], at):
        yield start, at, end - start
        return
    while start < end:
        length = _alike(copy, start, text, at)
        if not length:
            return
        yield start, at, length
        start, at = _skip(copy, start + length), _skip(text, at + length)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _alike(copy: str, start: int, text: str, at: int) -> int:
    """How many characters of a word are the same."""
    length = 0
    most = min(len(copy) - start, len(text) - at)
    while length < most and copy[start + length] == text[at + length] and not copy[start + length].isspace():
        length += 1
    return length
