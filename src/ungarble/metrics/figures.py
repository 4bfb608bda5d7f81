"""Figures made from counts: error rates, shares, F1, precision, calibration."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ungarble.metrics.corrections import TENTHS
from ungarble.metrics.counts import Counts, Key, names_at
from ungarble.metrics.words import SIGNS

PER = 10_000
"""Words that fixed and broken ones are counted per."""


class Figure(NamedTuple):
    """A figure that can be made from counts: its name, whether more of it is better (None: neither), and how."""

    name: str
    more_is_better: bool | None
    value: Callable[[Mapping[Key, float]], float | None]
    """None where there is nothing to measure."""
    unit: str = ""
    """``%`` for shares, ``per 10,000`` for words; else none."""


def figures(counts: Counts) -> list[Figure]:
    """All figures that these counts have anything to say about, in the order in which they are shown."""
    every = [*_words(), *_names(), *_signs(), *_stages(counts), *_clean()]
    return [figure for figure in every if figure.value(counts) is not None]


def rate(*top: Key, per: Key, times: float = 1.0) -> Callable[[Mapping[Key, float]], float | None]:
    """The share of one sum of counts in another count."""

    def value(counts: Mapping[Key, float]) -> float | None:
        below = counts.get(per, 0)
        return times * sum(counts.get(key, 0) for key in top) / below if below else None

    return value


def f1(sign: str, when: str) -> Callable[[Mapping[Key, float]], float | None]:
    """F1 of a sign before or after: the harmonic mean of precision and recall."""

    def value(counts: Mapping[Key, float]) -> float | None:
        hit, false, missed = (counts.get(("signs", when, sign, what), 0) for what in ("hit", "false", "missed"))
        return 2 * hit / (2 * hit + false + missed) if hit + missed else None

    return value


class Tenth(NamedTuple):
    """Corrections of about one confidence: its class (0 to 9), how many, how many right, the sum of confidences."""

    tenth: int
    corrections: int
    right: int
    confidence: float


def calibration(counts: Mapping[Key, float], stages: Iterable[str]) -> list[Tenth]:
    """Applied and suggested corrections of some stages by confidence; classes without any are left out."""
    stages = tuple(stages)
    rows = []
    for number in range(TENTHS):
        count, right, total = (
            sum(counts.get(("confidence", stage, str(number), what), 0) for stage in stages)
            for what in ("count", "right", "sum")
        )
        if count:
            rows.append(Tenth(number, int(count), int(right), float(total)))
    return rows


def calibration_error(rows: Iterable[Tenth]) -> float | None:
    """The expected calibration error (ECE): how far confidence is from the share that is right, on average.

    >>> calibration_error([Tenth(9, 10, 9, 9.5), Tenth(1, 10, 2, 1.5)])
    0.05
    """
    rows = list(rows)
    count = sum(row.corrections for row in rows)
    return sum(abs(row.right - row.confidence) for row in rows) / count if count else None


def _words() -> list[Figure]:
    words = ("words",)
    return [
        Figure("WER before", None, rate(("errors", "before"), per=words), "%"),
        Figure("WER after", False, rate(("errors", "after"), per=words), "%"),
        Figure("WER change", False, _change, "%"),
        Figure("words fixed", True, rate(("fixed",), per=words, times=PER), "per 10,000"),
        Figure("words broken", False, rate(("broken",), per=words, times=PER), "per 10,000"),
    ]


def _change(counts: Mapping[Key, float]) -> float | None:
    """How much of the words became wrong by cleaning; less than nought where it helps."""
    if not counts.get(("words",)):
        return None
    return (counts.get(("errors", "after"), 0) - counts.get(("errors", "before"), 0)) / counts["words",]


def _names() -> list[Figure]:
    found = []
    for group in ("all", "attendees"):
        title = "names" if group == "all" else group
        total, misheard = ("names", group, "total"), ("names", group, "misheard")
        found += [
            Figure(f"{title} right before", None, rate(("names", group, "right before"), per=total), "%"),
            Figure(f"{title} right after", True, rate(("names", group, "right after"), per=total), "%"),
            Figure(f"misheard {title} made right", True, rate(("names", group, "made right"), per=misheard), "%"),
            Figure(f"right {title} made wrong", False, rate(("names", group, "made wrong"), per=total), "%"),
        ]
    return found


def _signs() -> list[Figure]:
    return [
        Figure(f"F1 of {_sign(sign)}, {when}", True if when == "after" else None, f1(sign, when))
        for sign in SIGNS
        for when in ("before", "after")
    ]


def _sign(sign: str) -> str:
    named = {",": "commas", ".": "full stops", "?": "question marks", "boundary": "sentence boundaries"}
    return named.get(sign, "capitals")


def _stages(counts: Counts) -> list[Figure]:
    found = []
    for stage in names_at(counts, "confidence"):
        applied, suggested = ("stage", stage, "applied"), ("stage", stage, "suggested")
        right, among = ("stage", stage, "applied right"), ("stage", stage, "suggested right")
        found += [
            Figure(f"{stage}: applied and right", True, rate(right, per=applied), "%"),
            Figure(f"{stage}: suggested and right", True, rate(among, per=suggested), "%"),
            Figure(f"{stage}: ECE", False, _error_of(stage)),
        ]
    return found


def _error_of(stage: str) -> Callable[[Mapping[Key, float]], float | None]:
    return lambda counts: calibration_error(calibration(counts, [stage]))


def _clean() -> list[Figure]:
    words = ("clean", "words")
    return [
        Figure("words changed in right text", False, rate(("clean", "changed"), per=words, times=PER), "per 10,000")
    ]
