r"""The decisions file: a line a decision, of one transcript or several, that people can read and git can merge.

The first line has the version, the second names the columns; they are parted by tabs. Lines are only added while
somebody decides, each on the disk before the next question; ``tidy`` puts them in an order that hangs on nothing else,
without those that later ones replaced. A last line without its end, as a power cut may leave it, counts for nothing.

A backslash begins what cannot be written as it is: ``\t``, ``\n``, ``\\``, and every character that a terminal would
obey, or that looks like another, by its number.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ungarble.errors import TableError
from ungarble.review.decisions import OF_FORM, Decision, Verdict, latest

VERSION = 1

EVERYWHERE = "*"
"""Stands for which of the places, where a decision is on all of them."""

COLUMNS = ("transcript", "decision", "heard", "becomes", "before", "after", "which", "stage")

_LEAST_COLUMNS = 4

_TITLE = "# ungarble decisions, version "
HEADER = f"{_TITLE}{VERSION}\n" + "\t".join(COLUMNS) + "\n"
_UNSAFE = re.compile(
    r"[\x00-\x1f\\\x7f-\xa0\xad\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]"
    r"|[\U000e0000-\U000e007f]|\A#|\A | \Z"
)
_ESCAPE = re.compile(r"\\(?:([tnr\\])|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.?))", re.DOTALL)
_SHORT = {"\t": "t", "\n": "n", "\r": "r", "\\": "\\"}
_LONG = {short: character for character, short in _SHORT.items()}
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class DecisionsError(TableError):
    """A decisions file that cannot be understood: the file, the line, and what is wrong."""


class Row(NamedTuple):
    """A decision as it stands in a file: its line, counted from 1, and the transcript that it is on."""

    line: int
    transcript: str
    decision: Decision


def to_text(decisions: Iterable[tuple[str, Decision]], remarks: Iterable[str] = ()) -> str:
    """A whole decisions file: of each transcript the decisions that hold, in an order that hangs on them alone."""
    by_transcript: dict[str, list[Decision]] = {}
    for transcript, decision in decisions:
        by_transcript.setdefault(transcript, []).append(decision)
    rows = sorted((name, order(one), one) for name, all_ in by_transcript.items() for one in set(latest(all_)))
    notes = "".join(f"{remark}\n" for remark in remarks)
    return HEADER + notes + "".join(to_line(name, decision) for name, _, decision in rows)


def order(decision: Decision) -> tuple[str, ...]:
    """By what decisions are put in order: the same words together."""
    place = (decision.before, decision.after, f"{decision.which:06d}", f"{decision.of:06d}")
    return (decision.heard.casefold(), decision.heard, *place, decision.wanted, decision.verdict, decision.stage)


def to_line(transcript: str, decision: Decision) -> str:
    r"""A decision as a line of a file.

    >>> to_line("talk.txt", Decision(Verdict.REJECT, "a\u00a0past", "Pask", "in", "he", stage="names"))
    'talk.txt\treject\ta\\xa0past\tPask\tin\the\t1/1\tnames\n'
    """
    said = (decision.verdict, decision.heard, decision.wanted, decision.before, decision.after)
    which = EVERYWHERE if decision.is_of_form else f"{decision.which}/{decision.of}"
    cells = (transcript, *said, which, decision.stage)
    return "\t".join(map(to_cell, cells)) + "\n"


def to_cell(text: str) -> str:
    """A text as it stands in a column: with escapes for what a terminal would obey, or the eye not see."""
    return _UNSAFE.sub(lambda match: _escaped(match[0]), text)


def from_cell(cell: str) -> str:
    """The text that stands in a column. Raises ValueError for an escape that is none."""

    def character(match: re.Match[str]) -> str:
        if match[1]:
            return _LONG[match[1]]
        if match[5] is not None:
            raise ValueError(f"“\\{match[5]}” is no escape; a backslash is written twice")
        return chr(int(match[2] or match[3] or match[4], 16))

    return _ESCAPE.sub(character, cell)


def rows_of(path: Path, data: bytes) -> list[Row]:
    """The lines of a file, in its order. Raises DecisionsError, which names ``path`` and the line."""
    lines = _lines(path, data)
    if lines:
        _check_head(path, lines)
    rows = []
    for number, line in enumerate(lines[:-1], start=1):
        if number > 2 and line.strip() and not line.startswith("#"):
            try:
                rows.append(Row(number, *_parsed(line)))
            except ValueError as error:
                raise DecisionsError(str(path), number, str(error)) from None
    if len(lines) > 3 and is_whole(lines[-1].encode(errors="replace")):
        rows.append(Row(len(lines), *_parsed(lines[-1])))
    return rows


def is_whole(line: bytes) -> bool:
    """Whether a line without its end, the last of a file, has all else: it may have been torn off anywhere."""
    try:
        return line.count(b"\t") == len(COLUMNS) - 1 and bool(_parsed(line.decode()))
    except ValueError:
        return False


def _escaped(character: str) -> str:
    if character in _SHORT:
        return "\\" + _SHORT[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _lines(path: Path, data: bytes) -> list[str]:
    """The lines of a file, the last of which is empty where all have their ends."""
    whole, _, rest = data.rpartition(b"\n")
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = whole[: error.start].count(b"\n") + 1
        raise DecisionsError(str(path), line, "not UTF-8; save the file as UTF-8") from None
    if not whole:
        return [] if HEADER.encode().startswith(rest) else [rest.decode(errors="replace"), ""]
    return [line.removesuffix("\r") for line in text.split("\n")] + [rest.decode(errors="replace")]


def _check_head(path: Path, lines: list[str]) -> None:
    version = lines[0].removeprefix(_TITLE)
    if version == lines[0]:
        raise DecisionsError(str(path), 1, f"no decisions file; the first line of one is “{_TITLE}{VERSION}”")
    if version.strip() != str(VERSION):
        raise DecisionsError(str(path), 1, f"version {version.strip()} is not known; a later ungarble wrote it: update")
    if len(lines) > 2 and lines[1].split("\t") != list(COLUMNS):
        raise DecisionsError(str(path), 2, f"the columns are to be {', '.join(COLUMNS)}")


def _parsed(line: str) -> tuple[str, Decision]:
    """A line's transcript and decision; columns at its end may be missing. Raises ValueError."""
    if line.startswith(_CONFLICT):
        raise ValueError(
            "a mark of git's, where two people's lines met; keep the lines of both, and take the marks out"
        )
    cells = [from_cell(cell) for cell in line.split("\t")]
    if not _LEAST_COLUMNS <= len(cells) <= len(COLUMNS):
        raise ValueError(f"{len(cells)} values for {len(COLUMNS)} columns")
    transcript, verdict, heard, wanted, before, after, which, stage = cells + [""] * (len(COLUMNS) - len(cells))
    if verdict not in list(Verdict):
        raise ValueError(f"“{verdict}” is no decision; there are {', '.join(Verdict)}")
    if not transcript or not heard.strip():
        raise ValueError("the words heard are missing" if transcript else "the transcript is missing")
    if verdict in OF_FORM or which == EVERYWHERE:
        return transcript, _of_form(Verdict(verdict), heard, wanted, which, stage)
    match = re.fullmatch(r"([1-9]\d{0,5})/([1-9]\d{0,5})", which or "1/1")
    if match is None or int(match[1]) > int(match[2]):
        raise ValueError(f"“{which}” does not tell which of how many places; write 1/1")
    return transcript, Decision(Verdict(verdict), heard, wanted, before, after, int(match[1]), int(match[2]), stage)


def _of_form(verdict: Verdict, heard: str, wanted: str, which: str, stage: str) -> Decision:
    if which not in ("", EVERYWHERE) or verdict not in (*OF_FORM, Verdict.UNDONE):
        raise ValueError(f"“{verdict}” does not go with “{which}”: {EVERYWHERE} is for all and never")
    places = 1 if verdict in OF_FORM else 0
    return Decision(verdict, heard, wanted, which=places, of=places, stage=stage)
