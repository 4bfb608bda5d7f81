"""Where sentences begin and end: positions only, found in one pass, with nothing of the text lost."""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from ungarble import dictionaries

LONG_LINE = 250
"""A line longer than this was broken by nobody to fit a page or a screen: its end is the end of a paragraph."""

LOOK_BACK = 24
"""Characters before a full stop in which its word is looked for; the longest abbreviation is far shorter."""


class Opening(IntEnum):
    """What shows that a sentence begins here."""

    TEXT = 0
    """The text begins."""
    BLANK = 1
    """A blank line."""
    LINE = 2
    """A long line before or after."""
    ITEM = 3
    """A list item's mark."""
    LABEL = 4
    """A speaker's label: the sentence is the label itself."""
    SPEECH = 5
    """The words after a speaker's label."""
    STOP = 6
    """A full stop."""
    STRONG = 7
    """A question or exclamation mark."""


class Sentence(NamedTuple):
    """A sentence: the range of its characters, without the space around it, and what shows that it begins there."""

    start: int
    end: int
    opening: Opening


class _Abbreviation(NamedTuple):
    kind: str
    goes_on_before: frozenset[str]


_EVENT = re.compile(r"(?P<marks>[.?!…]++)[\"”’'»)\]]*+(?=\s|$)|\n\s*+")
_LABEL = re.compile(
    r"(?:>>+ ?)?(?:\[?\d[\d:.,]*+\]? )?[^\W\d_][\w.'’-]{0,30}"
    r"(?: (?:[A-Z0-9][\w.'’-]{0,30}|\([^()\n]{1,30}\))){0,3}:(?=[ \t])"
)
_ITEM = re.compile(r"(?:[-*•–]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])[ \t]")
_NEXT_WORD = re.compile(r"[\W_]{0,40}+(?P<word>[^\W_]*+)")
_INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}")
_JOINED = re.compile(r"[-–—/(\"“‘'\[]")


def sentences_of(text: str) -> list[Sentence]:
    """Find the sentences of a text, in order; every character but space lies in exactly one.

    A sentence ends at a mark that is no part of an abbreviation, an initial or a number, at a blank line, at a long
    line's end, and before a list item or a speaker's label, which is a sentence of its own. Another line break ends
    none: captions and wrapped text run on. Text without marks is one sentence a paragraph.

    >>> text = "Dr. Shah of the U.S. Army paid $3.50. “Was it J. F. Kennedy?” she asked."
    >>> [text[start:end] for start, end, _ in sentences_of(text)]
    ['Dr. Shah of the U.S. Army paid $3.50.', '“Was it J. F. Kennedy?” she asked.']
    """
    sentences = []
    start, opening = 0, Opening.TEXT
    for end, following in [*_cuts(text), (len(text), Opening.TEXT)]:
        span = _stripped(text, start, end)
        if span:
            sentences.append(Sentence(*span, opening))
            opening = following
        elif following not in (Opening.STOP, Opening.STRONG):
            opening = following
        start = end
    return sentences


def _cuts(text: str) -> Iterator[tuple[int, Opening]]:
    """Where the text is to be cut, in order, and how the next sentence opens."""
    yield from _line_start(text, 0)
    line = 0
    for event in _EVENT.finditer(text):
        if event["marks"]:
            if _ends(text, line, event):
                yield event.end(), Opening.STRONG if event["marks"][-1] in "?!" else Opening.STOP
            continue
        if event.group().count("\n") > 1:
            yield event.end(), Opening.BLANK
        elif event.start() - line > LONG_LINE or _length_of_line(text, event.end()) > LONG_LINE:
            yield event.end(), Opening.LINE
        line = event.end()
        yield from _line_start(text, line)


def _line_start(text: str, line: int) -> Iterator[tuple[int, Opening]]:
    label = _LABEL.match(text, line)
    if label:
        yield line, Opening.LABEL
        yield label.end(), Opening.SPEECH
    elif _ITEM.match(text, line):
        yield line, Opening.ITEM


def _length_of_line(text: str, start: int) -> int:
    """The length of a line, counted no further than needed."""
    end = text.find("\n", start, start + LONG_LINE + 1)
    return end - start if end >= 0 else min(len(text) - start, LONG_LINE + 1)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip())
    right = len(stretch.rstrip())
    return (start + left, start + right) if left < right else None


def _ends(text: str, line: int, event: re.Match[str]) -> bool:
    """Whether the marks of an event end a sentence."""
    marks, end = event["marks"], event.end()
    following = _NEXT_WORD.match(text, end)
    word = following["word"] if following else ""
    if not word:
        return True
    between = text[end : following.start("word")] if following else ""
    if between.lstrip()[:1] in tuple(".?!…,;:"):
        return False
    quoted = end > event.end("marks")
    if quoted and word[0].islower():
        return False
    if marks[-1] in "?!":
        return True
    if len(marks) > 1 or marks == "…":
        return not word[0].islower()
    return _stop_ends(text, line, event.start(), word, quoted)


def _stop_ends(text: str, line: int, stop: int, word: str, quoted: bool) -> bool:
    """Whether a single full stop ends a sentence, by the word before it and the word after."""
    before = text[max(line, stop - LOOK_BACK) : stop].split()
    last = _JOINED.split(before[-1])[-1] if before else ""
    if last and not last.strip("."):
        return not word[0].islower()
    if quoted or not last or text[stop - 1].isspace():
        return True
    if _is_number_of_item(last, len(before)):
        return False
    opens = word[0].isupper() and word.lower() in _openers()
    if _INITIAL.fullmatch(last) or _DOTTED.fullmatch(last):
        return _initial_ends(last, word, opens)
    abbreviation = _abbreviations().get(last.lower())
    return abbreviation is None or _abbreviation_ends(abbreviation, word, opens)


def _is_number_of_item(last: str, words_before: int) -> bool:
    return words_before == 1 and (last.isdigit() or bool(re.fullmatch(r"[a-zA-Z]|[ivxIVX]+", last)))


def _initial_ends(last: str, word: str, opens: bool) -> bool:
    if last == "I" or last.isdigit():
        return not word[0].islower()
    abbreviation = _abbreviations().get(last.lower())
    return _abbreviation_ends(abbreviation, word, opens) if abbreviation else opens


def _abbreviation_ends(abbreviation: _Abbreviation, word: str, opens: bool) -> bool:
    if abbreviation.kind == "number":
        return not word[0].isdigit()
    if abbreviation.kind == "ends":
        return word[0].isupper() and word.lower() not in abbreviation.goes_on_before
    return abbreviation.kind == "either" and opens


@cache
def _abbreviations() -> dict[str, _Abbreviation]:
    return {
        row["abbreviation"]: _Abbreviation(row["kind"], frozenset(row["goes_on_before"].split("|")))
        for _, row in dictionaries.rows(dictionaries.english("abbreviations"))
    }


@cache
def _openers() -> frozenset[str]:
    return frozenset(row["word"] for _, row in dictionaries.rows(dictionaries.english("openers")))
