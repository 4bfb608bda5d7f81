"""Edits and corrections, the one law that decides between them, and the one function that renders them.

The law (``resolve``): edits conflict only within a kind, and gap edits only within a slot. The more confident
wins, then the longer, then the earlier proposed. Losers are kept, and come forward when a person rejects what
displaced them.
"""

import zlib
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

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


class Alternative(NamedTuple):
    """Another replacement for what a correction replaces, how sure that one is (0 to 1), and why."""

    written: str
    confidence: float
    reason: str


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
    alternatives: tuple[Alternative, ...] = ()
    id: str = field(default="", compare=False)
    urgency: float = 1.0
    """How much worse it is to leave this undone than to do it wrongly, against other corrections. Where a text has no
    marks at all, a mark that is likely is better than none."""

    def __post_init__(self) -> None:
        if not self.id:
            text = "\0".join(f"{edit.kind}{edit.span}{edit.replacement}" for edit in self.edits)
            crc = zlib.crc32(text.encode(errors="surrogatepass"))
            object.__setattr__(self, "id", f"{self.corrector}-{self.start}-{crc:08x}")

    def is_sure_enough(self, apply_above: float) -> bool:
        """Whether to apply it unasked."""
        return is_sure_enough(self.confidence, self.urgency, apply_above)

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


def is_sure_enough(confidence: float, urgency: float, apply_above: float) -> bool:
    """Whether the odds of being right, times the urgency, are at least those of ``apply_above``.

    >>> is_sure_enough(0.6, 1, 0.9), is_sure_enough(0.6, 9, 0.9)
    (False, True)
    """
    if urgency == 1:
        return confidence >= apply_above
    return confidence * urgency * (1 - apply_above) >= apply_above * (1 - confidence)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What ``resolve`` decided: corrections to apply, to suggest, and those that lost to another."""

    applied: tuple[Correction, ...] = ()
    suggested: tuple[Correction, ...] = ()
    displaced: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Rendering:
    """A cleaned text, and the edits that made it: in order, not overlapping, each with its correction's id."""

    text: str
    edits: tuple[tuple[str, Edit], ...] = ()

    def of(self, correction_id: str) -> tuple[Edit, ...]:
        """The edits of one correction as they were made; none where others already brought its effect."""
        return tuple(self._by_owner.get(correction_id, ()))

    @cached_property
    def _by_owner(self) -> dict[str, list[Edit]]:
        found: dict[str, list[Edit]] = {}
        for owner, edit in self.edits:
            found.setdefault(owner, []).append(edit)
        return found


def resolve(
    proposals: Iterable[Correction],
    decisions: Mapping[str, bool] | None = None,
    apply_above: float = 0.0,
    suggest_above: float = 0.0,
) -> Resolution:
    """Decide which of the proposed corrections stand.

    ``decisions`` maps correction ids to a person's yes or no; a yes beats every confidence, a no removes the proposal,
    and with it what was built on it. What is at least ``apply_above`` is applied, what is at least ``suggest_above``
    suggested. A pure function: call it again with other decisions, and what a rejected correction had displaced comes
    forward.
    """
    decisions = decisions or {}
    ranked = _ranked(proposals, decisions, suggest_above)
    lineage = _Lineage(ranked)
    kept, displaced = _without_losers(ranked, lineage)
    while groundless := {c.id for c in kept} & lineage.without({c.id for c in kept}):
        ranked = [c for c in ranked if c.id not in groundless]
        kept, displaced = _without_losers(ranked, lineage)
    applied = [c for c in kept if not c.is_claim and (decisions.get(c.id) or c.is_sure_enough(apply_above))]
    chosen = {c.id for c in applied}
    suggested = [c for c in kept if not c.is_claim and c.id not in chosen]
    return Resolution(_in_order(applied), _in_order(suggested), _in_order(displaced))


def _ranked(proposals: Iterable[Correction], decisions: Mapping[str, bool], suggest_above: float) -> list[Correction]:
    """What is to be decided on, best first, each id once."""
    ranked = [
        (not decisions.get(c.id, False), -c.confidence, c.start - c.end, number, c)
        for number, c in enumerate(proposals)
        if decisions.get(c.id, c.confidence >= suggest_above)
    ]
    once: dict[str, Correction] = {}
    for row in sorted(ranked, key=lambda row: row[:4]):
        once.setdefault(row[4].id, row[4])
    return list(once.values())


def _in_order(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    return tuple(sorted(corrections, key=lambda c: (c.start, c.end)))


class _Lineage:
    """Which corrections were built on which, directly or not."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._direct = {c.id: frozenset().union(*(edit.built_on for edit in c.edits)) for c in corrections}
        self._built = [owner for owner, ids in self._direct.items() if ids]

    def of(self, edit: Edit) -> frozenset[str]:
        """The ids of all that an edit was built on."""
        if not edit.built_on:
            return edit.built_on
        found: set[str] = set()
        open_ids = set(edit.built_on)
        while open_ids:
            found |= open_ids
            open_ids = set().union(*(self._direct.get(one, ()) for one in open_ids)) - found
        return frozenset(found)

    def without(self, standing: Set[str]) -> set[str]:
        """The ids of those that were built on something that does not stand."""
        return {owner for owner in self._built if not self._direct[owner] <= standing}


class _Kept:
    """Edits kept within one kind and slot, by the stretches of text that they lie in, so that rivals are near."""

    STRETCH = 64

    def __init__(self) -> None:
        self._near: defaultdict[int, list[tuple[Span, str, frozenset[str]]]] = defaultdict(list)

    def is_free(self, span: Span, lineage: frozenset[str], owner: str) -> bool:
        """Whether nothing overlaps a span, or stands at the very same place of insertion, but what is kin to it."""
        return all(
            other in lineage or owner in others
            for stretch in self._stretches(span)
            for kept, other, others in self._near.get(stretch, ())
            if kept == span or kept.overlaps(span)
        )

    def add(self, span: Span, lineage: frozenset[str], owner: str) -> None:
        for stretch in self._stretches(span):
            self._near[stretch].append((span, owner, lineage))

    def _stretches(self, span: Span) -> range:
        return range(span.start // self.STRETCH, span.end // self.STRETCH + 1)


def _without_losers(ranked: Iterable[Correction], lineage: _Lineage) -> tuple[list[Correction], list[Correction]]:
    """Those that stand, and those that lose to a better one."""
    kept: defaultdict[tuple[Kind, Slot | None], _Kept] = defaultdict(_Kept)
    winners, losers = [], []
    for correction in ranked:
        edits = [(edit, kept[edit.kind, _slot(edit)], lineage.of(edit)) for edit in correction.edits]
        if not all(taken.is_free(edit.span, kin, correction.id) for edit, taken, kin in edits):
            losers.append(correction)
            continue
        winners.append(correction)
        for edit, taken, kin in edits:
            taken.add(edit.span, kin, correction.id)
    return winners, losers


def _slot(edit: Edit) -> Slot | None:
    return edit.slot if edit.kind is Kind.GAP else None


Row = tuple[str, Edit]
"""An edit, with the id of the correction that it belongs to."""


def render(text: str, applied: Sequence[Correction]) -> Rendering:
    """Build the cleaned text. The only function that does.

    What was built on another takes its place. Case goes last, on whatever words were accepted, and is void inside
    words that bring their own capitals; a gap edit is void inside a run of words that is replaced; a word taken out
    takes one of the spaces beside it along.

    Raises ValueError when an edit's ``original`` is not what stands in the text.
    """
    rows = [(c.id, edit) for c in applied for edit in c.edits if edit.original != edit.replacement]
    for _, edit in rows:
        if text[edit.span.start : edit.span.end] != edit.original:
            raise ValueError(f"{edit.original!r} does not stand at {edit.span}")
    ids, lineage = {c.id for c in applied}, _Lineage(applied)
    standing = _Standing()
    for owner, edit in sorted(rows, key=lambda row: _precedence(row[1], lineage)):
        if not _is_of_lost_words(edit, ids):
            standing.add((owner, edit), lineage.of(edit))
    flat = list(_without_returns(_with_spaces(text, standing.rows)))
    return Rendering(_splice(text, [edit for _, edit in flat]), tuple(flat))


def _precedence(edit: Edit, lineage: _Lineage) -> tuple[bool, int, bool, int]:
    """Words before all else, what was built on others before these, capitals before marks, the longer first."""
    return (
        edit.kind is not Kind.WORDS,
        -len(lineage.of(edit)),
        edit.kind is Kind.GAP,
        edit.span.start - edit.span.end,
    )


def _is_of_lost_words(edit: Edit, applied: Set[str]) -> bool:
    """Whether an edit gives capitals to words that others would have brought, which are not there."""
    recased = edit.kind is Kind.CASE and not edit.built_on <= applied
    return recased and edit.replacement.casefold() != edit.original.casefold()


def _order(row: Row) -> tuple[int, int, int]:
    return (row[1].span.start, row[1].span.end, row[1].slot)


class _Standing:
    """Edits that stand, in order; no two share a character. What is added later makes way."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, row: Row, lineage: frozenset[str]) -> None:
        """Add an edit; in place of the words that it was built on, or not at all where others stand."""
        edit = row[1]
        first, last = self._overlapping(edit.span)
        if first == last:
            insort(self.rows, row, key=_order)
            return
        below = self.rows[first:last]
        if all(owner in lineage and edit.span.contains(under.span) for owner, under in below):
            owner, under = below[0]
            self.rows[first:last] = [(owner, replace(edit, kind=under.kind, slot=under.slot))]

    def _overlapping(self, span: Span) -> tuple[int, int]:
        """The range of the rows that share characters with a span, or lie within it."""
        first = bisect_left(self.rows, span.start, key=lambda row: row[1].span.start)
        if first and self.rows[first - 1][1].span.overlaps(span):
            first -= 1
        while first < len(self.rows) and self.rows[first][1].span == (span.start, span.start):
            first += 1
        last = first
        while last < len(self.rows) and self.rows[last][1].span.overlaps(span):
            last += 1
        return first, last


def _with_spaces(text: str, rows: Sequence[Row]) -> Iterator[Row]:
    """The same rows; words taken out take all but one of the spaces around and between them along."""
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and _is_removal(rows[end]) and (end == at or _is_joined(text, rows[end - 1], rows[end])):
            end += 1
        if end > at:
            before = rows[at - 1][1].span if at else None
            after = rows[end][1].span if end < len(rows) else None
            yield from _grown(text, rows[at:end], before, after)
        else:
            yield rows[at]
            end += 1
        at = end


def _is_removal(row: Row) -> bool:
    return row[1].kind is Kind.WORDS and not row[1].replacement


def _is_joined(text: str, row: Row, after: Row) -> bool:
    between = text[row[1].span.end : after[1].span.start]
    return not between or between.isspace()


def _grown(text: str, run: Sequence[Row], before: Span | None, after: Span | None) -> Iterator[Row]:
    """Words taken out in a row, each with one of the spaces beside it, but for the space that stays.

    ``before`` and ``after`` are the spans of the edits next to them, whose spaces are not theirs to take.
    """
    spans = [edit.span for _, edit in run]
    start, end = spans[0].start, spans[-1].end
    left, right = _spaces_around(text, start, end)
    inner = [Span(one.end, other.start) for one, other in pairwise(spans)]
    if after is not None and (after.start < right or (after == (end, end) and not text[end - 1].isspace())):
        gaps, stays = [Span(left, start), *inner, Span(end, end)], len(run)
    else:
        gaps = [Span(left, start), *inner, Span(end, right)]
        stays = _staying(text, gaps)
    if before is not None and (before.end > left or (before == (start, start) and not text[start].isspace())):
        gaps[0], stays = Span(start, start), 0
    for number, (owner, edit) in enumerate(run):
        gap = gaps[number if number < stays else number + 1]
        span = Span(min(gap.start, edit.span.start), max(gap.end, edit.span.end))
        yield owner, replace(edit, span=span, original=text[span.start : span.end])


def _spaces_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return start, end


def _staying(text: str, gaps: Sequence[Span]) -> int:
    """Which of the spaces around and between words that are taken out stays: the one with the most line breaks."""
    (left, start), (end, right) = gaps[0], gaps[-1]
    if end == right:
        next_to_word = right < len(text) and text[right].isalnum()
        return 0 if next_to_word else len(gaps) - 1
    if left == start:
        return 0 if not left or _opens(text, left - 1) else len(gaps) - 1
    breaks = [text.count("\n", *gap) for gap in gaps]
    return breaks.index(max(breaks))


def _opens(text: str, at: int) -> bool:
    """Whether a mark belongs to the word after it."""
    if text[at] in "\"'":
        return not at or text[at - 1].isspace()
    return text[at] in "([{“‘«—–"


def _without_returns(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; of insertions at one place, what a correction adds after another's belongs to that other one.

    So each correction's insertions there stand together, and the corrections can be told one by one.
    """
    for _, here in groupby(rows, key=lambda row: row[1].span):
        placed: list[Row] = []
        for owner, edit in here:
            if placed and placed[-1][0] != owner and any(owner == other for other, _ in placed):
                last, before = placed[-1]
                placed[-1] = (last, replace(before, replacement=before.replacement + edit.replacement))
            else:
                placed.append((owner, edit))
        yield from placed


def _splice(text: str, edits: Collection[Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*parts, text[at:]])
