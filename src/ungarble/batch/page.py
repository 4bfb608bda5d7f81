"""The report of a batch as one HTML page, for a person.

``page.js`` filters, and keeps the filter in the address: ``report.html#stage=names&min=0.9&q=kabul``. Without
JavaScript all is there but the filters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Template
from typing import Any

from ungarble.batch.page_files import files_with_corrections, stages
from ungarble.pages.frame import Section, framed, part
from ungarble.pages.markup import duration, folded, moment, number_cell, path, shown, spaced, table
from ungarble.wording import many

Json = Mapping[str, Any]


def page(report: Json) -> str:
    """One self-contained HTML page from what ``--report report.json`` holds; everything from transcripts is escaped.

    It can be written as UTF-8, whatever the transcripts held.
    """
    totals = report["totals"]
    filters = Template(part("batch", "filters.html")).substitute(stages=_stage_boxes(stages(report["files"])))
    files = files_with_corrections(report["files"]) or "<p>No file has corrections.</p>"
    return framed(
        title=f"ungarble: {many(totals['fixes'], 'fix')} in {many(totals['files'], 'file')}",
        header=[
            "<h1>What was fixed</h1>",
            f"<p>{_summary(totals)}</p>",
            f'<p class="quiet">{_made(report)}</p>',
            '<button type="button" id="theme" hidden>Dark</button>',
        ],
        sections=[
            *_before_the_files(report),
            Section("files", "Files with corrections", filters + files, label="Files"),
            *_after_the_files(report),
        ],
        settings={**report["settings"], **report["versions"]},
        script=part("batch", "page.js"),
        skip='<a class="skip" href="#files">Skip to the files</a>',
    )


def _before_the_files(report: Json) -> Iterator[Section]:
    yield Section("totals", "Totals", _totals(report["totals"]))
    if failed := _with_status(report, "failed"):
        yield Section("failed", "Failed", _left_out(failed))
    if report["names"]:
        yield Section("names", "Names corrected most", _names(report["names"]))
    if report["treated_differently"]:
        yield Section("differently", "Treated differently", _differently(report["treated_differently"]))


def _after_the_files(report: Json) -> Iterator[Section]:
    if untouched := [file for file in _with_status(report, "changed", "unchanged") if not file["corrections"]]:
        yield Section("untouched", "Nothing to fix", _untouched(untouched))
    if skipped := _with_status(report, "skipped"):
        yield Section("skipped", "Skipped", _left_out(skipped))


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
