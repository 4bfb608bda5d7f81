"""The part of the report page that shows each file's corrections.

What a file holds stands in a ``<noscript>``: without JavaScript it is plain HTML; with it, inert text that is parsed
only when the file is opened. There is no second copy of the contents, and a hundred thousand corrections open and
filter faster than as elements (3.2 s and 420 MB instead of 5 s and 530 MB; a filter 0.2 s instead of 0.6 s).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ungarble.pages.markup import clock, context, duration, path, shown, spaced
from ungarble.wording import many

OPENED = 200
"""Up to so many corrections all files stand open; ``page.js`` has the same number."""

CONTEXT = 60
"""Words beside a change that are so long were cut, perhaps inside a word."""

Json = Mapping[str, Any]


def files_with_corrections(files: Iterable[Json]) -> str:
    """A ``<details>`` for every file that has fixes or suggestions, in the order given."""
    with_some = [file for file in files if file["corrections"]]
    few = sum(len(file["corrections"]) for file in with_some) <= OPENED
    return "\n".join(_file(number, file, few) for number, file in enumerate(with_some, start=1))


def stages(files: Iterable[Json]) -> list[str]:
    """The stages that have corrections, in the order of their first."""
    return list(dict.fromkeys(row["corrector"] for file in files for row in file["corrections"]))


def _file(number: int, file: Json, is_open: bool) -> str:
    fixes = [row for row in file["corrections"] if row["applied"]]
    suggestions = [row for row in file["corrections"] if not row["applied"]]
    counts = [many(len(fixes), "fix")] if fixes else []
    counts += [many(len(suggestions), "suggestion")] if suggestions else []
    counts += [many(len(file["warnings"]), "warning")] if file["warnings"] else []
    lists = _list("fixes", "Fixes", fixes) + _list("suggestions", "Suggestions, not made", suggestions)
    return (
        f'<details class="file" id="file-{number}"{" open" if is_open else ""}>'
        f'<summary><h3>{path(file["path"])}</h3> <span class="counts">{", ".join(counts)}</span></summary>'
        f"<noscript>{_about(file)}{lists}</noscript></details>"
    )


def _about(file: Json) -> str:
    facts = [file["status"], many(file["words"], "word"), file["format"], duration(file["seconds"])]
    facts += [f"written to {file['output']}"] if file["output"] else []
    facts += [file["reason"]] if file["reason"] else []
    warnings = "".join(f'<p class="warning">Warning: {shown(warning)}</p>' for warning in file["warnings"])
    return f'<p class="quiet">{" · ".join(map(shown, facts))}</p>{warnings}'


def _list(kind: str, title: str, rows: Sequence[Json]) -> str:
    if not rows:
        return ""
    return f"<section><h4>{title}</h4><ol>{''.join(_correction(kind, row) for row in rows)}</ol></section>"


def _correction(kind: str, row: Json) -> str:
    """One correction; ``page.js`` takes the three values from just behind ``<li``."""
    stage, confidence = shown(row["corrector"]), row["confidence"]
    return (
        f'<li data-kind="{kind}" data-stage="{stage}" data-confidence="{confidence:.4f}">'
        f'<p class="where">{_where(row)}</p><p class="text">{_before(row)}{_change(row)}{_after(row)}</p>'
        f'<p class="why"><b>{stage}</b> {confidence:.2f} · {shown(row["reason"])}</p></li>'
    )


def _where(row: Json) -> str:
    parts = [f"line {row['line']:,}"]
    parts += [clock(row["time"])] if row["time"] is not None else []
    parts += [shown(row["speaker"])] if row["speaker"] else []
    return " ".join(f"<span>{part}</span>" for part in parts)


def _before(row: Json) -> str:
    """What stands before, in whole words, with a sign that the line begins earlier."""
    before = row["before"]
    if len(before) >= CONTEXT:
        return "… " + context(before.partition(" ")[2].lstrip() or before)
    return ("… " if row["column"] - 1 > len(before) else "") + context(before)


def _after(row: Json) -> str:
    after = row["after"]
    return context(after.rpartition(" ")[0]) + " …" if len(after) >= CONTEXT and " " in after else context(after)


def _change(row: Json) -> str:
    heard, written = spaced(row["heard"]), spaced(row["written"])
    if row["applied"]:
        return " ".join([f"<del>{heard}</del>"] * bool(heard) + [f"<ins>{written}</ins>"] * bool(written))
    others = [spaced(other) for other in row["alternatives"] if other != row["written"]]
    offered = " or ".join([written or "nothing", *others])
    return f'<mark>{heard or "∅"}</mark> <span class="offer">→ {offered}?</span>'
