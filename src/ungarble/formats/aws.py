"""JSON of Amazon Transcribe: ``results.transcripts[0].transcript``, and ``results.items`` with a row for every word.

Times are strings. A mark is an item of its own, without times: one that is added or goes is an item that does. Items
have numbers where ``audio_segments`` refer to them; new ones get numbers that are free. What repeats the items (the
items of channels, speakers and alternatives) goes along with them; of alternatives the first is the text.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

from ungarble.formats import File, Reading
from ungarble.formats.json_scan import (
    Array,
    Json,
    Object,
    Range,
    Value,
    as_array,
    as_object,
    look,
    objects,
    parse,
    scan,
)
from ungarble.formats.json_tracks import Line, assembled, parted, spoken_at, stream, strings, unknown
from ungarble.formats.json_words import (
    TimedWord,
    Track,
    confidence_of,
    member,
    seconds_of,
    speaker_of,
    time_of,
    with_siblings,
)
from ungarble.formats.places import MarkRow, MarkWriter

_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_SPEAKER = ("speaker_label", "channel_label")


def looks_like(text: str) -> bool:
    """Whether it has results with transcripts, or items of the kinds that Transcribe has."""
    json = look(text)
    return json is not None and _is_aws(json)


def _is_aws(json: Json) -> bool:
    results = as_object(as_object(json.root).get("results"))
    items = objects(results.get("items"))
    return isinstance(results.get("transcripts"), Array) or any("alternatives" in item for item in items)


def read(file: File) -> Reading:
    """Find the turns of the speakers, or the transcript where there are none. Raises BrokenFormatError."""
    json = parse(file.text, file.name)
    if not _is_aws(json):
        raise unknown(file, json)
    results = as_object(as_object(json.root)["results"])
    items = _items(json, [as_array(results.get("items"))])
    transcript = [Line(json.string(one.get("transcript"))) for one in objects(results.get("transcripts"))]
    turns = _turns(json, as_object(results.get("speaker_labels")), transcript, items)
    rows = [_line(json, segment) for segment in objects(results.get("audio_segments"))]
    accounts = [rows, turns] if _are_in_order(json, results, items) else [turns, rows]
    best = [as_object(next(iter(as_array(one.get("alternatives"))), None)) for one in objects(results.get("segments"))]
    copy = strings(Line(json.string(one.get("transcript"))) for one in best)
    tracks = _tracks(json, results, items, best)
    return assembled(file, json, [stream(json, [a for a in accounts if a], tracks, [copy] if copy else [])])


def _line(json: Json, segment: Object) -> Line:
    start, end = (seconds_of(json, segment.get(name)) for name in ("start_time", "end_time"))
    return Line(json.string(segment.get("transcript")), start, end, speaker_of(json, member(segment, _SPEAKER)))


def _are_in_order(json: Json, results: Object, items: Sequence[TimedWord]) -> bool:
    """Whether the audio segments have the items in the order in which these are listed."""
    found = [number for _, number in _numbers(json, results, _Known(json, items))]
    return found == sorted(found)


def _items(json: Json, arrays: Iterable[Array]) -> list[TimedWord]:
    """The words and marks of lists of items."""
    found = []
    for array in arrays:
        for value, left, right in with_siblings(json, array):
            item = as_object(value)
            said = as_object(next(iter(as_array(item.get("alternatives"))), item))
            content = json.string(said.get("content"))
            if content:
                word = _row(json, item, left, right)
                confidence = confidence_of(json, said.get("confidence")) if word.times else None
                is_mark = json.read(item.get("type")) == "punctuation"
                found.append(word._replace(forms=(content,), confidence=confidence, is_mark=is_mark))
    return found


def _row(json: Json, row: Object, left: int, right: int) -> TimedWord:
    """When an item was said, and by whom."""
    (first, began), (last, ended) = (time_of(json, row.get(name)) for name in ("start_time", "end_time"))
    return TimedWord(
        row.start,
        row.end,
        left,
        right,
        (None,),
        ((first, last),) if first or last else (),
        began,
        ended,
        speaker=speaker_of(json, member(row, _SPEAKER)),
        ident=_ident(json, row.get("id")),
    )


def _ident(json: Json, value: Value | None) -> Range | None:
    """Where the number of an item stands."""
    number = json.number(value)
    is_whole = number is not None and _WHOLE.fullmatch(json.text, number.start, number.end) is not None
    return Range(number.start, number.end) if number and is_whole else None


def _turns(json: Json, labels: Object, transcript: Sequence[Line], items: Sequence[TimedWord]) -> Sequence[Line]:
    """The transcript parted where the turns of the speakers begin; a turn that has no words is one all the same."""
    segments = list(objects(labels.get("segments")))
    if len(transcript) != 1 or transcript[0].string is None or not segments:
        return transcript
    where = spoken_at(json, transcript, items)
    known = _Known(json, items)
    begun: list[tuple[int, Line]] = []
    turns: list[Line | int] = []
    for segment in segments:
        first = next((n for row in objects(segment.get("items")) if (n := known.timed(row)) is not None), None)
        place = where[first] if first is not None else None
        line = _line(json, segment)._replace(string=None)
        if place and (not begun or place[1] > begun[-1][0]):
            turns.append(len(begun))
            begun.append((place[1], line))
        else:
            turns.append(line)
    if not begun:
        return transcript
    parts = parted(json, transcript[0].string, begun)
    return [parts[turn] if isinstance(turn, int) else turn for turn in turns]


class _Known:
    """Finds the items that other lists repeat, each once: by their times and what they say, or by their numbers."""

    def __init__(self, json: Json, items: Sequence[TimedWord]) -> None:
        self.json, self.items = json, items
        self._timed: defaultdict[tuple[object, ...], deque[int]] = defaultdict(deque)
        self._numbered: dict[str, int] = {}
        for n, item in enumerate(items):
            if not item.is_mark:
                self._timed[item.began, item.ended].append(n)
                self._timed[item.began, item.ended, self._said(item)].append(n)
            if item.ident:
                self._numbered[json.text[slice(*item.ident)]] = n

    def _said(self, item: TimedWord) -> str:
        return self.json.decoded(item.forms[0]) if item.forms[0] else ""

    def _next(self, *key: object) -> int | None:
        found = self._timed.get(key)
        return found.popleft() if found else None

    def timed(self, row: Object) -> int | None:
        """The number of the item with a row's times."""
        return self._next(*(seconds_of(self.json, row.get(name)) for name in ("start_time", "end_time")))

    def numbered(self, number: Range) -> int | None:
        """The number of the item that a number refers to."""
        return self._numbered.get(self.json.text[slice(*number)])

    def same(self, words: Iterable[TimedWord]) -> Iterator[tuple[TimedWord, int]]:
        """Words with the numbers of the items that they are; a mark is the one that stands behind the same word."""
        last = -1
        for word in words:
            n = last + 1 if word.is_mark else self._next(word.began, word.ended, self._said(word))
            if n is None or n >= len(self.items) or self._said(self.items[n]) != self._said(word):
                continue
            last = n
            yield word, n


def _tracks(json: Json, results: Object, items: Sequence[TimedWord], best: Iterable[Object]) -> list[Track]:
    """The items, and all that repeats them: with their words, with their times, by their numbers."""
    if not items:
        return []
    free = 1 + max((int(json.text[slice(*item.ident)]) for item in items if item.ident), default=-1)
    tracks = [Track(items, mark=mark_row, next_ident=free)]
    channels = objects(as_object(results.get("channel_labels")).get("channels"))
    for arrays in [*([as_array(one.get("items"))] for one in channels), [as_array(one.get("items")) for one in best]]:
        tracks += [_same(_Known(json, items).same(_items(json, arrays)), mark_row, free)]
    timed = _Known(json, items)
    rows = (
        (_row(json, value, left, right), n)
        for segment in objects(as_object(results.get("speaker_labels")).get("segments"))
        for value, left, right in with_siblings(json, as_array(segment.get("items")))
        if isinstance(value, Object) and (n := timed.timed(value)) is not None
    )
    tracks.append(_same(rows))
    tracks.append(_same(_numbers(json, results, timed), number_row, free))
    return [track for track in tracks if track.words]


def _same(pairs: Iterable[tuple[TimedWord, int]], mark: MarkWriter | None = None, free: int = 0) -> Track:
    rows = list(pairs)
    return Track([word for word, _ in rows], [n for _, n in rows], mark=mark, next_ident=free)


def _numbers(json: Json, results: Object, known: _Known) -> Iterator[tuple[TimedWord, int]]:
    """The numbers by which the audio segments refer to items."""
    for segment in objects(results.get("audio_segments")):
        for value, left, right in with_siblings(json, as_array(segment.get("items"))):
            own = _ident(json, value)
            found = known.numbered(own) if own else None
            if own and found is not None:
                yield TimedWord(*own, left, right, (None,), ident=own), found


_TIMES = r'"(?:start_time|end_time)"\s*:\s*(?:"[^"]*"|[-\d.eE]+|null)'
_OF_WORDS = re.compile(rf"\s*,\s*{_TIMES}|{_TIMES}\s*,\s*")
_TYPE = re.compile(r'("type"\s*:\s*")pronunciation(?=")')
_CONFIDENCE = re.compile(r'("confidence"\s*:\s*")[^"]*(?=")')


def mark_row(word: str) -> MarkRow:
    r"""How a mark is written behind a word's item: like that, but without times.

    >>> row = mark_row('{"type":"pronunciation","alternatives":[{"content":"Kabul"}],"start_time":"1","end_time":"2"}')
    >>> row.raw, row.raw[slice(*row.mark)]
    ('{"type":"punctuation","alternatives":[{"content":"Kabul"}]}', 'Kabul')
    """
    raw = _CONFIDENCE.sub(r"\g<1>0.0", _TYPE.sub(r"\1punctuation", _OF_WORDS.sub("", word)))
    json = scan(raw)
    others = as_array(as_object(json.root).get("alternatives"))[1:]
    if others:
        first = json.end(as_array(as_object(json.root)["alternatives"])[0])
        raw = raw[:first] + raw[json.end(others[-1]) :]
        json = scan(raw)
    item = as_object(json.root)
    content = json.string(as_object(next(iter(as_array(item.get("alternatives"))), item)).get("content"))
    number = json.number(item.get("id"))
    return MarkRow(raw, content, (number.start, number.end) if number else None)


def number_row(number: str) -> MarkRow:
    """How a mark is referred to in a list of numbers."""
    return MarkRow(number, None, (0, len(number)))
