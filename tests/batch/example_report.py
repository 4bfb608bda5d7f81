"""A report of a batch for the tests of the page: ``tests/transcripts``, cleaned, and what else may be.

Run as a script, it writes the page: ``python tests/batch/example_report.py report.html``.
"""

import sys
from collections import Counter
from copy import deepcopy
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from ungarble import Cleaned, clean
from ungarble.diff import before_and_after
from ungarble.lines import Lines

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
CONTEXT = 60


@cache
def _example() -> dict[str, Any]:
    """What ``--report`` would say of these, one failed file, two skipped ones and one without a mistake."""
    files = [_file(folder) for folder in sorted(TRANSCRIPTS.iterdir())]
    files.append(file("parliament/2026-11-18.srt", "failed", "line 14: the cue ends before it begins"))
    files.append(file("radio/jingle.mp3", "skipped", "not a text: a byte 0"))
    files.append(file("radio/.notes.txt", "skipped", "hidden"))
    files.append(file("court/order.txt", "unchanged", words=412))
    return report(files)


def example() -> dict[str, Any]:
    """The same, to be changed as a test likes."""
    return deepcopy(_example())


def report(files: list[dict[str, Any]]) -> dict[str, Any]:
    """A report of these files, its totals and lists counted from them."""
    rows = [row for file in files for row in file["corrections"]]
    return {
        "schema_version": 1,
        "created": "2026-11-22T14:05:09+00:00",
        "versions": {"ungarble": "0.1.0", "en/words.tsv": "6d0f8a3a3b1f2c55"},
        "settings": {"apply_above": 0.9, "suggest_above": 0.15, "skip": [], "hash": "9c1be0a4d2e7f310"},
        "totals": _totals(files, rows),
        "files": files,
        "names": _names(files),
        "treated_differently": _differently(files),
    }


def file(path: str, status: str, reason: str | None = None, corrections=(), words=0, warnings=()) -> dict[str, Any]:
    """One file of a report."""
    return {
        "path": path,
        "output": f"cleaned/{path}" if status in ("changed", "unchanged") else None,
        "format": path.rpartition(".")[2],
        "status": status,
        "reason": reason,
        "words": words,
        "seconds": words / 4000,
        "warnings": list(warnings),
        "corrections": list(corrections),
    }


def correction(heard="badaksha", written="Badakhshan", corrector="names", confidence=0.97, applied=True, **other):
    """One correction of a report."""
    return {
        "id": "names-4-00000000",
        "line": 3,
        "column": 24,
        "time": None,
        "speaker": None,
        "heard": heard,
        "written": written,
        "before": "They drove from Kabul to ",
        "after": " province on Monday.",
        "corrector": corrector,
        "confidence": confidence,
        "reason": f"“{heard}” sounds like {written}",
        "applied": applied,
        "alternatives": [],
    } | other


def many(files: int, each: int) -> dict[str, Any]:
    """A report of many files, each with as many corrections, taken from the example in turn."""
    rows = cycle(row for one in example()["files"] for row in one["corrections"])
    made = [(f"archive/{n // 100:03}/{n:05}.vtt", [next(rows) for _ in range(each)]) for n in range(files)]
    return report([file(path, "changed", corrections=some, words=40 * each) for path, some in made])


def _file(folder: Path) -> dict[str, Any]:
    cleaned = clean(folder / "garbled.txt", gazetteers=list(folder.glob("gazetteer.*")))
    timed = folder.name in ("radio", "parliament")
    warnings = ["cue 7 ends before it begins; left as it is"] if folder.name == "radio" else []
    path = f"{folder.name}/2026-11-17.{'vtt' if timed else 'txt'}"
    return file(path, "changed", None, _corrections(cleaned, timed), len(cleaned.text.split()), warnings)


def _corrections(cleaned: Cleaned, timed: bool):
    text = cleaned.source.document.text
    lines = Lines(text)
    rows = [(c, True) for c in cleaned.applied] + [(c, False) for c in cleaned.suggested]
    for c, applied in sorted(rows, key=lambda row: row[0].start):
        edits = sorted(cleaned.result.edits_of(c) or c.edits, key=lambda edit: (edit.span, edit.slot))
        heard, written = before_and_after(text, edits)
        start = text.find(heard, max(0, edits[0].span.start - len(heard)))
        end = start + len(heard)
        line, column = lines.place(start)
        yield correction(
            heard,
            written,
            c.corrector,
            round(c.confidence, 4),
            applied,
            id=c.id,
            line=line,
            column=column,
            time=start / 15 if timed else None,
            speaker=("Gillian Marsh", "Tom Adeyemi")[line % 2] if timed else None,
            before=text[lines.bounds(line)[0] : start][-CONTEXT:],
            after=text[end : end + CONTEXT].partition("\n")[0],
            reason=c.reason,
            alternatives=[other.written for other in c.alternatives],
        )


def _totals(files, rows) -> dict[str, Any]:
    states = Counter(file["status"] for file in files)
    fixes = Counter(row["corrector"] for row in rows if row["applied"])
    suggestions = Counter(row["corrector"] for row in rows if not row["applied"])
    return {
        "files": len(files),
        **{state: states[state] for state in ("changed", "unchanged", "failed", "skipped")},
        "words": sum(file["words"] for file in files),
        "fixes": fixes.total(),
        "suggestions": suggestions.total(),
        "seconds": sum(file["seconds"] for file in files),
        "stages": {s: {"fixes": fixes[s], "suggestions": suggestions[s]} for s in sorted(fixes | suggestions)},
    }


def _names(files) -> list[dict[str, Any]]:
    heard = [
        (row["written"], row["heard"], file["path"])
        for file in files
        for row in file["corrections"]
        if row["applied"] and row["corrector"] == "names"
    ]
    names = Counter(name for name, _, _ in heard).most_common()
    return [
        {
            "name": name,
            "count": count,
            "files": len({path for other, _, path in heard if other == name}),
            "heard_as": dict(Counter(form for other, form, _ in heard if other == name)),
        }
        for name, count in (names if len(heard) < 1000 else names[:40])
    ]


def _differently(files) -> list[dict[str, Any]]:
    """Two that are made up, as the transcripts have none; only of files that are there."""
    if len(files) < 3:
        return []
    first, second, third = (file["path"] for file in files[:3])
    return [
        {
            "heard": "rose peter house",
            "ways": [
                {"written": "Rosepeter House", "files": [{"path": first, "count": 3}]},
                {"written": None, "files": [{"path": second, "count": 1}, {"path": third, "count": 2}]},
            ],
        },
        {
            "heard": "Mac Donald",
            "ways": [
                {"written": "MacDonald", "files": [{"path": second, "count": 1}]},
                {"written": "McDonald", "files": [{"path": third, "count": 4}]},
            ],
        },
    ]


if __name__ == "__main__":
    from ungarble.batch.page import page

    size = [int(argument) for argument in sys.argv[2:]]
    Path(sys.argv[1]).write_text(page(many(*size) if size else example()), encoding="utf-8")
