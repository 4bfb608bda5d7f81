"""The fixes for people (a hunk for every line that has some) and for programs (a patch)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ungarble.correction import Correction, Edit
from ungarble.document import Document, Span
from ungarble.lines import Lines, Places
from ungarble.names.speakers import LabelFix
from ungarble.pipeline import Result
from ungarble.terminal import visible

CONTEXT = 50
"""Characters shown on either side of a change; a line that is much longer is shown as excerpts."""

LONGEST = 60
"""Characters of a correction's own words in its row; of more, the middle is left out."""

_LINE_ENDS = re.compile("␊+")

Style = Callable[[str, str], str]
"""Shows a stretch of text as what it is: removed, added, suggested, place, or reason."""


class _Mark(NamedTuple):
    """A change to show inside its line; ``sure`` if it was applied."""

    span: Span
    removed: str
    added: str
    sure: bool


@dataclass(slots=True)
class _Hunk:
    """Lines that are shown together: the first and the last, changes in them, and corrections that begin there."""

    first: int
    last: int
    marks: list[_Mark] = field(default_factory=list)
    rows: list[tuple[Correction, tuple[Edit, ...], bool]] = field(default_factory=list)


def show(result: Result, color: bool = False, labels: Sequence[LabelFix] = ()) -> str:
    """What was fixed and what is suggested, by line, each with its stage, confidence and reason.

    Changes are marked inside the line, in colour or as ``[-badaksha-]{+Badakhshan+}``; what is only suggested is marked
    ``[?obadily → Obaid Ali?]``. ``labels`` are the speakers that were put right. Nothing in the text can be interpreted
    by a terminal.
    """
    style = _colored if color else _plain
    lines = Lines(result.document.text)
    shown = ["".join(_labels(labels, style))] if labels else []
    places = Places(result.document)
    shown += ("".join(_render(hunk, result.document, lines, places, style)) for hunk in _hunks(result, lines))
    whole = "\n".join(shown)
    return _LINE_ENDS.sub(" ", whole) if result.document.segments else whole  # between cues, where nothing can change


def before_and_after(text: str, edits: Sequence[Edit]) -> tuple[str, str]:
    """The words that a correction changes, and what they become; those beside it are shown where it takes out or adds.

    >>> from ungarble.correction import Kind
    >>> edits = [Edit(Kind.GAP, Span(7, 7), "", "."), Edit(Kind.CASE, Span(8, 9), "i", "I")]
    >>> before_and_after("he left i stayed", edits)
    ('left i', 'left. I')
    """
    removal = not any(edit.replacement for edit in edits)
    start, end = shown_span(text, edits)
    parts, at = [], start
    for edit in edits:
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    after = "".join([*parts, text[at:end]]).strip()
    return text[start:end].strip(), after.replace("  ", " ") if removal else after


def shown_span(text: str, edits: Sequence[Edit]) -> Span:
    """The range of the text that ``before_and_after`` shows, with the space around it."""
    start, end = edits[0].span.start, edits[-1].span.end
    removal = not any(edit.replacement for edit in edits)
    if removal or not edits[0].original.strip():
        start = _word_before(text, start)
    after = _word_after(text, end) if removal or not edits[-1].original.strip() else end
    if "\n" not in text[end:after]:
        end = after  # what begins another line has nothing to do with it
    return Span(start, end)


def _hunks(result: Result, lines: Lines) -> list[_Hunk]:
    changes = [(c, _edits(result, c), True) for c in result.resolution.applied]
    changes += [(c, _edits(result, c), False) for c in result.resolution.suggested]
    hunks: list[_Hunk] = []
    spans = (edit.span for _, edits, _ in changes for edit in edits)
    for first, last in sorted((lines.place(span.start)[0], lines.place(span.end)[0]) for span in spans):
        if hunks and first <= hunks[-1].last:
            hunks[-1].last = max(last, hunks[-1].last)
        else:
            hunks.append(_Hunk(first, last))
    starts = [hunk.first for hunk in hunks]
    for change in sorted(changes, key=lambda change: change[1][0].span):
        hunks[bisect_right(starts, lines.place(change[1][0].span.start)[0]) - 1].rows.append(change)
    for mark in _marks(result):
        hunks[bisect_right(starts, lines.place(mark.span.start)[0]) - 1].marks.append(mark)
    return hunks


def _edits(result: Result, correction: Correction) -> tuple[Edit, ...]:
    return tuple(sorted(result.edits_of(correction), key=lambda edit: (edit.span, edit.slot)))


def _marks(result: Result) -> list[_Mark]:
    """All that was applied, and what is suggested where nothing was."""
    marks = [_Mark(edit.span, edit.original, edit.replacement, True) for _, edit in result.rendering.edits]
    for edit in (edit for c in result.resolution.suggested for edit in c.edits):
        at = bisect_left(marks, edit.span, key=lambda mark: mark.span)
        before, after = marks[at - 1].span if at else None, marks[at].span if at < len(marks) else None
        if (before is None or before.end <= edit.span.start) and (
            after is None or (edit.span.end <= after.start and edit.span != after)
        ):
            marks.insert(at, _Mark(edit.span, edit.original, edit.replacement, False))
    return marks


def _labels(labels: Sequence[LabelFix], style: Style) -> Iterable[str]:
    yield style("place", "speakers") + "\n"
    for label, written, correction, applied in labels:
        facts = f"· {correction.corrector} {correction.confidence:.2f} · {visible(correction.reason)}"
        sign = "  " if applied else style("question", "? ")
        yield f"  {sign}{visible(label)} → {visible(written)} {style('reason', facts)}\n"


def _place(hunk: _Hunk, document: Document, lines: Lines, places: Places) -> str:
    """What a hunk is called: its lines in the file, and time and speaker where these are known."""
    where = places.where(lines.bounds(hunk.first)[0])
    last = places.where(lines.bounds(hunk.last)[0])
    if not document.segments and hunk.first != hunk.last:
        return f"lines {where.line} to {last.line}"
    return str(where)


def _render(hunk: _Hunk, document: Document, lines: Lines, places: Places, style: Style) -> Iterable[str]:
    text, place = document.text, _place(hunk, document, lines, places)
    yield style("place", visible(place)) + "\n"
    start, end = lines.bounds(hunk.first)[0], lines.bounds(hunk.last)[1]
    yield f"    {_line(text, start, max([end, *(mark.span.end for mark in hunk.marks)]), hunk.marks, style)}\n"
    for correction, edits, applied in hunk.rows:
        yield _row(text, correction, edits, applied, style)


def _line(text: str, start: int, end: int, marks: Sequence[_Mark], style: Style) -> str:
    parts, at = [], start
    for mark in marks:
        parts.append(_excerpt(text[at : mark.span.start], at > start, True))
        parts.append(_marked(mark, style))
        at = mark.span.end
    return "".join([*parts, _excerpt(text[at:end], bool(marks), False)])


def _marked(mark: _Mark, style: Style) -> str:
    if not mark.sure:
        return style("suggested", f"{_spaces(mark.removed) or '∅'} → {mark.added or '∅'}")
    removed = style("removed", _spaces(mark.removed)) if mark.removed else ""
    return removed + (style("added", mark.added) if mark.added else "")


def _excerpt(kept: str, head: bool, tail: bool) -> str:
    """What stands unchanged between two changes; ``head`` if one stands before it, ``tail`` if one stands after."""
    if len(kept) <= CONTEXT * (head + tail) + len(" … "):
        return visible(kept)
    start = kept[:CONTEXT].rpartition(" ")[0] or kept[:CONTEXT] if head else ""
    end = kept[-CONTEXT:].partition(" ")[2] or kept[-CONTEXT:] if tail else ""
    return f"{visible(start)}{' ' if head else ''}…{' ' if tail else ''}{visible(end)}"


def _row(text: str, correction: Correction, edits: Sequence[Edit], applied: bool, style: Style) -> str:
    before, after = (_shortened(side) for side in before_and_after(text, edits))
    facts = [f"{correction.corrector} {correction.confidence:.2f}", visible(correction.reason)]
    if not applied:
        facts.insert(1, "suggested")
        others = [other.written for other in correction.alternatives if other.written != after]
        facts += [f"or {', '.join(map(visible, others))}"] if others else []
    sign = "  " if applied else style("question", "? ")
    return f"  {sign}{before} → {after} {style('reason', '· ' + ' · '.join(facts))}\n"


def _shortened(text: str) -> str:
    if len(text) > LONGEST:
        half = LONGEST // 2
        text = f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
    return visible(_spaces(text))


def _spaces(text: str) -> str:
    """Show the spaces that look like others."""
    return text.replace("\u00a0", "⍽")


def _word_before(text: str, position: int) -> int:
    """Where the word before a position begins; a line end is no word, but shown in its place."""
    at = len(text[max(0, position - LONGEST) : position].rstrip()) + max(0, position - LONGEST)
    while at and not text[at - 1].isspace() and position - at < LONGEST:
        at -= 1
    return at


def _word_after(text: str, position: int) -> int:
    """Where the word after a position ends."""
    near = text[position : position + LONGEST]
    blank = len(near) - len(near.lstrip())
    return position + blank + len((near[blank:].split(maxsplit=1) or [""])[0])


def _plain(what: str, text: str) -> str:
    forms = {"removed": "[-{}-]", "added": "{{+{}+}}", "suggested": "[?{}?]"}
    return forms.get(what, "{}").format(visible(text))


def _colored(what: str, text: str) -> str:
    from click import style

    text = visible(text)
    blank = not text.strip() or None  # a colour alone would not show a space
    if what == "removed":
        return style(text, fg="red", strikethrough=not blank or None, reverse=blank)
    if what == "added":
        return style(text, fg="green", bold=not blank or None, reverse=blank)
    if what in ("suggested", "question"):
        return style(text, fg="yellow")
    return style(text, dim=True) if what == "reason" else style(text, fg="cyan")
