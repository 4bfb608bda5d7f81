"""Marks that the sentence model would set, take away or change: what is proposed, and how surely."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ungarble.draft import Draft
from ungarble.language.sentence_model.marks import Mark
from ungarble.sentences.reading import Floats, Reading

LEAST_WORDS = 20
"""A text or a paragraph with fewer words may be a heading, a label or a scrap, and gets no marks."""

LEAST_SENTENCE = 2
"""Words that a sentence has at least."""

FEW_MARKS = 0.45
"""Share of the marks to be expected that is missing (``Reading.missing``) from which a text has few. At 1 in 300 places
of official transcripts it is more, at 19 in 20 of two commercial systems' output."""

DOUBTFUL = 0.12
"""Marks less likely are not worth a question."""


SET = 12.0
"""How much worse it is, where a text has few marks, to leave one out than to set one wrongly: applied from 0.43 on.
Without marks nobody can read it, and F1 is best at about that."""

TAKE_AWAY = 3.0
"""The same for a full stop that may be wrong: applied from 0.75 on."""


WELL_SET = 0.93
"""Factor for the doubt about a full stop in text that has about all its marks: editors set some after half a sentence."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mark to stand after the word at an index; NONE: the one that stands there is to go."""

    index: int
    had: Mark
    mark: Mark
    confidence: float
    urgency: float


def proposals(draft: Draft, reading: Reading, punctuate: str = "auto") -> Iterator[Proposal]:
    """Find the marks to be set, in the order of the text. ``punctuate`` as in ``Options``."""
    if len(draft.words) < LEAST_WORDS or punctuate == "never":
        return
    few = (reading.missing >= FEW_MARKS) | reading.is_bare | (punctuate == "always")
    likely = np.where(few[:, None], _both(reading), reading.aware.marks)
    paragraphs = _Paragraphs(draft, reading)
    interesting = np.flatnonzero((likely[:, Mark.NONE] < 1 - DOUBTFUL) | reading.stops)
    for index in interesting.tolist():
        had = Mark(int(reading.written.marks[index]))
        if had > Mark.QUESTION or not _is_plain(draft, index, had) or paragraphs.is_short(index):
            continue
        if paragraphs.end_after(index) and (had is not Mark.NONE or not few[index]):
            continue
        found = _proposal(index, had, likely[index].tolist(), bool(few[index]))
        if found is not None:
            yield found


def _both(reading: Reading) -> Floats:
    """Probabilities of marks from the words and from what is written around them, each as good as the other.

    Measured on the output of two commercial systems that write few marks: boundary F1 0.651 and 0.678 with what is
    written, 0.669 and 0.668 without, 0.674 and 0.682 so.
    """
    product = np.sqrt(reading.bare.marks * reading.aware.marks)
    shares: Floats = product / product.sum(axis=1, keepdims=True)
    return shares


def _proposal(index: int, had: Mark, marks: list[float], few: bool) -> Proposal | None:
    none, comma, stop, question = marks
    end = stop + question
    urgency = SET if few else 1.0
    if had in (Mark.NONE, Mark.COMMA) and end >= DOUBTFUL and end >= comma:
        return Proposal(index, had, Mark.QUESTION if question > stop else Mark.STOP, end, urgency)
    if had is Mark.NONE and comma >= DOUBTFUL:
        return Proposal(index, had, Mark.COMMA, comma, urgency)
    if had is Mark.STOP and end < 0.5:
        mark = Mark.COMMA if comma > none else Mark.NONE
        return Proposal(index, had, mark, (1 - end) * (1 if few else WELL_SET), TAKE_AWAY if few else 1.0)
    return None


def _is_plain(draft: Draft, index: int, had: Mark) -> bool:
    """Whether nothing but space, or one mark and space, stands after a word: no quotation mark, bracket, or dash."""
    gap = draft.gap(index + 1)
    if had is Mark.NONE:
        return not gap.strip() and (bool(gap) or index + 1 == len(draft.words))
    return gap[:1] in tuple(".,?") and gap[1:].isspace()


class _Paragraphs:
    """Where the paragraphs of a draft end."""

    def __init__(self, draft: Draft, reading: Reading) -> None:
        self._last = sorted({*reading.paragraph_ends, len(draft.words) - 1})

    def is_short(self, index: int) -> bool:
        """Whether the paragraph of a word is too short to get marks."""
        at = bisect_left(self._last, index)
        return self._last[at] - (self._last[at - 1] if at else -1) < LEAST_WORDS

    def end_after(self, index: int) -> bool:
        """Whether a paragraph ends after a word."""
        return self._last[bisect_left(self._last, index)] == index
