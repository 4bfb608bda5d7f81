"""What no stage may change: the words a person wants kept, words marked [sic], and stretches that are not English."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ungarble.document import PROTECTED, Span, Word, tokenize
from ungarble.language.lexicon import Lexicon

COMMON_SHARE = 0.18
"""A paragraph is not English if a smaller share of its words is said all the time in English …"""

LITTLE_SHARE = 0.12
"""… so many are little words or have accents, and are not common: de, und, på. Of lists of names in lower case, which
English has too, 1 in 25 has as many, and would be taken for another language …"""

KNOWN_SHARE = 0.66
"""… and a smaller share is known at all. Of 23,700 paragraphs and utterances of English, half of them garbled ASR
output in lower case, none fulfils all three; of 57,000 pieces of 16 and 24 words none does, of 51,000 pieces of 12
words 2 do, lists of misheard names. Of 66 sentences of 9 to 22 words in 29 languages 63 do, as in
tests/cases/language.toml."""

COMMON = 300.0
"""Times per million words from which a word counts as said all the time."""

KNOWN = 1.0
"""Times per million words from which a word counts as known."""

LEAST_WORDS = 8
"""A paragraph of fewer words is too short to tell its language …"""

LEAST_AMID_ENGLISH = 12
"""… and so is a run of sentences of fewer, in a paragraph that is English otherwise."""

LITTLE = 3
"""Letters of a little word."""

LEAST_TELLING = 3
"""A sentence with fewer words that tell anything goes with the one before it."""

LEAST_LETTERS = 12
"""So many letters of another script are enough, however few words they are: Chinese puts no spaces between them."""

NAME_SHARE = 0.6
"""From this share of capitals in mid-sentence a word counts as a name, which other languages share."""

_SHARED = frozenset({"a", "am", "an", "as", "at", "come", "do", "e", "hat", "he", "her", "him", "i", "in", "is"}) | (
    {"it", "la", "le", "man", "me", "most", "no", "o", "on", "or", "per", "so", "son", "u", "via", "was"}
)
"""Common English words that are common words of other languages as well, and tell nothing."""

_SIC = re.compile(r"[\[(]sic[\])]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_SENTENCE = re.compile(r"[^.?!…\n]*[.?!…\n]*[\"”’)\]]*\s*")
_OTHER_SCRIPT = re.compile("[^\\W\\d_\\u0000-\\u024f\\u1e00-\\u1eff]")
"""A letter of another script than the Latin one."""


class _Tells(IntEnum):
    """What a word tells about the language of the text around it."""

    NOTHING = 0
    """A number, an address, a letter, or a word with a capital: names are alike in all languages."""
    SHARED = 1
    """A word of English and of other languages."""
    COMMON = 2
    """A word that is said all the time in English."""
    KNOWN = 3
    """Another word that is said in English."""
    KNOWN_LITTLE = 4
    """Such a word that is short, as the small words of other languages are, or has accents."""
    UNKNOWN = 5
    UNKNOWN_LITTLE = 6
    OTHER_SCRIPT = 7


@dataclass(frozen=True, slots=True)
class Untouchable:
    """Spans that stay as they are, in order, and what to tell the person about them."""

    spans: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    passages: frozenset[int] = frozenset()
    """Where passages begin and end that are not English: no mark is set there either."""

    def touches(self, span: Span) -> bool:
        """Whether changing a span would change, or insert into, one of these."""
        at = bisect_left(self.spans, (span.start, span.start))
        near = self.spans[max(0, at - 1) : at + 2]
        if span.start == span.end:
            return span.start in self.passages or any(kept.start < span.start < kept.end for kept in near)
        return any(kept.overlaps(span) for kept in near) or (at < len(self.spans) and self.spans[at].overlaps(span))


def untouchable(text: str, keep: tuple[str, ...], lexicon: Lexicon, words: Sequence[Word] | None = None) -> Untouchable:
    """Find what must not be changed in a text. ``words`` are its words, where they have been found already."""
    words = tokenize(text) if words is None else words
    foreign = _Languages(text, words, lexicon).foreign()
    spans = [*_kept(words, keep), *_sic(text, words), *foreign]
    spans += [Span(word.start, word.end) for word in words if word.kind == PROTECTED]
    edges = frozenset(edge for start, end in foreign for edge in (start, start + len(text[start:end].rstrip())))
    return Untouchable(tuple(_merged(spans)), tuple(_warnings(text, foreign)), edges)


def _kept(words: Sequence[Word], keep: tuple[str, ...]) -> list[Span]:
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in keep:
        keys = tuple(word.key for word in tokenize(phrase))
        if keys:
            phrases.setdefault(keys[0], []).append(keys)
    if not phrases:
        return []
    text = [word.key for word in words]
    return [
        Span(words[at].start, words[at + len(phrase) - 1].end)
        for at, key in enumerate(text)
        for phrase in phrases.get(key, ())
        if tuple(text[at : at + len(phrase)]) == phrase
    ]


def _sic(text: str, words: Sequence[Word]) -> list[Span]:
    found = []
    for match in _SIC.finditer(text):
        at = bisect_left(words, (match.start(),)) - 1
        start = words[at].start if at >= 0 and not text[words[at].end : match.start()].strip() else match.start()
        found.append(Span(start, match.end()))
    return found


_LITTLE = (_Tells.KNOWN_LITTLE, _Tells.UNKNOWN_LITTLE, _Tells.OTHER_SCRIPT)


class _Verdicts(dict[str, int]):
    """What each form tells, looked up once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, form: str) -> int:
        self[form] = verdict = _verdict(form, self._lexicon)
        return verdict


def _verdict(form: str, lexicon: Lexicon) -> _Tells:
    if (form[0].isupper() and not form.isupper()) or any(letter.isdigit() for letter in form):
        return _Tells.NOTHING
    if _OTHER_SCRIPT.match(form):
        return _Tells.OTHER_SCRIPT
    key = form.lower().replace("’", "'")
    if key in _SHARED:
        return _Tells.SHARED
    if len(key) == 1:
        return _Tells.NOTHING
    use = lexicon.use(key)
    if use.per_million >= COMMON and (use.capital_share or 0.0) < NAME_SHARE:
        return _Tells.COMMON
    known = _Tells.KNOWN if use.per_million >= KNOWN else _Tells.UNKNOWN
    return _Tells(known + (len(form) <= LITTLE or not form.replace("’", "'").isascii()))


class _Languages:
    """What the words of a text tell, one byte each, and the stretches that are plainly not English."""

    def __init__(self, text: str, words: Sequence[Word], lexicon: Lexicon) -> None:
        verdicts = _Verdicts(lexicon)
        self._text, self._words = text, words
        self._tells = bytes(verdicts[word.form] if word.kind == "word" else _Tells.NOTHING for word in words)
        self._starts = array("Q", (word.start for word in words))

    def foreign(self) -> list[Span]:
        """Paragraphs that are not English, and runs of sentences in those that are; neighbours are one stretch."""
        found: list[Span] = []
        for match in _PARAGRAPH.finditer(self._text):
            for span in self._foreign_in(Span(*match.span())):
                if found and self._text[found[-1].end : span.start].isspace():
                    found[-1] = Span(found[-1].start, span.end)
                else:
                    found.append(span)
        return found

    def _foreign_in(self, paragraph: Span) -> Iterator[Span]:
        tells = self._in(paragraph)
        if _is_foreign(tells, LEAST_WORDS) or self._is_other_script(paragraph, tells):
            yield paragraph
        elif _count(tells, *_LITTLE) >= LITTLE_SHARE * LEAST_AMID_ENGLISH:
            yield from self._runs(paragraph)

    def _runs(self, paragraph: Span) -> Iterator[Span]:
        """Runs of sentences that are not English; one that tells little goes with the one before it."""
        start = end = -1
        for match in _SENTENCE.finditer(self._text, *paragraph):
            sentence = Span(match.start(), match.start() + len(match.group().rstrip()))
            tells = self._in(sentence)
            if _is_strange(tells, LEAST_TELLING):
                start, end = (sentence.start if start < 0 else start), sentence.end
            elif len(tells) - _count(tells, _Tells.NOTHING, _Tells.SHARED) >= LEAST_TELLING:
                yield from self._if_foreign(start, end)
                start = -1
        yield from self._if_foreign(start, end)

    def _if_foreign(self, start: int, end: int) -> Iterator[Span]:
        if start >= 0 and _is_foreign(self._in(Span(start, end)), LEAST_AMID_ENGLISH):
            yield Span(start, end)

    def _in(self, span: Span) -> bytes:
        return self._tells[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def _is_other_script(self, span: Span, tells: bytes) -> bool:
        others = tells.count(_Tells.OTHER_SCRIPT)
        if others <= len(tells) - others or len(tells) >= LEAST_WORDS:
            return False
        first = bisect_left(self._starts, span.start)
        words = self._words[first : first + len(tells)]
        return sum(len(word.form) for word in words) >= LEAST_LETTERS


def _count(tells: bytes, *kinds: _Tells) -> int:
    return sum(map(tells.count, kinds))


def _is_foreign(tells: bytes, least: int) -> bool:
    """Whether words, by what each of them tells, are of another language; not where there are less than ``least``."""
    return _is_strange(tells, least) and _count(tells, *_LITTLE) >= LITTLE_SHARE * (
        len(tells) - tells.count(_Tells.NOTHING)
    )


def _is_strange(tells: bytes, least: int) -> bool:
    """Whether the words are not what English says: another language, or a list of names."""
    shared, common = tells.count(_Tells.SHARED), tells.count(_Tells.COMMON)
    words = len(tells) - tells.count(_Tells.NOTHING)
    known = shared + common + _count(tells, _Tells.KNOWN, _Tells.KNOWN_LITTLE)
    return words >= least and common < COMMON_SHARE * (words - shared) and known < KNOWN_SHARE * words


def _warnings(text: str, foreign: list[Span]) -> list[str]:
    if not foreign:
        return []
    if sum(end - start for start, end in foreign) > 0.8 * len(text.strip()):
        return ["this does not look like English: left as it is"]
    first = text.count("\n", 0, foreign[0].start) + 1
    if len(foreign) > 1:
        return [f"{len(foreign)} passages do not look like English (the first in line {first}): left as they are"]
    last = first + text.count("\n", *foreign[0])
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return [f"a passage does not look like English ({lines}): left as it is"]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
