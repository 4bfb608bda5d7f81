"""Evaluates documents one after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ungarble.api import Cleaner
from ungarble.evaluation.cleaning import cleaned, kind_of, names_said, with_names
from ungarble.evaluation.items import Item, Output, Unit
from ungarble.evaluation.scoring import Error, Score, score, score_right
from ungarble.metrics.counts import Counts, summed


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A document's counts and errors."""

    id: str
    counts: Counts
    errors: tuple[Error, ...]


def evaluate(
    items: Iterable[Item], cleaner: Cleaner, given: Callable[[Unit], Output] | None = None
) -> Iterator[Evaluated]:
    """Clean and measure documents. ``given`` gives the cleaned text of a unit, where it is not to be cleaned."""
    for item in items:
        own = with_names(cleaner, item.names)
        scores = [_score(item, unit, own, given(unit) if given else cleaned(own, unit)) for unit in item.units]
        errors = tuple(error for score in scores for error in score.errors)
        yield Evaluated(item.id, summed(score.counts for score in scores), errors)


def _score(item: Item, unit: Unit, cleaner: Cleaner, output: Output) -> Score:
    text = unit.heard.document.text
    if unit.is_right:
        return score_right(item.id, text, output)
    mentions = names_said(cleaner, unit.said) if unit.mentions is None else unit.mentions
    return score(item.id, text, unit.said, output, mentions, partial(kind_of, cleaner))
