"""YouTube's json3: ``events[]`` with ``segs[]``, a word each in automatic captions, whole lines in others.

Events without words, and the line ends of rolling captions, stay; nothing is repeated there. A word has the time at
which it begins alone, so one that becomes two stays in its place; one that is lost goes with its ``seg``.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ungarble.document import Timing
from ungarble.formats import File, Reading
from ungarble.formats.json_scan import Array, Json, Object, Range, as_array, as_object, look, objects, parse
from ungarble.formats.json_tracks import Assembly, rows_of, unknown
from ungarble.formats.json_words import amount_of, confidence_of, with_siblings
from ungarble.formats.places import Element, Words

_UNITS = 1000.0
"""All times are milliseconds …"""

_MOST_SURE = 255.0
"""… and confidences go up to this."""


class _Said(NamedTuple):
    """Words of an event: what is taken out with them, and their neighbours; where they stand, and when they begin."""

    start: int
    end: int
    left: int
    right: int
    text: Range
    began: float | None
    confidence: float | None


def looks_like(text: str) -> bool:
    """Whether it has events with times."""
    json = look(text)
    return json is not None and _is_json3(json)


def _is_json3(json: Json) -> bool:
    root = as_object(json.root)
    events = list(objects(root.get("events")))
    return any("tStartMs" in event for event in events) or (not events and "wireMagic" in root)


def read(file: File) -> Reading:
    """Find the events that say something. Raises BrokenFormatError."""
    json = parse(file.text, file.name)
    if not _is_json3(json):
        raise unknown(file, json)
    events = [event for event in objects(as_object(json.root).get("events")) if _is_shown(json, event)]
    assembly = Assembly(file, json, len(events))
    elements = [element for event in events for element in _told(assembly, json, event)]
    assembly.builder.places.clear()  # the elements have them
    assembly.builder.words.append(Words(tuple(elements), one_each=False))
    return assembly.reading(file)


def _is_shown(json: Json, event: Object) -> bool:
    """Whether an event is for words, and no line end that makes captions roll."""
    if not isinstance(event.get("segs"), Array):
        return False
    said = "".join(json.read(as_object(seg).get("utf8")) or "" for seg in as_array(event["segs"]))
    return "aAppend" not in event or bool(said.strip()) or "\n" not in said


def _told(assembly: Assembly, json: Json, event: Object) -> Iterator[Element]:
    """Add the words of an event; give where they stand."""
    start, lasts = _seconds(json, event, "tStartMs"), _seconds(json, event, "dDurationMs")
    end = None if start is None or lasts is None else round(start + lasts, 3)
    builder = assembly.builder
    builder.segment(start, end)
    words = []
    for said in _said(json, as_array(event["segs"]), start):
        if said.start == said.text.start:
            builder.line()
        at, until = builder.add(*said.text, assembly.writing)
        if at < until:
            words.append((said, at, until))
            yield Element(said.start, said.end, at, until, (builder.places[-1],), left=said.left, right=said.right)
    if len(words) > 1 and not any(said.start == said.text.start for said, _, _ in words):
        builder.timings += _timings(words, end)


def _said(json: Json, segs: Array, start: float | None) -> Iterator[_Said]:
    """The segs of an event; those of several lines, and one that is alone, by their lines."""
    for value, left, right in with_siblings(json, segs):
        seg = as_object(value)
        text = json.string(seg.get("utf8"))
        if not text:
            continue
        began = None if start is None else round(start + (_seconds(json, seg, "tOffsetMs") or 0.0), 3)
        sure = confidence_of(json, seg.get("acAsrConf"), _MOST_SURE)
        rows = list(rows_of(json.text, text))
        if len(segs) > 1 and len(rows) == 1:
            yield _Said(seg.start, seg.end, left, right, text, began, sure)
            continue
        for n, row in enumerate(rows):
            before = rows[n - 1].end if n else row.start
            behind = rows[n + 1].start if n + 1 < len(rows) else row.end
            yield _Said(*row, before, behind, row, began, sure)


def _seconds(json: Json, value: Object, name: str) -> float | None:
    amount = amount_of(json, value.get(name))
    return None if amount is None else amount / _UNITS


def _timings(words: Sequence[tuple[_Said, int, int]], end: float | None) -> list[Timing]:
    """When words are said: each until the next begins."""
    found = []
    for said, at, until in reversed(words):
        is_before = end is not None and said.began is not None and said.began <= end
        found.append(Timing(at, until, said.began, end if is_before else None, said.confidence))
        end = said.began
    return found[::-1]
