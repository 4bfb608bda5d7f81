"""Marks and capitals as the sentence model knows them: a few classes, read from a text and its words."""

import re
from enum import IntEnum

from ungarble.document import Word


class Mark(IntEnum):
    """What stands after a word. The first four are what the model answers with."""

    NONE = 0
    COMMA = 1
    STOP = 2
    QUESTION = 3
    OTHER = 4
    """A dash, a bracket or a quotation mark alone."""
    HYPHEN = 5
    """The next word is joined to this one."""


class Case(IntEnum):
    """How a word is written. The first three are what the model answers with."""

    LOWER = 0
    CAPITALISED = 1
    UPPER = 2
    """All capitals, or capitals within (NATO, iPhone)."""
    CASELESS = 3
    """No letters, or unknown."""


TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "capt", "prof", "st", "vs", "messrs"]
)
"""Abbreviations before a name: the full stop after them ends no sentence."""

_LATIN_ENDS = frozenset(["jr", "sr", "inc", "corp", "co", "ltd", "etc", "no"])
_MARK = re.compile(r"\?|[!…]|\.|[,;:]|[^\s]")


def mark_between(word: Word, gap: str, following: Word | None) -> Mark:
    """Tell the mark after a word, from what stands between it and the next word (None: nothing follows).

    Three dots before a lower-case word are a pause in mid-sentence, and so a comma.
    """
    if not gap or gap == " ":
        return Mark.NONE
    if "?" in gap:
        return Mark.QUESTION
    continues = following is not None and following.form[0].islower()
    if "." in gap or "!" in gap or "…" in gap:
        if "!" not in gap:
            if word.key in TITLES:
                return Mark.OTHER
            if continues and word.key in _LATIN_ENDS:
                return Mark.OTHER
            if continues and ("..." in gap or "…" in gap):
                return Mark.COMMA
        return Mark.STOP
    if "," in gap or ";" in gap or ":" in gap:
        return Mark.COMMA
    if gap in "-‐‑/'’&@_":
        return Mark.HYPHEN
    return Mark.NONE if gap.isspace() else Mark.OTHER


def case_of(form: str) -> Case:
    """Tell how a word is written.

    >>> [case_of(form).name for form in ("well", "Kabul", "NATO", "iPhone", "1990")]
    ['LOWER', 'CAPITALISED', 'UPPER', 'UPPER', 'CASELESS']
    """
    if form.islower():
        return Case.LOWER
    if form.isupper():
        return Case.UPPER if len(form) > 1 and form[1] not in "'’" else Case.CAPITALISED
    if form[0].isupper():
        return Case.CAPITALISED
    return Case.CASELESS if form.lower() == form.upper() else Case.UPPER
