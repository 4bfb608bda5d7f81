"""The space between runs of a Word document, where the words of a run are taken out or go to another one."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ungarble.formats.places import FileEdit, Offsets
from ungarble.formats.turns import Line, Stretch
from ungarble.formats.wordprocessing import paragraphs

_MARKS = tuple(".,;:?!)”")
_OPENERS = tuple("“‘([{«")
_HEADS = tuple(":])")
"""What labels and times end in."""

_TEXT = re.compile(r"<(?:[\w.-]+:)?t(?![^<>]*xml:space)[^<>]*(?<!/)>")


class _Run(NamedTuple):
    """A stretch as it will be, and whether a tab stands before it."""

    stretch: Stretch
    now: str
    tabbed: bool


def tidied(xml: str, edits: Sequence[FileEdit]) -> list[FileEdit]:
    """The edits, with those of the space around words that they take out of runs: one stays between words, else none.

    ``and |the| taliban`` has two spaces where ``the`` goes, ``and| the |taliban`` none, and in ``Mazar e| Sharif.`` the
    full stop has one before it where ``Sharif`` goes to the first run. Space that comes to stand at the edge of a run
    is marked as to be kept.
    """
    found = {edit[:2]: edit for edit in edits}
    for line in _lines(xml, sorted(edit.start for edit in edits)):
        runs = _runs(xml, line, edits)
        more = (*_around_gone(xml, runs), *_beside_marks(xml, runs), *_marked(xml, runs))
        found |= {edit[:2]: edit for edit in more}
    return sorted(found.values())


def _lines(xml: str, positions: Sequence[int]) -> Iterator[Line]:
    """The lines with runs in which one of some positions lies."""
    lines = (line for paragraph in paragraphs(xml) for line in paragraph.lines) if positions else ()
    for line in lines:
        if any(bisect_left(positions, s.start) < bisect_left(positions, s.end + 1) for s in line.stretches):
            yield line


def _runs(xml: str, line: Line, edits: Sequence[FileEdit]) -> list[_Run]:
    runs, at = [], 0
    for stretch in line.stretches:
        inside = edits[bisect_left(edits, (stretch.start,)) : bisect_left(edits, (stretch.end + 1,))]
        parts, position = [], stretch.start
        for edit in inside:
            parts += [xml[position : edit.start], edit.replacement]
            position = edit.end
        now = "".join([*parts, xml[position : stretch.end]])
        runs.append(_Run(stretch, now, at < stretch.at))
        at = stretch.at + len(Offsets(stretch.writing, xml[stretch.start : stretch.end]).text)
    return runs


def _around_gone(xml: str, runs: Sequence[_Run]) -> Iterator[FileEdit]:
    """The edits of the space around runs that are empty now."""
    groups = [(empty, list(group)) for empty, group in groupby(runs, lambda run: not run.now)]
    for number, (empty, gone) in enumerate(groups[:-1]):
        after = groups[number + 1][1][0]
        if not empty or after.tabbed or any(run.tabbed for run in gone):
            continue
        before = groups[number - 1][1][-1].now if number else " "
        if before[-1].isspace() and after.now[0].isspace():
            yield from _without_space(xml, after)
        elif not before[-1].isspace() and not after.now[0].isspace() and not _begins(after.now, _MARKS):
            yield from _one_space(xml, gone)


def _beside_marks(xml: str, runs: Sequence[_Run]) -> Iterator[FileEdit]:
    """The edits of the space before or after marks, and parts of words, whose word went to another run."""
    full = [number for number, run in enumerate(runs) if run.now.strip()]
    for first, second in pairwise(full):
        before, after = runs[first], runs[second]
        is_new = second > first + 1 or not _begins(_raw(xml, after), _MARKS)
        is_closed = is_new and _begins(after.now, _MARKS) and not _ends(before.now, _HEADS)
        is_rest = before.now != _raw(xml, before) and _is_rest(after.now, _raw(xml, after))
        if is_closed or is_rest or (_ends(before.now, _OPENERS) and not _ends(_raw(xml, before), _OPENERS)):
            yield from _without_space(xml, after)
            yield from _without_space_behind(xml, before)


def _is_rest(now: str, was: str) -> bool:
    """Whether what is left of a run went on directly behind what is gone: ``-Sharif`` of ``e-Sharif``."""
    is_tail = len(now) < len(was) and was.endswith(now)
    return is_tail and not now[0].isspace() and not was[-len(now) - 1].isspace()


def _raw(xml: str, run: _Run) -> str:
    return xml[run.stretch.start : run.stretch.end]


def _begins(text: str, marks: tuple[str, ...]) -> bool:
    return text.lstrip().startswith(marks)


def _ends(text: str, marks: tuple[str, ...]) -> bool:
    return text.rstrip().endswith(marks)


def _marked(xml: str, runs: Sequence[_Run]) -> Iterator[FileEdit]:
    """The attributes of runs that begin or end with space now, and did not."""
    for run in runs:
        raw = _raw(xml, run)
        tag = xml.rfind("<", 0, run.stretch.start)
        if run.now != run.now.strip() and raw == raw.strip() and _TEXT.fullmatch(xml, tag, run.stretch.start):
            yield FileEdit(run.stretch.start - 1, run.stretch.start - 1, ' xml:space="preserve"')


def _without_space(xml: str, run: _Run) -> Iterator[FileEdit]:
    start = run.stretch.start
    space = len(run.now) - len(run.now.lstrip())
    if space and run.now[:space] == xml[start : start + space]:
        yield FileEdit(start, start + space, "")


def _without_space_behind(xml: str, run: _Run) -> Iterator[FileEdit]:
    end = run.stretch.end
    space = len(run.now) - len(run.now.rstrip())
    if space and run.now[-space:] == xml[end - space : end]:
        yield FileEdit(end - space, end, "")


def _one_space(xml: str, gone: Sequence[_Run]) -> Iterator[FileEdit]:
    """One space stays of those that runs had at their edges."""
    for run in gone:
        raw = _raw(xml, run)
        if raw != raw.strip():
            yield FileEdit(run.stretch.start, run.stretch.end, " ")
            return
