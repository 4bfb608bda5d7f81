"""The frame of a page, which needs no network: its Content-Security-Policy lets in its own style and script alone."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from importlib import resources
from string import Template
from typing import NamedTuple

from ungarble.pages.markup import shown


class Section(NamedTuple):
    """A part of a page: its name in addresses, its title, and its content as HTML."""

    name: str
    title: str
    content: str
    label: str = ""
    """What it is called in the list of contents, where that is not its title."""


def framed(
    title: str,
    header: Iterable[str],
    sections: Iterable[Section],
    settings: Mapping[str, object],
    style: str = "",
    script: str = "",
    skip: str = "",
) -> str:
    """One self-contained page. ``title`` and ``header``, its lines, are HTML; ``settings`` are shown at the end.

    ``style`` is added to that of every page; ``skip`` is a link that stands before everything.
    """
    sections = list(sections)
    style = part("pages", "page.css") + style
    sources = [f"style-src '{_hash(style)}'", *([f"script-src '{_hash(script)}'"] if script else [])]
    return Template(part("pages", "frame.html")).substitute(
        sources="; ".join(sources),
        title=title,
        style=style,
        skip=f"{skip}\n" if skip else "",
        header="\n".join(header),
        contents="".join(f'<li><a href="#{one.name}">{one.label or one.title}</a></li>' for one in sections),
        sections="\n".join(map(_section, sections)),
        settings=_settings(settings),
        script=f"<script>{script}</script>\n" if script else "",
    )


def part(package: str, name: str) -> str:
    """A file of a package that a page is made from."""
    return resources.files(f"ungarble.{package}").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """A source for a Content-Security-Policy that allows exactly this text."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _section(one: Section) -> str:
    heading = f'<h2 id="{one.name}-title">{one.title}</h2>'
    return f'<section id="{one.name}" aria-labelledby="{one.name}-title">\n{heading}\n{one.content}\n</section>'


def _settings(settings: Mapping[str, object]) -> str:
    facts = "".join(
        f"<div><dt>{shown(name)}</dt><dd>{shown(_plainly(value))}</dd></div>" for name, value in settings.items()
    )
    return f'<dl class="settings">{facts}</dl>'


def _plainly(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
