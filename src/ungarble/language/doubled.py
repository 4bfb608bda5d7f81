"""Words and phrases that may be said twice: by a slip, or because it is meant (``dictionaries/en/doubled.tsv``)."""

from functools import cache
from typing import NamedTuple

from ungarble import dictionaries

SMALL = ("slip", "particle", "clause")
"""The kinds of the small words that hold a sentence together."""


class Doubled(NamedTuple):
    """A word or phrase that may be doubled: how, and what near it tells that it is meant."""

    kind: str
    comma: bool
    after: frozenset[str]
    opener: frozenset[str]


UNKNOWN = Doubled("unknown", False, frozenset(), frozenset())


@cache
def table() -> dict[tuple[str, ...], Doubled]:
    """What is known of doubled words and phrases, by their keys."""
    rows = dictionaries.rows(dictionaries.english("doubled"))
    return {
        tuple(row["words"].split()): Doubled(
            row["kind"], bool(row["comma"]), _values(row["after"]), _values(row["opener"])
        )
        for _, row in rows
    }


def _values(cell: str) -> frozenset[str]:
    return frozenset(cell.split("|")) if cell else frozenset()
