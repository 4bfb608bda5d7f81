"""Learns the quick look at candidates (``ungarble.names.screening``) from those that the whole model finds likely.

    python -m ungarble.names.training.screen DATA WORK

DATA and WORK are those of ``ungarble.names.training.fit``. Prints weights and bias, and how many candidates are left at
several bounds, and how many of those that would be suggested are lost.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from ungarble.names.scoring import confidence
from ungarble.names.screening import FEATURES, Look, features
from ungarble.names.training.examples import Example, gather, load

LIKELY, SHOWN = 0.05, 0.15
MOST = 15_000
"""Candidates of a set."""

LIKELY_WEIGHT = 5.0
BOUNDS = (-6.0, -5.0, -4.5, -4.0, -3.5, -3.0, -2.5)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit a logistic regression, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    given = parser.parse_args(arguments)
    settings = load(given.config)
    rows = _some(gather(settings, given.data, given.work), settings.seed)
    read = np.array([list(features(_look(row))) for row in rows])
    sure = np.array([confidence(row.evidence) for row in rows])
    bias, weights = _fit(read, sure >= LIKELY)
    print({name: round(float(weight), 2) for name, weight in zip(FEATURES, weights, strict=True)}, round(bias, 2))
    odds = read @ weights + bias
    for bound in BOUNDS:
        lost = odds < bound
        counts = [
            f"{(lost & (sure >= least)).sum()} of {(sure >= least).sum()} from {least}" for least in (LIKELY, SHOWN)
        ]
        print(f"{bound}: {1 - lost.mean():.3f} left; lost are", ", ".join(counts))
    return 0


def _some(rows: Sequence[Example], seed: int) -> list[Example]:
    """As many of each set at most, and all that are right."""
    draw = random.Random(seed)
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.source] = sizes.get(row.source, 0) + 1
    return [row for row in rows if row.is_right or draw.random() < MOST / sizes[row.source]]


def _look(row: Example) -> Look:
    found = row.evidence
    return Look(
        found.sound,
        found.spelling,
        found.half,
        found.right_words,
        found.ordinary,
        found.fluency,
        found.words,
        found.size,
    )


def _fit(read: np.ndarray, likely: np.ndarray) -> tuple[float, np.ndarray]:
    mean, scale = read.mean(axis=0), read.std(axis=0) + 1e-6
    scaled, sign = (read - mean) / scale, np.where(likely, 1.0, -1.0)
    weight = np.where(likely, LIKELY_WEIGHT, 1.0)

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (scaled @ given[:-1] + given[-1])
        slope = -sign * weight / (1 + np.exp(margin))
        gradient = np.append(scaled.T @ slope + given[:-1], slope.sum())
        return float((weight * np.logaddexp(0, -margin)).sum() + given[:-1] @ given[:-1] / 2), gradient

    found = minimize(loss, np.zeros(read.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / scale
    return float(found[-1] - weights @ mean), weights


if __name__ == "__main__":
    raise SystemExit(main())
