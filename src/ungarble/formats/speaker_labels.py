"""Who speaks, where a line of captions says so: ``Name: ``, ``NAME: ``, ``[Name]`` or ``(Name)`` before the words."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ungarble.formats.labels import could_be_name, is_role

SHARE = 0.5
"""Where so many of the captions begin with what looks like a label, all of it is: Zoom names nearly every one."""

TIMES = 3
"""Elsewhere (captions for the deaf name only who is not seen), a label must come so often: "Step two:" comes once."""

OFTEN = 0.2
"""Once less where so many of the captions begin with one: those of whoever begins to speak."""

_NAME = r"[^\W\d_](?:[^\n:\[\](){}<>?!;,\"“”]{0,58}[^\W_.]\.?)?"
_LABEL = re.compile(
    rf"""\s*(?:[-–—‐•][ \t]*)?
    (?: [\[(][ \t]*(?P<boxed>{_NAME})[ \t]*[\])](?P<colon>[ \t]*:)?
      | (?P<name>{_NAME})(?:[ \t]*\([^()\n:]{{1,30}}\))?[ \t]*:
    )(?=\s|&nbsp;|$)(?:\s|&nbsp;)*""",
    re.VERBOSE,
)

_SOUNDS = (
    "applause bell bells blank_audio chatter cheering cheers chuckle chuckles chuckling click coughing coughs "
    "crosstalk crowd crying foreign gasps groans inaudible indistinct laugh laughing laughs laughter music noise pause "
    "phone screaming sigh sighs silence singing sirens sound speaking thunder unintelligible whistling wind"
)
"""What else stands in brackets on a line of its own."""


class Label(NamedTuple):
    """A line's label: the name, its range in the line, and where the words begin; how it is told from the words.

    ``mark`` is a colon, a bracket where nothing follows it, or nothing at all (a bracket before words).
    """

    name: str
    start: int
    until: int
    end: int
    mark: str


def label(line: str) -> Label | None:
    """What may be the label of a line; whether it is one, the file as a whole tells.

    >>> label("- Bill Roggio: and so on")
    Label(name='Bill Roggio', start=2, until=13, end=15, mark=':')
    """
    match = _LABEL.match(line) if ":" in line or "]" in line or ")" in line else None
    if not match:
        return None
    group = "name" if match["name"] else "boxed"
    mark = ":" if match["name"] or match["colon"] else "]" if match.end() == len(line) else ""
    return Label(match[group], *match.span(group), match.end(), mark)


def key(name: str) -> str:
    """By what a name is known again: ``BILL`` and ``Bill`` are one."""
    return " ".join(name.split()).casefold()


def believed(names: Iterable[str], captions: int, certain: Iterable[str] = ()) -> frozenset[str]:
    """The keys of those names that are labels, of all that stand where a label may be, in so many captions.

    ``certain`` are those that nothing but a label can be, if they are names.

    >>> sorted(believed(["Bill", "Jane", "Bill"], 9)), sorted(believed(["Bill", "Jane"], 3))
    (['bill'], ['bill', 'jane'])
    """
    counts = Counter(key(name) for name in names if could_be_name(name) and not _is_sound(name))
    total = counts.total()
    if total > 1 and total >= SHARE * captions:
        return frozenset(counts)
    needed = TIMES - (total >= OFTEN * captions)
    sure = counts.keys() & set(map(key, certain))
    return frozenset(name for name, count in counts.items() if name in sure or count >= needed - is_role(name))


def _is_sound(name: str) -> bool:
    return not set(_SOUNDS.split()).isdisjoint(name.lower().split())
