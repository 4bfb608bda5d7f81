"""Fillers ("uh", "um") and the commas that belonged to them; only where the person asked for it.

Left alone: answers ("uh-huh", "mm-hmm"), abbreviations in capitals (ER, UM), and everything in verbatim mode.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from ungarble import dictionaries
from ungarble.correction import Correction
from ungarble.draft import Draft
from ungarble.stages import Setting

NAME = "fillers"

SURE = 0.97
"""Of 120 read in 915,000 words of transcribed earnings calls, one was no filler ("mm, uh, huh")."""


def propose(draft: Draft, setting: Setting) -> Iterator[Correction]:
    """Propose to take out each run of fillers, and to hand a capital on to the word that now comes first."""
    if setting.options.verbatim or not setting.options.fillers:
        return
    for match in _pattern().finditer(draft.text):
        if not match["word"].isupper():
            yield _removal(draft, match)


@cache
def _pattern() -> re.Pattern[str]:
    """A run of fillers, with a comma before it, one after it, or both."""
    forms = []
    for _, row in dictionaries.rows(dictionaries.english("fillers")):
        word, barred = row["word"], row["not_before"]
        forms.append(rf"{word}(?!\W+(?:{barred})\b)" if barred else word)
    one = f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"
    return re.compile(
        rf"(?P<comma>,\s+)?(?<![\w'’-])(?P<word>{one})(?:,?[ ]+{one})*(?![\w'’-])(?P<after>,)?", re.IGNORECASE
    )


def _removal(draft: Draft, match: re.Match[str]) -> Correction:
    start, end = match.span()
    if match["comma"] and "\n" in match["comma"]:
        start = match.start("word")  # the line break stays
    edits = [draft.words_edit(start, end, "")]
    index = bisect_left(draft.starts, end)
    if match["word"][0].isupper() and index < len(draft.words) and draft.words[index].form.islower():
        word = draft.words[index]
        edits.append(draft.case_edit(word, word.form[0].upper() + word.form[1:]))
    return Correction(tuple(edits), NAME, SURE, f"“{match['word']}” is a filler")
