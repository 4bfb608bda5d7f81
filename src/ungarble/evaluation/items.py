"""What is evaluated: texts that were heard, and what was said in each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ungarble.errors import UngarbleError
from ungarble.formats import Source
from ungarble.metrics.names import Mention


class EvaluationError(UngarbleError):
    """Files that cannot be evaluated together; the message says why, and the way out."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class DatasetError(UngarbleError):
    """A line of a set of documents, or of cleaned texts, that cannot be used."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(path, line, problem)
        self.path, self.line, self.problem = path, line, problem

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A text that was heard, and what was said: a whole transcript, or a paragraph of one."""

    id: str
    heard: Source
    said: str
    mentions: tuple[Mention, ...] | None = None
    """The names in ``said``; None where they are not given, and have to be found."""
    is_right: bool = False
    """Whether what was heard is what was said: then every change is harm."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document: its units, and names that are known of it beforehand."""

    id: str
    units: tuple[Unit, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A cleaned text, and its corrections as ``ungarble clean --json`` tells them; none where they are not known."""

    text: str
    corrections: Sequence[Mapping[str, Any]] = ()


def parsed(data: str | bytes) -> Any:  # noqa: ANN401 - whatever stands there
    """What JSON holds. Raises ValueError, also where it is nested too deeply."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def output_of(row: Mapping[str, Any]) -> Output:
    """A cleaned text as somebody's file tells it. Raises ValueError, which says what is missing."""
    if not isinstance(row.get("text"), str):
        raise ValueError("it has no cleaned text")
    corrections = row.get("corrections") or ()
    if corrections and not (isinstance(corrections, list) and all(map(_is_correction, corrections))):
        raise ValueError("its corrections are not as ungarble clean --json tells them")
    return Output(row["text"], corrections)


_CORRECTION = {"corrector": str, "confidence": int | float, "applied": bool, "edits": list}
_EDIT = {"start": int, "end": int, "original": str, "replacement": str}


def _is_correction(row: object) -> bool:
    """Whether a correction has what is looked at."""
    if not (_has(row, _CORRECTION) and isinstance(row, dict) and 0 <= row["confidence"] <= 1):
        return False
    others = row.get("alternatives", [])
    are_texts = isinstance(others, list) and all(isinstance(other, str) for other in others)
    return are_texts and isinstance(row.get("reason", ""), str) and all(_has(edit, _EDIT) for edit in row["edits"])


def _has(row: object, kinds: Mapping[str, Any]) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(name), kind) for name, kind in kinds.items())
