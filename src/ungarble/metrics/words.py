"""Words fixed and broken, and marks and capitals on words that are right."""

import re
from collections import Counter
from collections.abc import Iterator

from ungarble.metrics.alignment import Aligned, errors
from ungarble.metrics.counts import Counts
from ungarble.metrics.reading import Reading, read

SIGNS = (",", ".", "?", "boundary", "capital")
"""What F1 is taken of. A boundary is where a sentence ends: a full stop or a question mark."""

_LAST_MARK = re.compile(r"([.,?!;:…])[\"”’')\]]*$")
_TAKEN_FOR = {";": ",", ":": ",", "!": ".", "…": "."}
_ENDS = frozenset({".", "?"})
_LETTER = re.compile(r"[^\W\d_]")


def fixed_and_broken(before: Aligned, after: Aligned) -> tuple[list[int], list[int]]:
    """The words of the reference that are newly right, and those newly wrong; by their numbers."""
    numbers = range(len(before.reference.words))
    fixed = [n for n in numbers if after.is_right(n) and not before.is_right(n)]
    broken = [n for n in numbers if before.is_right(n) and not after.is_right(n)]
    return fixed, broken


def word_counts(before: Aligned, after: Aligned) -> Counts:
    """The words of a reference; errors before and after; fixed and broken ones; signs before and after."""
    fixed, broken = fixed_and_broken(before, after)
    said = before.reference.words
    counts: Counts = Counter()
    counts["words",] = len(said)
    counts["errors", "before"] = errors(said, before.other.words)
    counts["errors", "after"] = errors(said, after.other.words)
    counts["fixed",], counts["broken",] = len(fixed), len(broken)
    for when, pair in (("before", before), ("after", after)):
        counts.update(("signs", when, *found) for found in _signs(pair))
    return counts


def words_changed(text: str, cleaned: str) -> int:
    """How many words differ between two texts; case, marks and doubled words apart."""
    return errors(read(text).words, read(cleaned).words)


def mark_after(reading: Reading, number: int) -> str:
    """The mark after a word: a comma, full stop or question mark, or nothing.

    Semicolons and colons count as commas; exclamation marks and ellipses as full stops.
    """
    sources = reading.sources
    if number + 1 < len(sources) and sources[number + 1] == sources[number]:
        return ""
    match = _LAST_MARK.search(reading.token(number).text)
    return _TAKEN_FOR.get(match[1], match[1]) if match else ""


def _signs(pair: Aligned) -> Iterator[tuple[str, str]]:
    """Each sign that was hit, written falsely or missed, on words that are right."""
    said, written = pair.reference, pair.other
    for number, there in enumerate(pair.counterpart):
        if there is None or not pair.is_right(number):
            continue
        wanted, got = mark_after(said, number), mark_after(written, there)
        for mark in (",", ".", "?"):
            yield from _outcome(mark, wanted == mark, got == mark)
        yield from _outcome("boundary", wanted in _ENDS, got in _ENDS)
        upper, is_upper = _starts_upper(said, number), _starts_upper(written, there)
        if upper is None or is_upper is None or (number and said.sources[number - 1] == said.sources[number]):
            continue
        yield from _outcome("capital", upper, is_upper)


def _outcome(sign: str, wanted: bool, got: bool) -> Iterator[tuple[str, str]]:
    if wanted or got:
        yield sign, "hit" if wanted and got else "missed" if wanted else "false"


def _starts_upper(reading: Reading, number: int) -> bool | None:
    """Whether the first letter of a word's token is a capital; None where it has no letter."""
    match = _LETTER.search(reading.token(number).text)
    return match[0].isupper() if match else None
