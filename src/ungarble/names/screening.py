"""A quick look at a candidate of a person's own gazetteer: whether the rest of its evidence is worth gathering.

Of the candidates of a long list nine in ten are alike by chance. To gather all the evidence for one takes a tenth of a
millisecond; this takes a twentieth of it, and leaves one in thirteen. Weights by ``ungarble.names.training.screen``.
"""

import math
from collections.abc import Sequence
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from ungarble.names.heard import Heard
from ungarble.names.index import Form, Pack
from ungarble.names.likeness import commonness

if TYPE_CHECKING:
    from ungarble.names.candidates import Candidate

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

FLUENCY_WEIGHT = WEIGHTS[FEATURES.index("fluency")]

LEAST = -2.5
"""Log-odds from which a candidate is looked at closely. Of the development sets' candidates 7 in 100 are left; of those
that are likelier than 0.05 by all the evidence 191 of 8,199 are lost, of those that would be suggested 4 of 3,133, none
of them right."""

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


class Screen:
    """The quick look at names for the same words, of which it takes note once."""

    def __init__(self, heard: Heard, first: int, last: int) -> None:
        self._window, self._rates = heard.window(first, last), heard.per_million[first:last]
        self._ordinary = commonness(min(self._rates))

    def odds(self, pack: Pack, form: Form, sound: float, spelling: float, half: bool = False) -> float:
        """The log-odds that a name is worth a look, but for ``FLUENCY_WEIGHT`` times the words' fluency."""
        keys, ordinary, share = form.keys, self._ordinary, 0.0
        right = [key for key in self._window if key in keys]
        if right:
            rates = [rate for key, rate in zip(self._window, self._rates, strict=True) if key not in keys]
            ordinary = commonness(min(rates or self._rates[:1]))
            share = sum(map(len, right)) / sum(map(len, keys))
        words, size = float(len(self._window)), math.log10(pack.size)
        look = Look(sound, spelling, float(half), share, ordinary, 0.0, words, size)
        return float(BIAS + sum(map(mul, WEIGHTS, features(look))))


def promising(heard: Heard, candidates: Sequence["Candidate"]) -> list["Candidate"]:
    """Those of the candidates for the same words that are worth a closer look; of other packs than chosen ones, all."""
    first, last = candidates[0].first, candidates[0].last
    screen, least = Screen(heard, first, last), LEAST - FLUENCY_WEIGHT * heard.fluency(first, last)
    return [
        one
        for one in candidates
        if not one.pack.chosen or screen.odds(one.pack, one.form, one.sound, one.spelling, one.right_words > 0) >= least
    ]
