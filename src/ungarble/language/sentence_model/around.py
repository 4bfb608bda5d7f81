"""What is written around the words of a text, as the sentence model reads it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ungarble.document import Word
from ungarble.language.sentence_model.features import manner_number
from ungarble.language.sentence_model.marks import Case, Mark, case_of, mark_between


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
