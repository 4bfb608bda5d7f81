"""The report of a batch in plain types: what ``--report report.json`` holds, as ``report.schema.json`` describes it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from ungarble.batch.cleaners import Cleaners, hash_of, settings
from ungarble.batch.decided import Decided
from ungarble.batch.request import Request
from ungarble.batch.totals import Totals
from ungarble.report import to_json

SCHEMA_VERSION = 1

ENDINGS = (".json", ".html")
"""What a report may be."""

_POSSESSIVE = re.compile(r"['’]s?$")


def report(
    files: Sequence[Mapping[str, Any]],
    differently: Sequence[Mapping[str, Any]],
    totals: Totals,
    request: Request,
    cleaners: Cleaners,
    decided: Decided,
) -> dict[str, Any]:
    """Put everything together; ``files`` are in the order of the input."""
    return {
        "schema_version": SCHEMA_VERSION,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": cleaners.versions(),
        "settings": _settings(request, cleaners, decided),
        "totals": totals.as_plain(),
        "files": list(files),
        "names": names_corrected(files),
        "treated_differently": list(differently),
    }


def as_file(report: Mapping[str, Any], path: str) -> bytes:
    """What a report file holds: one page, or JSON, by its ending."""
    if PurePath(path).suffix.lower() == ".html":
        from ungarble.batch.page import page

        return page(report).encode()
    return (to_json(report, indent=1) + "\n").encode()


def names_corrected(files: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The names that were put right, with every form that they were heard as; the most frequent first."""
    heard_as: defaultdict[str, Counter[str]] = defaultdict(Counter)
    paths: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        for row in file["corrections"]:
            if row["applied"] and row["corrector"] == "names":
                name, heard = (_POSSESSIVE.sub("", row[side]) for side in ("written", "heard"))
                heard_as[name][heard] += 1
                paths[name].add(file["path"])
    found = [
        {"name": name, "count": forms.total(), "files": len(paths[name]), "heard_as": dict(forms.most_common())}
        for name, forms in heard_as.items()
    ]
    return sorted(found, key=lambda row: (-row["count"], row["name"]))


def _settings(request: Request, cleaners: Cleaners, decided: Decided) -> dict[str, Any]:
    """What was chosen; where several configurations hold for parts of the files, what each comes to."""
    each = [settings(choices) for choices in cleaners.choices]
    several = {"configurations": each} if len(each) != 1 else each[0]
    how = request.how | {"across": request.across, "verify": request.verify}
    how |= {"decisions": request.decisions} if request.decisions else {}
    hashes, on = cleaners.hashes(request.how), dict(decided.hashes)
    return {**several, **how, "hash": hash_of([hashes, on] if on else hashes)}
