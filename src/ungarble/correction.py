"""Edits and corrections, the one law that decides between them, and the one function that renders them.

The law (``resolve``): edits conflict only within a kind, and gap edits only within a slot. The more confident
wins, then the longer, then the earlier proposed. Losers are kept, and come forward when a person rejects what
displaced them.
"""

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from ungarble.document import Span


class Kind(StrEnum):
    """What an edit changes."""

    WORDS = "words"
    """A run of words becomes other words, or none."""
    GAP = "gap"
    """What stands between two words: a mark, a space, a quotation mark."""
    CASE = "case"
    """The capitals of one word; applied last, on whatever words were accepted."""


class Slot(IntEnum):
    """The part of a gap that an edit changes, in the order in which they stand."""

    CLOSE = 0
    MARK = 1
    SPACE = 2
    OPEN = 3


@dataclass(frozen=True, slots=True)
class Edit:
    """One change at one place. ``original`` is the document's own text at ``span``, before anything was changed."""

    kind: Kind
    span: Span
    original: str
    replacement: str
    slot: Slot = Slot.SPACE
    built_on: frozenset[str] = frozenset()
    """Ids of earlier corrections whose effect this edit's replacement already holds; it may take their place."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Edits that are accepted or rejected together, who proposes them, how surely (0 to 1), and why.

    A *claim* replaces words by themselves: "this is right as it stands". It is never shown, but it can win.
    ``alternatives`` are other replacements for the whole, best first.
    """

    edits: tuple[Edit, ...]
    corrector: str
    confidence: float
    reason: str
    alternatives: tuple[str, ...] = ()
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.id:
            text = "\0".join(f"{edit.kind}{edit.span}{edit.replacement}" for edit in self.edits)
            crc = zlib.crc32(text.encode(errors="surrogatepass"))
            object.__setattr__(self, "id", f"{self.corrector}-{self.start}-{crc:08x}")

    @property
    def start(self) -> int:
        """Where its first edit begins."""
        return min(edit.span.start for edit in self.edits)

    @property
    def end(self) -> int:
        """Where its last edit ends."""
        return max(edit.span.end for edit in self.edits)

    @property
    def is_claim(self) -> bool:
        """Whether it leaves the text as it is."""
        return all(edit.original == edit.replacement for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What ``resolve`` decided: corrections to apply, to suggest, and those that lost to another."""

    applied: tuple[Correction, ...] = ()
    suggested: tuple[Correction, ...] = ()
    displaced: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A cleaned text, and the edits that made it: in order, not overlapping, each with its correction's id."""

    text: str
    edits: tuple[tuple[str, Edit], ...] = ()

    def of(self, correction_id: str) -> tuple[Edit, ...]:
        """The edits of one correction as they were made; none where others already brought its effect."""
        return tuple(edit for owner, edit in self.edits if owner == correction_id)


class _Kept:
    """Spans already taken within one kind and slot; those that overlap a new one are found by bisection."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int, str]] = []

    def rivals(self, span: Span) -> list[str]:
        """Ids of the corrections that overlap a span, or stand at the very same place of insertion."""
        found = []
        at = bisect_left(self._spans, (span.start, -1, ""))
        while at and self._spans[at - 1][1] > span.start:
            at -= 1
        for start, end, owner in self._spans[at:]:
            if start > span.end:
                break
            if (start < span.end and span.start < end) or (start, end) == span:
                found.append(owner)
        return found

    def add(self, span: Span, owner: str) -> None:
        row = (span.start, span.end, owner)
        self._spans.insert(bisect_right(self._spans, row), row)


def resolve(
    proposals: Iterable[Correction],
    decisions: Mapping[str, bool] | None = None,
    apply_above: float = 0.0,
    suggest_above: float = 0.0,
) -> Resolution:
    """Decide which of the proposed corrections stand.

    ``decisions`` maps correction ids to a person's yes or no; a yes beats every confidence, a no removes the proposal.
    What is at least ``apply_above`` is applied, what is at least ``suggest_above`` suggested. A pure function: call it
    again with other decisions, and what a rejected correction had displaced comes forward.
    """
    decisions = decisions or {}
    kept: dict[tuple[Kind, Slot | None], _Kept] = {}
    applied: list[Correction] = []
    suggested: list[Correction] = []
    displaced: list[Correction] = []
    seen: set[str] = set()
    ranked = [(not decisions.get(c.id, False), -c.confidence, c.start - c.end, n, c) for n, c in enumerate(proposals)]
    for undecided, _, _, _, correction in sorted(ranked, key=lambda row: row[:4]):
        if decisions.get(correction.id) is False or correction.id in seen:
            continue
        seen.add(correction.id)
        if undecided and correction.confidence < suggest_above:
            continue
        slots = [(edit, kept.setdefault((edit.kind, _slot(edit)), _Kept())) for edit in correction.edits]
        if any(set(taken.rivals(edit.span)) - edit.built_on for edit, taken in slots):
            displaced.append(correction)
            continue
        for edit, taken in slots:
            taken.add(edit.span, correction.id)
        if not correction.is_claim:
            (suggested if undecided and correction.confidence < apply_above else applied).append(correction)
    for corrections in (applied, suggested, displaced):
        corrections.sort(key=lambda c: (c.start, c.end))
    return Resolution(tuple(applied), tuple(suggested), tuple(displaced))


def _slot(edit: Edit) -> Slot | None:
    return edit.slot if edit.kind is Kind.GAP else None


def render(text: str, applied: Sequence[Correction]) -> Rendering:
    """Build the cleaned text. The only function that does.

    Case goes last, on whatever words were accepted, and is void inside words that bring their own capitals; a gap edit
    is void inside a run of words that is replaced; a word taken out takes one of the spaces beside it along.

    Raises ValueError when an edit's ``original`` is not what stands in the text.
    """
    rows = [(c.id, edit) for c in applied for edit in c.edits if edit.original != edit.replacement]
    for _, edit in rows:
        if text[edit.span.start : edit.span.end] != edit.original:
            raise ValueError(f"{edit.original!r} does not stand at {edit.span}")
    words = _outermost([row for row in rows if row[1].kind is Kind.WORDS])
    starts = [edit.span.start for _, edit in words]
    loose: list[tuple[str, Edit]] = []
    for owner, edit in rows:
        if edit.kind is Kind.WORDS:
            continue
        at = bisect_right(starts, edit.span.start) - 1
        over = words[at][1] if at >= 0 else None
        if over is None or not _inside(edit, over):
            loose.append((owner, edit))
        elif edit.kind is Kind.CASE and edit.replacement.casefold() == over.replacement.casefold():
            words[at] = (words[at][0], _replace(over, edit.replacement))
    words = [(owner, _with_space(text, edit) if not edit.replacement else edit) for owner, edit in words]
    flat = _without_overlap(sorted(words + loose, key=lambda row: _order(row[1])), text)
    return Rendering(_splice(text, [edit for _, edit in flat]), tuple(flat))


def _order(edit: Edit) -> tuple[int, int, int]:
    return (edit.span.start, edit.span.end, edit.slot)


def _replace(edit: Edit, replacement: str) -> Edit:
    return Edit(edit.kind, edit.span, edit.original, replacement, edit.slot)


def _inside(edit: Edit, over: Edit) -> bool:
    if edit.kind is Kind.GAP and edit.span.start == edit.span.end:
        return over.span.start < edit.span.start < over.span.end
    return over.span.overlaps(edit.span)


def _outermost(rows: list[tuple[str, Edit]]) -> list[tuple[str, Edit]]:
    """Of words edits that lie within one another, the outer one: it was built on the inner."""
    kept: list[tuple[str, Edit]] = []
    for row in sorted(rows, key=lambda row: (row[1].span.start, -row[1].span.end)):
        if not kept or row[1].span.start >= kept[-1][1].span.end:
            kept.append(row)
    return kept


def _with_space(text: str, edit: Edit) -> Edit:
    """A removed word takes the weaker of the two spaces beside it along, a line break being the stronger."""
    start, end = edit.span
    left, right = start, end
    while left and text[left - 1].isspace():
        left -= 1
    while right < len(text) and text[right].isspace():
        right += 1
    before, after = text[left:start], text[end:right]
    if after and (before or not left) and (after.count("\n") <= before.count("\n")):
        end = right
    elif before and (right == len(text) or after.count("\n") > before.count("\n") or not text[right].isalnum()):
        start = left
    return Edit(edit.kind, Span(start, end), text[start:end], "", edit.slot)


def _without_overlap(rows: list[tuple[str, Edit]], text: str) -> list[tuple[str, Edit]]:
    """Drop a gap edit where a removed word already took the space, and cut a space that two would take."""
    kept: list[tuple[str, Edit]] = []
    for owner, edit in rows:
        last = kept[-1][1] if kept else None
        if last is None or edit.span.start >= last.span.end:
            kept.append((owner, edit))
        elif edit.kind is Kind.WORDS and last.kind is Kind.WORDS:
            span = Span(last.span.end, edit.span.end)
            kept.append((owner, Edit(edit.kind, span, text[span.start : span.end], edit.replacement, edit.slot)))
        elif edit.kind is Kind.WORDS:
            kept[-1] = (owner, edit)
    return kept


def _splice(text: str, edits: Collection[Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*parts, text[at:]])
