"""What changes in one place of a file, when the text that it holds becomes another."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ungarble.document import Span
from ungarble.formats.places import FileEdit, Offsets, Place

_LINE_END = re.compile(r"\s*\n\s*")


class Change(NamedTuple):
    """A change of the text inside one place or timed word; ``joined_to`` is the one before that took its words in."""

    start: int
    end: int
    new: str
    joined_to: int | None = None


def new_text(span: Span, text: str, changes: Sequence[Change]) -> str:
    """What a stretch of the text becomes."""
    parts, at = [], span.start
    for start, end, new, _ in sorted(changes, key=_place):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at : span.end]])


def _place(change: Change) -> tuple[int, int]:
    return change.start, change.end


def rewritten(place: Place, file: str, text: str, changes: Sequence[Change]) -> list[FileEdit]:
    """The changes of one place; with the space at its edges gone, and its shell where nothing is left."""
    trimmed = _trimmed(Span(place.at, place.until), text, changes)
    if trimmed is None:
        return [FileEdit(*(place.shell or (place.start, place.end)), "")]
    offsets = Offsets(place.writing, file[place.start : place.end])
    edits = (
        FileEdit(
            place.start + offsets.raw(start - place.at),
            place.start + offsets.raw(end - place.at),
            place.writing.write(_LINE_END.sub(" ", new)),
        )
        for start, end, new, _ in trimmed
    )
    return [edit for edit in edits if edit.replacement or edit.start < edit.end]


def _trimmed(span: Span, text: str, changes: Sequence[Change]) -> list[Change] | None:
    """Changes of the text in a span, so that it neither begins nor ends with space; None where nothing is left.

    Where it begins or ends within a word (a tag or a run of bold does), the space is what parts it from the other half.
    """
    if not changes:
        return []
    rows: list[Change] = []  # what is kept counts as changed here, too
    at = span.start
    for change in sorted(changes, key=_place):
        rows += [Change(at, change.start, text[at : change.start], _KEPT), change]
        at = change.end
    rows.append(Change(at, span.end, text[at : span.end], _KEPT))
    if not any(row.new.strip() for row in rows):
        return None
    if not text[span.start - 1 : span.start].strip():
        _strip(rows, range(len(rows)), left=True)
    if not text[span.end : span.end + 1].strip():
        _strip(rows, range(len(rows) - 1, -1, -1), left=False)
    return [row for row in rows if row.joined_to != _KEPT]


_KEPT = -1


def _strip(rows: list[Change], order: Iterable[int], left: bool) -> None:
    """Take the space off at one end of rows of text, up to the first that has more."""
    for index in order:
        row = rows[index]
        new = row.new.lstrip() if left else row.new.rstrip()
        if new != row.new and row.joined_to == _KEPT:
            cut = len(row.new) - len(new)
            gone = Span(row.start, row.start + cut) if left else Span(row.end - cut, row.end)
            rows.append(Change(*gone, ""))
            rows[index] = Change(gone.end if left else row.start, row.end if left else gone.start, new, _KEPT)
        elif new != row.new:
            rows[index] = row._replace(new=new)
        if new:
            return
