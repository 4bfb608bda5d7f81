"""Puts a document together from a JSON file that holds its words in several fields."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, zip_longest
from typing import NamedTuple

from ungarble.formats import FORMATS, BrokenFormatError, File, Reading, module
from ungarble.formats.builder import Builder
from ungarble.formats.json_find import Finder
from ungarble.formats.json_scan import Array, Json, Object, Range, Value, forget
from ungarble.formats.json_words import TimedWord, Track
from ungarble.formats.places import JSON, JSON_ASCII, Label, Offsets, Place, Words, Writing

_ESCAPED = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_LINE_ENDS = re.compile(r"\\(?:[rn](?:[ \t]*\\[rn])*|.)")
_SPEAKERS = ("speaker", "speaker_label", "speakerLabel", "speaker_name")


class Line(NamedTuple):
    """A stretch of the text that stands by itself: where it is written, when it was said (in seconds), and by whom.

    No string: nothing was said.
    """

    string: Range | None
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    is_paragraph: bool = False
    """Whether a paragraph begins with it."""


class Stream(NamedTuple):
    """What is heard in one channel: the lines of its text; further accounts of the same words; its words with times."""

    lines: Sequence[Line]
    copies: Sequence[Sequence[Range]] = ()
    tracks: Sequence[Track] = ()
    is_derived: bool = False
    """Whether the lines' times are those of their words, as the file says no others."""


def stream(
    json: Json, accounts: Sequence[Sequence[Line]], tracks: Sequence[Track], copies: Sequence[Sequence[Range]] = ()
) -> Stream:
    """The stream that has several accounts of its text, the best first.

    The first that has strings is the text; the rest are copies of it. Where the file says of the words alone who
    speaks and when, the lines are parted where another does, and have the times of their words.
    """
    chosen = next((n for n, lines in enumerate(accounts) if strings(lines)), 0)
    lines = list(accounts[chosen]) if accounts else []
    words = tracks[0].words if tracks else ()
    named = any(line.speaker for line in lines)
    derived = lines if named else by_speaker(json, lines, words)
    if len(derived) == 1 and derived[0].start is None:
        start, end = _times(words)
        derived = [derived[0]._replace(start=start, end=end)]
    others = [strings(account) for n, account in enumerate(accounts) if n != chosen]
    return Stream(derived, [*others, *copies], tracks, derived != lines)


def _times(words: Sequence[TimedWord]) -> tuple[float | None, float | None]:
    """When the first of some words begins and the last ends."""
    began = (word.began for word in words if word.began is not None)
    ended = (word.ended for word in reversed(words) if word.ended is not None)
    return next(began, None), next(ended, None)


def assembled(file: File, json: Json, streams: Sequence[Stream]) -> Reading:
    """The document that streams of text make, one after the other, and where its words stand in the file."""
    assembly = Assembly(file, json, sum(len(stream.lines) for stream in streams))
    spans = [assembly.say(stream.lines) for stream in streams]
    assembly.find(streams, spans)
    return assembly.reading(file, any(stream.is_derived for stream in streams))


class Assembly:
    """Collects the text first, and then finds it in the other accounts."""

    def __init__(self, file: File, json: Json, lines: int) -> None:
        self.json = json
        self.builder = Builder(file.text, has_lines=file.text.count("\n") > lines)
        is_ascii = file.text.isascii() and _ESCAPED.search(file.text) is not None
        self.writing = JSON_ASCII if is_ascii else JSON

    def say(self, lines: Iterable[Line]) -> tuple[int, int]:
        """Add the text of a stream; give its range."""
        builder = self.builder
        first = len(builder.places)
        for n, line in enumerate(lines):
            builder.segment(line.start, line.end, line.speaker)
            if line.is_paragraph or not n:
                builder.paragraph()
            if line.string:
                self.add(line.string)
        at = builder.places[first].at if first < len(builder.places) else builder.length
        return at, builder.length

    def add(self, string: Range) -> None:
        """Add a string; where it holds line ends, line by line."""
        rows = list(rows_of(self.json.text, string))
        for n, (start, end) in enumerate(rows):
            self.builder.line()
            shell = None
            if len(rows) > 1:
                shell = (start, rows[n + 1].start) if n + 1 < len(rows) else (rows[n - 1].end, end)
            self.builder.add(start, end, self.writing, shell)

    def find(self, streams: Sequence[Stream], spans: Sequence[tuple[int, int]]) -> None:
        """Find the text of every stream in its other accounts; what is alike in all of them is one track."""
        text = self.builder.text
        copies: list[list[list[Place]]] = []
        words: list[list[Words]] = []
        for stream, (at, until) in zip(streams, spans, strict=True):
            finder = Finder(self.json, self.writing, text[at:until], at)
            copies.append([finder.places(copy) for copy in stream.copies])
            found = [finder.words(track) for track in stream.tracks]
            words.append([track for track, _ in found])
            self.builder.timings += next((timings for _, timings in found if timings), [])
        self.builder.copies += [[*chain(*tracks)] for tracks in zip_longest(*copies, fillvalue=[])]
        self.builder.words += [_joined(tracks) for tracks in zip_longest(*words)]

    def reading(self, file: File, is_derived: bool = False) -> Reading:
        """The document, and where its words and its speakers' names stand."""
        document = self.builder.document(file.format, file.path)
        self.builder.labels += _labels(self.json, frozenset(document.speakers), self.writing)
        forget()
        return Reading(document, self.builder.layout(is_derived=is_derived))


def _joined(tracks: Iterable[Words | None]) -> Words:
    """Tracks of streams that follow each other as one."""
    known = [track for track in tracks if track]
    return replace(known[0], elements=tuple(chain(*(track.elements for track in known))))


def rows_of(text: str, string: Range) -> Iterator[Range]:
    """The lines of a string."""
    at = string.start
    for match in _LINE_ENDS.finditer(text, *string):
        if match[0][1] in "rn":
            yield Range(at, match.start())
            at = match.end()
    yield Range(at, string.end)


def _labels(json: Json, speakers: frozenset[str], writing: Writing) -> Iterator[Label]:
    """Where the speakers' names stand."""
    unread: list[Value] = [json.root] if speakers else []
    while unread:
        value = unread.pop()
        if isinstance(value, Object):
            for name in _SPEAKERS:
                string = json.string(value.get(name))
                if string and json.decoded(string) in speakers:
                    yield Label(*string, json.decoded(string), writing)
            unread += [child for child in value.values() if not isinstance(child, int)]
        elif isinstance(value, Array):
            unread += [child for child in value if not isinstance(child, int)]


def strings(lines: Iterable[Line]) -> list[Range]:
    """The strings of lines."""
    return [line.string for line in lines if line.string]


def spoken_at(json: Json, lines: Sequence[Line], words: Sequence[TimedWord]) -> list[tuple[int, int] | None]:
    """In which line every word is said, by number, and at which position of its text; None where it is in none."""
    texts = [json.decoded(line.string) if line.string else "" for line in lines]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    finder = Finder(json, JSON, "\n".join(texts), 0)
    found = finder.starts(words)
    where = (bisect_left(starts, at + 1) - 1 if at is not None else -1 for at in found)
    return [(line, at - starts[line]) if at is not None else None for line, at in zip(where, found, strict=True)]


def parted(json: Json, string: Range, turns: Sequence[tuple[int, Line]]) -> list[Line]:
    """A string as several lines, which begin at positions of its text; what is before belongs to the first."""
    offsets = Offsets(JSON, json.text[slice(*string)])
    begins = [string.start + offsets.raw(_with_marks(offsets.text, at)) for at, _ in turns]
    begins[:1] = [string.start] if begins else []
    ends = [*begins[1:], string.end]
    return [line._replace(string=Range(*cut)) for (_, line), *cut in zip(turns, begins, ends, strict=True)]


def _with_marks(text: str, at: int) -> int:
    """Where a word begins with the opening marks before it."""
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def by_speaker(json: Json, lines: Sequence[Line], words: Sequence[TimedWord]) -> list[Line]:
    """Lines parted where another speaker's words begin; those that nobody is known to have said stay as they are."""
    if not any(word.speaker for word in words):
        return list(lines)
    turns: dict[int, list[tuple[int, Line]]] = {n: [] for n in range(len(lines))}
    for word, place in zip(words, spoken_at(json, lines, words), strict=True):
        if place is None:
            continue
        own = turns[place[0]]
        if own and word.speaker in (None, own[-1][1].speaker):
            own[-1] = (own[-1][0], own[-1][1]._replace(end=word.ended))
        else:
            own.append((place[1], Line(None, word.began, word.ended, word.speaker)))
    return [part for n, line in enumerate(lines) for part in _of_speakers(json, line, turns[n])]


def _of_speakers(json: Json, line: Line, turns: Sequence[tuple[int, Line]]) -> list[Line]:
    """A line parted by the turns of speakers; it begins and ends when it did, where that is known."""
    if line.string is None or not turns:
        return [line]
    parts = parted(json, line.string, turns)
    if line.start is not None:
        parts[0] = parts[0]._replace(start=line.start)
    if line.end is not None:
        parts[-1] = parts[-1]._replace(end=line.end)
    return parts


_MOST_KEYS = 8


def unknown(file: File, json: Json) -> BrokenFormatError:
    """The error for JSON that is no transcript of the format that it is read as."""
    known = {name: row for name, row in FORMATS.items() if row.family == "json"}
    other = next((row.title for name, row in known.items() if module(name).looks_like(file.text)), None)
    forget()
    if other:
        return BrokenFormatError(file.name, 1, f"this is JSON of {other}, not of {known[file.format].title}")
    root = json.root
    keys = [*root] if isinstance(root, Object) else []
    named = ", ".join(map(repr, keys[:_MOST_KEYS])) + ", …" * (len(keys) > _MOST_KEYS)
    what = f"it has {named}" if keys else "it is a list" if root else "it is empty"
    titles = ", ".join(row.title for row in known.values())
    return BrokenFormatError(file.name, 1, f"no transcript of a known layout: {what}; known are {titles}")
