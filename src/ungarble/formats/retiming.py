"""What changes in a track of timed words, when words become others, run together, are parted or lost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ungarble.document import Span, tokenize
from ungarble.formats.clock import between
from ungarble.formats.places import Element, FileEdit, Place, Words, unmarked
from ungarble.formats.rewriting import Change, new_text, rewritten

Idents = dict[tuple[str, int], str]
"""The numbers of new elements, by the number of the element that they come from and how many came before them."""


_MARK = re.compile(r"[,.;:?!…]+\W*")
"""What can be an element of its own; a quotation mark is none."""


class _Row(NamedTuple):
    """What an element becomes, or one of several: a word, or a mark."""

    text: str
    is_mark: bool = False


@dataclass(slots=True)
class _Present:
    """What becomes of a timed word: its words now, and the last of those that were joined to it."""

    rows: list[_Row]
    changes: Sequence[Change]
    last: int | None = None


def retimed(
    track: Words, file: str, text: str, changed: Mapping[int, Sequence[Change]], idents: Idents
) -> Iterator[FileEdit]:
    """The changes of a track: words that become one take the first's start and the last's end."""
    elements = track.elements
    present = {n: _Present(_rows(track, elements[n], text, changed[n]), changed[n]) for n in sorted(changed)}
    for index, changes in changed.items():
        for change in changes:
            if change.joined_to in present and not present[index].rows:
                first = present[change.joined_to]
                first.last = max(index, first.last or 0)
    for index, now in present.items():
        last = elements[index if now.last is None else now.last]
        if len(now.rows) > 1:
            yield _several(_Copier(track, index, file, idents), now.rows, last)
        elif now.rows:
            yield from _changed(elements[index], now.changes, file, text)
            yield from _ended(elements[index], last, file)
    yield from _removed(elements, {index for index, now in present.items() if not now.rows})


def _rows(track: Words, element: Element, text: str, changes: Sequence[Change]) -> list[_Row]:
    """The words and marks that an element becomes."""
    new = new_text(Span(element.at, element.until), text, changes)
    words = new.split() if track.one_each else [new] if new.strip() else []
    old = text[element.at : element.until]
    if track.mark is None or not tokenize(old):
        return [_Row(word) for word in words]
    return [row for word in words for row in _with_mark(word, old)]


def _with_mark(word: str, old: str) -> list[_Row]:
    """A word and the mark behind it, unless the old one held that too."""
    tokens = tokenize(word)
    mark = _MARK.fullmatch(word, tokens[-1].end) if tokens else None
    if not mark or old.endswith(mark[0]):
        return [_Row(word)]
    return [_Row(word[: mark.start()]), _Row(mark[0], is_mark=True)]


def _changed(element: Element, changes: Sequence[Change], file: str, text: str) -> Iterator[FileEdit]:
    """The changes of the places in an element that remains one."""
    for place in element.places:
        clipped = [
            change._replace(start=max(change.start, place.at), end=min(change.end, place.until))
            for change in changes
            if _concerns(change, place)
        ]
        if place.writing.is_whole and clipped:
            new = place.writing.write(new_text(Span(place.at, place.until), text, clipped))
            if new != file[place.start : place.end]:
                yield FileEdit(place.start, place.end, new)
        else:
            yield from rewritten(place._replace(shell=None), file, text, clipped)


def _concerns(change: Change, place: Place) -> bool:
    if change.start == change.end:
        return place.at <= change.start <= place.until
    return change.start < place.until and place.at < change.end


def _ended(element: Element, last: Element, file: str) -> Iterator[FileEdit]:
    """The end of an element that took others in: the last one's, however often it is written."""
    for own, other in zip(_times(element), _times(last), strict=False):
        if (
            own[1]
            and other[1]
            and _are_alike(file, own[1], other[1])
            and file[slice(*own[1])] != file[slice(*other[1])]
        ):
            yield FileEdit(*own[1], file[slice(*other[1])])


def _are_alike(file: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether both times are in quotes, or neither is."""
    return (file[one[0] - 1] == '"') == (file[other[0] - 1] == '"')


def _times(element: Element) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
    return [(element.began, element.ended), *element.also]


def _left(elements: Sequence[Element], index: int) -> int:
    """Where the one before an element in its list ends; its own start where there is none."""
    element = elements[index]
    if element.left >= 0:
        return element.left
    return elements[index - 1].end if index else element.start


def _right(elements: Sequence[Element], index: int) -> int:
    """Where the one behind an element in its list starts; its own end where there is none."""
    element = elements[index]
    if element.right >= 0:
        return element.right
    return elements[index + 1].start if index + 1 < len(elements) else element.end


def _removed(elements: Sequence[Element], gone: set[int]) -> Iterator[FileEdit]:
    """Take elements out, with what parted them from the one before, or from the next where they come first."""
    run: list[int] = []
    for index in sorted(gone):
        if run and (index != run[-1] + 1 or _left(elements, index) != elements[run[-1]].end):
            yield _removal(elements, run)
            run = []
        run.append(index)
    if run:
        yield _removal(elements, run)


def _removal(elements: Sequence[Element], run: Sequence[int]) -> FileEdit:
    start, end = elements[run[0]].start, elements[run[-1]].end
    left, right = _left(elements, run[0]), _right(elements, run[-1])
    return FileEdit(left, end, "") if left < start else FileEdit(start, max(right, end), "")


def _several(copier: "_Copier", rows: Sequence[_Row], last: Element) -> FileEdit:
    """An element once for every word, sharing its time by the lengths of the words; marks take none."""
    lengths = [0 if row.is_mark else len(unmarked(row.text)) or 1 for row in rows]
    total, said = sum(lengths), 0
    made = []
    for number, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        if row.is_mark:
            made.append(copier.mark(row.text, number))
        else:
            made.append(copier.word(row.text, number, (said / total, (said + length) / total), last))
        said += length
    return FileEdit(copier.element.start, copier.element.end, copier.apart().join(made))


class _Copier:
    """Writes an element again, with another word and other times."""

    def __init__(self, track: Words, index: int, file: str, idents: Idents) -> None:
        self.track, self.index, self.file, self.idents = track, index, file, idents
        self.element = track.elements[index]

    def word(self, word: str, number: int, shares: tuple[float, float], last: Element) -> str:
        """The element with a word that was said in a share of its time."""
        file, element = self.file, self.element
        edits = [FileEdit(place.start, place.end, place.writing.write(word)) for place in element.places]
        for (began, ended), (_, until) in zip(_times(element), _times(last), strict=False):
            if began and ended and until and _are_alike(file, ended, until):
                start, end = file[slice(*began)], file[slice(*until)]
                edits.append(FileEdit(*began, between(start, end, shares[0])))
                edits.append(FileEdit(*ended, between(start, end, shares[1])))
        if element.ident and number:
            edits.append(FileEdit(*element.ident, self._ident(number)))
        return _spliced(file[element.start : element.end], element.start, edits)

    def mark(self, mark: str, number: int) -> str:
        """A mark as an element of its own."""
        element = self.element
        if self.track.mark is None:
            return mark
        row = self.track.mark(self.file[element.start : element.end])
        edits = [FileEdit(*row.mark, self._writing(mark))] if row.mark else []
        if row.ident and self.element.ident:
            edits.append(FileEdit(*row.ident, self._ident(number)))
        return _spliced(row.raw, 0, edits)

    def _writing(self, mark: str) -> str:
        return self.element.places[0].writing.write(mark) if self.element.places else mark

    def _ident(self, number: int) -> str:
        """The number of a new element: the same in every track."""
        own = self.file[slice(*self.element.ident)] if self.element.ident else ""
        return self.idents.setdefault((own, number), str(self.track.next_ident + len(self.idents)))

    def apart(self) -> str:
        """What stands between two elements."""
        element, file = self.element, self.file
        left, right = _left(self.track.elements, self.index), _right(self.track.elements, self.index)
        if left < element.start:
            return file[left : element.start]
        if right > element.end:
            return file[element.end : right]
        before = file[max(0, element.start - _MOST_SPACE) : element.start]
        space = before[len(before.rstrip()) :]
        return self.track.apart.rstrip() + space if "\n" in space else self.track.apart


_MOST_SPACE = 500


def _spliced(raw: str, start: int, edits: Sequence[FileEdit]) -> str:
    """Text that stands at ``start`` of the file, with edits made."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [raw[at : edit.start - start], edit.replacement]
        at = edit.end - start
    return "".join([*parts, raw[at:]])
