"""Tables of what an ASR wrote and what was said, row by row: was it put right, suggested, missed, or harmed?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ungarble import Cleaned
from ungarble.correction import Correction, Edit, Kind
from ungarble.document import Span
from ungarble.rendering import Rendering, render

APPLIED, SUGGESTED, MISSED = "applied", "suggested", "missed"

NEIGHBOURS = 20
"""Characters beside words that must not change: a doubled word may be taken out there, whichever of the two it is."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated table with a header."""
    header, *lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [dict(zip(header, values, strict=False)) for values in lines]


def outcome(cleaned: Cleaned, heard: str, wanted: str, *, exact: bool = False, among: int = 1) -> str:
    """What became of one row: applied, suggested or missed.

    ``wanted`` holds the right answers between bars. Words are compared with their capitals (the first letter apart),
    and with ``exact`` the marks and spaces too. A suggestion counts when it is among the first ``among`` at its place.
    """
    text = cleaned.source.document.text
    span = _place(text, heard)
    answers = wanted.split(" | ")
    if _right(cleaned.result.rendering, text, span, answers, exact):
        return APPLIED
    for added in _suggested(cleaned, text, span, among):
        kept = [made for made in cleaned.applied if not any(_same_words(made, new) for new in added)]
        if _right(render(text, [*kept, *added]), text, span, answers, exact):
            return SUGGESTED
    return MISSED


def is_harmed(cleaned: Cleaned, words: str) -> bool:
    """Whether words that are right as they stand have changed, case and marks apart."""
    text = cleaned.source.document.text
    start, end = _place(text, words)
    near = Span(max(0, start - NEIGHBOURS), min(len(text), end + NEIGHBOURS))
    wanted, now = _words(words.casefold()), _words(_stretch(cleaned.result.rendering, text, near).casefold())
    return not _holds(now, wanted)


def _place(text: str, heard: str) -> Span:
    match = re.search(r"(?<!\w)" + r"\s+".join(map(re.escape, heard.split())), text)
    if match is None:
        raise ValueError(f"{heard!r} does not stand in the transcript")
    return Span(*match.span())


def _suggested(cleaned: Cleaned, text: str, span: Span, among: int) -> Iterator[Sequence[Correction]]:
    """What a person could accept at a place: each suggestion, its alternatives, and the suggestions together."""
    here = [c for c in cleaned.suggested if c.start < span.end and c.end > span.start]
    for suggestion in here:
        yield [suggestion]
        whole = Span(suggestion.start, suggestion.end)
        for other in suggestion.alternatives[: among - 1]:
            edit = Edit(Kind.WORDS, whole, text[whole.start : whole.end], other)
            yield [Correction((edit,), suggestion.corrector, suggestion.confidence, suggestion.reason)]
    yield here


def _same_words(made: Correction, new: Correction) -> bool:
    return any(
        one.kind is other.kind is Kind.WORDS and one.span.overlaps(other.span)
        for one in made.edits
        for other in new.edits
    )


def _right(rendering: Rendering, text: str, span: Span, answers: Iterable[str], exact: bool) -> bool:
    reached = _reached(rendering, span)
    now = _stretch(rendering, text, reached)
    if exact:
        return any(now == answer or (reached != span and _stands_in(now, answer)) for answer in answers)
    words = _words(now)
    return any(
        _first_apart(words) == _first_apart(_words(answer)) or (reached != span and _holds(words, _words(answer)))
        for answer in answers
    )


def _reached(rendering: Rendering, span: Span) -> Span:
    """A place, widened to the whole of every edit that reaches into it."""
    edits = [edit.span for _, edit in rendering.edits if edit.span.overlaps(span)]
    return Span(min([span.start, *(e.start for e in edits)]), max([span.end, *(e.end for e in edits)]))


def _stretch(rendering: Rendering, text: str, span: Span) -> str:
    """The cleaned text of a place, without what was inserted at its ends."""
    parts, at = [], span.start
    for _, edit in rendering.edits:
        if edit.span.overlaps(span) or span.start < edit.span.start < span.end:
            parts += [text[at : edit.span.start], edit.replacement]
            at = edit.span.end
    return "".join([*parts, text[at : span.end]])


def _stands_in(text: str, answer: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text) is not None


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text)]


def _first_apart(words: list[str]) -> list[str]:
    """The words, the first one's first letter small: a sentence may begin there or not."""
    return [words[0][0].lower() + words[0][1:], *words[1:]] if words else []


def _holds(words: list[str], wanted: list[str]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
