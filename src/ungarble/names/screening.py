"""A quick look at a candidate of a person's own gazetteer: whether the rest of its evidence is worth gathering.

Of the candidates of a long list nine in ten are alike by chance. To gather all the evidence for one takes a tenth of a
millisecond; this takes a twentieth of it, and leaves one in five. Weights by ``ungarble.names.training.screen``.
"""

import math
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from ungarble.names.candidates import Candidate
from ungarble.names.evidence import commonness
from ungarble.names.heard import Heard

FEATURES = (
    "sound",
    "spelling",
    "lesser",
    "nearly spelt",
    "half",
    "right words",
    "ordinary",
    "fluency",
    "words",
    "size",
)

WEIGHTS = (21.53, 12.48, -8.33, 14.66, 6.65, 2.39, -5.21, -1.76, 2.06, -2.55)
BIAS = -22.45

LEAST = -4.0
"""Log-odds from which a candidate is looked at closely. Of the development sets' candidates that are likelier than 0.05
by all the evidence 9 of 4,687 are lost, of those that would be suggested none of 2,507."""

NEARLY = 0.85


class Look(NamedTuple):
    """Some of the fields of ``Evidence``, that cost little."""

    sound: float
    spelling: float
    half: float
    right_words: float
    ordinary: float
    fluency: float
    words: float
    size: float


def features(look: Look) -> tuple[float, ...]:
    """What is weighed, in the order of ``FEATURES``."""
    lesser, nearly = min(look.sound, look.spelling), max(0.0, look.spelling - NEARLY)
    return (look.sound, look.spelling, lesser, nearly, *look[2:])


def promising(heard: Heard, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those of the candidates for the same words that are worth a closer look; of other packs than chosen ones, all."""
    first, last = candidates[0].first, candidates[0].last
    window, fluency = heard.window(first, last), heard.fluency(first, last)
    whole = commonness(min(heard.per_million[first:last]))
    kept = []
    for candidate in candidates:
        if candidate.pack.chosen:
            keys = candidate.form.keys
            right = [key for key in window if key in keys]
            ordinary, share = whole, 0.0
            if right:
                rates = [
                    rate for key, rate in zip(window, heard.per_million[first:last], strict=True) if key not in keys
                ]
                ordinary = commonness(min(rates or heard.per_million[first : first + 1]))
                share = sum(map(len, right)) / sum(map(len, keys))
            look = Look(
                candidate.sound,
                candidate.spelling,
                float(candidate.right_words > 0),
                share,
                ordinary,
                fluency,
                float(last - first),
                math.log10(candidate.pack.size),
            )
            if BIAS + sum(map(mul, WEIGHTS, features(look))) < LEAST:
                continue
        kept.append(candidate)
    return kept
