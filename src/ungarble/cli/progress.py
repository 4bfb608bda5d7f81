"""How far a batch is: a bar on a terminal, a line now and then in a pipe, nothing if nothing is wanted."""

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from ungarble import files
from ungarble.cli.totals import duration

if TYPE_CHECKING:
    from ungarble.batch.totals import Totals

LINE_EVERY = 10.0
"""Seconds between two lines in a pipe."""


class Quiet:
    """Prints only what was asked for, to standard output."""

    def __init__(self, stops_with_output: bool) -> None:
        self._stops_with_output = stops_with_output
        self._is_read = True

    def begin(self, what: str, files: int) -> None:
        """Say nothing."""

    def done(self, totals: "Totals") -> None:
        """Say nothing."""

    def tick(self) -> None:
        """Say nothing."""

    def show(self, data: bytes) -> None:
        """Print; when whoever read it has gone, only a batch that writes files goes on."""
        if not self._is_read:
            return
        try:
            files.write_standard_output(data)
        except BrokenPipeError:
            self._is_read = False
            if self._stops_with_output:
                raise

    def close(self) -> None:
        """Leave nothing on the screen."""


class Lines(Quiet):
    """A line on standard error, at most every ten seconds."""

    def __init__(self, stops_with_output: bool) -> None:
        super().__init__(stops_with_output)
        self._pace = Pace("", 0)
        self._told = monotonic()

    def begin(self, what: str, files: int) -> None:
        """Something begins that goes through so many files."""
        self._pace = Pace(what, files)

    def done(self, totals: "Totals") -> None:
        """Count a file, and tell how far it is if it was not told lately."""
        self._pace.count(totals)
        if monotonic() - self._told >= LINE_EVERY:
            self._told = monotonic()
            click.echo(f"{self._pace.what}: {self._pace}", err=True)


class Bar(Quiet):
    """A bar on standard error that moves."""

    def __init__(self, stops_with_output: bool) -> None:
        super().__init__(stops_with_output)
        self._pace = Pace("", 0)
        self._bar, self._task = _bar(), None

    def begin(self, what: str, files: int) -> None:
        """Something begins that goes through so many files."""
        self._pace = Pace(what, files)
        self._bar.start()
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(what, total=files, pace="")

    def done(self, totals: "Totals") -> None:
        """Count a file."""
        self._pace.count(totals)
        self._bar.update(self._task, completed=self._pace.done, pace=str(self._pace))

    def tick(self) -> None:
        """Draw it again."""
        self._bar.refresh()

    def show(self, data: bytes) -> None:
        """Print above the bar, which is drawn again below."""
        self._bar.stop()
        super().show(data)
        self._bar.start()

    def close(self) -> None:
        """Take the bar off the screen."""
        self._bar.stop()


class Pace:
    """How many files are done, how fast words go by, and how long the rest will take."""

    def __init__(self, what: str, files: int) -> None:
        self.what, self.files = what, files
        self.done = 0
        self._failed = self._words = 0
        self._began = monotonic()

    def count(self, totals: "Totals") -> None:
        """Add a file."""
        self.done += 1
        self._failed, self._words = totals.status["failed"], totals.words_now

    def __str__(self) -> str:
        seconds = monotonic() - self._began
        parts = [f"{self.done:,} of {self.files:,} files"]
        if self._words and seconds > 1:
            parts.append(f"{self._words / seconds:,.0f} words/s")
        if self.done and seconds > 2 and self.done < self.files:
            parts.append(f"{duration(round(seconds / self.done * (self.files - self.done)))} left")
        if self._failed:
            parts.append(f"{self._failed:,} failed")
        return " · ".join(parts)


def watcher(quiet: bool, stops_with_output: bool) -> Quiet:
    """The one who looks on, for the standard error that there is."""
    if quiet or sys.stderr is None:
        return Quiet(stops_with_output)
    moves = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return (Bar if moves else Lines)(stops_with_output)


def _bar() -> Any:  # noqa: ANN401 - rich is imported only here
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[pace]}", markup=False),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
