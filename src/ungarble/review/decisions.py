"""A decision: what a person said about some words, remembered by these and by the words around them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ungarble.correction import Kind
from ungarble.review.changes import kind_of_change, phrase


class Verdict(StrEnum):
    """What was decided."""

    ACCEPT = "accept"
    """The words become what was proposed for them."""
    TYPED = "typed"
    """They become what the person typed."""
    REJECT = "reject"
    """They stay as they are; ``wanted`` is what was turned down."""
    ALL = "all"
    """The same words become the same wherever they stand in this transcript."""
    NEVER = "never"
    """The same words stay as they are wherever they stand in this transcript."""
    UNDONE = "undone"
    """The same decision, made before, holds no more. Only in files."""


WRITING = frozenset({Verdict.ACCEPT, Verdict.TYPED, Verdict.ALL})
"""Verdicts by which something is written."""

OF_FORM = frozenset({Verdict.ALL, Verdict.NEVER})
"""Verdicts on a form wherever it stands; the others are on one place."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was said about the words ``heard``, as they stood in the transcript before anything was corrected.

    ``before`` and ``after`` are the words around them, as many as it takes to tell the place; a form has none. Where
    several places in the transcript are alike even so, this one is ``which`` ``of`` them; 0 of 0 is on a form. All
    texts are on one line: where the transcript has a line break they have a space.
    """

    verdict: Verdict
    heard: str
    wanted: str
    before: str = ""
    after: str = ""
    which: int = 1
    of: int = 1
    stage: str = ""
    """The stage that proposed it, or what the person replaced."""

    @property
    def writes(self) -> bool:
        """Whether something is written by it."""
        return self.verdict in WRITING

    @property
    def is_of_form(self) -> bool:
        """Whether it is on the words wherever they stand."""
        return self.verdict in OF_FORM or not self.of

    @property
    def kind(self) -> Kind | None:
        """What kind of change was meant; None where it does not say."""
        said = self.wanted or self.writes or self.verdict is Verdict.UNDONE
        return kind_of_change(self.heard, self.wanted) if said else None

    @property
    def place(self) -> tuple[object, ...]:
        """What two decisions on one place have in common."""
        if self.is_of_form:
            return (form_of(self),)
        left, right = tuple(surroundings(self.before)), tuple(surroundings(self.after))
        return (self.heard, left, right, self.which, self.of)

    def contradicts(self, other: "Decision") -> bool:
        """Whether the two cannot both hold: the later one replaces the other.

        What is written in one place cannot be two things. What is turned down is only a change of the same kind.
        """
        if Verdict.UNDONE in (self.verdict, other.verdict):
            return False
        if self.place != other.place or self.is_of_form is not other.is_of_form:
            return False
        if self.writes and other.writes:
            return True
        return self.kind == other.kind or None in (self.kind, other.kind)

    def takes_back(self, other: "Decision") -> bool:
        """Whether this one says that the other holds no more."""
        return self == other.undone()

    def undone(self) -> "Decision":
        """The line that says that this one holds no more."""
        if self.is_of_form:
            return replace(self, verdict=Verdict.UNDONE, which=0, of=0)
        return replace(self, verdict=Verdict.UNDONE)

    def agrees(self, other: "Decision") -> bool:
        """Whether both lead to the same text, of two that are on one place."""
        if self.writes is not other.writes:
            return False
        return not self.writes or self.wanted == other.wanted


def form_of(decision: Decision) -> str:
    """The form that a decision is on: the same in capitals or not, unless capitals are what it is about."""
    return decision.heard if decision.kind is Kind.CASE else decision.heard.casefold()


def surroundings(text: str) -> list[str]:
    """The words of a context, as they are compared: in small letters, without marks."""
    return phrase(text).keys


def latest(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that hold, of decisions in the order in which they were made: a later one replaces what contradicts it."""
    standing: dict[tuple[object, ...], list[Decision]] = {}
    for decision in decisions:
        here = standing.setdefault(decision.place, [])
        if decision.verdict is Verdict.UNDONE:
            here[:] = [before for before in here if not decision.takes_back(before)]
        else:
            here[:] = [before for before in here if not decision.contradicts(before)]
            here.append(decision)
    return [decision for here in standing.values() for decision in here]
