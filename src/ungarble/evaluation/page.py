"""The result of an evaluation as one HTML page, for a person.

It needs no network and no script; its Content-Security-Policy lets nothing in but its own style.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from string import Template
from typing import Any

from ungarble.batch.markup import folded, shown, spaced
from ungarble.evaluation.plot import calibration_plot
from ungarble.evaluation.rows import calibration, comparison, documents, headline, kinds, right_text, stages
from ungarble.wording import many

Json = Mapping[str, Any]
Section = tuple[str, str, str]
"""Name, title, and content."""

_ERRORS = {
    "broken": ("Broken words", "Words that were right as heard, and are not after cleaning."),
    "wrong": (
        "Other wrong corrections",
        "What was written was not said there, but what was heard was not right either.",
    ),
    "missed": ("Names still wrong", "Names that were misheard, and are not right after cleaning."),
}


def page(result: Json) -> str:
    """One self-contained HTML page from a result; everything from transcripts is escaped."""
    style = _part("batch", "page.css") + _part("evaluation", "page.css")
    sections = [section for section in _sections(result) if section[2]]
    return Template(_part("evaluation", "page.html")).substitute(
        style=style,
        style_hash=f"sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
        title=f"ungarble: evaluation of {many(result['totals']['documents'], 'transcript')}",
        meaning=shown(result["meaning"]),
        made=f"ungarble {shown(result['settings']['versions'].get('ungarble', ''))}",
        contents="".join(f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in sections),
        sections="\n".join(_section(*section) for section in sections),
        settings=_settings(result["settings"]),
    )


def _part(package: str, name: str) -> str:
    return resources.files(f"ungarble.{package}").joinpath(name).read_text(encoding="utf-8")


def _sections(result: Json) -> Iterator[Section]:
    yield "figures", "Before and after", _table(headline(result))
    yield "right", "Text that was right", _table(right_text(result))
    if "comparison" in result:
        yield "compared", "Compared with before", _table(comparison(result["comparison"])) or "<p>Nothing changed.</p>"
    yield "stages", "What each stage did", _table(stages(result))
    yield "kinds", "Names by kind", _table(kinds(result))
    yield "calibration", "How sure, and how often right", _calibration(result)
    for what, (title, lead) in _ERRORS.items():
        yield what, title, _errors(lead, result["errors"][what])
    yield "documents", "Transcripts", _table(documents(result))


def _section(name: str, title: str, content: str) -> str:
    heading = f'<h2 id="{name}-title">{title}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">\n{heading}\n{content}\n</section>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A table; nothing where there are only titles."""
    if len(rows) < 2:
        return ""
    heads = "".join(f'<th scope="col"{_kind(number)}>{shown(title)}</th>' for number, title in enumerate(rows[0]))
    around = f"<table><thead><tr>{heads}</tr></thead><tbody>{{}}</tbody></table>"
    return folded([_row(row, len(rows[0])) for row in rows[1:]], around.replace("{}", "{0}"), few=40)


def _row(cells: Sequence[str], columns: int) -> str:
    first, *others = cells
    rest = "".join(f'<td class="number">{shown(cell)}</td>' for cell in others)
    return f'<tr><th scope="row">{shown(first)}</th>{rest}{"<td></td>" * (columns - len(cells))}</tr>'


def _kind(number: int) -> str:
    return ' class="number"' if number else ""


def _calibration(result: Json) -> str:
    plots = "".join(
        f"<figure>{calibration_plot(stage, found['tenths'])}<figcaption>{shown(stage)}: "
        f"expected calibration error {found['ece']:.3f}</figcaption></figure>"
        for stage, found in result["calibration"].items()
        if found["tenths"]
    )
    return f'<div class="plots">{plots}</div>{_table(calibration(result))}' if plots else ""


def _errors(lead: str, errors: Sequence[Json]) -> str:
    if not errors:
        return ""
    return f"<p>{lead}</p>" + folded([_error(row) for row in errors], '<ol class="errors">{}</ol>')


def _error(row: Json) -> str:
    heard, written = spaced(row["heard"]) or "∅", spaced(row["written"]) or "∅"
    change = f"<del>{heard}</del> <ins>{written}</ins>" if row["stage"] else f"<mark>{heard}</mark>"
    by = f"<b>{shown(row['stage'])}</b> {row['confidence']:.2f} · {shown(row['reason'])}" if row["stage"] else ""
    by = by or ("suggested" if row["suggested"] else "not found" if row["listed"] else "in no list of names")
    times = f" · {many(row['times'], 'time')}" if row["times"] > 1 else ""
    return (
        f'<li><p class="where"><span>{shown(row["document"])}</span>{times}</p>'
        f'<p class="text">{shown(row["before"])} {change} {shown(row["after"])}</p>'
        f'<p class="why">said: {shown(row["said"])} · {by}</p></li>'
    )


def _settings(settings: Json) -> str:
    rows = {name: value for name, value in settings.items() if name != "versions"} | settings["versions"]
    facts = "".join(
        f"<div><dt>{shown(name)}</dt><dd>{shown(_plainly(value))}</dd></div>" for name, value in rows.items()
    )
    return f'<dl class="settings">{facts}</dl>'


def _plainly(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
