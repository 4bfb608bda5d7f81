"""Transcripts as lines, of which some begin a turn: with its time, with who speaks, or with both."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ungarble.formats import File, Reading
from ungarble.formats.builder import Builder
from ungarble.formats.heads import Head
from ungarble.formats.places import RAW, Offsets, Writing

SAMPLE = 1 << 18
"""So many characters tell what a file is."""

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|$)")
_CHANGE = re.compile(r"(?:^|(?<=\s))>{2,3}(?=\s|$)")
"""What captioners write where the speaker changes."""


class Stretch(NamedTuple):
    """Words of a line: where they begin in its text, where they stand in the file, and how."""

    at: int
    start: int
    end: int
    writing: Writing = RAW
    shell: tuple[int, int] | None = None


class Line(NamedTuple):
    """A line of a transcript as it reads, and where it stands in the file. ``opens``: it begins a paragraph."""

    text: str
    stretches: tuple[Stretch, ...]
    opens: bool = False


def lines_of(file: str, has_paragraphs: bool = True) -> list[Line]:
    """The lines of a text file that are not blank; one after a blank line begins a paragraph, if it has these."""
    found: list[Line] = []
    opens, before = has_paragraphs, 0
    for match in _LINE.finditer(file):
        (start, end), text = match.span(1), match[1]
        is_blank = not text or text.isspace()
        if not is_blank:
            shell = (start, match.end()) if end < match.end() else (before, end)
            found.append(Line(text, (Stretch(0, start, end, RAW, shell),), opens))
        opens, before = is_blank and has_paragraphs, end
    return found


def reading(file: File, lines: Sequence[Line], heads: Mapping[int, Head]) -> Reading:
    """The document of a text file: a segment for every turn, and before the first what stands there."""
    builder = Builder(file.text)
    tell(builder, lines, heads)
    return Reading(builder.document(file.format, file.path), builder.layout())


def tell(builder: Builder, lines: Sequence[Line], heads: Mapping[int, Head]) -> None:
    """Tell a builder the turns of a transcript. ``heads`` are by the numbers of the lines that they stand in."""
    speaker: str | None = None
    names = {head.label[0] for head in heads.values() if head.label} - heads.keys()  # lines that are nothing else
    for number, line in enumerate(lines):
        head = heads.get(number)
        if head and head.label:
            speaker = _label(builder, lines, *head.label)
        if line.opens or (head and head.label):
            builder.paragraph()
        if head:
            builder.segment(head.start, head.end, speaker)
        builder.line()
        start = head.words if head else 0
        if start < len(line.text) and number not in names:
            _add(builder, line, start)


def _label(builder: Builder, lines: Sequence[Line], number: int, start: int, end: int) -> str:
    """Take note of a speaker's name; one that stands in several pieces can be read, but not written."""
    line = lines[number]
    stretches = list(_between(builder.file, line, start, end))
    if len(stretches) == 1:
        return builder.label(stretches[0].start, stretches[0].end, stretches[0].writing)
    return line.text[start:end]


def _add(builder: Builder, line: Line, start: int) -> None:
    """Add the words of a line, from a position of its text on; in a text file, mark where the speaker changes."""
    has_changes = ">>" in line.text and line.stretches[0].writing is RAW
    changes = [match.span() for match in _CHANGE.finditer(line.text, start)] if has_changes else []
    begins = [start, *(after for _, after in changes)]
    ends = [*(change for change, _ in changes), len(line.text)]
    for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        if number:
            builder.paragraph()
        while 0 < begin < end and line.text[begin].isspace():
            begin += 1
        for stretch in _between(builder.file, line, begin, end):
            if stretch.at and line.text[stretch.at - 1].isspace():
                builder.space()
            builder.add(stretch.start, stretch.end, stretch.writing, stretch.shell)


def _between(file: str, line: Line, begin: int, end: int) -> Iterator[Stretch]:
    """The stretches of a line's text from one position to another."""
    if (begin, end) == (0, len(line.text)):
        yield from line.stretches
        return
    for stretch in line.stretches:
        length, raw = _measured(file, stretch)
        first, last = max(begin - stretch.at, 0), min(end - stretch.at, length)
        if (first, last) == (0, length):
            yield stretch
        elif first < last:
            start, stop = stretch.start + raw(first), stretch.start + raw(last)
            yield Stretch(stretch.at + first, start, stop, stretch.writing)


def _measured(file: str, stretch: Stretch) -> tuple[int, Callable[[int], int]]:
    """How long a stretch's text is, and what tells where in the file its characters stand."""
    if stretch.writing is RAW:
        return stretch.end - stretch.start, int
    offsets = Offsets(stretch.writing, file[stretch.start : stretch.end])
    return len(offsets.text), offsets.raw
