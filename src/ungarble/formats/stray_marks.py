"""Marks that are left alone, as their word went elsewhere: they go to the word before, opening ones to the next."""

import re
from collections.abc import Sequence

from ungarble.document import Span
from ungarble.formats.places import Element, Place
from ungarble.formats.rewriting import Change, new_text

OPENERS = tuple("“‘([{«")
_CLOSING = re.compile(r"[,.;:?!…”’)\]}»\"']+(?!\S)")
_STRAY = re.compile(rf"{_CLOSING.pattern}|[“‘(\[{{«]+")

Changes = dict[int, list[Change]]
"""What changes in which place or element of a track, by number."""


def move_stray_marks(holders: Sequence[Place | Element], text: str, changes: Changes) -> None:
    """Move the marks of places and elements that lose their words, all of them or the first.

    "Mazar e" and "Sharif, he said" that become "Mazar-e-Sharif" and "he said" leave a comma, which belongs to that.
    """
    held = {n: new_text(Span(holders[n].at, holders[n].until), text, rows).strip() for n, rows in changes.items()}
    opening: dict[int, str] = {}
    opened = -1  # the last from which an opening mark went on: no other may go back past it
    for n in sorted(changes):
        rows, mark = _without_stray(holders[n], text, changes[n], held[n])
        opens = mark.endswith(OPENERS)
        to = _next(holders, text, held, n, 1 if opens else -1) if mark else None
        if to is None or (not opens and to < opened):
            continue
        changes[n], held[n] = rows, new_text(Span(holders[n].at, holders[n].until), text, rows).strip()
        if opens:
            opened, opening[to] = n, opening.get(to, "") + mark
        else:
            _add(changes.setdefault(to, []), holders[to].until, "", mark)
    for to, mark in opening.items():
        _add(changes.setdefault(to, []), holders[to].at, mark, "")


def _without_stray(holder: Place | Element, text: str, rows: Sequence[Change], held: str) -> tuple[list[Change], str]:
    """What changes in a place without a mark that is left alone at its start or in it; and the mark, if any."""
    if _STRAY.fullmatch(held) and _has_letters(text[holder.at : holder.until]):
        joined_to = next((row.joined_to for row in rows if row.joined_to is not None), None)
        return [Change(holder.at, holder.until, "", joined_to)], held
    first, *rest = sorted(rows, key=lambda row: (row.start, row.end))
    mark = _CLOSING.match(text, first.end, holder.until)
    is_lost = first.start == holder.at < first.end and not first.new.strip()
    if not mark or not is_lost or (rest and rest[0].start < mark.end()):
        return list(rows), ""
    return [first._replace(end=mark.end()), *rest], mark[0]


def _add(rows: list[Change], at: int, before: str, behind: str) -> None:
    """Insert marks at a place, before or behind what is inserted there already."""
    for n, row in enumerate(rows):
        if row.start == row.end == at:
            rows[n] = row._replace(new=before + row.new + behind)
            return
    rows.append(Change(at, at, before + behind))


def _next(holders: Sequence[Place | Element], text: str, held: dict[int, str], n: int, step: int) -> int | None:
    """The next one that still holds something; None where words that stand elsewhere come before it."""
    while 0 <= n + step < len(holders):
        left, right = sorted((n, n + step))
        if _has_letters(text[holders[left].until : holders[right].at]):
            return None
        n += step
        if held.get(n) != "":
            return n
    return None


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))
