"""What edits of a document's text change in its file: every place that holds the words, and nothing else."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ungarble.correction import Edit, Slot
from ungarble.formats.divide import Part, divide
from ungarble.formats.places import Element, FileEdit, Layout, Place
from ungarble.formats.repeats import repeated
from ungarble.formats.retiming import retimed
from ungarble.formats.rewriting import Change, rewritten
from ungarble.formats.stray_marks import OPENERS, move_stray_marks

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
    for track, places in enumerate(layout.texts):
        changed = _changes(places, text, edits)
        for index, changes in changed.items():
            found += rewritten(places[index], file, text, changes)
        if not track:
            found += repeated(layout.repeats, places, changed, file, text)
    idents: dict[tuple[str, int], str] = {}
    for words in layout.words:
        found += retimed(words, file, text, _changes(words.elements, text, edits), idents)
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


def _changes(holders: Sequence[Holder], text: str, edits: Sequence[Edit]) -> dict[int, list[Change]]:
    """What changes in which holder of a track, by index."""
    starts = [holder.at for holder in holders]
    found: dict[int, list[Change]] = {}
    for edit in _near(edits, holders, text):
        for index, change in _shared(edit, holders, starts, text):
            found.setdefault(index, []).append(change)
    move_stray_marks(holders, text, found)
    return found


def _near(edits: Sequence[Edit], holders: Sequence[Holder], text: str) -> Sequence[Edit]:
    """The edits that a track can hold: one that says a single line again must not be asked about a whole talk."""
    if not holders:
        return ()
    start, stop = _first(holders[0].at, text), _last(holders[-1].until, text)
    before = bisect_left(edits, start, key=lambda edit: edit.span.start) - 1
    return edits[max(0, before) : bisect_right(edits, stop, key=lambda edit: edit.span.start)]


def _shared(edit: Edit, holders: Sequence[Holder], starts: Sequence[int], text: str) -> Iterator[tuple[int, Change]]:
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
        change = Change(cuts[number], cuts[number + 1], new, None if joined_to is None else touched[joined_to // 2])
        yield index, change
    if not pieces[-1].strip() and pieces[-1] and edit.replacement.endswith(OPENERS):
        yield from _opened(edit, holders, touched[-1] + 1, text)


def _opened(edit: Edit, holders: Sequence[Holder], index: int, text: str) -> Iterator[tuple[int, Change]]:
    """An opening mark that stands right before the next holder's first word."""
    if index < len(holders) and not text[edit.span.end : holders[index].at].strip():
        at = holders[index].at
        yield index, Change(at, at, edit.replacement[-1])


def _parts(pieces: Sequence[str], replacement: str) -> Iterator[tuple[int, str, int | None]]:
    """New text by the number of the piece; those with even numbers lie in no holder."""
    inside = range(1, len(pieces), 2)
    opens_next = bool(pieces[-1]) and not pieces[-1].strip() and replacement.endswith(OPENERS)
    if opens_next:
        replacement = replacement[:-1].rstrip() if replacement else ""
    if len(inside) == 1 and not pieces[0].strip() and not pieces[-1].strip():
        new = replacement.lstrip() if pieces[0] else replacement
        yield 1, new.rstrip() if pieces[-1] else new, None
        return
    parts = divide(pieces, replacement)
    for number in inside:
        text, joined_to = parts[number]
        if joined_to is not None and joined_to % 2 == 0:  # its words went to some that this track does not have
            if "\n" not in "".join(pieces[joined_to:number]):
                text, parts[joined_to] = parts[joined_to].text.strip(), Part("")
            joined_to = None
        yield number, text, joined_to


def _inserted(edit: Edit, holders: Sequence[Holder], starts: Sequence[int], text: str) -> Iterator[tuple[int, Change]]:
    """What is written between words: it goes with the word before, an opening mark with the word after.

    A track that does not hold that word does not hold the mark.
    """
    new = edit.replacement.strip()
    if not new or edit.original.strip():
        return
    index = bisect_right(starts, edit.span.start) - 1
    before = holders[index] if index >= 0 else None
    after = holders[index + 1] if index + 1 < len(holders) else None
    if before and before.at < edit.span.start < before.until:
        yield index, Change(*edit.span, edit.replacement)
        return
    if before and before.at == edit.span.start:  # at its very start: the word before is in the one before
        before, after, index = (holders[index - 1] if index else None), before, index - 1
    first, last = _first(edit.span.start, text), _last(edit.span.end, text)
    if not first or (last < len(text) and (edit.slot is Slot.OPEN or new.endswith(OPENERS))):
        if after and not text[edit.span.end : after.at].strip():
            yield index + 1, Change(after.at, after.at, new)
    elif before and not text[before.until : edit.span.start].strip():
        yield index, Change(before.until, before.until, new)


def _first(position: int, text: str) -> int:
    """Where the space before a position begins."""
    while position and text[position - 1].isspace():
        position -= 1
    return position


def _last(position: int, text: str) -> int:
    """Where the space after a position ends."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
