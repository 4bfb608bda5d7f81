"""How well ungarble cleans: every development set, as the judge sees it, and the transcripts of our own.

    python tests/benchmarks/accuracy.py [--set NAME]... [--only STAGE]... [--jobs N] [--list] [--wrong N] [--table]

The development sets are not part of the project: ``UNGARBLE_DATA`` names their folder (default: ``../shared/data``,
seen from the checkout), ``UNGARBLE_JUDGE`` the script that judges (default: ``../shared/judge/score.py``). Without them
only the transcripts in ``tests/transcripts`` are measured.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import heard_rows

from ungarble import Cleaned, Cleaner
from ungarble.formats import from_text
from ungarble.options import PUNCTUATE, Options
from ungarble.pipeline import STAGES

ROOT = Path(__file__).resolve().parents[2]
TRANSCRIPTS = ROOT / "tests" / "transcripts"

Predictions = list[dict[str, Any]]


@dataclass(frozen=True)
class DevelopmentSet:
    """A file of documents, and the names that a person would have for each."""

    file: str
    gazetteers: tuple[str, ...] = ()
    """Fields of a document that list the names to recognise."""
    packs: tuple[str, ...] | None = ()
    """Built-in packs; None: all."""
    is_clean: bool = False
    """Whether the text is right already."""


_CALLS = ("gazetteer_participants", "gazetteer_affiliations")
SETS = {
    "earnings21-google": DevelopmentSet("earnings21/google.jsonl", _CALLS),
    "earnings21-microsoft": DevelopmentSet("earnings21/microsoft.jsonl", _CALLS),
    "whitehouse-whisper": DevelopmentSet("whitehouse-whisper/dev.jsonl", ("gazetteer_prior",), packs=None),
    "youtube-captions": DevelopmentSet("youtube-captions/dev.jsonl", ("gazetteer",)),
    "spoken-squad": DevelopmentSet("spoken-squad/dev.jsonl", ("gazetteer",)),
    "clean-text": DevelopmentSet("clean-text/whitehouse-afghanistan-2021.jsonl", packs=None, is_clean=True),
}
USER, OWN = "user-transcript", "transcripts"


def data_folder() -> Path:
    """Where the development sets lie."""
    return Path(os.environ.get("UNGARBLE_DATA") or ROOT.parent / "shared" / "data")


def judge() -> Path:
    """The script that judges predictions."""
    return Path(os.environ.get("UNGARBLE_JUDGE") or ROOT.parent / "shared" / "judge" / "score.py")


def transcripts() -> dict[str, Cleaned]:
    """The transcripts of our own, each cleaned with its own gazetteer and all packs."""
    cleaned = {}
    for folder in sorted(path for path in TRANSCRIPTS.iterdir() if path.is_dir()):
        text = (folder / "garbled.txt").read_text(encoding="utf-8")
        cleaned[folder.name] = Cleaner(gazetteers=sorted(folder.glob("gazetteer.*"))).clean(from_text(text))
    return cleaned


def outcomes(name: str, cleaned: Cleaned, kind: str = "name") -> dict[str, str]:
    """What became of every row of one kind of a transcript of our own, by what was heard."""
    rows = heard_rows.read(TRANSCRIPTS / name / "expected.tsv")
    return {
        row["heard"]: heard_rows.outcome(cleaned, row["heard"], row["wanted"]) for row in rows if row["kind"] == kind
    }


def harmed(name: str, cleaned: Cleaned) -> list[str]:
    """Words of a transcript of our own that were right and are not any more."""
    rows = heard_rows.read(TRANSCRIPTS / name / "unchanged.tsv")
    return [row["words"] for row in rows if heard_rows.is_harmed(cleaned, row["words"])]


def changes_words(correction: Mapping[str, Any]) -> bool:
    """Whether a correction, as ``--json`` tells it, changes more than marks, spaces and capitals."""
    return any(_letters(edit["original"]) != _letters(edit["replacement"]) for edit in correction["edits"])


def shown(correction: Mapping[str, Any]) -> str:
    """A correction, as ``--json`` tells it, in one line."""
    edits = ", ".join(f"{edit['original']!r} → {edit['replacement']!r}" for edit in correction["edits"])
    return f"{edits}: {correction['reason']}"


def main() -> int:
    """Measure the sets that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", dest="sets", choices=[OWN, USER, *SETS], help="only this; repeatable")
    parser.add_argument("--jobs", type=int, default=1, help="processes; default: 1")
    parser.add_argument("--list", action="store_true", help="list changed words, and rows that were missed")
    parser.add_argument("--wrong", type=int, default=0, help="let the judge list so many wrong corrections of each set")
    parser.add_argument("--table", action="store_true", help="print the judge's figures again as the README's table")
    parser.add_argument("--only", action="append", default=[], choices=STAGES, help="run only this stage; repeatable")
    parser.add_argument("--punctuate", default=Options().punctuate, choices=PUNCTUATE, help="as for ungarble clean")
    parser.add_argument("--all-packs", action="store_true", help="use all packs with every set")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ungarble-") as cache:
        os.environ["UNGARBLE_CACHE"] = cache
        rows = []
        for name in given.sets or [OWN, USER, *SETS]:
            print(f"== {name}", flush=True)
            rows += _row(name, _measure(name, given))
    if given.table:
        print(
            "\n".join(
                ["| " + " | ".join(column for column, _ in _COLUMNS) + " |", "|" + " --- |" * len(_COLUMNS), *rows]
            )
        )
    return 0


_COLUMNS = (
    ("development set", r"()"),
    ("names right, %", r"names right (\S+ -> \S+) %"),
    ("attendees right, %", r"attendees (\S+ -> \S+) %"),
    ("names applied", r"  names: applied (\d+)"),
    ("of them right", r"  names: applied \d+, right \d+ \((\S+)\)"),
    ("words broken per 10,000", r"broken \d+ \((\S+) per"),
    ("suggestions", r"  names: .*suggested (\d+)"),
    ("right in the first three", r"  names: .*in the first three (\d+)"),
)
"""The README's columns, and where each figure stands in what the judge prints."""


def _row(name: str, printed: str) -> list[str]:
    """A row of the README's table; none for what is not judged by references."""
    found = [re.search(pattern, printed) for _, pattern in _COLUMNS[1:]]
    if found[0] is None:
        return []
    return [f"| {name} | " + " | ".join(match[1].replace("->", "→") if match else "" for match in found) + " |"]


def _measure(name: str, given: argparse.Namespace) -> str:
    """Print the figures of one set, and return what the judge says."""
    if name == OWN:
        _report_transcripts(given.list)
    elif not data_folder().is_dir():
        print(f"skipped: there is no folder {data_folder()}; UNGARBLE_DATA names the development sets' folder")
    elif name == USER:
        _report_user(given.list)
    else:
        chosen = SETS[name]
        packs = None if given.all_packs else chosen.packs
        documents = _documents(data_folder() / chosen.file)
        predictions = _predictions(
            documents, chosen, packs, Options(only=frozenset(given.only), punctuate=given.punctuate), given.jobs
        )
        judged = _judged(name, documents, predictions, given.wrong)
        print(judged, end="", flush=True)
        if chosen.is_clean:
            _report_clean(predictions, given.list)
        return judged
    return ""


def _documents(path: Path) -> list[dict[str, Any]]:
    """The documents of a set. Paragraphs that share an id get one each, as the judge knows them by it."""
    with path.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    seen: Counter[str] = Counter()
    for document in documents:
        for part in document.get("paragraphs", ()):
            seen[part["id"]] += 1
            if seen[part["id"]] > 1:
                part["id"] += f" ({seen[part['id']]})"
    return documents


def _predictions(
    documents: Sequence[Mapping[str, Any]],
    chosen: DevelopmentSet,
    packs: Sequence[str] | None,
    options: Options,
    jobs: int,
) -> Predictions:
    predict = partial(_predict, fields=chosen.gazetteers, packs=packs, options=options)
    if jobs == 1:
        return [prediction for document in documents for prediction in predict(document)]
    Cleaner(packs=packs).clean(from_text("Build the indexes once."))
    with ProcessPoolExecutor(jobs) as pool:
        return [prediction for predictions in pool.map(predict, documents) for prediction in predictions]


def _predict(
    document: Mapping[str, Any], fields: Sequence[str], packs: Sequence[str] | None, options: Options
) -> Predictions:
    """Clean every unit of a document: each paragraph, or the whole. What the judge reads."""
    names = sorted({name for field in fields for name in document.get(field, ())})
    with tempfile.TemporaryDirectory(prefix="ungarble-") as folder:
        gazetteer = Path(folder, "names.txt")
        gazetteer.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        cleaner = Cleaner(options, gazetteers=[gazetteer] if names else [], packs=packs)
    return [
        {"id": unit, "text": cleaned.text, "source": text, "corrections": cleaned.report()["corrections"]}
        for unit, text in _units(document)
        for cleaned in [cleaner.clean(from_text(text))]
    ]


def _units(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    whole = document.get("id") or document.get("title")
    for part in document.get("paragraphs", [document]):
        yield part.get("id") or whole, part["hyp"] if "hyp" in part else part["text"]


def _judged(name: str, documents: Sequence[Mapping[str, Any]], predictions: Predictions, wrong: int) -> str:
    """What the judge prints."""
    if not judge().is_file():
        return f"not judged: there is no {judge()}; UNGARBLE_JUDGE names the script\n"
    with tempfile.TemporaryDirectory(prefix="ungarble-") as folder:
        files = [Path(folder, f"{name}.jsonl"), Path(folder, "predictions.jsonl")]
        for file, rows in zip(files, (documents, predictions), strict=True):
            file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, judge().resolve(), *(file.name for file in files), "--wrong", str(wrong)]
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


def _report_clean(predictions: Predictions, listed: bool) -> None:
    """What changed in right text: words, and marks and capitals, by stage."""
    words = sum(len(prediction["source"].split()) for prediction in predictions)
    changed: Counter[tuple[str, str]] = Counter()
    for prediction in predictions:
        for correction in prediction["corrections"]:
            if correction["applied"]:
                what = "words" if changes_words(correction) else "marks and capitals"
                changed[what, correction["corrector"]] += 1
                if listed:
                    print(f"  {what}, {correction['corrector']} {correction['confidence']:.2f}: {shown(correction)}")
    for what in ("words", "marks and capitals"):
        by_stage = {stage: count for (kind, stage), count in sorted(changed.items()) if kind == what}
        total = sum(by_stage.values())
        print(f"{what} changed: {total}, {1e4 * total / words:.2f} corrections per 10,000 words; {by_stage}")


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _report_transcripts(listed: bool) -> None:
    total: Counter[str] = Counter()
    for name, cleaned in transcripts().items():
        rows = outcomes(name, cleaned)
        counts = Counter(rows.values())
        bad = harmed(name, cleaned)
        total += counts + Counter({"harmed": len(bad)})
        print(f"{name}: names {_counted(counts)}; harmed {bad or 'none'}")
        for kind in ("case", "other"):
            rows |= outcomes(name, cleaned, kind)
        if listed:
            for heard, outcome in rows.items():
                print(f"  {outcome}: {heard}")
    print(f"all: names {_counted(total)}; harmed {total['harmed']}")


def _counted(counts: Counter[str]) -> str:
    names = counts[heard_rows.APPLIED] + counts[heard_rows.SUGGESTED] + counts[heard_rows.MISSED]
    found = names - counts[heard_rows.MISSED]
    return (
        f"{names}, applied or suggested first {found} ({found / names:.1%}), "
        f"applied {counts[heard_rows.APPLIED]} ({counts[heard_rows.APPLIED] / names:.1%})"
    )


def _report_user(listed: bool) -> None:
    folder = data_folder() / USER
    cleaned = Cleaner().clean(from_text((folder / "transcript.txt").read_text(encoding="utf-8")))
    rows = heard_rows.read(folder / "expected.tsv")
    results = [heard_rows.outcome(cleaned, row["heard"], row["wanted"], exact=True, among=3) for row in rows]
    for tier in ("1", "2"):
        mine = [(row["heard"], result) for row, result in zip(rows, results, strict=True) if row["tier"] == tier]
        counts = Counter(result for _, result in mine)
        print(f"tier {tier}: {len(mine)} rows, {dict(counts)}")
        for heard, result in mine:
            if listed or (tier == "1" and result != heard_rows.APPLIED):
                print(f"  {result}: {heard}")


if __name__ == "__main__":
    sys.exit(main())
