"""Tells a builder what captions say: the words that were not said before, who says them, and when."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ungarble.document import Timing
from ungarble.formats.builder import Builder
from ungarble.formats.cue_text import TEXT, TIME, VOICE, Cue, Line, Piece
from ungarble.formats.places import Writing
from ungarble.formats.rolling import is_held
from ungarble.formats.speaker_labels import Label, key, label

_DASH = re.compile(r"\s*[-–—‐]\s*[^\s\d-]")


class _Word(NamedTuple):
    """Words of a cue: their range of the text, when they begin, and how sure the ASR was of them."""

    at: int
    until: int
    start: float | None
    confidence: float | None


class Teller:
    """Tells a builder what the cues of a file say."""

    def __init__(self, file: str, writing: Writing, speakers: frozenset[str], rolling: bool) -> None:
        self.builder = Builder(file)
        self._file, self._writing, self._speakers, self._rolling = file, writing, speakers, rolling
        self._cue = Cue(None, None, 0)
        self._speaker: str | None = None
        self._begun = False
        self._time: float | None = None
        self._words: list[_Word] = []

    def cue(self, cue: Cue) -> None:
        """Tell what a cue says that was not said before."""
        self._cue, self._speaker, self._begun = cue, None, False
        self._time, self._words = cue.start, []
        turns = _dashed([line.seen(self._file) for line in cue.lines])
        for number, line in enumerate(cue.lines):
            if not line.copy_of:
                self.builder.line()
            if not line.copy_of and (line.turn or number in turns):
                self.builder.paragraph()
            self._line(line)
        if not self._begun and not (self._rolling and is_held(cue.start, cue.end)):
            self._begin()
        if any(line.is_timed for line in cue.lines):
            self.builder.timings += _timings(self._words, cue.end)

    def _line(self, line: Line) -> None:
        name = self._cut_label(line) if self._speakers else None
        if name:
            self._speaks(name, line)
        for piece in line.pieces:
            if piece.kind == VOICE:
                self._speaks(self.builder.label(piece.start, piece.end, self._writing), line)
            elif piece.kind == TIME:
                self._time = piece.value
            elif not line.copy_of:
                self._add(line, piece)

    def _speaks(self, name: str, line: Line) -> None:
        if line.copy_of:
            self._speaker = name
        elif not self._begun or name != self._speaker:
            self._begin(name)

    def _begin(self, speaker: str | None = None) -> None:
        """Begin a segment; one without a new name goes on with who spoke before in the cue."""
        self._speaker, self._begun = speaker or self._speaker, True
        self.builder.segment(self._cue.start, _end(self._cue), self._speaker)

    def _add(self, line: Line, piece: Piece) -> None:
        if self._file[piece.start : piece.end].isspace():
            self.builder.space()
            return
        if not self._begun:
            self._begin()
        at, until = self.builder.add(piece.start, piece.end, piece.writing or self._writing, piece.shell or line.whole)
        if at < until:
            line.at = at if line.at < 0 else line.at
            self._words.append(_Word(at, until, self._time, piece.value))

    def _cut_label(self, line: Line) -> str | None:
        """Take the label off a line, if it has one, and give the name."""
        found = label(line.seen(self._file))
        if not found or key(found.name) not in self._speakers:
            return None
        name, rest = _parted(line.pieces, found)
        if not name:
            return None
        line.pieces, line.whole = rest, None
        return self.builder.label(name.start, name.end, name.writing or self._writing)


def _parted(pieces: Sequence[Piece], found: Label) -> tuple[Piece | None, list[Piece]]:
    """The name of a label, unless tags part it, and the pieces after the label."""
    name, rest, at = None, [], 0
    for piece in pieces:
        if piece.kind != TEXT:
            rest.append(piece)
            continue
        until = at + piece.end - piece.start
        if at <= found.start and found.until <= until:
            offset = piece.start - at
            name = piece._replace(start=offset + found.start, end=offset + found.until)
        if at >= found.end:
            rest.append(piece)
        elif until > found.end:
            rest.append(piece._replace(start=piece.start + found.end - at, shell=None))
        at = until
    return name, rest


def _dashed(lines: Sequence[str]) -> frozenset[int]:
    """Which lines of a cue begin with the dash that stands for another speaker: then more than one does."""
    if len(lines) < 2:
        return frozenset()
    dashed = frozenset(number for number, line in enumerate(lines) if _DASH.match(line))
    return dashed if len(dashed) > 1 else frozenset()


def _end(cue: Cue) -> float | None:
    """When a cue ends; None where it would end before it begins."""
    return None if cue.start is not None and cue.end is not None and cue.end < cue.start else cue.end


def _timings(words: Sequence[_Word], end: float | None) -> list[Timing]:
    """When words are said: each until the next one begins."""
    found: list[Timing] = []
    after: float | None = None
    for word in reversed(words):
        if after is not None and word.start != after:
            end = after
        until = end if word.start is not None and end is not None and word.start <= end else None
        found.append(Timing(word.at, word.until, word.start, until, word.confidence))
        after = word.start
    return found[::-1]
