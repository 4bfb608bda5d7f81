"""Confidence intervals by bootstrap over documents: what other documents of the same sort might have given."""

import random
from collections.abc import Callable, Mapping, Sequence
from operator import mul
from typing import NamedTuple

from ungarble.metrics.counts import Counts, Key, summed
from ungarble.metrics.figures import Figure

RESAMPLES = 1000
SEED = 20_261
LEVEL = 0.95
"""Share of the resamples that lie in an interval."""

FEWEST = 6
"""Documents from which a difference can be called more than noise. Of five that differ by chance alone, all differ in
the same direction in one case of sixteen, and then no resample says otherwise."""

MOST_BLOCKS = 200
"""More documents than these are drawn in blocks, so that a large set takes no longer."""


class Interval(NamedTuple):
    """The ends of a confidence interval."""

    low: float
    high: float

    @property
    def is_beyond_noise(self) -> bool:
        """Whether a difference of nought lies outside."""
        return self.low > 0 or self.high < 0


def intervals(documents: Sequence[Counts], figures: Sequence[Figure]) -> dict[str, Interval]:
    """The interval of every figure, by its name; none where there are fewer than two documents."""
    drawn = _Drawn(documents, random.Random(SEED))  # noqa: S311 - not for secrets
    return _intervals(figures, lambda: _values(figures, drawn.draw()), len(documents))


def paired(before: Sequence[Counts], after: Sequence[Counts], figures: Sequence[Figure]) -> dict[str, Interval]:
    """The interval of each figure's difference, after less before, where both are of the same documents, in order."""
    one, other = (_Drawn(counts, random.Random(SEED)) for counts in (before, after))  # noqa: S311
    return _intervals(figures, lambda: _less(figures, one.draw(), other.draw()), len(before))


def unpaired(before: Sequence[Counts], after: Sequence[Counts], figures: Sequence[Figure]) -> dict[str, Interval]:
    """The same where the documents are not the same."""
    one, other = _Drawn(before, random.Random(SEED)), _Drawn(after, random.Random(SEED + 1))  # noqa: S311
    return _intervals(figures, lambda: _less(figures, one.draw(), other.draw()), min(len(before), len(after)))


class _Drawn:
    """Sums of documents that are drawn at random, as many as there are, with repetition."""

    def __init__(self, documents: Sequence[Counts], chance: random.Random) -> None:
        size = max(1, min(len(documents), MOST_BLOCKS))
        blocks = [summed(documents[number::size]) for number in range(size)]
        self._keys = sorted({key for block in blocks for key in block})
        self._columns = [[float(block[key]) for block in blocks] for key in self._keys]
        self._chance, self._size = chance, size

    def draw(self) -> dict[Key, float]:
        times = [0] * self._size
        for number in self._chance.choices(range(self._size), k=self._size):
            times[number] += 1
        return {key: sum(map(mul, column, times)) for key, column in zip(self._keys, self._columns, strict=True)}


Values = dict[str, float]


def _intervals(figures: Sequence[Figure], draw: Callable[[], Values], documents: int) -> dict[str, Interval]:
    if documents < 2:
        return {}
    drawn = [draw() for _ in range(RESAMPLES)]
    found = {}
    for figure in figures:
        values = sorted(values[figure.name] for values in drawn if figure.name in values)
        if len(values) >= RESAMPLES // 2:
            found[figure.name] = Interval(_quantile(values, (1 - LEVEL) / 2), _quantile(values, (1 + LEVEL) / 2))
    return found


def _values(figures: Sequence[Figure], counts: Mapping[Key, float]) -> Values:
    found = ((figure.name, figure.value(counts)) for figure in figures)
    return {name: value for name, value in found if value is not None}


def _less(figures: Sequence[Figure], before: Mapping[Key, float], after: Mapping[Key, float]) -> Values:
    old, new = _values(figures, before), _values(figures, after)
    return {name: new[name] - old[name] for name in new if name in old}


def _quantile(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]
