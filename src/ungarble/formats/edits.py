"""What edits of a document's text change in its file: every place that holds the words, and nothing else."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ungarble.correction import Edit, Slot
from ungarble.document import Span
from ungarble.formats.clock import between
from ungarble.formats.divide import divide
from ungarble.formats.places import Element, FileEdit, Layout, Offsets, Place, Words

_OPENERS = tuple("“‘([{«")
_LINE_END = re.compile(r"\s*\n\s*")


class _Change(NamedTuple):
    """A change of the text inside one place or element."""

    start: int
    end: int
    new: str
    joined_to: int | None = None


Holder = Place | Element


def file_edits(
    layout: Layout, file: str, text: str, edits: Sequence[Edit], speakers: Mapping[str, str] | None = None
) -> list[FileEdit]:
    """The changes of a file that make its text what the edits make of it: in order, without overlap.

    ``edits`` are in order, without overlap, and speak of ``text``. Marks and spaces that stand in no place of a track
    are not written there. ``speakers`` gives the labels that are to be written otherwise.
    """
    found = [
        FileEdit(label.start, label.end, label.writing.write(speakers[label.name]))
        for label in layout.labels
        if speakers and label.name in speakers
    ]
    for places in layout.texts:
        for index, changes in _changes(places, text, edits).items():
            found += _rewritten(places[index], file, text, changes)
    for words in layout.words:
        found += _retimed(words, file, text, _changes(words.elements, text, edits))
    return _merged(found)


def _merged(edits: Iterable[FileEdit]) -> list[FileEdit]:
    """In order, each once; what is taken out twice is taken out once."""
    merged: list[FileEdit] = []
    for edit in sorted(set(edits)):
        last = merged[-1] if merged else None
        if last and edit.start < last.end:
            if not edit.replacement and edit.end <= last.end:
                continue
            if last.replacement or edit.replacement:
                raise ValueError(f"two changes of one place: {last}, {edit}")
            merged[-1] = FileEdit(last.start, max(last.end, edit.end), "")
        else:
            merged.append(edit)
    return merged


def _changes(holders: Sequence[Holder], text: str, edits: Sequence[Edit]) -> dict[int, list[_Change]]:
    """What changes in which holder of a track, by index."""
    starts = [holder.at for holder in holders]
    found: dict[int, list[_Change]] = {}
    for edit in edits:
        for index, change in _shared(edit, holders, starts, text):
            found.setdefault(index, []).append(change)
    return found


def _shared(edit: Edit, holders: Sequence[Holder], starts: Sequence[int], text: str) -> Iterator[tuple[int, _Change]]:
    """The parts of one edit, by the holders that they go to."""
    start, end = edit.span
    first = max(0, bisect_right(starts, start) - 1)
    last = bisect_left(starts, end) if end > start else first
    touched = [n for n in range(first, last) if holders[n].at < end and start < holders[n].until]
    if not touched:
        yield from _inserted(edit, holders, starts, text)
        return
    cuts = [start]
    for n in touched:
        cuts += [max(start, holders[n].at), min(end, holders[n].until)]
    cuts.append(end)  # outside, holder, outside, holder, …, outside
    pieces = [text[a:b] for a, b in pairwise(cuts)]
    for number, new, joined_to in _parts(pieces, edit.replacement):
        index = touched[number // 2]
        change = _Change(cuts[number], cuts[number + 1], new, None if joined_to is None else touched[joined_to // 2])
        yield index, change
    if not pieces[-1].strip() and pieces[-1] and edit.replacement.endswith(_OPENERS):
        yield from _opened(edit, holders, touched[-1] + 1, text)


def _opened(edit: Edit, holders: Sequence[Holder], index: int, text: str) -> Iterator[tuple[int, _Change]]:
    """An opening mark that stands right before the next holder's first word."""
    if index < len(holders) and not text[edit.span.end : holders[index].at].strip():
        at = holders[index].at
        yield index, _Change(at, at, edit.replacement[-1])


def _parts(pieces: Sequence[str], replacement: str) -> Iterator[tuple[int, str, int | None]]:
    """New text by the number of the piece; those with even numbers lie in no holder."""
    inside = range(1, len(pieces), 2)
    opens_next = bool(pieces[-1]) and not pieces[-1].strip() and replacement.endswith(_OPENERS)
    if opens_next:
        replacement = replacement[:-1].rstrip() if replacement else ""
    if len(inside) == 1 and not pieces[0].strip() and not pieces[-1].strip():
        new = replacement.lstrip() if pieces[0] else replacement
        yield 1, new.rstrip() if pieces[-1] else new, None
        return
    for number, part in enumerate(divide(pieces, replacement)):
        if number in inside:
            joined_to = part.joined_to if part.joined_to is not None and part.joined_to % 2 else None
            yield number, part.text, joined_to


def _inserted(edit: Edit, holders: Sequence[Holder], starts: Sequence[int], text: str) -> Iterator[tuple[int, _Change]]:
    """What is written between words: it goes with the word before, an opening mark with the word after."""
    new = edit.replacement.strip()
    if not new or edit.original.strip():
        return
    index = bisect_right(starts, edit.span.start) - 1
    before = holders[index] if index >= 0 else None
    after = holders[index + 1] if index + 1 < len(holders) else None
    if before and before.at < edit.span.start < before.until:
        yield index, _Change(*edit.span, edit.replacement)
        return
    if before and before.at == edit.span.start:  # at its very start: the word before is in the one before
        before, after, index = (holders[index - 1] if index else None), before, index - 1
    to_next = edit.slot is Slot.OPEN or new.endswith(_OPENERS)
    if before and not text[before.until : edit.span.start].strip() and not (to_next and after):
        yield index, _Change(before.until, before.until, new)
    elif after and not text[edit.span.end : after.at].strip():
        yield index + 1, _Change(after.at, after.at, new)


def _rewritten(place: Place, file: str, text: str, changes: Sequence[_Change]) -> list[FileEdit]:
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


def _trimmed(span: Span, text: str, changes: Sequence[_Change]) -> list[_Change] | None:
    """Changes of the text in a span, so that it neither begins nor ends with space; None where nothing is left."""
    if not changes:
        return []
    rows: list[_Change] = []  # what is kept counts as changed here, too
    at = span.start
    for change in sorted(changes):
        rows += [_Change(at, change.start, text[at : change.start], _KEPT), change]
        at = change.end
    rows.append(_Change(at, span.end, text[at : span.end], _KEPT))
    if not any(row.new.strip() for row in rows):
        return None
    _strip(rows, range(len(rows)), left=True)
    _strip(rows, range(len(rows) - 1, -1, -1), left=False)
    return [row for row in rows if row.joined_to != _KEPT]


_KEPT = -1


def _strip(rows: list[_Change], order: Iterable[int], left: bool) -> None:
    """Take the space off at one end of rows of text, up to the first that has more."""
    for index in order:
        row = rows[index]
        new = row.new.lstrip() if left else row.new.rstrip()
        if new != row.new and row.joined_to == _KEPT:
            cut = len(row.new) - len(new)
            gone = Span(row.start, row.start + cut) if left else Span(row.end - cut, row.end)
            rows.append(_Change(*gone, ""))
            rows[index] = _Change(gone.end if left else row.start, row.end if left else gone.start, new, _KEPT)
        elif new != row.new:
            rows[index] = row._replace(new=new)
        if new:
            return


@dataclass(slots=True)
class _Retimed:
    """What becomes of a timed word: its words now, and the last of those that were joined to it."""

    words: list[str]
    changes: Sequence[_Change] = ()
    last: int | None = None


def _retimed(track: Words, file: str, text: str, changed: dict[int, list[_Change]]) -> Iterator[FileEdit]:
    """The changes of a track of timed words: words that become one take the first's start and the last's end."""
    elements = track.elements
    now = {
        index: _Retimed(_new_text(elements[index], text, changes).split(), changes)
        for index, changes in changed.items()
    }
    for index, changes in changed.items():
        for change in changes:
            if change.joined_to in now and not now[index].words:
                first = now[change.joined_to]
                first.last = max(index, first.last or 0)
    for index, row in now.items():
        if row.words:
            end = elements[row.last].ended if row.last is not None else None
            yield from _element_edits(track, index, row, file, text, file[end[0] : end[1]] if end else None)
    yield from _removed(elements, {index for index, row in now.items() if not row.words})


def _new_text(element: Element, text: str, changes: Sequence[_Change]) -> str:
    parts, at = [], element.at
    for start, end, new, _ in sorted(changes):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at : element.until]])


def _removed(elements: Sequence[Element], gone: set[int]) -> Iterator[FileEdit]:
    """Take elements out, with what parted them from the one before, or from the next where they come first."""
    for index in sorted(gone):
        if index - 1 in gone:
            continue
        last = index
        while last + 1 in gone:
            last += 1
        if index:
            yield FileEdit(elements[index - 1].end, elements[last].end, "")
        elif last + 1 < len(elements):
            yield FileEdit(elements[0].start, elements[last + 1].start, "")
        else:
            yield FileEdit(elements[0].start, elements[last].end, "")


def _element_edits(
    track: Words, index: int, row: _Retimed, file: str, text: str, ended: str | None
) -> Iterator[FileEdit]:
    """The changes of an element that stays; several where one word became several."""
    element = track.elements[index]
    if track.one_each and len(row.words) > 1:
        yield _copies(track.elements, index, row.words, file, ended)
        return
    for place in element.places:
        inside = [change for change in row.changes if change.start < place.until and place.at < change.end]
        at_edge = [c for c in row.changes if c.start == c.end and place.at <= c.start <= place.until]
        inside += [change for change in at_edge if change not in inside]
        clipped = [c._replace(start=max(c.start, place.at), end=min(c.end, place.until)) for c in inside]
        yield from _rewritten(place._replace(shell=None), file, text, clipped)
    if ended is not None and element.ended and file[element.ended[0] : element.ended[1]] != ended:
        yield FileEdit(*element.ended, ended)


def _copies(elements: Sequence[Element], index: int, words: Sequence[str], file: str, ended: str | None) -> FileEdit:
    """An element once for every word, sharing its time by the lengths of the words."""
    element = elements[index]
    if index:
        apart = file[elements[index - 1].end : element.start]
    else:
        apart = file[element.end : elements[1].start] if len(elements) > 1 else ", "
    start = file[slice(*element.began)] if element.began else None
    end = ended or (file[slice(*element.ended)] if element.ended else None)
    total, said = sum(map(len, words)), 0
    copies = []
    for word in words:
        rows = [FileEdit(place.start, place.end, place.writing.write(word)) for place in element.places]
        if start is not None and end is not None and element.began and element.ended:
            rows.append(FileEdit(*element.began, between(start, end, said / total)))
            rows.append(FileEdit(*element.ended, between(start, end, (said + len(word)) / total)))
        said += len(word)
        copies.append(_spliced(file, element.start, element.end, sorted(rows)))
    return FileEdit(element.start, element.end, apart.join(copies))


def _spliced(file: str, start: int, end: int, edits: Sequence[FileEdit]) -> str:
    parts, at = [], start
    for edit in edits:
        parts += [file[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, file[at:end]])
