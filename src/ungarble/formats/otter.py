"""Otter's text export: a speaker and a time with two spaces between, the words below, a blank line."""

import re

from ungarble.formats import BrokenFormatError, File, Reading
from ungarble.formats.clock import seconds
from ungarble.formats.heads import Head, Kind
from ungarble.formats.turns import SAMPLE, Line, lines_of, reading

_HEAD = re.compile(r"(?P<name>\S(?:[^\n:]{0,78}?[^\s:])?)[ \xa0]{2,}(?P<start>(?:\d{1,3}:)?\d{1,2}:\d{2})[ \t\xa0]*")
_FOOTER = re.compile(r"\s*Transcribed by https?://otter\.ai/?\s*")


def looks_like(text: str) -> bool:
    """Whether most paragraphs begin with a name, two spaces or more, and a time, on a line of their own."""
    lines = lines_of(text[:SAMPLE])
    heads = _heads(lines)
    paragraphs = sum(line.opens for line in lines if not _FOOTER.fullmatch(line.text))
    footer = any(_FOOTER.fullmatch(line.text) for line in lines[-3:])
    followed = sum(n + 1 < len(lines) and not lines[n + 1].opens for n in heads)
    return 2 * followed > len(heads) and (footer or (len(heads) > 1 and 2 * len(heads) >= paragraphs))


def read(file: File) -> Reading:
    """Find the turns. What stands before the first and Otter's footer are left alone.

    Raises BrokenFormatError where there are none.
    """
    lines = [line for line in lines_of(file.text) if not _FOOTER.fullmatch(line.text)]
    heads = _heads(lines)
    if not heads:
        raise BrokenFormatError(file.name, 1, "no turns of Otter: there is no line like 'Name  0:03' with two spaces")
    first = min(heads)
    moved = {n - first: head._replace(label=head.label and (n - first, *head.label[1:])) for n, head in heads.items()}
    return reading(file, lines[first:], moved)


def _heads(lines: list[Line]) -> dict[int, Head]:
    found = {}
    for number, line in enumerate(lines):
        match = _HEAD.fullmatch(line.text) if line.opens else None
        if match:
            label = (number, *match.span("name"))
            found[number] = Head(Kind.LABEL_TIME, seconds(match["start"]), None, label, len(line.text))
    return found
