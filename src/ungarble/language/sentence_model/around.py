"""What is written around the words of a text, as the sentence model reads it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ungarble.document import Word
from ungarble.language.sentence_model.features import manner_number
from ungarble.language.sentence_model.marks import Case, Mark, case_of, mark_between

NO_NAME = 0.5
"""A word that is less likely a name has a capital only because a sentence begins with it."""

_STOPS = (Mark.STOP, Mark.QUESTION)


@dataclass(frozen=True)
class Written:
    """The mark after every word and its case, as they stand in a text."""

    marks: NDArray[np.uint8]
    cases: NDArray[np.uint8]

    def around(self, has_marks: bool, has_capitals: bool, ends: Collection[int] = ()) -> NDArray[np.int64]:
        """One number a word for what is written around it; without marks or capitals where the text has none.

        ``ends`` are the words after which a paragraph or a turn ends.
        """
        marks = self.marks if has_marks else np.where(self.marks == Mark.HYPHEN, Mark.HYPHEN, Mark.NONE)
        cases = self.cases if has_capitals else np.full_like(self.cases, Case.CASELESS)
        last = np.zeros(len(marks), np.int64)
        last[list(ends)] = 1
        number: NDArray[np.int64] = ((marks.astype(np.int64) * 4 + cases) * 2 + last) * 4
        return number + manner_number(has_marks, has_capitals)

    def with_marks(self, changed: Mapping[int, Mark], names: NDArray[np.float32]) -> "Written":
        """The same with other marks after some words: a capital follows a full stop, and what is no name loses it."""
        marks, cases = self.marks.copy(), self.cases.copy()
        for index, mark in changed.items():
            had, marks[index] = marks[index], mark
            after = index + 1
            if after < len(cases) and mark in _STOPS and cases[after] == Case.LOWER:
                cases[after] = Case.CAPITALISED
            elif after < len(cases) and had in _STOPS and cases[after] == Case.CAPITALISED and names[after] < NO_NAME:
                cases[after] = Case.LOWER
        return Written(marks, cases)


def written(text: str, words: Sequence[Word]) -> Written:
    """Read the marks and capitals of a text."""
    marks = bytearray(len(words))
    forms: dict[str, int] = {}
    cases = bytearray(len(words))
    last = len(words) - 1
    for index, word in enumerate(words):
        following = words[index + 1] if index < last else None
        gap = text[word.end : following.start] if following else text[word.end :]
        if gap != " ":
            marks[index] = mark_between(word, gap, following)
        case = forms.get(word.form)
        cases[index] = forms.setdefault(word.form, int(case_of(word.form))) if case is None else case
    return Written(np.frombuffer(bytes(marks), np.uint8), np.frombuffer(bytes(cases), np.uint8))
