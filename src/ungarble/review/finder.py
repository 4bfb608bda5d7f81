"""Finds words in a document by themselves and by the words around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import eq
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from ungarble.correction import Correction
from ungarble.document import Document, Span, tokenize
from ungarble.review.changes import Phrase, flat, phrase
from ungarble.rulings import stretch

LEAST, MOST = 6, 24
"""How many words around a place tell it from others: so many, and more, up to the second, where others are alike."""

ENOUGH = 0.45
"""How alike the surroundings must be: one side may have changed altogether, or both a little. Of 2,840 decisions on
YouTube captions, of which then one word in 14 was changed at random, 2,609 were found again in their places, 5 in
another (an advertisement that is said twice), and 12 were lost; the words of the others had changed themselves."""

CLEARLY = 0.02
"""How much more alike than any other place the right one must be."""

SHIFTED = 0.75
"""What a word counts that stands one word further off, or nearer, than it did."""

_FEW = 50
"""From more places than this only those are looked at beside which a rare word of the surroundings stands."""

_SHIFTS = (-2, -1, 0, 1, 2)

_EDGE = ""
"""Stands for the beginning or the end of the document among the words around a place."""


class Around(NamedTuple):
    """The words around a place, as they are compared, the nearest first; an edge of the document is one of them."""

    left: tuple[str, ...]
    right: tuple[str, ...]


def around(before: Sequence[str], after: Sequence[str]) -> Around:
    """The surroundings as a decision keeps them: fewer words than it would keep mean an edge."""
    left, right = tuple(reversed(before)), tuple(after)
    return Around(left if len(left) >= LEAST else (*left, _EDGE), right if len(right) >= LEAST else (*right, _EDGE))


class Finder:
    """A document's words, ready to look for others in. Positions are indexes of ``words``."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.words = tokenize(document.text)
        self.keys = [word.key for word in self.words]
        self._stretches: dict[str, Span] = {}
        self._positions: dict[str, list[int]] = {}
        for at, key in enumerate(self.keys):
            self._positions.setdefault(key, []).append(at)

    def gap(self, at: int) -> str:
        """What stands before a word, on one line."""
        start = self.words[at - 1].end if at else 0
        return flat(self.text[start : self.words[at].start if at < len(self.words) else len(self.text)])

    def span(self, at: int, heard: Phrase) -> Span:
        """The range of some words that stand at a position, with what was heard right before and behind them."""
        last = at + len(heard.words) - 1
        return Span(self.words[at].start - len(heard.gaps[0]), self.words[last].end + len(heard.gaps[-1]))

    def stretch(self, correction: Correction) -> Span:
        """The words that a correction is shown with."""
        span = self._stretches.get(correction.id)
        if span is None:
            span = self._stretches[correction.id] = stretch(correction.edits, self.text, self.words)
        return span

    def same(self, at: int, wanted: Phrase, first: int = 0, last: int | None = None, exactly: bool = True) -> bool:
        """Whether wanted.words[first:last] stand at a position, with the same marks between; spaces are alike."""
        last = len(wanted.words) if last is None else last
        count = last - first
        if at < 0 or at + count > len(self.words):
            return False
        if exactly and any(self.words[at + n].form != wanted.forms[first + n] for n in range(count)):
            return False
        if not exactly and self.keys[at : at + count] != wanted.keys[first:last]:
            return False
        return all(alike(self.gap(at + n), wanted.gaps[first + n]) for n in range(1, count))

    def every(self, wanted: Phrase, exactly: bool) -> list[int]:
        """The positions at which some words stand: in the very same form, or in other capitals too."""
        places = (at for at in self.candidates(wanted.keys) if self.same(at, wanted, exactly=exactly))
        return [at for at in places if self._has_edges(at, wanted)]

    def exact(self, heard: Phrase, surroundings: Around) -> list[int]:
        """The positions at which some words stand in the very same form, in just these surroundings."""
        left, right = surroundings
        row = [*reversed(left), *heard.keys, *right]
        begins, ends = left[-1:] == (_EDGE,), right[-1:] == (_EDGE,)
        places = self.candidates(row[begins : len(row) - ends])
        found = []
        for start in places:
            at, stop = start + len(left) - begins, start + len(row) - begins - ends
            if (not begins or not start) and (not ends or stop == len(self.words)) and self._is_heard(at, heard):
                found.append(at)
        return found

    def _is_heard(self, at: int, heard: Phrase) -> bool:
        inner = all(self.gap(at + n) == heard.gaps[n] for n in range(1, len(heard.words)))
        return inner and self._has_edges(at, heard) and self.same(at, heard)

    def _has_edges(self, at: int, heard: Phrase) -> bool:
        """Whether what was heard right before and behind some words stands there."""
        return self.gap(at).endswith(heard.gaps[0]) and self.gap(at + len(heard.words)).startswith(heard.gaps[-1])

    def candidates(self, keys: Sequence[str]) -> list[int]:
        """The positions at which a row of words stands, whatever is between them; in order."""
        if not keys:
            return []
        rarest = min(range(len(keys)), key=lambda n: len(self._positions.get(keys[n], ())))
        count, row = len(keys), list(keys)
        starts = (at - rarest for at in self._positions.get(keys[rarest], ()))
        return [start for start in starts if start >= 0 and self.keys[start : start + count] == row]

    def likely(
        self, keys: Sequence[str], surroundings: Around, stands: Callable[[int], bool]
    ) -> list[tuple[float, int]]:
        """How alike the surroundings are, and the position: of each place that is alike enough where ``stands`` holds.

        ``keys`` stand there; where these are none, the positions are of the words behind the places in question. Of
        many places only those are looked at that may yet be as alike as the best one.
        """
        places = self.candidates(keys)
        if keys and len(places) <= _FEW:
            return self._alike(places, len(keys), surroundings, stands)
        here, seen, found = set(places), set[int](), list[tuple[float, int]]()
        words = self._rarest_first(len(keys), surroundings)
        for number, (by, key) in enumerate(words, start=1):
            new = {at + by + shift for at in self._positions.get(key, ()) for shift in _SHIFTS} - seen
            seen |= new
            new = new & here if keys else {at for at in new if 0 <= at <= len(self.words)}
            found += self._alike(new, len(keys), surroundings, stands)
            unseen = 1 - number / (len(surroundings.left) + len(surroundings.right))
            if unseen < max(ENOUGH, max(found, default=(0.0, 0))[0] - CLEARLY):
                break
        return found

    def _rarest_first(self, length: int, surroundings: Around) -> list[tuple[int, str]]:
        """The words around a place, and how far from each of them it begins."""
        left, right = surroundings
        words = [(n + 1, key) for n, key in enumerate(left)] + [(-n - length, key) for n, key in enumerate(right)]
        return sorted((word for word in words if word[1]), key=lambda word: len(self._positions.get(word[1], ())))

    def _alike(
        self, places: Iterable[int], length: int, surroundings: Around, stands: Callable[[int], bool]
    ) -> list[tuple[float, int]]:
        rows = ((self.likeness(at, at + length, surroundings), at) for at in places)
        return [(likeness, at) for likeness, at in rows if likeness >= ENOUGH and stands(at)]

    def likeness(self, first: int, last: int, surroundings: Around) -> float:
        """How alike the surroundings of words[first:last] are, from 0 to 1; 0 where they are not alike enough."""
        left, right = surroundings
        before = self.keys[max(0, first - len(left) - 2) : first][::-1]
        after = self.keys[last : last + len(right) + 2]
        before += [_EDGE] * (len(before) < len(left) + 2)
        after += [_EDGE] * (len(after) < len(right) + 2)
        in_order, size = (_in_order(left, before), _in_order(right, after)), len(left) + len(right)
        if sum(in_order) < ENOUGH * size:
            return 0.0
        in_place = _in_place(left, before) + _in_place(right, after)
        nearest = _nearest(left, before) + _nearest(right, after)
        return (in_place + sum(in_order) + nearest) / (3 * size)

    def neighbours(self, at: int, surroundings: Around) -> int:
        """How many of the two words beside a gap are those that should be, where they should be."""
        return (self._key(at - 1) == surroundings.left[0]) + (self._key(at) == surroundings.right[0])

    def _key(self, at: int) -> str:
        return self.keys[at] if 0 <= at < len(self.keys) else _EDGE

    def is_doubled(self, first: int, last: int) -> bool:
        """Whether words[first:last] stand there twice, one behind the other."""
        size, words = last - first, self.keys[first:last]
        return self.keys[max(0, first - size) : first] == words or self.keys[last : last + size] == words

    def still(self, at: int, gone: Sequence[str], surroundings: Around) -> bool:
        """Whether words that would be gone from before a position are there yet, as in "to to" of which one goes."""
        size, words = len(gone), list(gone)
        before = self.keys[max(0, at - size) : at] == words and self._key(at - size - 1) == surroundings.left[0]
        return before or (self.keys[at : at + size] == words and self._key(at + size) == surroundings.right[0])

    def describe(self, span: Span) -> tuple[str, str, str, int, int]:
        """What tells a range of words from all others: heard, before, after, which of how many that are alike.

        The range begins and ends with a word, but for marks at the edges of the document.
        """
        heard = flat(self.text[slice(*span)])
        first, last = self.range_of(span)
        size, here = LEAST, [first]
        while True:
            before = flat(self.text[self.words[max(0, first - size)].start : span.start]).strip() if first else ""
            behind = min(last + size, len(self.words))
            after = flat(self.text[span.end : self.words[behind - 1].end]).strip() if last < behind else ""
            if first < last:
                here = self.exact(phrase(heard), around(phrase(before).keys, phrase(after).keys))
            if len(here) <= 1 or size >= MOST:
                break
            size *= 2
        which = here.index(first) + 1 if first in here else 1
        return heard, before, after, which, max(1, len(here))

    def range_of(self, span: Span) -> tuple[int, int]:
        """The words that lie in a range of the text, as a range of their indexes."""
        first = bisect_right(self.words, span.start, key=lambda word: word.end)
        return first, max(first, bisect_left(self.words, span.end, key=lambda word: word.start))


def alike(one: str, other: str) -> bool:
    """Whether two gaps are the same, or nothing but space."""
    return one == other or (one.isspace() and other.isspace())


def _in_order(kept: Sequence[str], here: Sequence[str]) -> int:
    """How many words stand here in the same order."""
    found: int = LCSseq.similarity(kept, here)
    return found


def _in_place(kept: Sequence[str], here: Sequence[str]) -> float:
    """How many words stand here in their places; all of them one off count a little less."""
    same, later, sooner = (float(sum(map(eq, kept, row))) for row in (here, [None, *here], here[1:]))
    return max(same, SHIFTED * later, SHIFTED * sooner)


def _nearest(kept: Sequence[str], here: Sequence[str]) -> int:
    """How many of the nearest words stand here, up to the first that does not."""
    pairs = zip(kept, here, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(kept), len(here)))
