"""A review as a table for a spreadsheet: written with the questions, read again with the decisions.

A table has a line for a question, and tabs between the columns. Whoever decides writes into the first column, and may
change what the words become. All else tells the place, and has to stay. What a spreadsheet would take for a formula
begins with a backslash.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ungarble.encoding import decode
from ungarble.errors import TableError
from ungarble.review.answers import suggestion_of
from ungarble.review.decisions import Decision, Verdict
from ungarble.review.decisions_file import key_of
from ungarble.review.decisions_lines import from_cell, to_cell
from ungarble.review.matching import place
from ungarble.review.questions import Asked, Questions
from ungarble.review.transcript import Question, Transcript

COLUMNS = (
    "decision",
    "heard",
    "becomes",
    "confidence",
    "reason",
    "others",
    "before",
    "after",
    "where",
    "proposed",
    "which",
    "stage",
    "transcript",
)

ANSWERS = {
    "yes": Verdict.ACCEPT,
    "y": Verdict.ACCEPT,
    "no": Verdict.REJECT,
    "n": Verdict.REJECT,
    "all": Verdict.ALL,
    "a": Verdict.ALL,
    "never": Verdict.NEVER,
}
"""What may stand in the first column; nothing leaves the question open."""

_WORDS = {Verdict.ACCEPT: "yes", Verdict.TYPED: "yes", Verdict.REJECT: "no", Verdict.ALL: "all", Verdict.NEVER: "never"}
_FORMULA = re.compile(r"\A[=+\-@]")
_MARKED = re.compile(r"\A\\(?=[=+\-@])")


class TakenIn(NamedTuple):
    """What a table led to: new decisions, those that were known, and rows that could not be taken in, with reasons."""

    new: int
    known: int
    problems: tuple[str, ...]


def to_table(transcripts: Iterable[Transcript], asked: Asked) -> tuple[bytes, int]:
    """The questions on transcripts as a table, with what was decided already, and how many are open.

    Raises UngarbleError for a transcript that cannot be read.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    count = 0
    for transcript in transcripts:
        questions = Questions([transcript], asked)
        count += questions.open
        writer.writerows([_marked(cell) for cell in _cells(question)] for question in questions.rows)
    return out.getvalue().encode(), count


def take_in(transcripts: Sequence[Transcript], data: bytes, path: str) -> TakenIn:
    """Write the decisions of a table down, each beside its transcript.

    A row that makes no sense, or whose place is not found, is left out and named; the others are taken in. Raises
    UngarbleError for what is no such table, and for files that cannot be read or written.
    """
    by_key = {key_of(transcript.path, transcript.decisions.path): transcript for transcript in transcripts}
    found: dict[str, dict[Decision, int]] = {}
    problems = []
    for line, row in _rows(data, path):
        try:
            name, decision = _decided(row)
            if decision is not None:
                found.setdefault(_known(name, by_key), {})[decision] = line
        except ValueError as error:
            problems.append(str(TableError(path, line, str(error))))
    count = known = 0
    for name, rows in found.items():
        new, old, lost = _recorded(by_key[name], rows)
        count, known = count + new, known + old
        problems += [str(TableError(path, line, "the place is not found: the text has changed")) for line in lost]
    return TakenIn(count, known, tuple(problems))


def _recorded(transcript: Transcript, rows: dict[Decision, int]) -> tuple[int, int, list[int]]:
    """Write decisions on one transcript down: how many are new, and known, and the lines of those without a place."""
    had = set(transcript.known)
    stale = set(place(transcript.document, rows).stale)
    new = [decision for decision in rows if decision not in had and decision not in stale]
    if new:
        transcript.record(new)
    return len(new), len(had & set(rows)), sorted(rows[decision] for decision in stale - had)


def _known(name: str, by_key: dict[str, Transcript]) -> str:
    if name in by_key:
        return name
    raise ValueError(f"{name or 'no transcript'} is not among the transcripts that were named")


def _cells(question: Question) -> Iterator[str]:
    """A question as a row."""
    transcript, correction = question
    said, sitting = suggestion_of(question), transcript.sitting
    heard, before, after, which, of = sitting.finder.describe(said.span)
    decided = said.decision
    becomes = decided.wanted if decided and decided.writes else said.wanted
    yield _WORDS[decided.verdict] if decided else ""
    yield to_cell(heard)
    yield to_cell(becomes)
    yield f"{correction.confidence:.2f}"
    yield correction.reason
    yield " | ".join(other.written for other in said.others)
    yield to_cell(before)
    yield to_cell(after)
    yield str(transcript.where(said.span))
    yield to_cell(said.wanted)
    yield f"{which}/{of}"
    yield correction.corrector
    yield key_of(transcript.path, transcript.decisions.path)


def _rows(data: bytes, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table, each with its line. Raises TableError for what is none."""
    text = decode(data, path)[0].removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header: list[str] | None = None
    try:
        for cells in reader:
            if header is None:
                header = [cell.strip().lower() for cell in cells]
                missing = [name for name in _NEEDED if name not in header]
                if missing:
                    raise TableError(path, 1, f"the columns {', '.join(missing)} are missing; export it again")
            elif any(cell.strip() for cell in cells):
                cells += [""] * (len(header) - len(cells))
                yield reader.line_num, dict(zip(header, (_MARKED.sub("", cell) for cell in cells), strict=False))
    except csv.Error as error:
        raise TableError(path, reader.line_num, f"{error}; export it again") from None


_NEEDED = ("decision", "heard", "becomes", "before", "after", "which", "transcript")


def _delimiter(text: str) -> str:
    """Tabs, unless the program that saved it made something else of them."""
    head = text.partition("\n")[0]
    return max("\t,;", key=head.count)


def _decided(row: dict[str, str]) -> tuple[str, Decision | None]:
    """A row's transcript and decision, None where there is none. Raises ValueError for what makes no sense."""
    name, answer = row["transcript"], row["decision"].strip().casefold()
    if not answer:
        return name, None
    if answer not in ANSWERS:
        raise ValueError(f"“{row['decision']}” is no decision; write yes, no, all or never, or nothing")
    verdict = ANSWERS[answer]
    heard, becomes = from_cell(row["heard"]), " ".join(from_cell(row["becomes"]).split())
    proposed, stage = from_cell(row.get("proposed", becomes)), row.get("stage", "")
    if not heard.strip():
        raise ValueError("the words heard are missing")
    if verdict is Verdict.ACCEPT and becomes != proposed:
        verdict = Verdict.TYPED
    if verdict is not Verdict.NEVER and verdict is not Verdict.REJECT and becomes == heard:
        raise ValueError("the words become what they are; write no, or what they should be")
    if verdict in (Verdict.ALL, Verdict.NEVER):
        return name, Decision(verdict, heard, becomes, stage=stage)
    which = re.fullmatch(r"([1-9]\d{0,5})/([1-9]\d{0,5})", row["which"].strip())
    if which is None or int(which[1]) > int(which[2]):
        raise ValueError(f"“{row['which']}” does not tell which of how many places; it must stay as it was exported")
    wanted = proposed if verdict is Verdict.REJECT else becomes
    before, after = from_cell(row["before"]), from_cell(row["after"])
    return name, Decision(verdict, heard, wanted, before, after, int(which[1]), int(which[2]), stage)


def _marked(cell: str) -> str:
    return _FORMULA.sub(r"\\\g<0>", cell)
