"""Carrying decisions out: with a cleaning, or with nothing else; and telling what became of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ungarble import files, formats
from ungarble.correction import Correction, resolve
from ungarble.formats import Source
from ungarble.rendering import render
from ungarble.review.decisions import Decision
from ungarble.review.decisions_file import DecisionsFile
from ungarble.review.matching import Placed, place

if TYPE_CHECKING:
    from ungarble.api import Cleaned, Cleaner

_MOST_LINES = 8
"""Lines that are told by number."""


class Followed(NamedTuple):
    """A transcript cleaned with decisions, and what became of these; the warnings are among the cleaned one's."""

    cleaned: "Cleaned"
    placed: Placed


class Applied(NamedTuple):
    """A transcript's file in which nothing but decisions was carried out, and what became of these."""

    data: bytes
    text: str
    placed: Placed
    warnings: tuple[str, ...]


def load(path: Path) -> DecisionsFile:
    """Read a decisions file that has to exist. Raises DecisionsError and FileError."""
    if not path.exists():
        files.read(path)
    return DecisionsFile(path)


def follow(cleaner: "Cleaner", source: Source, said: DecisionsFile, name: str | None = None) -> Followed:
    """Clean a transcript with the decisions on it in a file. What they say is followed to the letter.

    ``name`` is what the transcript is called in the file, where that is known.
    """
    name = said.name_of(source.document.path) if name is None else name
    placed = place(source.document, said.named(name))
    cleaned = cleaner.clean(source, rulings=placed.rulings)
    warnings = (*cleaned.warnings, *_warnings(source, said, name, placed, {c.id for c in cleaned.applied}))
    return Followed(replace(cleaned, warnings=warnings), placed)


def apply(source: Source, said: DecisionsFile) -> Applied:
    """Write what was accepted and typed into a transcript, and nothing else."""
    name = said.name_of(source.document.path)
    placed = place(source.document, said.named(name))
    wanted = [c for c in placed.rulings.wanted if _fits(c, source)]
    made = resolve(wanted, dict.fromkeys((c.id for c in wanted), True)).applied
    rendering = render(source.document.text, made)
    warnings = _warnings(source, said, name, placed, {owner for owner, _ in rendering.edits})
    return Applied(formats.write(source, rendering), rendering.text, placed, tuple(warnings))


def told(placed: Placed) -> str:
    """How many decisions were followed, in a few words."""
    held = {held.decision for held in placed.held}
    counts = ((len(held), "applied"), (len(placed.fulfilled), "done before"), (len(placed.stale), "stale"))
    parts = [f"{count} {what}" for count, what in counts if count]
    return f"decisions: {', '.join(parts)}" if parts else "no decisions"


def _fits(correction: Correction, source: Source) -> bool:
    return all(source.encoding.holds(edit.replacement) for edit in correction.edits)


def _warnings(source: Source, said: DecisionsFile, name: str, placed: Placed, made: Collection[str]) -> Iterable[str]:
    """What a person has to know: decisions that were not followed, by their lines."""
    on_lines = partial(_on_lines, said, name)
    if not (placed.held or placed.fulfilled or placed.stale):
        yield f"{said.path} has no decisions on it{_others(said)}"
    if placed.stale:
        yield f"{on_lines(placed.stale, 'fits no longer', 'fit no longer')}: not followed, to be asked again"
    lost = [held.decision for held in placed.held if held.correction and held.correction.id not in made]
    foreign = [held.decision for held in placed.held if held.correction and not _fits(held.correction, source)]
    lost = [decision for decision in lost if decision not in foreign]
    if foreign:
        how = f"the file's encoding ({source.encoding.codec}) has no such letters"
        yield f"{on_lines(foreign, 'was not followed', 'were not followed')}: {how}"
    if lost:
        yield f"{on_lines(lost, 'was not followed', 'were not followed')}: another is on the same words"


def _others(said: DecisionsFile) -> str:
    names = said.transcripts
    return f", only on {', '.join(names[:3])}{', …' if len(names) > 3 else ''}" if names else ""


def _on_lines(said: DecisionsFile, name: str, decisions: Sequence[Decision], one: str, many: str) -> str:
    lines = [str(line) for line in said.lines(name, decisions)]
    shown = ", ".join(lines[:_MOST_LINES]) + (", …" if len(lines) > _MOST_LINES else "")
    count = len(decisions)
    what = f"{count} decision{'s' if count > 1 else ''} ({said.path}, line{'s' if len(lines) > 1 else ''} {shown})"
    return f"{what} {many if count > 1 else one}"
