"""Words, numbers, times and tables as HTML."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from ungarble.terminal import visible

FEW = 10
"""Rows of a table or list that are shown at once; the others can be opened."""

_LINE_END = re.compile(r"\s*[\r\n]+\s*")


def shown(text: str) -> str:
    r"""Text as HTML, also inside an attribute; what a browser would obey or hide is shown.

    >>> shown('</script>"\x1b\u202e')
    '&lt;/script&gt;&quot;␛\\u202e'
    """
    return escape(visible(text))


def spaced(text: str) -> str:
    """The same for words that are changed: spaces that would not be seen are shown."""
    if not text.strip(" "):
        text = text.replace(" ", "␣")
    return shown(text.replace("\u00a0", "⍽"))


def context(text: str) -> str:
    """The same for words beside a change: a line end there is only a space."""
    return shown(_LINE_END.sub(" ", text))


def path(name: str) -> str:
    """A path whose last part stands out."""
    folder, slash, last = shown(name).rpartition("/")
    return f'<span class="path">{folder}{slash}<b>{last}</b></span>'


def clock(seconds: float) -> str:
    """A place in a recording.

    >>> clock(75.4), clock(3675)
    ('1:15', '1:01:15')
    """
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def duration(seconds: float) -> str:
    """How long something took.

    >>> duration(0.042), duration(7.25), duration(200)
    ('0.04 s', '7.2 s', '3 min 20 s')
    """
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"
    minutes, second = divmod(round(seconds), 60)
    return f"{minutes:,} min {second} s"


def moment(time: str) -> str:
    """A day and a time of day; as it is given where it is no ISO time.

    >>> moment("2026-11-22T14:05:09+00:00")
    '<time datetime="2026-11-22T14:05:09+00:00">22 November 2026, 14:05 UTC</time>'
    """
    try:
        read = datetime.fromisoformat(time)
    except ValueError:
        return shown(time)
    return f'<time datetime="{shown(time)}">{read.day} {read:%B %Y, %H:%M %Z}</time>'.replace(" </time>", "</time>")


def folded(rows: Sequence[str], around: str, few: int = FEW) -> str:
    """The first rows, and the others to be opened; ``around`` is what stands around rows."""
    first = around.format("".join(rows[:few]))
    if len(rows) <= few:
        return first
    rest = around.format("".join(rows[few:]))
    return f'{first}<details class="rest"><summary>{len(rows) - few:,} more</summary>{rest}</details>'


def table(caption: str, columns: Mapping[str, str], rows: Sequence[str], few: int = FEW) -> str:
    """A table; ``columns`` maps titles to classes: ``number`` for those whose cells ``number_cell`` makes."""
    heads = "".join(f'<th scope="col" class="{kind}">{column}</th>' for column, kind in columns.items())
    around = f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{{}}</tbody></table>"
    return folded(rows, around, few)


def number_cell(value: int) -> str:
    """A cell of a table that holds a number."""
    return f'<td class="number">{value:,}</td>'
