"""Mentions of names in the reference: right as heard, right after cleaning, made right, made wrong."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from ungarble.metrics.alignment import Aligned
from ungarble.metrics.counts import Counts
from ungarble.metrics.reading import without_possessive

ALL, ATTENDEES = "all", "attendees"

NO_KIND = "name"
"""What names are called whose kind is not told."""

MOST_PULLED_IN = 3
"""Words without a counterpart, on either side of a mention, that may belong to how it was heard."""


class Mention(NamedTuple):
    """A name where it was said: characters of the reference, its kind ("" for none), whether it is an attendee's."""

    start: int
    end: int
    kind: str = ""
    is_attendee: bool = False


class Outcome(NamedTuple):
    """What became of a mention: words of the reference first to last, and of the texts before and after."""

    mention: Mention
    first: int
    last: int
    heard: list[int]
    written: list[int]
    right_before: bool
    """Word for word, possessives apart."""
    right_after: bool
    misheard: bool
    """Wrong before, also when spaces within it do not count."""

    @property
    def made_right(self) -> bool:
        """Whether a misheard one is right now."""
        return self.misheard and self.right_after

    @property
    def made_wrong(self) -> bool:
        """Whether a right one is wrong now."""
        return self.right_before and not self.right_after


def outcomes(before: Aligned, after: Aligned, mentions: Iterable[Mention]) -> list[Outcome]:
    """What became of mentions; those without a word of the reference are left out."""
    found = []
    for mention in mentions:
        words = before.reference.within(mention.start, mention.end)
        if words:
            found.append(_outcome(before, after, mention, words[0], words[-1] + 1))
    return found


def name_counts(found: Iterable[Outcome]) -> Counts:
    """Count outcomes: all of them, those of attendees, and by kind."""
    counts: Counts = Counter()
    for outcome in found:
        groups = [("names", ALL), ("kind", outcome.mention.kind or NO_KIND)]
        groups += [("names", ATTENDEES)] if outcome.mention.is_attendee else []
        facts = {
            "total": True,
            "right before": outcome.right_before,
            "right after": outcome.right_after,
            "misheard": outcome.misheard,
            "made right": outcome.made_right,
            "made wrong": outcome.made_wrong,
        }
        counts.update((*group, fact) for group in groups for fact, holds in facts.items() if holds)
    return counts


def _outcome(before: Aligned, after: Aligned, mention: Mention, first: int, last: int) -> Outcome:
    target = [without_possessive(word) for word in before.reference.words[first:last]]
    heard, written = _standing_for(before, first, last), _standing_for(after, first, last)
    old = [without_possessive(before.other.words[n]) for n in heard]
    new = [without_possessive(after.other.words[n]) for n in written]
    misheard = "".join(old) != "".join(target)
    return Outcome(mention, first, last, heard, written, old == target, new == target, misheard)


def _standing_for(pair: Aligned, first: int, last: int) -> list[int]:
    """The words that stand for reference words[first:last], with neighbours that stand for none where that is liker."""
    inside: list[int] = []
    for number in range(first, last):
        there = pair.counterpart[number]
        inside += [] if there is None else [there]
        inside += pair.inserted.get(number, []) if number < last - 1 else []
    target = "".join(pair.reference.words[first:last])
    best, likeness = inside, _likeness(pair, inside, target) if inside else -1.0
    if likeness == 100:
        return sorted(best)
    left = pair.inserted.get(first - 1, [])[-MOST_PULLED_IN:]
    right = pair.inserted.get(last - 1, [])[:MOST_PULLED_IN]
    for before in range(len(left) + 1):
        for behind in range(len(right) + 1):
            wider = left[len(left) - before :] + inside + right[:behind]
            if wider and _likeness(pair, wider, target) > likeness + 1e-9:
                best, likeness = wider, _likeness(pair, wider, target)
    return sorted(best)


def _likeness(pair: Aligned, words: list[int], target: str) -> float:
    return fuzz.ratio("".join(pair.other.words[n] for n in words), target)
