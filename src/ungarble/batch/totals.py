"""What a batch came to, counted as it goes."""

from collections import Counter
from dataclasses import dataclass, field

from ungarble.batch.tasks import FAILED, SKIPPED, Outcome
from ungarble.files import FileError

INTERRUPTED, DISK_FULL = "interrupted", "disk full"


@dataclass(slots=True)
class Totals:
    """How many files came to what, and what was done in them."""

    status: Counter[str] = field(default_factory=Counter)
    """Files that were changed, unchanged, failed and skipped."""
    kept: int = 0
    """Files among them that an earlier run had done."""
    words: int = 0
    words_now: int = 0
    """Words cleaned in this run."""
    fixes: Counter[str] = field(default_factory=Counter)
    suggestions: Counter[str] = field(default_factory=Counter)
    """Corrections by stage."""
    unstable: int = 0
    decisions: tuple[int, int] | None = None
    """Decisions of people that are on files of the batch, and how many files; None where nobody asked for them."""
    failures: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Path and reason, by the file's number."""
    warnings: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    """Files by the reason for which they were skipped."""
    seconds: float = 0.0
    stopped: str | None = None
    """Why the batch ended early."""
    problem: FileError | None = None
    """Why a report could not be written."""

    @property
    def files(self) -> int:
        """Files of which it is known what became of them."""
        return self.status.total()

    @property
    def stages(self) -> dict[str, dict[str, int]]:
        """Fixes and suggestions by stage."""
        names = sorted(self.fixes.keys() | self.suggestions.keys())
        return {name: {"fixes": self.fixes[name], "suggestions": self.suggestions[name]} for name in names}

    def count(self, path: str, outcome: Outcome) -> None:
        """Add a file."""
        self.status[outcome.status] += 1
        self.kept += outcome.kept
        self.unstable += outcome.unstable
        self.words += outcome.words
        self.words_now += 0 if outcome.kept else outcome.words
        for stage, (fixes, suggestions) in outcome.stages.items():
            self.fixes[stage] += fixes
            self.suggestions[stage] += suggestions
        if outcome.warnings:
            self.warnings[outcome.number] = path, outcome.warnings
        if outcome.status == FAILED:
            self.failures[outcome.number] = path, outcome.reason or ""
        if outcome.status == SKIPPED:
            self.skipped[_kind(outcome.reason or "")] += 1

    def as_plain(self) -> dict[str, object]:
        """The totals in the report."""
        return {
            "files": self.files,
            "changed": self.status["changed"],
            "unchanged": self.status["unchanged"],
            "failed": self.status["failed"],
            "skipped": self.status["skipped"],
            "words": self.words,
            "fixes": self.fixes.total(),
            "suggestions": self.suggestions.total(),
            "seconds": round(self.seconds, 3),
            "stages": self.stages,
        }


def _kind(reason: str) -> str:
    """A reason without what is told of the single file."""
    return reason.partition(" (")[0].rpartition("line 1: ")[2].partition(":")[0]
