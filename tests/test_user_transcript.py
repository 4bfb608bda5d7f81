"""The user's transcript, which the project began with: every row of the first tier must come right.

The transcript is not part of the project: ``UNGARBLE_DATA`` names the folder that has ``user-transcript`` (default:
``../shared/data``, seen from the checkout). Run as a script, this prints what becomes of every row by default, with no
context words in the packs, and with three entries reduced to their bare names:

    python tests/test_user_transcript.py
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

try:
    from benchmarks import heard_rows
except ModuleNotFoundError:  # run as a script from elsewhere
    sys.path.insert(0, str(Path(__file__).parent))
    from benchmarks import heard_rows

from ungarble import Cleaned, Cleaner, dictionaries
from ungarble.formats import from_text
from ungarble.options import APPLY_ABOVE

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("UNGARBLE_DATA") or ROOT.parent / "shared" / "data") / "user-transcript"

LEAST_OF_SECOND_TIER = 6
LEAST_PLACES = 10
"""Of 20 places where a sentence ends; 14 are wanted."""

MOST_SENTENCES = 75
BARE = ("Bill Roggio", "Obaid Ali", "Suhail Shaheen")
"""Entries of which no more than the name must be needed to find them."""

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the user's transcript is not at {FOLDER}; set UNGARBLE_DATA to the folder that has it"
)

Row = dict[str, str]


@cache
def rows(tier: str) -> list[Row]:
    return [row for row in heard_rows.read(FOLDER / "expected.tsv") if row["tier"] == tier]


def clean(cleaner: Cleaner, text: str | None = None) -> Cleaned:
    return cleaner.clean(from_text((FOLDER / "transcript.txt").read_text(encoding="utf-8") if text is None else text))


@cache
def cleaned() -> Cleaned:
    return clean(Cleaner())


def outcome(result: Cleaned, row: Row) -> str:
    return heard_rows.outcome(result, row["heard"], row["wanted"], exact=True, among=3)


def test_the_first_tier_is_right():
    wrong = [(row["heard"], row["wanted"]) for row in rows("1") if outcome(cleaned(), row) != heard_rows.APPLIED]
    assert wrong == []


def test_the_second_tier_is_right_or_suggested():
    found = [row["heard"] for row in rows("2") if outcome(cleaned(), row) != heard_rows.MISSED]
    print(*found, sep="\n")
    assert len(found) >= LEAST_OF_SECOND_TIER


def test_cleaning_again_changes_nothing():
    assert clean(Cleaner(), cleaned().text).text == cleaned().text


def test_sentences_end_where_a_reader_would_end_them():
    marked = cleaned()
    text = marked.text.lower()
    places = (FOLDER / "sentence-ends.txt").read_text(encoding="utf-8").splitlines()
    found = [place for place in places if any(_ends_at(text, words) for words in place.split(" | "))]
    print(f"{len(found)} of {len(places)} places; {len(marked.sentences)} sentences", *found, sep="\n")
    assert len(found) >= LEAST_PLACES
    assert len(marked.sentences) <= MOST_SENTENCES


def _ends_at(text: str, place: str) -> bool:
    words = [word for word in re.findall(r"[\w’]+", place.lower()) if word != "unquote"]
    return bool(re.search(r"\W+".join(map(re.escape, words)) + "”?[.?]", text))


# --- by how much: the same with packs that know less


def packs_without(folder: Path, columns: Sequence[str], names: Sequence[str] = ()) -> list[Path]:
    """Copies of the built-in packs in which some columns are empty: for all entries, or for those with the names."""
    copies = []
    for name, path in dictionaries.packs().items():
        copy = Path(shutil.copytree(path, folder / name))
        for table in copy.glob("*.tsv"):
            _empty(table, columns, names)
        copies.append(copy)
    return copies


def _empty(table: Path, columns: Sequence[str], names: Sequence[str]) -> None:
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    places = [lines[0].index(column) for column in columns if column in lines[0]]
    for line in lines[1:]:
        if not names or line[0] in names:
            for place in places:
                if place < len(line):
                    line[place] = ""
    table.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


def without(folder: Path, columns: Sequence[str], names: Sequence[str] = ()) -> Cleaned:
    """The transcript cleaned with such packs, in the place of the built-in ones."""
    copies = packs_without(folder, columns, names)
    built_in = dictionaries.packs
    dictionaries.packs = lambda: {path.name: path for path in copies}
    try:
        return clean(Cleaner())
    finally:
        dictionaries.packs = built_in


def variants(folder: Path) -> dict[str, Cleaned]:
    """By default; without context; with bare entries for three persons."""
    every = ("spellings", "also", "heard_as", "context")
    for name in ("context", "bare"):
        (folder / name).mkdir()
    return {
        "default": cleaned(),
        "no context": without(folder / "context", ["context"]),
        "bare names": without(folder / "bare", every, BARE),
    }


def test_with_packs_that_know_less(tmp_path):
    for name, result in variants(tmp_path).items():
        fallen = [row["heard"] for row in rows("1") if outcome(result, row) != heard_rows.APPLIED]
        print(f"{name}: {len(fallen)} rows of the first tier fall: {fallen}")
        assert result.text


def confidences(result: Cleaned, row: Row) -> str:
    """What was done or suggested in a row's words, each with its confidence."""
    at = result.source.document.text.find(row["heard"])
    found = [
        f"{c.corrector} {c.confidence:.2f}{'' if c in result.applied else '?'}"
        for c in (*result.applied, *result.suggested)
        if c.start < at + len(row["heard"]) and c.end >= at
    ]
    return ", ".join(found) or "–"


def main() -> None:
    """Print a table: each row, and what becomes of it in each variant."""
    with tempfile.TemporaryDirectory() as folder:
        results = variants(Path(folder))
    print(f"applied from {APPLY_ABOVE} on; ? is suggested, – nothing")
    for tier in ("1", "2"):
        for row in rows(tier):
            print(f"{tier}  {row['heard']} → {row['wanted'].split(' | ')[0]}")
            for name, result in results.items():
                print(f"       {name:10}  {outcome(result, row):9}  {confidences(result, row)}")
    for name, result in results.items():
        right = [sum(outcome(result, row) == heard_rows.APPLIED for row in rows(tier)) for tier in ("1", "2")]
        missed = [sum(outcome(result, row) == heard_rows.MISSED for row in rows(tier)) for tier in ("1", "2")]
        print(f"{name}: tier 1 {right[0]} applied, {missed[0]} missed; tier 2 {right[1]} applied, {missed[1]} missed")


if __name__ == "__main__":
    main()
