"""Where the decisions on a document hold: by their words and the words around them, not by position.

A decision *holds* where its words stand as they were heard, *is fulfilled* where what was wanted stands already, and is
*stale* where neither does, or more than one place might be meant: then nothing is done, and it has to be asked again.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby, pairwise
from typing import NamedTuple

from ungarble.correction import Kind
from ungarble.document import Document
from ungarble.review.changes import Hunk, Phrase, phrase
from ungarble.review.decisions import Decision, surroundings
from ungarble.review.finder import CLEARLY, MOST, Around, Finder, alike, around
from ungarble.review.held import Held, changes_of, held_at, held_where, written_where
from ungarble.rulings import Rulings, Settled

_SLACK = 8
"""How many words more may stand between two changes of one decision than did."""


@dataclass(frozen=True)
class Placed:
    """What became of the decisions on a document; each is in one of the three, a form's in ``held`` once a place."""

    held: tuple[Held, ...] = ()
    fulfilled: tuple[Decision, ...] = ()
    stale: tuple[Decision, ...] = ()
    written: tuple[Settled, ...] = ()
    """Where what was wanted stands already."""

    @cached_property
    def rulings(self) -> Rulings:
        """The same as the pipeline takes it."""
        return rulings_of(self.held, self.written)


def rulings_of(rows: Sequence[Held], written: Iterable[Settled]) -> Rulings:
    """What decisions in their places, and those that were carried out before, are for the pipeline."""
    wanted = tuple(held.correction for held in rows if held.correction)
    return Rulings(wanted, (*(one for held in rows for one in held.settled), *written))


class _Option(NamedTuple):
    """A place that may be meant: how alike its surroundings are, and where each change of the decision stands."""

    likeness: float
    positions: tuple[int, ...]
    is_done: bool
    """Whether what was wanted stands there, rather than what was heard."""


def place(document: Document, decisions: Iterable[Decision], finder: Finder | None = None) -> Placed:
    """Find the places of decisions. Of those that contradict each other only the last should be among them."""
    decisions = list(decisions)
    return _Placing(finder or Finder(document)).place(decisions) if decisions else Placed()


class _Placing:
    """Finds the places of the decisions on one document, the surest first; no two are given the same place."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._held: list[Held] = []
        self._fulfilled: list[Decision] = []
        self._stale: list[Decision] = []
        self._written: list[Settled] = []
        self._taken: set[tuple[Kind | None, int]] = set()
        """Indexes of the words that decisions on a place are about, or of the words behind such gaps, by their kind."""

    def place(self, decisions: Sequence[Decision]) -> Placed:
        unsure = [decision for decision in decisions if not decision.is_of_form and not self._place_exactly(decision)]
        groups = [list(group) for _, group in groupby(sorted(unsure, key=_which), key=_group)]
        rows = [(group, [self._options(decision) for decision in group]) for group in groups]
        for group, options in sorted(rows, key=lambda row: -_best(row[1])):
            self._place_group(group, options)
        for decision in decisions:
            if decision.is_of_form:
                self._place_form(decision)
        held = sorted(self._held, key=lambda held: held.stretch)
        return Placed(tuple(held), tuple(self._fulfilled), tuple(self._stale), tuple(self._written))

    def _place_exactly(self, decision: Decision) -> bool:
        """Where it stands just as it did: in the same surroundings, in as many places as then."""
        places = self._finder.exact(phrase(decision.heard), _around(decision))
        if len(places) != decision.of or _may_be_done(decision):
            return False
        at = places[decision.which - 1]
        self._hold(decision, [at + hunk.first for hunk in changes_of(decision)])
        return True

    def _hold(self, decision: Decision, positions: Sequence[int]) -> None:
        self._held.append(held_where(self._finder, decision, positions))
        self._taken |= words_taken(decision, positions)

    def _place_group(self, group: list[Decision], options: list[list[_Option]]) -> None:
        """Decisions on places that are all alike; mostly it is one."""
        options = [[option for option in row if self._is_free(group[0], option)] for row in options]
        if len(group) == group[0].of == 1:
            self._settle(group[0], _clearest(options[0]))
            return
        near = _best(options) - CLEARLY
        places = sorted({option.positions[0] for row in options for option in row if option.likeness >= near})
        for number, (decision, row) in enumerate(zip(group, options, strict=True)):
            if len(places) == decision.of:
                at = places[decision.which - 1]
            else:
                at = places[number] if _are_alike(group) and number < len(places) else -1
            self._settle(decision, max((option for option in row if option.positions[0] == at), default=None))

    def _is_free(self, decision: Decision, option: _Option) -> bool:
        return option.is_done or self._taken.isdisjoint(words_taken(decision, option.positions))

    def _settle(self, decision: Decision, option: _Option | None) -> None:
        if option is None or (option.is_done and not decision.writes):
            self._stale.append(decision)
        elif option.is_done:
            self._fulfilled.append(decision)
            self._written += written_where(self._finder, decision, option.positions)
        else:
            self._hold(decision, option.positions)

    def _options(self, decision: Decision) -> list[_Option]:
        """The places that may be meant, where what was heard or what was wanted stands."""
        if not phrase(decision.heard).words:
            return []
        found = [_Option(*row, False) for row in self._rows(decision, done=False)]
        if decision.kind is not None:
            found += [_Option(*row, True) for row in self._rows(decision, done=True)]
        return found

    def _rows(self, decision: Decision, done: bool) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Places of the first change, each with those of the others behind it."""
        changes = changes_of(decision)
        for likeness, at in self._places(decision, changes[0], done):
            rows = [(likeness, at)]
            for before, hunk in pairwise(changes):
                begin = rows[-1][1] + (hunk.begin - before.begin if done else hunk.first - before.first)
                near = [row for row in self._places(decision, hunk, done) if abs(row[1] - begin) <= _SLACK]
                if not near:
                    break
                rows.append(max(near))
            if len(rows) == len(changes):
                yield min(likeness for likeness, _ in rows), tuple(at for _, at in rows)

    def _places(self, decision: Decision, hunk: Hunk, done: bool) -> list[tuple[float, int]]:
        """Where one change may be meant: positions of its first word, or of the word behind a gap."""
        text = phrase(decision.wanted if done else decision.heard)
        first, last = (hunk.begin, hunk.end) if done else (hunk.first, hunk.last)
        whole = _around(decision)
        here = Around(
            (*reversed(text.keys[:first]), *whole.left)[:MOST],
            (*text.keys[last:], *whole.right)[:MOST],
        )
        finder = self._finder
        if first == last:
            gone = phrase(decision.heard).keys[hunk.first : hunk.last] if done else []
            stands = partial(_is_gap_there, finder, text, hunk, done, here, gone)
            return finder.likely((), here, stands)
        return finder.likely(text.keys[first:last], here, partial(_stands, finder, text, hunk, done, here))

    def _place_form(self, decision: Decision) -> None:
        """All places where a form stands, but those on which there is a decision of their own."""
        places, done = form_places(self._finder, decision, self._taken)
        if not places:
            self._fulfilled.append(decision)
        self._held += (held_at(self._finder, decision, at) for at in places)
        self._written += form_done(self._finder, decision, done)


def form_places(finder: Finder, decision: Decision, taken: Set[tuple[Kind | None, int]]) -> tuple[list[int], list[int]]:
    """Where the words of a form stand, but for what is ``taken``; and where what is wanted for them stands already."""
    wanted = phrase(decision.wanted)
    done = finder.every(wanted, exactly=True) if decision.writes and decision.kind is Kind.WORDS else []
    inside = {at + n for at in done for n in range(len(wanted.words))}
    places = [at for at in finder.every(phrase(decision.heard), decision.kind is Kind.CASE) if at not in inside]
    changes = changes_of(decision)
    free = [at for at in places if taken.isdisjoint(words_taken(decision, [at + hunk.first for hunk in changes]))]
    return free, done


def form_done(finder: Finder, decision: Decision, done: Iterable[int]) -> list[Settled]:
    """What is settled where what is wanted for a form stands already."""
    changes = changes_of(decision)
    rows = (written_where(finder, decision, [at + hunk.begin for hunk in changes]) for at in done)
    return [settled for row in rows for settled in row]


def _group(decision: Decision) -> tuple[str, str, str, int, str]:
    return (decision.heard, decision.before, decision.after, decision.of, str(decision.kind))


def _which(decision: Decision) -> tuple[tuple[str, str, str, int, str], int]:
    return (_group(decision), decision.which)


def _around(decision: Decision) -> Around:
    return around(surroundings(decision.before), surroundings(decision.after))


def _may_be_done(decision: Decision) -> bool:
    """Whether what was heard stands there even where what was wanted does: a mark was set at its very edge."""
    edges = (0, len(phrase(decision.heard).words))
    return decision.writes and any(hunk.kind is Kind.GAP and hunk.first in edges for hunk in changes_of(decision))


def _are_alike(group: Sequence[Decision]) -> bool:
    """Whether all places were decided, and in the same way, so that it does not matter which is which."""
    first = group[0]
    same = all(d.verdict == first.verdict and d.wanted == first.wanted for d in group)
    return same and len(group) == first.of


def _clearest(options: Sequence[_Option]) -> _Option | None:
    """The option that is clearly the best, if there is one."""
    best = max(options, default=None)
    if best is None:
        return None
    rivals = (o for o in options if o.positions != best.positions and o.likeness > best.likeness - CLEARLY)
    return None if any(rivals) else best


def _best(options: Iterable[Sequence[_Option]]) -> float:
    return max((option.likeness for row in options for option in row), default=0.0)


def words_taken(decision: Decision, positions: Sequence[int]) -> set[tuple[Kind | None, int]]:
    """What a decision takes for itself, by the positions of its changes: indexes of words, with its kind."""
    rows = zip(changes_of(decision), positions, strict=True)
    return {(decision.kind, n) for hunk, at in rows for n in range(at, at + max(1, hunk.last - hunk.first))}


def _stands(finder: Finder, text: Phrase, hunk: Hunk, done: bool, here: Around, at: int) -> bool:
    """Whether the words of a change, as heard or as wanted, stand at a position; of doubled ones, both."""
    first, last = (hunk.begin, hunk.end) if done else (hunk.first, hunk.last)
    until = at + last - first
    if not finder.same(at, text, first, last):
        return False
    if not done:
        return hunk.begin < hunk.end or not _is_doubled(text.keys[first:last], here) or finder.is_doubled(at, until)
    left = not hunk.left or _is_gap(finder.gap(at), text, first)
    return left and (not hunk.right or _is_gap(finder.gap(until), text, last))


def _is_doubled(words: list[str], here: Around) -> bool:
    size = len(words)
    return list(here.left[:size])[::-1] == words or list(here.right[:size]) == words


def _is_gap_there(
    finder: Finder, text: Phrase, hunk: Hunk, done: bool, here: Around, gone: Sequence[str], at: int
) -> bool:
    """Whether the gap of a change, or what words that are ``gone`` have left, stands before a position.

    One of its neighbours may have changed; where what is done has left mere space, neither.
    """
    there, kept = finder.gap(at), text.gaps[hunk.begin if done else hunk.first]
    same = _is_gap(there, text, hunk.begin if done else hunk.first)
    if not same and not (hunk.kind is Kind.WORDS and alike(there, kept)):
        return False
    if finder.neighbours(at, here) < (2 if done and not kept.strip() else 1):
        return False
    return not gone or not finder.still(at, gone, here)


def _is_gap(there: str, text: Phrase, index: int) -> bool:
    """Whether a gap is the one before text.words[index]; of the outermost only what was told is held against it."""
    if index == 0:
        return there.endswith(text.gaps[0])
    return there.startswith(text.gaps[index]) if index == len(text.words) else there == text.gaps[index]
