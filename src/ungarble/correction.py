"""Edits and corrections, and the one law that decides between them.

The law (``resolve``): edits conflict only within a kind, and gap edits only within a slot. The more confident
wins, then the longer, then the earlier proposed. Losers are kept, and come forward when a person rejects what
displaced them.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
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
    lineage = Lineage(ranked)
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


class Lineage:
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


def _without_losers(ranked: Iterable[Correction], lineage: Lineage) -> tuple[list[Correction], list[Correction]]:
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
