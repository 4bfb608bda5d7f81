"""What all caption formats share: cues with lines of words, from which the document and its layout are built."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ungarble.formats import File, Reading
from ungarble.formats.builder import Builder
from ungarble.formats.places import MARKUP, Writing

Range = tuple[int, int]
"""Where something stands in the file."""

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}")


@dataclass(slots=True)
class Cue:
    """A caption: its times in seconds, who speaks where that is said, and the lines of its text."""

    start: float | None
    end: float | None
    lines: list[Range] = field(default_factory=list)
    speaker: str | None = None


def lines_of(text: str, start: int = 0) -> Iterator[Range]:
    """The lines of a file, without their ends."""
    for match in _LINE.finditer(text, start):
        if match.start() < len(text):
            yield match.span(1)


def captions(file: File, cues: Iterable[Cue], writing: Writing = MARKUP, warnings: Iterable[str] = ()) -> Reading:
    """The document that the cues of a file hold, and where its words stand."""
    builder = Builder(file.text)
    for cue in cues:
        builder.segment(cue.start, cue.end, cue.speaker)
        for index, line in enumerate(cue.lines):
            builder.line()
            stretches = list(_stretches(file.text, line))
            shell = _shell(cue.lines, index) if len(stretches) == 1 else None
            for stretch in stretches:
                builder.add(*stretch, writing, shell)
    return Reading(builder.document(file.format, file.path), builder.layout(), tuple(warnings))


def _stretches(text: str, line: Range) -> Iterator[Range]:
    """The words of a line: what stands between its tags."""
    at = line[0]
    for tag in _TAG.finditer(text, *line):
        if at < tag.start():
            yield at, tag.start()
        at = tag.end()
    if at < line[1]:
        yield at, line[1]


def _shell(lines: list[Range], index: int) -> Range | None:
    """What is taken out when nothing of a line is left: an empty line would end the cue."""
    if len(lines) == 1:
        return None
    if index + 1 < len(lines):
        return lines[index][0], lines[index + 1][0]
    return lines[index - 1][1], lines[index][1]
