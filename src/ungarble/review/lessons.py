"""What decisions teach: a name and what it is heard as, a form to keep; and where they contradict each other."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from ungarble.correction import Kind
from ungarble.language.lexicon import Lexicon
from ungarble.names.heard import STRANGE_PER_MILLION
from ungarble.review.changes import phrase
from ungarble.review.decisions import Decision, Verdict

NAMES = "names"
"""The stage whose accepted corrections teach names."""

MOST_WORDS = 6
"""A longer text that somebody typed is no name."""

_APOSTROPHES = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A name to recognise: how it is written, what it names, what it was heard as, and words that speak for it."""

    name: str
    heard: str = ""
    kind: str = ""
    context: tuple[str, ...] = ()
    is_sure: bool = True
    """Whether it is surely a name; somebody who typed it may have meant something else."""


class Disagreement(NamedTuple):
    """Decisions that do not go together: the words heard, and what became of them."""

    heard: str
    became: tuple[str, ...]

    def __str__(self) -> str:
        return f"“{self.heard}” {' and '.join(self.became)}; decide which, or say it in the gazetteer yourself"


class Lessons(NamedTuple):
    """What decisions teach together: names, words to keep, and what they do not agree about."""

    names: tuple[Lesson, ...]
    keep: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]


def lessons(decisions: Iterable[Decision], lexicon: Lexicon) -> Lessons:
    """Take together what decisions teach; each form is either a name, or to be kept, or a disagreement."""
    by_form: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_words = decision.kind is Kind.WORDS or (decision.stage == NAMES and decision.writes)
        if by_words or (decision.verdict is Verdict.NEVER and decision.kind is not Kind.GAP):
            by_form[_heard(decision).casefold()].append(decision)
    names: dict[Lesson, None] = {}
    keep, disagreements = [], []
    for _, row in sorted(by_form.items()):
        teaching = [decision for decision in row if _teaches(decision)]
        never = [decision for decision in row if decision.verdict is Verdict.NEVER]
        written = {lesson.name: lesson for lesson in map(lesson_of, sorted(teaching, key=_heard))}
        against = [decision for decision in row if _refuses(decision, written)]
        if len(written) + bool(never or against) > 1:
            disagreements.append(_disagreement(row, written, bool(never), bool(against)))
        elif written:
            (lesson,) = written.values()
            sure = any(decision.stage == NAMES for decision in teaching) or looks_like_name(lesson.name, lexicon)
            names[replace(lesson, is_sure=sure)] = None
        elif never:
            keep.append(min(_heard(decision) for decision in never))
    return Lessons(tuple(names), tuple(keep), tuple(disagreements))


def lesson_of(decision: Decision) -> Lesson:
    """The name that a decision teaches, and what it was heard as: without words beside it that stayed the same."""
    heard, name = _taught(decision)
    return Lesson(name, heard if phrase(heard).keys != phrase(name).keys else "")


def looks_like_name(text: str, lexicon: Lexicon) -> bool:
    """Whether what somebody typed may be taken for a name: it has capitals, and is no row of everyday words."""
    words = phrase(text).words
    if not 1 <= len(words) <= MOST_WORDS or not (_has_capital(words[0].form) and _has_capital(words[-1].form)):
        return False
    return any(not lexicon.is_ordinary(word.key, STRANGE_PER_MILLION) or lexicon.is_name(word.key) for word in words)


def _teaches(decision: Decision) -> bool:
    if not decision.writes or not phrase(decision.wanted).words:
        return False
    return decision.stage in (NAMES, "") or decision.verdict is Verdict.TYPED


def _refuses(decision: Decision, names: Container[str]) -> bool:
    """Whether one of the names was turned down in one place."""
    return decision.verdict is Verdict.REJECT and _taught(decision)[1] in names


def _heard(decision: Decision) -> str:
    """The form that a decision is on: where it is never to be changed, all of its words."""
    if decision.verdict is Verdict.NEVER:
        heard = phrase(decision.heard)
        return heard.part(0, len(heard.words))
    return _taught(decision)[0]


def _taught(decision: Decision) -> tuple[str, str]:
    """What was heard and what it is, without the words in small letters at both ends that are the same, and marks."""
    heard, wanted = phrase(decision.heard), phrase(decision.wanted)
    first, last = 0, min(len(heard.forms), len(wanted.forms))
    while first < last - 1 and heard.forms[first] == wanted.forms[first] and heard.forms[first].islower():
        first += 1
    end = 0
    while end < last - first - 1 and _is_same_small(heard.forms[-1 - end], wanted.forms[-1 - end]):
        end += 1
    was, is_ = heard.part(first, len(heard.forms) - end), wanted.part(first, len(wanted.forms) - end)
    for tail in _APOSTROPHES:
        if was.endswith(tail) and is_.endswith(tail):
            return was[: -len(tail)], is_[: -len(tail)]
    return was, is_


def _is_same_small(heard: str, wanted: str) -> bool:
    return heard == wanted and heard.islower()


def _has_capital(form: str) -> bool:
    return any(letter.isupper() or letter.isdigit() for letter in form)


def _disagreement(row: Iterable[Decision], written: Iterable[str], never: bool, against: bool) -> Disagreement:
    became: Iterator[str] = (f"became “{name}”" for name in sorted(written))
    more = ["is never to be changed"] * never + ["was turned down elsewhere"] * against
    return Disagreement(min(map(_heard, row)), (*became, *more))
