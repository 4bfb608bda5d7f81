r"""Finds which of a document's words another account of them holds: the same text said twice in one file.

Two accounts agree letter for letter, or nearly: one may have capitals and marks that the other has not, write a number
otherwise, name the speakers, lack words. What is alike is found in linear time; what is not corresponds to nothing.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

RUN = 4
"""So many words in a row, if they stand once in each account, are the same."""

MOST_COMPARED = 2_000
"""Words between two such places that are compared one by one; of more, only the first and last that are equal."""

FEW = 20
"""So many words beside equal ones may have a few equal ones among them; of more, half of the letters have to be."""

FIRST_IDEOGRAM = "\u2e80"
"""From here on, letters are words of their own."""

_IDEOGRAM = re.compile(f"[{FIRST_IDEOGRAM}-\U0010ffff]")

_SEEN = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W_]+")


class Stretch(NamedTuple):
    """text[at:at+length] stands at copy[start:start+length], capitals apart."""

    at: int
    start: int
    length: int


class Account:
    """A text, and the letters of it that are compared."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def seen(self) -> "_Letters":
        """All that can be seen."""
        return _Letters(self.text, _SEEN)

    @cached_property
    def letters(self) -> "_Letters":
        """Letters and digits, without marks."""
        return _Letters(self.text, _LETTERS)


def align(account: Account, copy: str) -> list[Stretch]:
    r"""The stretches that a text and a copy of it share, in order, without overlap. None holds a line end of the text.

    >>> align(Account("In Kabul,\nthey said"), "in kabul they said")
    [Stretch(at=0, start=0, length=8), Stretch(at=10, start=9, length=9)]
    """
    other = Account(copy)
    here, there = account.seen, other.seen
    if here.letters != there.letters and account.letters.letters:
        here, there = account.letters, other.letters
    is_equal = here.letters == there.letters
    blocks = [_Block(0, 0, len(here.letters))] if is_equal else _merged(_compared(here, there))
    return list(_stretches(here, there, blocks))


def within(stretches: Sequence[Stretch], ranges: Iterable[tuple[int, int]]) -> Iterator[list[Stretch]]:
    """For ranges of the copy, which follow each other, the parts of stretches that lie in them."""
    first = 0
    for start, end in ranges:
        while first < len(stretches) and stretches[first][1] + stretches[first][2] <= start:
            first += 1
        parts = []
        index = first
        while index < len(stretches) and stretches[index][1] < end:
            at, begin, length = stretches[index]
            cut, last = max(begin, start), min(begin + length, end)
            parts.append(Stretch(at + cut - begin, cut, last - cut))
            index += 1
        yield parts


class _Letters:
    """Letters of a text in lower case, where each stands in it, and which of them something stands before."""

    def __init__(self, text: str, tokens: re.Pattern[str]) -> None:
        self.text = text
        self.at = array("L")
        self.starts: list[int] = []
        for match in tokens.finditer(text):
            self.starts.append(len(self.at))
            self.at.extend(range(*match.span()))
        self.letters = lower("".join(tokens.findall(text)))

    def words(self) -> tuple[list[str], list[int]]:
        """The words, and the number of the letter at which each begins and the last ends.

        Letters that follow each other in the text are a word; so is every letter of a script that has no spaces.
        """
        single = (match.start() for match in _IDEOGRAM.finditer(self.letters))
        starts = sorted({*self.starts, *(n for at in single for n in (at, at + 1)), len(self.at)})
        return [self.letters[a:b] for a, b in pairwise(starts)], starts


def lower(letters: str) -> str:
    """Lower case, of the same length."""
    made = letters.lower()
    return made if len(made) == len(letters) else "".join(c.lower() if len(c.lower()) == 1 else c for c in letters)


class _Block(NamedTuple):
    """Equal letters: the number of the first in both accounts, and how many there are."""

    here: int
    there: int
    length: int


def _compared(here: _Letters, there: _Letters) -> Iterator[_Block]:
    """Equal letters of accounts that are not wholly equal."""
    comparison = _Comparison(here, there)
    i = j = 0
    for next_i, next_j in [*comparison.anchors(), (len(comparison.a), len(comparison.b))]:
        yield from comparison.between(i, next_i, j, next_j)
        i, j = next_i, next_j


def _merged(blocks: Iterable[_Block]) -> list[_Block]:
    """Blocks that follow each other in both accounts as one."""
    merged: list[_Block] = []
    for block in blocks:
        last = merged[-1] if merged else _Block(-1, -1, 0)
        if block.here == last.here + last.length and block.there == last.there + last.length:
            merged[-1] = last._replace(length=last.length + block.length)
        elif block.length:
            merged.append(block)
    return merged


class _Comparison:
    """Two accounts word by word."""

    def __init__(self, here: _Letters, there: _Letters) -> None:
        self.here, self.there = here.letters, there.letters
        self.a, self.a_at = here.words()
        self.b, self.b_at = there.words()

    def anchors(self) -> list[tuple[int, int]]:
        """Words that are surely the same, as ``RUN`` words from them on stand once in each; in order in both."""
        ours, theirs = _unique_runs(self.a), _unique_runs(self.b)
        return _rising([(i, theirs[run]) for run, i in ours.items() if run in theirs])

    def between(self, i: int, next_i: int, j: int, next_j: int) -> Iterator[_Block]:
        """Equal words of a[i:next_i] and b[j:next_j]: those that both begin and end with, and the likely rest."""
        first_i, first_j = i, j
        while i < next_i and j < next_j and self.a[i] == self.b[j]:
            i, j = i + 1, j + 1
        yield self._block(first_i, first_j, i)
        last_i, last_j = next_i, next_j
        while last_i > i and last_j > j and self.a[last_i - 1] == self.b[last_j - 1]:
            last_i, last_j = last_i - 1, last_j - 1
        yield from self._inner(i, last_i, j, last_j, first_i < i or last_i < next_i)
        yield self._block(last_i, last_j, next_i)

    def _block(self, i: int, j: int, end: int) -> _Block:
        return _Block(self.a_at[i], self.b_at[j], self.a_at[end] - self.a_at[i])

    def _inner(self, i: int, end_i: int, j: int, end_j: int, beside_equal: bool) -> Iterator[_Block]:
        """Equal words in the midst of what differs, if that is short and beside equal words, or if they are many."""
        if i == end_i or j == end_j or (end_i - i) * (end_j - j) > MOST_COMPARED**2:
            return
        here = self.here[self.a_at[i] : self.a_at[end_i]]
        if here == self.there[self.b_at[j] : self.b_at[end_j]]:  # words that are parted otherwise
            yield self._block(i, j, end_i)
            return
        rows = [row for row in LCSseq.opcodes(self.a[i:end_i], self.b[j:end_j]) if row.tag == "equal"]
        equal = [self._block(i + row.src_start, j + row.dest_start, i + row.src_end) for row in rows]
        letters = min(self.a_at[end_i] - self.a_at[i], self.b_at[end_j] - self.b_at[j])
        few = beside_equal and max(end_i - i, end_j - j) <= FEW
        if few or 2 * sum(block.length for block in equal) >= letters:
            yield from equal


def _unique_runs(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The runs of words that stand once, and where."""
    found: dict[tuple[str, ...], int] = {}
    for n, run in enumerate(zip(*(words[shift:] for shift in range(RUN)), strict=False)):
        found[run] = -1 if run in found else n
    return {run: n for run, n in found.items() if n >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of the pairs, which rise in their first number, that rise in the second, too."""
    ends: list[int] = []  # of the chain of each length, the lowest last number, …
    last: list[int] = []  # … and which pair has it
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(j)
            last.append(n)
        else:
            ends[length], last[length] = j, n
    chain = []
    n = last[-1] if last else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def _stretches(here: _Letters, there: _Letters, blocks: Sequence[_Block]) -> Iterator[Stretch]:
    """Equal letters with what stands between them, where that is equal too; marks at the ends as far as they agree."""
    ends = (0, 0)
    for block in blocks:
        for first, last in _unbroken(here, there, block):
            at, start = here.at[block.here + first], there.at[block.there + first]
            until, end = here.at[block.here + last] + 1, there.at[block.there + last] + 1
            before = _alike(here.text[ends[0] : at][::-1], there.text[ends[1] : start][::-1])
            behind = _alike(_gap(here, block.here + last), _gap(there, block.there + last))
            yield Stretch(at - before, start - before, until + behind - at + before)
            ends = (until + behind, end + behind)


def _unbroken(here: _Letters, there: _Letters, block: _Block) -> Iterator[tuple[int, int]]:
    """The first and last letters of the runs within a block between whose letters both accounts have the same."""
    if not block.length:
        return
    first = 0
    for n in sorted({*_gaps(here, block.here, block.length), *_gaps(there, block.there, block.length)}):
        gap = here.text[here.at[block.here + n - 1] + 1 : here.at[block.here + n]]
        other = there.text[there.at[block.there + n - 1] + 1 : there.at[block.there + n]]
        if gap != other or "\n" in gap:
            yield first, n - 1
            first = n
    yield first, block.length - 1


def _gaps(letters: _Letters, start: int, length: int) -> list[int]:
    """Which of some letters something stands before, the first apart; they are counted from the first."""
    first, last = bisect_left(letters.starts, start + 1), bisect_left(letters.starts, start + length)
    return [n - start for n in letters.starts[first:last]]


def _gap(letters: _Letters, n: int) -> str:
    """What stands behind a letter, up to the next."""
    end = letters.at[n + 1] if n + 1 < len(letters.at) else len(letters.text)
    return letters.text[letters.at[n] + 1 : end]


def _alike(one: str, other: str) -> int:
    """How many marks two texts begin with alike; space is none."""
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b or a.isspace():
            return n
    return min(len(one), len(other))
