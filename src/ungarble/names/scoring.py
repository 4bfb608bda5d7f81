"""From evidence to a confidence, and to the reason that a person reads.

A logistic model. Its weights were fitted on the development sets (see README, "How well it does") and rounded; the figures
given there are cross-validated by document. Replace ``confidence`` and nothing else needs to know.
"""

import math

from ungarble.names.candidates import Candidate
from ungarble.names.evidence import Evidence
from ungarble.names.heard import Heard
from ungarble.names.known import context_words, speaking_for

BIAS = -11.0

WEIGHTS = {
    "sound": 7.5,
    "spelling": 4.4,
    "right_words": 4.2,
    "ordinary": -1.3,
    "known_word": -0.7,
    "heard_name": -2.6,
    "fluency": -0.7,
    "capital": 0.2,
    "slot_before": 1.5,
    "slot_after": 0.7,
    "beside": 1.3,
    "heard_right": -0.7,
    "pack": 0.7,
    "short_form": -1.2,
    "extra_words": 1.0,
    "ordinary_name": -1.4,
}
"""Log-odds for each unit of evidence."""

VERY_ALIKE, VERY_ALIKE_FROM = 8.3, 0.85
"""For the likeness in spelling above this."""

BOTH_ALIKE = -2.0
"""For the smaller of both likenesses, which they share."""

HALF = -1.5
"""When a word of the name was heard right: the likeness of the whole then says less."""

BEHIND, AHEAD, FAR_AHEAD = 2.7, 3.3, 0.3
"""For the lead over the next best name, when it is negative, and when it is positive up to FAR_AHEAD."""

UNCHOSEN = -0.7
"""For a name from a pack that the person did not choose: the fit saw chosen ones only, and built-in packs are large."""

HEARD_AS_ALONE, HEARD_AS_SUPPORTED, HEARD_AS_ORDINARY = 0.97, 0.92, 0.6
"""For a listed mishearing: where it is no ordinary word, where the context supports it, and else."""


def confidence(evidence: Evidence) -> float:
    """The probability that the candidate is what was said, 0 to 1."""
    odds = BIAS + sum(weight * getattr(evidence, name) for name, weight in WEIGHTS.items())
    odds += VERY_ALIKE * max(0.0, evidence.spelling - VERY_ALIKE_FROM)
    odds += BOTH_ALIKE * min(evidence.sound, evidence.spelling)
    odds += HALF * (evidence.right_words > 0)
    odds += BEHIND * min(0.0, evidence.lead) + AHEAD * max(0.0, min(evidence.lead, FAR_AHEAD))
    odds += UNCHOSEN * (not evidence.chosen)
    return 1 / (1 + math.exp(-odds))


def reason(heard: Heard, candidate: Candidate, evidence: Evidence) -> str:
    """Say in one short sentence what weighed most."""
    said = heard.text(candidate.first, candidate.last)
    if evidence.spelling > evidence.sound:
        likeness = f"is spelt like {candidate.form.text}"
    else:
        likeness = f"sounds like {candidate.form.text}"
    return f"“{said}” {likeness}{_support(heard, candidate, evidence)}"


def _support(heard: Heard, candidate: Candidate, evidence: Evidence) -> str:
    first, last, pack, form = candidate.first, candidate.last, candidate.pack, candidate.form
    right = [word.form for word, key in zip(heard.words[first:last], heard.window(first, last)) if key in form.keys]
    if right:
        return f", and “{' '.join(right)}” is right already"
    beside = speaking_for(heard, first, last, context_words(pack, form.entry))
    if beside:
        return f", and “{beside}” near it speaks for the name"
    if evidence.heard_right:
        return ", and the name stands elsewhere in the text"
    if evidence.known_word == 0:
        return ", and is no word that is known"
    if evidence.pack > -2 and not pack.chosen:
        return f", and other names of {pack.name} stand in the text"
    return ""
