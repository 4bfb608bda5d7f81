"""Transcripts and references as files: pairs by their names."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ungarble import files
from ungarble.api import read_file
from ungarble.evaluation.items import EvaluationError, Item, Output, Unit, output_of, parsed
from ungarble.formats import ENDINGS
from ungarble.wording import some


def read_pairs(hypotheses: Path, references: Path) -> list[Item]:
    """Every transcript with its reference, in the order of their names. Two files are a pair whatever they are called.

    Files of folders are pairs when they have the same name, or the same but for the ending, in the same folder below.
    Raises EvaluationError where one has no partner, and UngarbleError for what cannot be read.
    """
    found = _paired(hypotheses, references, "--hyp", "--ref")
    return [_item(name, heard, said) for name, heard, said in found]


def read_cleaned(hypotheses: Path, cleaned: Path) -> dict[str, Output]:
    """The cleaned text of every transcript, by the transcript's name.

    A file may hold the cleaned transcript, in any format, or what ``ungarble clean --json`` printed for it.
    """
    return {name: _output(path) for name, _, path in _paired(hypotheses, cleaned, "--hyp", "--cleaned")}


def report_in(data: bytes) -> Mapping[str, Any] | None:
    """The report that ``clean --json`` printed; None where these bytes are something else."""
    if not data.lstrip().startswith(b"{"):
        return None
    try:
        found = parsed(data)
    except ValueError:
        return None
    return found if isinstance(found, dict) and {"source_text", "text", "corrections"} <= found.keys() else None


def _item(name: str, heard: Path, said: Path) -> Item:
    unit = Unit(name, read_file(heard), read_file(said).document.text)
    return Item(name, (unit,))


def _output(path: Path) -> Output:
    report = report_in(files.read(path))
    if report is None:
        return Output(read_file(path).document.text)
    try:
        return output_of(report)
    except ValueError as error:
        raise EvaluationError(f"{path} is not what ungarble clean --json prints: {error}") from None


def _paired(one: Path, other: Path, flag: str, other_flag: str) -> list[tuple[str, Path, Path]]:
    """Name, and both files, of every pair."""
    for path, name in ((one, flag), (other, other_flag)):
        if not path.exists():
            raise EvaluationError(f"{name} {path}: there is no such file or folder")
    if one.is_dir() != other.is_dir():
        folder, file = (flag, other_flag) if one.is_dir() else (other_flag, flag)
        raise EvaluationError(f"{folder} is a folder and {file} is a file; name two files or two folders")
    if not one.is_dir():
        return [(one.name, one, other)]
    ours, theirs = _files(one, flag), _files(other, other_flag)
    pairs = {name: _partner(name, theirs) for name in ours}
    lonely = [name for name, partner in pairs.items() if partner is None]
    taken = list(pairs.values())
    left = [name for name in theirs if name not in taken]
    if lonely:
        raise EvaluationError(f"{other_flag} {other} has no file for {some(lonely)}")
    if left:
        raise EvaluationError(f"{flag} {one} has no file for {some(left)}")
    if len(set(taken)) < len(taken):
        doubled = next(name for name in theirs if taken.count(name) > 1)
        raise EvaluationError(f"{flag} {one} has several files for {doubled}")
    return [(name, ours[name], theirs[partner]) for name, partner in pairs.items() if partner is not None]


def _files(folder: Path, flag: str) -> dict[str, Path]:
    """The transcripts of a folder and those below, by their paths in it; hidden ones are left out."""
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.suffix.lower() in ENDINGS:
                found[path.relative_to(folder).as_posix()] = path
    if not found:
        raise EvaluationError(f"{flag} {folder} has no transcripts; known formats: {', '.join(sorted(ENDINGS))}")
    return dict(sorted(found.items()))


def _partner(name: str, others: Mapping[str, Path]) -> str | None:
    if name in others:
        return name
    alike = [other for other in others if _stem(other) == _stem(name)]
    if len(alike) > 1:
        raise EvaluationError(f"several files belong to {name}: {some(alike)}")
    return alike[0] if alike else None


def _stem(name: str) -> str:
    return str(Path(name).with_suffix(""))
