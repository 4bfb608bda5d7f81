"""Which word of one text stands for which of another, and how many differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ungarble.metrics.reading import Reading

GAP = 0.75
"""Cost of a word that stands for none, within a stretch that differs."""

PAIR = 1.2
"""Cost of two words for one another that have no letter in common; the likeness of their letters lowers it."""

LARGEST = 250_000
"""Pairs of words in a stretch that differs, up to which the likeness of letters is looked at."""


class Pair(NamedTuple):
    """Two words that stand for one another, by their numbers; None where there is none on that side."""

    reference: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class Aligned:
    """A reference and another text of the same speech, word by word."""

    reference: Reading
    other: Reading
    counterpart: list[int | None]
    """For each word of the reference the word that stands for it."""
    inserted: dict[int, list[int]]
    """Words that stand for none, by the word of the reference before them; -1: before the first."""

    def is_right(self, number: int) -> bool:
        """Whether a word of the reference stands in the other text."""
        there = self.counterpart[number]
        return there is not None and self.other.words[there] == self.reference.words[number]


def aligned(reference: Reading, other: Reading) -> Aligned:
    """Align another text with the reference."""
    counterpart: list[int | None] = [None] * len(reference.words)
    inserted: dict[int, list[int]] = {}
    last = -1
    for pair in align(reference.words, other.words):
        if pair.reference is not None:
            counterpart[pair.reference] = pair.other
            last = pair.reference
        elif pair.other is not None:
            inserted.setdefault(last, []).append(pair.other)
    return Aligned(reference, other, counterpart, inserted)


def align(reference: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Pair words so that few differ, and those that do are alike in letters. In order; covers both.

    >>> [(pair.reference, pair.other) for pair in align(["in", "kabul", "today"], ["in", "the", "cobble", "today"])]
    [(0, 0), (None, 1), (1, 2), (2, 3)]
    """
    pairs: list[Pair] = []
    start: tuple[int, int] | None = None
    done = (0, 0)
    for step in Levenshtein.opcodes(*_numbered(reference, other)):
        if step.tag != "equal":
            start = start or (step.src_start, step.dest_start)
            done = (step.src_end, step.dest_end)
            continue
        if start:
            pairs += _stretch(reference, other, start, done)
            start = None
        pairs += [Pair(step.src_start + n, step.dest_start + n) for n in range(step.src_end - step.src_start)]
    return pairs + (_stretch(reference, other, start, done) if start else [])


def errors(reference: Sequence[str], other: Sequence[str]) -> int:
    """The least number of words to substitute, insert and delete: the numerator of the word error rate (WER).

    >>> errors("we met in kabul".split(), "we met in the cobble".split())
    2
    """
    return Levenshtein.distance(*_numbered(reference, other))


def _numbered(one: Sequence[str], other: Sequence[str]) -> tuple[list[int], list[int]]:
    """Words as numbers, which never collide."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(w, len(numbers)) for w in one], [numbers.setdefault(w, len(numbers)) for w in other]


def _stretch(
    reference: Sequence[str], other: Sequence[str], start: tuple[int, int], end: tuple[int, int]
) -> list[Pair]:
    """Pair the words of a stretch that differs."""
    (first, there), (last, until) = start, end
    found = _alike(reference[first:last], other[there:until])
    return [Pair(None if i is None else first + i, None if j is None else there + j) for i, j in found]


def _alike(reference: Sequence[str], other: Sequence[str]) -> list[Pair]:
    rows, columns = len(reference), len(other)
    if not rows or not columns or rows * columns > LARGEST:
        both = min(rows, columns)
        rest = [Pair(n, None) for n in range(both, rows)] + [Pair(None, n) for n in range(both, columns)]
        return [Pair(n, n) for n in range(both)] + rest
    pair = [[PAIR * (1 - fuzz.ratio(a, b) / 100) for b in other] for a in reference]
    return _way_back(pair, _costs(pair, rows, columns))


def _costs(pair: list[list[float]], rows: int, columns: int) -> list[list[float]]:
    """The least cost of pairing the first words of each side, for every number of them."""
    cost = [[column * GAP for column in range(columns + 1)]]
    for row in range(1, rows + 1):
        above, here, pairs = cost[-1], [row * GAP], pair[row - 1]
        for column in range(1, columns + 1):
            here.append(min(above[column - 1] + pairs[column - 1], above[column] + GAP, here[-1] + GAP))
        cost.append(here)
    return cost


def _way_back(pair: list[list[float]], cost: list[list[float]]) -> list[Pair]:
    """The pairs along the cheapest way; of equal ones, that with two words paired last."""
    row, column = len(cost) - 1, len(cost[0]) - 1
    pairs: list[Pair] = []
    while row or column:
        here = cost[row][column]
        if row and column and abs(here - cost[row - 1][column - 1] - pair[row - 1][column - 1]) < 1e-9:
            row, column = row - 1, column - 1
            pairs.append(Pair(row, column))
        elif row and abs(here - cost[row - 1][column] - GAP) < 1e-9:
            row -= 1
            pairs.append(Pair(row, None))
        else:
            column -= 1
            pairs.append(Pair(None, column))
    return pairs[::-1]
