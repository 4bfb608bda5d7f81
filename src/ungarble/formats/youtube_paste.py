"""YouTube's "Show transcript" as people paste it: a line with the time, then the words, or both in one line."""

import re
from itertools import pairwise

from ungarble.formats import BrokenFormatError, File, Known, Reading
from ungarble.formats.clock import seconds
from ungarble.formats.heads import Head, heads_of
from ungarble.formats.turns import SAMPLE, Line, lines_of, reading


def looks_like(text: str) -> bool:
    """Whether it begins with a time, and times go up through all of it, as those of a recording."""
    lines = _lines(text[:SAMPLE])
    heads = _heads(lines)
    if len(heads) < 2 or min(heads) > 2 or 3 * len(heads) < len(lines):
        return False
    starts = [head.start or 0.0 for head in heads.values()]
    steps = [after - before for before, after in pairwise(starts)]
    alone = sum(not lines[n].text[head.words :].strip() for n, head in heads.items())
    words = len(lines) - alone
    return (
        all(step >= 0 for step in steps)
        and 2 * words >= len(heads)
        and any(start % 5 for start in starts)  # not the programme of an event
        and 2 * sum(step == 1 for step in steps) <= len(steps)  # not the verses of a book
    )


def read(file: File) -> Reading:
    """Find the timed lines. Chapters' titles between them are text. Raises BrokenFormatError where there are none."""
    lines = _lines(file.text)
    heads = _heads(lines, file.known)
    if not heads:
        raise BrokenFormatError(file.name, 1, "no transcript of YouTube: no line begins with a time like 0:03")
    return reading(file, lines, heads)


def _lines(text: str) -> list[Line]:
    """The lines, without the times in words that screen readers say: "1 minute, 2 seconds" below 1:02."""
    found: list[Line] = []
    for line in lines_of(text, has_paragraphs=False):
        spelled = _spelled(line.text) if found and line.text.rstrip().endswith(_UNITS) else None
        if spelled is None or spelled != seconds(found[-1].text):
            found.append(line)
    return found


_UNITS = ("hour", "hours", "minute", "minutes", "second", "seconds")
_SPELLED = re.compile(r"(?:(\d+) hours?)?,? ?(?:(\d+) minutes?)?,? ?(?:(\d+) seconds?)?")


def _spelled(line: str) -> float | None:
    match = _SPELLED.fullmatch(line.strip())
    if not match:
        return None
    hours, minutes, rest = (int(number or 0) for number in match.groups())
    return hours * 3600.0 + minutes * 60 + rest


def _heads(lines: list[Line], known: Known | None = None) -> dict[int, Head]:
    """The heads: where most times have a line of their own, only those that do."""
    texts, opens = [line.text for line in lines], [False] * len(lines)
    heads = heads_of(texts, opens, known, inline=True)
    alone = {number: head for number, head in heads.items() if head.words == len(texts[number])}
    return alone if 2 * len(alone) > len(heads) else heads
