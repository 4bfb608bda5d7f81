"""What Whisper prints as it works: ``[00:00.000 --> 00:04.000]  words``, or ``[0.00s -> 4.00s] words``."""

import re

from ungarble.formats import BrokenFormatError, File, Reading
from ungarble.formats.heads import heads_of
from ungarble.formats.turns import SAMPLE, lines_of, reading

_TIME = r"(?:(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}|\d{1,6}\.\d{1,3}s?)"
_CUE = re.compile(rf"[ \t]*(?:Transcript:[ \t]*)?\[[ \t]*{_TIME}[ \t]*--?>[ \t]*{_TIME}[ \t]*\](?=\s|$)")


def looks_like(text: str) -> bool:
    """Whether there is a line of its kind, and at least as many as of progress and messages."""
    lines = lines_of(text[:SAMPLE])
    cues = sum(_CUE.match(line.text) is not None for line in lines)
    return cues > 0 and 2 * cues >= len(lines)


def read(file: File) -> Reading:
    """Find the segments; other lines are left alone. Raises BrokenFormatError where there are none."""
    lines = [line for line in lines_of(file.text, has_paragraphs=False) if _CUE.match(line.text)]
    if not lines:
        problem = "no segments of Whisper: there is no line like '[00:00.000 --> 00:04.000]  words'"
        raise BrokenFormatError(file.name, 1, problem)
    return reading(file, lines, heads_of([line.text for line in lines], [False] * len(lines), file.known))
