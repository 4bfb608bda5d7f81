"""What is counted. Counts of documents add up, and go through JSON unchanged."""

from collections import Counter
from collections.abc import Iterable, Mapping

Key = tuple[str, ...]
Counts = Counter[Key]
"""How often, by what: ``("words",)``, ``("names", "all", "right after")``, ``("signs", "after", "capital", "hit")``.

All are whole numbers but ``("confidence", stage, tenth, "sum")``, a sum of confidences.
"""

_BETWEEN = "/"


def summed(counts: Iterable[Mapping[Key, float]]) -> Counts:
    """The sum of counts."""
    total: Counts = Counter()
    for one in counts:
        for key, count in one.items():
            total[key] += count  # type: ignore[assignment]
    return total


def to_plain(counts: Counts) -> dict[str, float]:
    """Counts for JSON, in order. What is zero is left out.

    >>> to_plain(Counter({("errors", "before"): 2, ("fixed",): 0}))
    {'errors/before': 2}
    """
    return {_BETWEEN.join(key): round(count, 4) for key, count in sorted(counts.items()) if count}


def from_plain(plain: Mapping[str, float]) -> Counts:
    """Counts that ``to_plain`` made.

    >>> from_plain({"errors/before": 2})
    Counter({('errors', 'before'): 2})
    """
    return Counter({tuple(key.split(_BETWEEN)): count for key, count in plain.items()})


def names_at(counts: Counts, *start: str) -> list[str]:
    """What stands next in keys that start so, in order: the stages, the kinds.

    >>> names_at(Counter({("stage", "names", "applied"): 1, ("stage", "casing", "changes"): 1}), "stage")
    ['casing', 'names']
    """
    size = len(start)
    return sorted({key[size] for key, count in counts.items() if count and len(key) > size and key[:size] == start})
