"""A transcript as one stream of text: its words, its segments, and the positions that everything else speaks in."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

PROTECTED = "protected"
"""Kind of a word that is no prose (a URL, an address, code): nothing may change it."""

_LETTER = r"[^\W\d_]"
_MARKS = r"[\u0300-\u036f]"
_WORD = rf"[^\W_]++(?:{_MARKS}++[^\W_]*+)*+"
_WORD_OF_LETTERS = rf"{_LETTER}++(?:{_MARKS}++{_LETTER}*+)*+"
# Lengths are bounded (RFC 5321 and 1035 have such bounds), as the search for an @ or a .com must not start from every
# letter of a megabyte without spaces. The first alternative finds most words at once: what stands before a space or the
# mark that ends a sentence can be neither address nor abbreviation.
_TOKEN = re.compile(
    rf"""
    (?P<plain>[A-Za-z]++(?:['’][A-Za-z]++)?+(?=[\x20,\n]|[.?!](?:\s|\Z)))
  | (?P<protected>
        `[^`\n]+`                                   # code
      | (?:https?|ftp)://[^\s<>"“”]*[^\s<>"“”.,;:!?)\]]
      | www\.[^\s<>"“”]*[^\s<>"“”.,;:!?)\]]
      | [\w.+-]{{1,64}}+@[\w-]{{1,63}}+(?:\.[\w-]{{1,63}}+){{1,8}}    # an e-mail address
      | [@\#]\w+                                    # a handle, a tag
      | \w+_\w+                                     # an identifier
      | {_LETTER}[\w-]{{0,62}}+(?:\.[\w-]{{1,63}}+){{0,8}}
        \.(?:com|org|net|edu|gov|io|info|html?|pdf|txt|py|js)\b(?:/[^\s<>"“”]*[\w/])?
    )
  | (?P<number>[$€£]?\d[\d,.:/]*(?:(?<=\d)|(?<=[\d,.:/])(?=\d))(?:st|nd|rd|th|s|%)?(?![^\W_]))
  | (?P<word>
        (?:{_LETTER}\.){{2,}}+(?:{_LETTER}(?![^\W_]))?   # U.S. a.m.
      | {_LETTER}\.{_LETTER}(?![^\W_])(?!\.{_LETTER}{_LETTER})          # U.S
      | {_WORD}(?:['’]{_WORD_OF_LETTERS})*+
    )
    """,
    re.VERBOSE,
)
_KINDS: dict[int | None, str] = {
    number: "word" if name == "plain" else name for name, number in _TOKEN.groupindex.items()
}


class Span(NamedTuple):
    """A half-open range of characters (code points) of a text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character; an empty span overlaps nothing that it only touches."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


class Word(NamedTuple):
    """A word where it stands: its range in the text, its form there, and its kind (word, number or protected)."""

    start: int
    end: int
    form: str
    kind: str

    @property
    def key(self) -> str:
        """The form to look the word up by: lower case, with a plain apostrophe."""
        return _key(self.form)


@lru_cache(maxsize=1 << 16)
def _key(form: str) -> str:
    return form.lower().replace("’", "'")


def tokenize(text: str) -> list[Word]:
    """Find the words of a text, in order.

    Hyphens part words and apostrophes join them: ``mazar-e-sharif`` is three words, ``don’t`` is one. ``U.S.`` and
    ``1,000.50`` are one each. What is no prose (URLs, addresses, code) is one word of the kind ``protected``.

    >>> [word.form for word in tokenize("The U.S. didn’t pay $1,000.50.")]
    ['The', 'U.S.', 'didn’t', 'pay', '$1,000.50']
    """
    new = tuple.__new__
    forms: dict[str, str] = {}  # equal words share one form: a long text has few different ones
    return [
        new(Word, (*match.span(), forms.setdefault(match[0], match[0]), _KINDS[match.lastindex]))
        for match in _TOKEN.finditer(text)
    ]


class Tokenizer:
    """Tokenizes texts that have most of their lines in common, as the drafts of a document have: each line once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[Word]] = {}

    def tokenize(self, text: str) -> list[Word]:
        """Find the words of a text. No word goes beyond a line."""
        new = tuple.__new__
        words: list[Word] = []
        at = 0
        for line in text.split("\n"):
            here = line + "\n"
            found = self._lines.get(here)
            if found is None:
                found = self._lines[here] = tokenize(here)
            words += [new(Word, (at + start, at + end, form, kind)) for start, end, form, kind in found]
            at += len(here)
        return words


@dataclass(frozen=True, slots=True)
class Segment:
    """A timed stretch of words (a cue, an utterance) or a paragraph. Times are seconds; None: there are none."""

    span: Span
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    line: int | None = None
    """The line of the file where its words begin, counted from 1; where files have no lines, its own number."""


class Timing(NamedTuple):
    """When the word at text[at:until] was said, in seconds, and how sure the ASR was of it, from 0 to 1.

    None where the file does not say.
    """

    at: int
    until: int
    start: float | None = None
    end: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript: every spoken word once, in reading order. For plain text, ``text`` is the file as read.

    In every other format a line end parts what stands apart in the file (lines, cues), and a blank line the turns of
    the speakers; neither can be changed. ``segments`` and ``timings`` are in the order of the text.
    """

    text: str
    segments: tuple[Segment, ...] = ()
    path: str | None = None
    format: str = "txt"
    timings: tuple[Timing, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers' names as the file has them, each once, in the order in which they speak first."""
        return tuple(dict.fromkeys(segment.speaker for segment in self.segments if segment.speaker))
