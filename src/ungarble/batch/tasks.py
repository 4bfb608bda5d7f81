"""What is to be done with each file, and what became of it: plain data that goes to the workers and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

CHANGED, UNCHANGED, FAILED, SKIPPED = "changed", "unchanged", "failed", "skipped"


class Before(NamedTuple):
    """What an earlier run did with a file by the same settings: hashes of what it read and of what it wrote."""

    input: str
    output: str


class Task(NamedTuple):
    """A file to clean."""

    number: int
    """Its place in the order of the input."""
    path: str
    key: str
    """Its path below the folder that the journal is kept for."""
    target: str | None
    """Where the result goes; None: nowhere."""
    cleaner: int
    """The number of its settings."""
    named: bool
    """Whether a person named it: what cannot be cleaned then is a failure, in a folder it is skipped."""
    before: Before | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a file."""

    number: int
    status: str
    reason: str | None = None
    words: int = 0
    seconds: float = 0.0
    stages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Fixes and suggestions of each stage."""
    warnings: tuple[str, ...] = ()
    input: str = ""
    output: str = ""
    """Hashes of what was read and of what is to be written."""
    staged: str | None = None
    """The temporary file that holds the result."""
    format: str | None = None
    corrections: str = ""
    """What the report has of them, packed; empty for a file that was not cleaned."""
    shown: bytes = b""
    """What goes to standard output."""
    kept: bool = False
    """Whether an earlier run had done it already."""
    unstable: bool = False
    """Whether cleaning the result again would change it (``--verify``)."""
    disk_full: bool = False

    @property
    def fixes(self) -> int:
        """How many corrections were made."""
        return sum(fixes for fixes, _ in self.stages.values())

    @property
    def suggestions(self) -> int:
        """How many corrections are suggested."""
        return sum(suggestions for _, suggestions in self.stages.values())
