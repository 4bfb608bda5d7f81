"""Captions that are a line of times and the text below it, as SubRip and SubViewer have them."""

from collections.abc import Callable

from ungarble.formats.captions import lines_of
from ungarble.formats.cue_text import Cue
from ungarble.formats.troubles import STRAY, UNREADABLE, Troubles

Times = tuple[float | None, float | None]
"""When a caption begins and ends, in seconds; None for what cannot be read."""


def timed_blocks(file: str, times_of: Callable[[str], Times | None], troubles: Troubles) -> list[Cue]:
    """The captions of a file: what follows a line of times is said in it, up to the next; blank lines say nothing.

    So players take it. A number right above a line of times is no text.
    """
    cues: list[Cue] = []
    number = False
    for start, end in lines_of(file):
        line = file[start:end]
        times = times_of(line)
        if times:
            if cues and number:
                cues[-1].rows.pop()
            cues.append(Cue(*times, start))
            if None in times:
                troubles.add(UNREADABLE, start)
        elif cues and line.strip():
            cues[-1].rows.append((start, end))
        elif any(map(str.isalpha, line)):
            troubles.add(STRAY, start)
        number = not times and line.strip().isdigit()
    return cues
