"""Two people's decisions, or more, made one: what they agree on, and what they do not, which is not guessed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ungarble.review.decisions import Decision, Verdict, latest
from ungarble.review.decisions_lines import order

Named = tuple[str, Decision]
"""A decision with the name of its transcript."""


class Conflict(NamedTuple):
    """A place about which they do not agree: the transcript, and each file's decision with the file's name."""

    transcript: str
    said: tuple[tuple[str, Decision], ...]

    def __str__(self) -> str:
        first = self.said[0][1]
        where = f" ({first.before} _ {first.after})" if first.before or first.after else ""
        which = f", the {first.which}. of {first.of}" if first.of > 1 else ""
        answers = "; ".join(f"{file}: {_told(decision)}" for file, decision in self.said)
        return f"{self.transcript}: “{first.heard}”{where}{which}: {answers}"


def merge(files: Mapping[str, Iterable[Named]]) -> tuple[list[Named], list[Conflict]]:
    """All decisions on whose places no two files disagree, each once; and the conflicts.

    The result does not hang on the order of the files. Transcripts are the same where they are called the same.
    """
    groups: dict[tuple[str, tuple[object, ...]], list[tuple[str, Decision]]] = {}
    for file, rows in files.items():
        for transcript, decision in _latest(rows):
            groups.setdefault((transcript, decision.place), []).append((file, decision))
    agreed: list[Named] = []
    conflicts: list[Conflict] = []
    for (transcript, _), said in groups.items():
        against = [one for one in said if any(_disagree(one[1], other) for _, other in said)]
        if against:
            conflicts.append(Conflict(transcript, tuple(sorted(against, key=lambda row: (row[0], _rank(row[1]))))))
        kept = (decision for file, decision in said if (file, decision) not in against)
        agreed += ((transcript, decision) for decision in _once(kept))
    return sorted(agreed, key=lambda row: (row[0], order(row[1]))), sorted(conflicts, key=str)


def _latest(rows: Iterable[Named]) -> list[Named]:
    by_transcript: dict[str, list[Decision]] = {}
    for transcript, decision in rows:
        by_transcript.setdefault(transcript, []).append(decision)
    return [(name, decision) for name, row in by_transcript.items() for decision in latest(row)]


def _disagree(one: Decision, other: Decision) -> bool:
    return one.contradicts(other) and not one.agrees(other)


def _once(decisions: Iterable[Decision]) -> Sequence[Decision]:
    """Of decisions that say the same the first in rank, so that it does not matter who made it."""
    kept: list[Decision] = []
    for decision in sorted(decisions, key=_rank):
        if not any(decision.contradicts(other) for other in kept):
            kept.append(decision)
    return kept


def _rank(decision: Decision) -> tuple[int, tuple[object, ...]]:
    return list(Verdict).index(decision.verdict), order(decision)


def _told(decision: Decision) -> str:
    if not decision.writes:
        return "stays as it is"
    return f"becomes “{decision.wanted}”" if decision.wanted else "is taken out"
