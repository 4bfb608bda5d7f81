"""Capitals in mid-sentence that the sentence model would give, or take away."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ungarble.draft import Draft
from ungarble.language.capitals import is_first_person
from ungarble.language.sentence_model.marks import Case
from ungarble.sentences.marks import LEAST_WORDS
from ungarble.sentences.reading import Reading

DOUBTFUL = 0.15
"""Names less likely are not worth a question."""

FEW_CAPITALS = 0.6
"""Share of the capitals to be expected that is missing (``Reading.missing_capitals``) from which a text has few."""

URGENCY = 9.0
"""How much worse it is there to leave out a capital than to give a wrong one: applied from 0.5 on, where F1 is best."""


@dataclass(frozen=True, slots=True)
class Capital:
    """The case that a word should have, and how sure that is."""

    index: int
    case: Case
    confidence: float
    urgency: float


def likely_capitals(draft: Draft, reading: Reading) -> Iterator[Capital]:
    """Words in lower case that are names by what stands around them; only where a text has few capitals."""
    if len(draft.words) < LEAST_WORDS:
        return
    missing, names, cases = reading.missing_capitals, reading.bare.names, reading.bare.cases
    lower = reading.written.cases == Case.LOWER
    for index in np.flatnonzero(lower & (names >= DOUBTFUL) & (missing >= FEW_CAPITALS)).tolist():
        word = draft.words[index]
        if word.kind != "word" or "." in word.form or is_first_person(word):
            continue
        upper = cases[index, Case.UPPER] > cases[index, Case.CAPITALISED]
        case = Case.UPPER if upper else Case.CAPITALISED
        yield Capital(index, case, float(names[index]), URGENCY)
