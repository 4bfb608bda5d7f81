"""The report of a batch as one HTML page, for a person.

It needs no network, and its Content-Security-Policy lets nothing run but its own script. ``page.js`` filters, and keeps
the filter in the address: ``report.html#stage=names&min=0.9&q=kabul``. Without JavaScript all is there but the filters.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from string import Template
from typing import Any

from ungarble.batch.markup import duration, folded, moment, number_cell, path, shown, spaced, table
from ungarble.batch.page_files import files_with_corrections, stages
from ungarble.wording import many

Json = Mapping[str, Any]


def page(report: Json) -> str:
    """One self-contained HTML page from what ``--report report.json`` holds; everything from transcripts is escaped.

    It can be written as UTF-8, whatever the transcripts held.
    """
    style, script = _part("page.css"), _part("page.js")
    before, after = list(_before_the_files(report)), list(_after_the_files(report))
    parts = [
        *((name, title) for name, title, _ in before),
        ("files", "Files"),
        *((name, title) for name, title, _ in after),
    ]
    return Template(_part("page.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        title=f"ungarble: {many(report['totals']['fixes'], 'fix')} in {many(report['totals']['files'], 'file')}",
        summary=_summary(report["totals"]),
        made=_made(report),
        contents="".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in parts),
        before="\n".join(_section(*section) for section in before),
        stages=_stage_boxes(stages(report["files"])),
        files=files_with_corrections(report["files"]) or "<p>No file has corrections.</p>",
        after="\n".join(_section(*section) for section in after),
        settings=_settings(report),
    )


def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """A source for a Content-Security-Policy that allows exactly this text."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


Section = tuple[str, str, str]
"""Name, title, and content."""


def _before_the_files(report: Json) -> Iterator[Section]:
    yield "totals", "Totals", _totals(report["totals"])
    if failed := _with_status(report, "failed"):
        yield "failed", "Failed", _left_out(failed)
    if report["names"]:
        yield "names", "Names corrected most", _names(report["names"])
    if report["treated_differently"]:
        yield "differently", "Treated differently", _differently(report["treated_differently"])


def _after_the_files(report: Json) -> Iterator[Section]:
    if untouched := [file for file in _with_status(report, "changed", "unchanged") if not file["corrections"]]:
        yield "untouched", "Nothing to fix", _untouched(untouched)
    if skipped := _with_status(report, "skipped"):
        yield "skipped", "Skipped", _left_out(skipped)


def _section(name: str, title: str, content: str) -> str:
    heading = f'<h2 id="{name}-title">{title}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">\n{heading}\n{content}\n</section>'


def _with_status(report: Json, *statuses: str) -> list[Json]:
    return [file for file in report["files"] if file["status"] in statuses]


def _summary(totals: Json) -> str:
    done = f"{many(totals['fixes'], 'fix')} in {totals['changed']:,} of {many(totals['files'], 'file')}"
    left = f", {many(totals['suggestions'], 'suggestion')} for you to decide on" if totals["suggestions"] else ""
    failed = f"; <strong>{many(totals['failed'], 'file')} failed</strong>" if totals["failed"] else ""
    return f"{done}{left}{failed}."


def _made(report: Json) -> str:
    return f"{moment(report['created'])} · ungarble {shown(report['versions'].get('ungarble', ''))}"


def _totals(totals: Json) -> str:
    numbers = ("files", "changed", "unchanged", "failed", "skipped", "words", "fixes", "suggestions")
    figures = {name.capitalize(): f"{totals[name]:,}" for name in numbers} | {"Time": duration(totals["seconds"])}
    facts = "".join(f"<div><dt>{name}</dt><dd>{figure}</dd></div>" for name, figure in figures.items())
    rows = [
        f'<tr><th scope="row">{shown(stage)}</th>{number_cell(row["fixes"])}{number_cell(row["suggestions"])}</tr>'
        for stage, row in totals["stages"].items()
    ]
    return f'<dl class="figures">{facts}</dl>\n' + (
        table("Fixes by stage", {"Stage": "words", "Fixes": "number", "Suggestions": "number"}, rows) if rows else ""
    )


def _left_out(files: Iterable[Json]) -> str:
    """Files of which nothing was written, and why."""
    rows = [
        f"<li>{path(file['path'])} <span>{shown(file['reason'] or 'no reason given')}</span></li>" for file in files
    ]
    return folded(rows, '<ul class="plain">{}</ul>')


def _untouched(files: Iterable[Json]) -> str:
    rows = [f"<li>{path(file['path'])}{''.join(map(_warning, file['warnings']))}</li>" for file in files]
    return folded(rows, '<ul class="plain">{}</ul>')


def _warning(warning: str) -> str:
    return f" <span>Warning: {shown(warning)}</span>"


def _names(names: Iterable[Json]) -> str:
    rows = [
        f'<tr><th scope="row">{_findable(name["name"])}</th>{number_cell(name["count"])}{number_cell(name["files"])}'
        f"<td>{_forms(name['heard_as'])}</td></tr>"
        for name in names
    ]
    return table(
        "Names, and the forms that they were heard as",
        {"Name": "words", "Times": "number", "Files": "number", "Heard as": "words"},
        rows,
    )


def _forms(forms: Mapping[str, int]) -> str:
    ordered = sorted(forms.items(), key=lambda form: -form[1])
    return ", ".join(f"{_findable(form)}{_times(times)}" for form, times in ordered)


def _findable(words: str) -> str:
    """Words that the page's script makes a link to all corrections that hold them."""
    return f"<span data-find>{shown(words)}</span>"


def _times(times: int) -> str:
    return f" ×\u00a0{times:,}" if times > 1 else ""


def _differently(heard: Iterable[Json]) -> str:
    """What was heard the same and not written the same."""
    lead = "<p>Heard the same, but not written the same everywhere. Often right, sometimes a slip: worth a look.</p>"
    return lead + folded([_ways(row) for row in heard], '<div class="ways">{}</div>')


def _ways(row: Json) -> str:
    ways = "".join(f"<div><dt>{_way(way['written'])}</dt><dd>{_places(way['files'])}</dd></div>" for way in row["ways"])
    return f"<div><h3>{_findable(row['heard'])}</h3><dl>{ways}</dl></div>"


def _way(written: str | None) -> str:
    if written is None:
        return "left as it is"
    return f"<ins>{spaced(written)}</ins>" if written else "taken out"


def _places(files: Sequence[Json]) -> str:
    rows = [f"<li>{path(file['path'])}{_times(file['count'])}</li>" for file in files]
    return folded(rows, "<ul>{}</ul>", few=5)


def _stage_boxes(names: Iterable[str]) -> str:
    box = '<label><input type="checkbox" name="stage" value="{0}"> {0} <span class="count"></span></label>'
    return "\n".join(box.format(shown(name)) for name in names)


def _settings(report: Json) -> str:
    rows = {**report["settings"], **report["versions"]}
    facts = "".join(
        f"<div><dt>{shown(name)}</dt><dd>{shown(_plainly(value))}</dd></div>" for name, value in rows.items()
    )
    return f'<dl class="settings">{facts}</dl>'


def _plainly(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
