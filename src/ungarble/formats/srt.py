"""SubRip captions: a number, a line of times, lines of text, a blank line."""

import re

from ungarble.formats import BrokenFormatError, File, Reading
from ungarble.formats.captions import Cue, captions, lines_of
from ungarble.formats.clock import seconds

_TIME = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})[^\r\n]*")
_FIRST = re.compile(rf"\s*(?:\d+[ \t]*\r?\n)?{_TIMES.pattern}(?:\r?\n|$)")


def looks_like(text: str) -> bool:
    """Whether it begins with a cue: a number, which may be missing, and a line of times."""
    return _FIRST.match(text) is not None


def read(file: File) -> Reading:
    """Find the cues. Raises BrokenFormatError where there are none."""
    cues: list[Cue] = []
    within = False
    for start, end in lines_of(file.text):
        line = file.text[start:end]
        times = _TIMES.fullmatch(line)
        if times:
            if within and cues[-1].lines and file.text[slice(*cues[-1].lines[-1])].strip().isdigit():
                cues[-1].lines.pop()  # the number of this one: no blank line stands before it
            cues.append(Cue(seconds(times["start"]), seconds(times["end"])))
            within = True
        elif not line.strip():
            within = False
        elif within:
            cues[-1].lines.append((start, end))
    if not cues:
        raise BrokenFormatError(file.name, 1, "no SubRip captions: there is no line of times, like 00:00:01,000 --> 00:00:02,000")
    return captions(file, cues)
