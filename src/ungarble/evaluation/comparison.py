"""Two evaluations beside one another: what got better and worse, and whether it is more than noise."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ungarble import files
from ungarble.evaluation.items import EvaluationError, parsed
from ungarble.evaluation.result import SCHEMA_VERSION
from ungarble.metrics.bootstrap import FEWEST, Interval, paired, unpaired
from ungarble.metrics.counts import Counts, from_plain, summed
from ungarble.metrics.figures import Figure, figures

BETTER, WORSE, CHANGED, NOISE, SAME, UNKNOWN = "better", "worse", "changed", "noise", "same", "unknown"
"""What became of a figure. Noise: other documents might say the opposite. Unknown: there are too few to tell."""

Json = Mapping[str, Any]


def read_result(path: Path) -> Json:
    """What an earlier ``ungarble evaluate --json`` printed. Raises EvaluationError for anything else."""
    data = files.read(path)
    try:
        found = parsed(data)
    except ValueError as error:
        raise EvaluationError(f"{path} is not what ungarble evaluate --json prints: {error}") from None
    if not isinstance(found, dict) or found.get("schema_version") != SCHEMA_VERSION or not _has_counts(found):
        raise EvaluationError(f"{path} is not what ungarble evaluate --json prints")
    return found


def comparison(earlier: Json, now: Json) -> dict[str, object]:
    """Compare a result with an earlier one: on the documents that both have, or else on all of each."""
    old, new = _documents(earlier), _documents(now)
    shared = [name for name in new if name in old]
    names = (shared, shared) if shared else (list(old), list(new))
    before, after = [old[name] for name in names[0]], [new[name] for name in names[1]]
    one, other = summed(before), summed(after)
    known = {figure.name for figure in figures(one)}
    every = [figure for figure in figures(other) if figure.name in known]
    intervals = (paired if shared else unpaired)(before, after, every)
    enough = min(len(before), len(after)) >= FEWEST
    return {
        "documents": len(shared) or len(new),
        "same_documents": bool(shared),
        "left_out": sorted({*old, *new} - set(shared)) if shared else [],
        "figures": {figure.name: _row(figure, one, other, intervals.get(figure.name), enough) for figure in every},
    }


def _row(figure: Figure, before: Counts, after: Counts, interval: Interval | None, enough: bool) -> dict[str, object]:
    old, new = figure.value(before) or 0.0, figure.value(after) or 0.0
    return {
        "before": round(old, 6),
        "after": round(new, 6),
        "difference": round(new - old, 6),
        "low": round(interval.low, 6) if interval else None,
        "high": round(interval.high, 6) if interval else None,
        "unit": figure.unit,
        "verdict": _verdict(figure, new - old, interval if enough else None),
    }


def _verdict(figure: Figure, difference: float, interval: Interval | None) -> str:
    if abs(difference) < 1e-9:
        return SAME
    if interval is None:
        return UNKNOWN
    if not interval.is_beyond_noise:
        return NOISE
    if figure.more_is_better is None:
        return CHANGED
    return BETTER if (difference > 0) == figure.more_is_better else WORSE


def _documents(result: Json) -> dict[str, Counts]:
    """Counts by document; those that share a name are told apart by their order."""
    found: dict[str, Counts] = {}
    times: dict[str, int] = {}
    for document in result["documents"]:
        name = document["id"]
        times[name] = times.get(name, 0) + 1
        found[name if times[name] == 1 else f"{name} ({times[name]})"] = from_plain(document["counts"])
    return found


def _has_counts(found: Json) -> bool:
    documents = found.get("documents")
    return isinstance(documents, Sequence) and all(
        isinstance(row, dict)
        and isinstance(row.get("id"), str)
        and isinstance(row.get("counts"), dict)
        and all(isinstance(count, int | float) for count in row["counts"].values())
        for row in documents
    )
