"""The report: it holds to its schema, counts what was done, and tells what was treated differently in two files."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import jsonschema
import pytest

import ungarble.batch
from ungarble.batch.differing import standing, treated_differently
from ungarble.batch.report import names_corrected
from ungarble.batch.request import Request
from ungarble.batch.run import run
from ungarble.batch.selection import Wanted
from ungarble.config import Choices

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
SCHEMA = json.loads(Path(ungarble.batch.__file__).with_name("report.schema.json").read_text(encoding="utf-8"))


class Here:
    """Workers that are no processes: what else runs a batch's work needs to know nothing but tasks."""

    def run(self, work: Callable, tasks: Iterable, tick: Callable[[], None]) -> Iterator:
        for task in tasks:
            tick()
            yield task, work(task)


class Blind:
    """Nobody looks on."""

    def begin(self, what: str, files: int) -> None:
        pass

    def done(self, totals) -> None:
        pass

    def tick(self) -> None:
        pass

    def show(self, data: bytes) -> None:
        pass


def reported(*paths: Path, choices: Choices | None = None, **more) -> dict:
    """The report of a batch, checked by its schema."""
    endings = frozenset({".txt", ".srt"})
    chosen = choices or Choices(packs=())
    request = Request(
        Wanted(tuple(map(str, paths)), endings=endings), lambda _folder: chosen, reports=("report.json",), **more
    )
    run(request, Blind(), Here())
    made = json.loads(Path("report.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, SCHEMA)
    return made


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path):
    def write(**texts: str) -> None:
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    return write


def names(*rows: str) -> Choices:
    Path("names.tsv").write_text("name\tkind\theard_as\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return Choices(packs=(), gazetteers=(Path("names.tsv"),))


def test_whole_transcripts():
    made = reported(TRANSCRIPTS, choices=Choices())
    totals, files = made["totals"], made["files"]
    assert (
        totals["files"] == len(files) == sum(totals[status] for status in ("changed", "unchanged", "failed", "skipped"))
    )
    rows = [row for file in files for row in file["corrections"]]
    assert totals["fixes"] == sum(row["applied"] for row in rows) == sum(s["fixes"] for s in totals["stages"].values())
    assert totals["suggestions"] == sum(not row["applied"] for row in rows) > 0
    assert totals["words"] == sum(file["words"] for file in files)
    assert made["settings"]["apply_above"] is None or made["settings"]["hash"]
    for file in files:
        text = Path(file["path"]).read_text(encoding="utf-8") if file["corrections"] else ""
        for row in file["corrections"]:
            assert row["before"] + row["heard"] + row["after"] in text


def test_what_stands_around_a_correction(write):
    before, after = "We had heard it all, and so had they, before " * 3, "they came home late, as did the others. " * 3
    write(a=f"{before}.\nIt rains on monday\nand {after}")
    (row,) = (row for row in reported(Path("a.txt"))["files"][0]["corrections"] if row["written"] == "Monday")
    assert (row["heard"], row["written"], row["corrector"], row["applied"]) == ("monday", "Monday", "casing", True)
    assert (row["line"], row["column"], row["time"], row["speaker"]) == (2, 13, None, None)
    assert row["before"] == f"{before}.\nIt rains on "[-60:]
    assert row["after"] == f"\nand {after}"[:60]


def test_when_and_by_whom_it_was_said(tmp_path):
    cue = "1\n00:00:01,500 --> 00:00:03,000\nIt is fine.\n\n2\n00:01:00,000 --> 00:01:02,000\nIt rains on monday.\n"
    (tmp_path / "a.srt").write_text(cue)
    (row,) = reported(tmp_path / "a.srt")["files"][0]["corrections"]
    assert (row["line"], row["time"]) == (7, 60.0)


def test_names_and_how_they_were_heard(write):
    write(a="We met twedel and Tweddle’s wife, twedel’s that is.", b="It was twedel, or two wedels.")
    made = reported(Path(), choices=names("Tweddle\tperson\ttwedel|two wedels"))
    assert made["names"] == [
        {"name": "Tweddle", "count": 4, "files": 2, "heard_as": {"twedel": 3, "two wedels": 1}},
    ]
    assert made["treated_differently"] == []


def test_treated_differently_in_two_files(write):
    listed = names("Roseberry Topping\tmountain\trosepeter pings")
    write(
        a="We climbed rosepeter pings, and rosepeter pings was cold.", b="`rosepeter pings` and Rosepeter pings [sic]."
    )
    made = reported(Path(), choices=listed, output="out")
    assert made["treated_differently"] == [
        {
            "heard": "rosepeter pings",
            "ways": [
                {"written": None, "files": [{"path": "b.txt", "count": 2}]},
                {"written": "Roseberry Topping", "files": [{"path": "a.txt", "count": 2}]},
            ],
        }
    ]
    assert reported(Path("a.txt"), Path("b.txt"), choices=listed)["treated_differently"] == made["treated_differently"]


def row(heard: str, written: str, corrector: str = "names", applied: bool = True) -> dict:
    return {"heard": heard, "written": written, "corrector": corrector, "applied": applied}


def file(path: str, *rows: dict) -> dict:
    return {"path": path, "corrections": list(rows)}


def test_ways():
    files = [
        file("a", row("Past", "Pask"), row("past", "Pask"), row("kabul", "Kabul", "casing")),
        file("b", row("past", "Post")),
        file("c", row("past", "Pask", applied=False)),
        file("d", row("obadily", "Obaid Ali")),
        file("e"),
    ]
    left = {"a": {("past",): 1}, "c": {("past",): 3}}
    assert treated_differently(files, left, is_written=True) == [
        {
            "heard": "past",
            "ways": [
                {"written": None, "files": [{"path": "a", "count": 1}, {"path": "c", "count": 3}]},
                {"written": "Pask", "files": [{"path": "a", "count": 2}]},
                {"written": "Post", "files": [{"path": "b", "count": 1}]},
            ],
        }
    ]


def test_one_file_alone_is_not_different():
    files = [file("a", row("past", "Pask"), row("past", "Post"))]
    assert treated_differently(files, {"a": {("past",): 1}}, is_written=True) == []


def test_what_was_not_written_is_counted_in_what_was_read():
    files = [file("a", row("past", "Pask")), file("b")]
    left = {"a": {("past",): 1}, "b": {("past",): 2}}
    (found,) = treated_differently(files, left, is_written=False)
    assert [(way["written"], way["files"]) for way in found["ways"]] == [
        (None, [{"path": "b", "count": 2}]),
        ("Pask", [{"path": "a", "count": 1}]),
    ]


def test_forms_of_several_words():
    forms = {("darren", "past"), ("past",), ("mazar", "e", "sharif")}
    text = "Darren\nPast, past. Mazar-e-Sharif past"
    assert standing(forms, text) == {("darren", "past"): 1, ("past",): 3, ("mazar", "e", "sharif"): 1}


def test_names_are_sorted_by_how_often():
    files = [file("a", row("x", "B"), row("y", "A"), row("z", "C"), row("z", "C"), row("k", "K", "casing"))]
    assert [(name["name"], name["count"]) for name in names_corrected(files)] == [("C", 2), ("A", 1), ("B", 1)]


def test_a_page(write):
    write(a="It rains on monday.")
    request = Request(
        Wanted((".",), endings=frozenset({".txt"})), lambda _: Choices(packs=()), reports=("report.html",)
    )
    run(request, Blind(), Here())
    page = Path("report.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Monday" in page
