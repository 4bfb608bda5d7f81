"""A decision in its place: what is written there, and what is settled by it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ungarble.correction import Correction, Kind
from ungarble.document import Span
from ungarble.review.changes import Hunk, Phrase, edit_of, hunks, phrase, place_of
from ungarble.review.decisions import Decision, Verdict
from ungarble.review.finder import Finder
from ungarble.rulings import Settled

UNSTAGED = "review"
"""Who corrects where no stage did."""


@dataclass(frozen=True, slots=True)
class Held:
    """A decision in one of its places: the words heard there, what is written, and what it settles."""

    decision: Decision
    stretch: Span
    correction: Correction | None
    """None where the words stay as they are."""
    settled: tuple[Settled, ...]
    positions: tuple[int, ...]
    """Where each of its changes stands: the first word of it, or the word behind a gap."""


def changes_of(decision: Decision) -> tuple[Hunk, ...]:
    """What changes; all the words where the decision does not say what would."""
    found = hunks(decision.heard, decision.wanted) if decision.wanted or decision.writes else ()
    return found or (Hunk(Kind.WORDS, 0, len(phrase(decision.heard).words), 0, 0, ""),)


def held_at(finder: Finder, decision: Decision, at: int) -> Held:
    """A decision in the place where its words begin at a position."""
    return held_where(finder, decision, [at + hunk.first for hunk in changes_of(decision)])


def held_where(finder: Finder, decision: Decision, positions: Sequence[int]) -> Held:
    """A decision where each of its changes stands at one of the positions."""
    rows = list(zip(changes_of(decision), positions, strict=True))
    span = _stretch(finder, phrase(decision.heard), rows)
    if not decision.writes or decision.kind is None:
        return Held(decision, span, None, tuple(_kept(finder, decision, rows, span)), tuple(positions))
    edits, settled = [], []
    for hunk, at in rows:
        edit = edit_of(hunk, phrase(decision.heard), finder.text, finder.words, at)
        if edit:
            edits.append(edit)
            place = _place(finder, decision, hunk, at) if hunk.kind is Kind.GAP else edit.span
            stretch = span if hunk.kind is decision.kind else place
            gone = "" if edit.replacement else edit.original.strip().casefold()
            settled.append(Settled(place, stretch, hunk.kind, True, gone))
    if decision.verdict is Verdict.TYPED:  # what somebody typed over is all theirs, also where they left it
        settled.append(Settled(span, span, Kind.WORDS, True))
    correction = Correction(tuple(edits), decision.stage or UNSTAGED, 1.0, _reason(decision)) if edits else None
    return Held(decision, span, correction, tuple(settled), tuple(positions))


def _stretch(finder: Finder, heard: Phrase, rows: Sequence[tuple[Hunk, int]]) -> Span:
    """The words heard, from the first to the last, where the first and the last change of them stand there."""
    (first, at), (last, until) = rows[0], rows[-1]
    start, end = max(0, at - first.first), min(until + len(heard.words) - last.first, len(finder.words))
    return Span(finder.words[start].start - len(heard.gaps[0]), finder.words[end - 1].end + len(heard.gaps[-1]))


def _place(finder: Finder, decision: Decision, hunk: Hunk, at: int) -> Span:
    return place_of(hunk, phrase(decision.heard), finder.text, finder.words, at)


def _kept(finder: Finder, decision: Decision, rows: Iterable[tuple[Hunk, int]], span: Span) -> Iterator[Settled]:
    """What is settled where words stay as they are."""
    kind = decision.kind
    if kind in (None, Kind.WORDS):
        yield Settled(span, span, kind, False)
        return
    for hunk, at in rows:
        if hunk.kind is kind:
            yield Settled(_place(finder, decision, hunk, at), span, kind, False)


def written_where(finder: Finder, decision: Decision, positions: Sequence[int]) -> Iterator[Settled]:
    """What is settled where the words that were wanted stand already."""
    rows = list(zip(changes_of(decision), positions, strict=True))
    words, (first, at) = finder.words, rows[0]
    start = max(0, at - first.begin)
    end = min(start + len(phrase(decision.wanted).words), len(words))
    whole = Span(words[start].start, words[end - 1].end) if start < end else None
    for hunk, at in rows:
        last = at + hunk.end - hunk.begin
        if at < last and hunk.kind is not Kind.GAP:
            span = Span(words[at].start, words[last - 1].end)
        else:
            span = Span(words[at - 1].end if at else 0, words[at].start if at < len(words) else len(finder.text))
        stretch = whole if whole and hunk.kind is decision.kind else span
        yield Settled(span, stretch, Kind.GAP if at == last else hunk.kind, True)
    if decision.verdict is Verdict.TYPED and whole:
        yield Settled(whole, whole, Kind.WORDS, True)


def _reason(decision: Decision) -> str:
    if decision.verdict is Verdict.ALL:
        return f"a person said so of every “{decision.heard}” here"
    return "typed by a person" if decision.verdict is Verdict.TYPED else "accepted by a person"
