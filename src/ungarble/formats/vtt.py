"""WebVTT captions: plain, and as Zoom, Teams, Stream and YouTube write them.

A header, then blocks with blank lines between: notes, styles and regions, which stay as they are, and cues, which may
have a name above the line of times and settings behind it.
"""

import re

from ungarble.formats import BrokenFormatError, File, Reading
from ungarble.formats.captions import captions, lines_of
from ungarble.formats.clock import seconds
from ungarble.formats.cue_text import Cue, Range
from ungarble.formats.places import MARKUP
from ungarble.formats.troubles import STRAY, UNREADABLE, Troubles

_HEAD = re.compile(r"\ufeff*WEBVTT(?=[ \t\r\n]|$)")
_NO_TEXT = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|$)")
_NAME = re.compile(r"\s*(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}(?:/\d+-\d+)?)\s*")
_TIMES = re.compile(r"(?P<start>.*?)-->[ \t]*(?P<end>\S*)")


def looks_like(text: str) -> bool:
    """Whether it begins with the format's name."""
    return _HEAD.match(text) is not None


def read(file: File) -> Reading:
    """Find the cues. Raises BrokenFormatError where the format's name is missing."""
    if not looks_like(file.text):
        raise BrokenFormatError(file.name, 1, "no WebVTT captions: the first line must be WEBVTT")
    troubles = Troubles(file.text)
    return captions(file, _cues(file.text, troubles), MARKUP, troubles)


def _cues(file: str, troubles: Troubles) -> list[Cue]:
    cues: list[Cue] = []
    within, header, opens = False, True, True
    stray: int | None = None  # where a block begins that may be no cue
    for row in lines_of(file):
        times = _TIMES.match(file, *row) if "-->" in file[slice(*row)] else None
        if times:
            if within:
                _drop_name(file, cues[-1].rows)
            cues.append(Cue(seconds(times["start"]), seconds(times["end"]), row[0]))
            if cues[-1].start is None or cues[-1].end is None:
                troubles.add(UNREADABLE, row[0])
            within, stray = True, None
        elif row[0] == row[1]:
            _tell(stray, troubles)
            within, header, opens, stray = False, False, True, None
            continue
        elif within:
            cues[-1].rows.append(row)
        elif opens and not header and not _NO_TEXT.match(file, *row) and any(map(str.isalpha, file[slice(*row)])):
            stray = row[0]
        opens = False
    _tell(stray, troubles)
    return cues


def _tell(stray: int | None, troubles: Troubles) -> None:
    if stray is not None:
        troubles.add(STRAY, stray)


def _drop_name(file: str, rows: list[Range]) -> None:
    """Take the name of the next cue away, where no blank line stands above it."""
    if rows and _NAME.fullmatch(file, *rows[-1]):
        rows.pop()
