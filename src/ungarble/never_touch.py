"""What no stage may change: the words a person wants kept, words marked [sic], and stretches that are not English."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from ungarble.document import PROTECTED, Span, Word, tokenize
from ungarble.language.lexicon import Lexicon

LEAST_WORDS = 8
"""A stretch of fewer words is too short to tell its language."""

ENGLISH_SHARE = 0.35
"""A paragraph with a smaller share of known English words (each at least once per million) is not English. English ASR
output, garbled as it may be, lies above 0.7; see tests/cases/language.toml."""

_SIC = re.compile(r"[\[(]sic[\])]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Untouchable:
    """Spans that stay as they are, in order, and what to tell the person about them."""

    spans: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()

    def touches(self, span: Span) -> bool:
        """Whether changing a span would change, or insert into, one of these."""
        at = bisect_left(self.spans, (span.start, span.start))
        near = self.spans[max(0, at - 1) : at + 2]
        if span.start == span.end:
            return any(kept.start < span.start < kept.end for kept in near)
        return any(kept.overlaps(span) for kept in near) or (at < len(self.spans) and self.spans[at].overlaps(span))


def untouchable(text: str, keep: tuple[str, ...], lexicon: Lexicon) -> Untouchable:
    """Find what must not be changed in a text."""
    words = tokenize(text)
    foreign = _foreign(text, words, lexicon)
    spans = [*_kept(words, keep), *_sic(text, words), *foreign]
    spans += [Span(word.start, word.end) for word in words if word.kind == PROTECTED]
    return Untouchable(tuple(_merged(spans)), tuple(_warnings(text, foreign)))


def _kept(words: list[Word], keep: tuple[str, ...]) -> list[Span]:
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


def _sic(text: str, words: list[Word]) -> list[Span]:
    ends = [word.end for word in words]
    found = []
    for match in _SIC.finditer(text):
        at = bisect_left(ends, match.start() + 1) - 1
        start = words[at].start if at >= 0 and not text[words[at].end : match.start()].strip() else match.start()
        found.append(Span(start, match.end()))
    return found


def _foreign(text: str, words: list[Word], lexicon: Lexicon) -> list[Span]:
    """Paragraphs that are plainly not English: in another script, or with few words that English speakers say."""
    starts = [word.start for word in words]
    found = []
    for match in _PARAGRAPH.finditer(text):
        inside = words[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        spoken = [word.key for word in inside if word.kind == "word"]
        known = sum(lexicon.use(key).per_million >= 1 for key in spoken)
        if len(spoken) >= LEAST_WORDS and known < ENGLISH_SHARE * len(spoken):
            found.append(Span(match.start(), match.end()))
    return found


def _warnings(text: str, foreign: list[Span]) -> list[str]:
    if not foreign:
        return []
    first = text.count("\n", 0, foreign[0].start) + 1
    if sum(end - start for start, end in foreign) > 0.8 * len(text.strip()):
        return ["this does not look like English: left as it is"]
    count = len(foreign)
    what = "a paragraph does" if count == 1 else f"{count} paragraphs do"
    return [f"{what} not look like English (line {first}{' and on' if count > 1 else ''}): left as it is"]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
