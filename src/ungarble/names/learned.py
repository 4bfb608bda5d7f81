"""The model of names: a logistic regression over the evidence, and a calibration.

``ungarble.names.training.fit`` learns it from the candidates of real ASR output, and writes ``weights.json``.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ungarble.names.features import DIRECTIONS

WEIGHTS = Path(__file__).with_name("weights.json")


class NameModel(NamedTuple):
    """Weights by the order of ``DIRECTIONS``, and knots through which odds become confidence."""

    bias: float
    weights: tuple[float, ...]
    odds: tuple[float, ...]
    """Log-odds as told, rising."""
    right: tuple[float, ...]
    """Log-odds with which such candidates were right."""

    def log_odds(self, features: Iterable[float]) -> float:
        """The log-odds that a candidate is right, as the regression has them."""
        return self.bias + sum(a * b for a, b in zip(self.weights, features, strict=True))

    def calibrated(self, log_odds: float) -> float:
        """The log-odds with which candidates that are told to have these are right."""
        return interpolated(log_odds, self.odds, self.right)


def interpolated(value: float, knots: tuple[float, ...], values: tuple[float, ...]) -> float:
    """The value on the line through the knots; beyond the outermost it goes on at a slope of 1.

    >>> [interpolated(value, (0.0, 2.0), (1.0, 5.0)) for value in (-1.0, 0.0, 1.0, 3.0)]
    [0.0, 1.0, 3.0, 6.0]
    """
    at = bisect_right(knots, value)
    if at == 0 or at == len(knots):
        end = max(0, at - 1)
        return values[end] + value - knots[end]
    low, high = knots[at - 1], knots[at]
    return values[at - 1] + (values[at] - values[at - 1]) * (value - low) / (high - low)


def probability(log_odds: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-log_odds))


@cache
def name_model() -> NameModel:
    """The model that the package carries."""
    return read(WEIGHTS)


def read(path: Path) -> NameModel:
    """Read a file of weights; evidence that it was not learned with has no weight."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    weights = tuple(stored["weights"].get(name, 0.0) for name in DIRECTIONS)
    return NameModel(stored["bias"], weights, tuple(stored["odds"]), tuple(stored["right"]))


def write(path: Path, model: NameModel) -> None:
    """Write a file of weights."""
    stored = {
        "bias": round(model.bias, 4),
        "weights": {name: round(weight, 4) for name, weight in zip(DIRECTIONS, model.weights, strict=True)},
        "odds": [round(value, 3) for value in model.odds],
        "right": [round(value, 3) for value in model.right],
    }
    path.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
