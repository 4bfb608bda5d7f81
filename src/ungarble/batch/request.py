"""What a person asked of a batch, and who looks on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ungarble.batch.selection import Wanted
from ungarble.batch.showing import Showing
from ungarble.batch.totals import Totals
from ungarble.config import Choices


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for."""

    wanted: Wanted
    chosen: Callable[[str], Choices]
    """The settings that hold in a folder."""
    output: str | None = None
    in_place: bool = False
    backup: str | None = None
    jobs: int = 1
    timeout: float | None = None
    resume: bool = False
    force: bool = False
    verify: bool = False
    across: bool = False
    format: str | None = None
    to: str | None = None
    dedupe_captions: bool = False
    decisions: str | None = None
    """The file with what people decided."""
    reports: tuple[str, ...] = ()
    showing: Showing = field(default_factory=Showing)

    @property
    def writes(self) -> bool:
        """Whether any transcript is written."""
        return bool(self.output) or self.in_place

    @property
    def how(self) -> dict[str, object]:
        """What a result depends on besides the file and the settings that hold for it."""
        return {"format": self.format, "to": self.to, "dedupe_captions": self.dedupe_captions}


class Watch(Protocol):
    """The one who looks on, and prints."""

    def begin(self, what: str, files: int) -> None:
        """Something begins that goes through so many files: ``LISTENING``, ``CLEANING`` or ``COMPARING``."""
        ...

    def done(self, totals: Totals) -> None:
        """A file is done."""
        ...

    def tick(self) -> None:
        """Time has passed, a tenth of a second at most."""
        ...

    def show(self, data: bytes) -> None:
        """What is to be printed of the next file, in the order of the input."""
        ...


LISTENING, CLEANING, COMPARING = "looking for names", "cleaning", "comparing"
