"""What changes where a line is shown once more: exactly what changed where its words stand first."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ungarble.document import Span
from ungarble.formats.places import FileEdit, Place
from ungarble.formats.rewriting import Change, new_text, rewritten


class _Made(NamedTuple):
    """A change that was made. ``before``: what is written between two words goes with the one before it."""

    start: int
    end: int
    new: str
    before: bool


def repeated(
    repeats: Sequence[Place],
    places: Sequence[Place],
    changes: Mapping[int, Sequence[Change]],
    file: str,
    text: str,
) -> Iterator[FileEdit]:
    """The changes of places that repeat others, from the ``changes`` of these, by their numbers."""
    once = dict.fromkeys(row for n in sorted(changes) for row in _made(places, n, changes[n], text))
    made = sorted(once, key=lambda row: (row.start, row.end))
    starts, ends = [row.start for row in made], _running_ends(made)
    for place in repeats:
        near = made[bisect_left(ends, place.at) : bisect_right(starts, place.until)]
        inside = [part for row in near if (part := _part(row, place))]
        yield from rewritten(place, file, text, inside)


def _made(places: Sequence[Place], n: int, rows: Sequence[Change], text: str) -> Iterator[_Made]:
    """The changes of a place; one that holds nothing any more leaves no double space."""
    place = places[n]
    for start, end, new, _ in rows:
        yield _Made(start, end, new, start == place.until)
    if not new_text(Span(place.at, place.until), text, rows).strip():
        left = Span(places[n - 1].until, place.at) if n else Span(place.at, place.at)
        right = Span(place.until, places[n + 1].at) if n + 1 < len(places) else Span(place.until, place.until)
        gap = left if text[slice(*left)].strip(" ") == "" and left.start < left.end else right
        if gap.start < gap.end and not text[slice(*gap)].strip(" "):
            yield _Made(*gap, "", before=False)


def _running_ends(made: Sequence[_Made]) -> list[int]:
    """Up to where the text has changed, after each change."""
    ends: list[int] = []
    for row in made:
        ends.append(max(row.end, ends[-1] if ends else 0))
    return ends


def _part(row: _Made, place: Place) -> Change | None:
    """What a place gets of a change."""
    if row.start == row.end:
        here = place.at < row.start <= place.until if row.before else place.at <= row.start < place.until
        return Change(row.start, row.end, row.new) if here else None
    start, end = max(row.start, place.at), min(row.end, place.until)
    if start >= end:
        return None
    return Change(start, end, row.new if row.start == start else "")
