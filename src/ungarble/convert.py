"""A transcript written in another format: captions, or text with a paragraph for every sentence."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from ungarble.document import Document, Span, Timing
from ungarble.errors import UngarbleError
from ungarble.formats import name_of
from ungarble.formats.clock import written
from ungarble.pauses import Pauses

LONGEST_LINE = 42
"""Characters of a line of captions …"""

MOST_LINES = 2
"""… and lines of a cue, where the source's cues do not have more: what broadcasters allow."""

LONGEST_CUE = 7.0
"""Seconds after which a cue is parted, where the source's words have times. No cue is longer than the source's."""


class ConversionError(UngarbleError):
    """A transcript that cannot be written in another format."""

    def __init__(self, path: str, target: str, problem: str) -> None:
        super().__init__(path, target, problem)
        self.path, self.target, self.problem = path, target, problem

    def __str__(self) -> str:
        return f"cannot write {self.path} as {self.target}: {self.problem}"


class Caption(NamedTuple):
    """A cue to be written: its times in seconds, who speaks where another did before, and its words."""

    start: float
    end: float
    speaker: str | None
    text: str


def convert(document: Document, target: str, layout: str = "keep") -> str:
    """A document as a file of another format, one of ``TARGETS``; lines end as on Unix.

    ``layout`` is for text: "keep" gives a paragraph for every sentence, "sentences" a line, "paragraphs" longer ones.

    Raises ConversionError for captions of what has no times, and for captions that are to be laid out.
    """
    if layout != "keep" and target in _LABELS:
        return _paragraphs(document, _LABELS[target], layout)
    if layout != "keep":
        raise ConversionError(name_of(document.path), target, "captions keep their cues; --layout is for txt and md")
    return TARGETS[target](document)


def captions(document: Document) -> list[Caption]:
    """The segments of a document as captions, parted where they are long and their words have times."""
    found: list[Caption] = []
    speaker = None
    for segment in document.segments:
        text = document.text[slice(*segment.span)]
        if segment.start is None or segment.end is None or not text:
            continue
        turn = segment.speaker if segment.speaker != speaker else None
        speaker = segment.speaker
        for start, end, span in _cuts(document, segment.span, segment.start, segment.end):
            found.append(Caption(start, end, turn, " ".join(document.text[slice(*span)].split())))
            turn = None
    return found


def _cuts(document: Document, span: Span, start: float, end: float) -> Iterator[tuple[float, float, Span]]:
    """A segment's stretches that fit a cue, with their times."""
    text, times = document.text[slice(*span)], document.timings
    inside = times[bisect_left(times, (span.start,)) : bisect_left(times, (span.end,))]
    words = [timing for timing in inside if timing.start is not None and timing.end is not None]
    if len(words) < 2 or (end - start <= LONGEST_CUE and len(text) <= LONGEST_LINE * MOST_LINES):
        yield start, end, span
        return
    groups = list(_grouped(words, document.text))
    for number, group in enumerate(groups):
        until = groups[number + 1][0].at if number + 1 < len(groups) else span.end
        first = start if not number else max(start, group[0].start or start)
        last = end if number + 1 == len(groups) else min(end, group[-1].end or end)
        yield first, max(first, last), Span(span.start if not number else group[0].at, until)


def _grouped(words: list[Timing], text: str) -> Iterator[list[Timing]]:
    """Words in groups that fit a cue; one ends where a sentence does, once it is half full."""
    group: list[Timing] = []
    for word in words:
        began = group[0] if group else word
        length, lasts = word.until - began.at, (word.end or 0) - (began.start or 0)
        full = length > LONGEST_LINE * MOST_LINES or lasts > LONGEST_CUE
        ended = bool(group) and group[-1].until - began.at > LONGEST_LINE and text[group[-1].until - 1] in ".?!"
        if group and (full or ended):
            yield group
            group = []
        group.append(word)
    yield group


def _srt(document: Document) -> str:
    cues = (
        f"{number}\n{_times(cue, ',')}\n{_lines(f'{cue.speaker}: ' if cue.speaker else '', cue.text)}\n"
        for number, cue in enumerate(_timed(document, "srt"), 1)
    )
    return "\n".join(cues)


def _vtt(document: Document) -> str:
    cues = (
        f"{_times(cue, '.')}\n{_lines(f'<v {_escaped(cue.speaker)}>' if cue.speaker else '', _escaped(cue.text))}\n"
        for cue in _timed(document, "vtt")
    )
    return "\n".join(["WEBVTT\n", *cues])


def _timed(document: Document, target: str) -> list[Caption]:
    found = captions(document)
    if document.text.strip() and not found:
        raise ConversionError(name_of(document.path), target, "it has no times; write it as txt or md")
    return found


def _times(cue: Caption, point: str) -> str:
    return f"{written(cue.start, point)} --> {written(cue.end, point)}"


def _lines(label: str, text: str) -> str:
    from textwrap import wrap

    return "\n".join(wrap(label + text, LONGEST_LINE, break_long_words=False, break_on_hyphens=False) or [""])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _paragraphs(document: Document, label: str, layout: str = "keep") -> str:
    """A paragraph for every sentence, or for several; the first of a speaker's has the label."""
    from ungarble.layout import paragraphs_of, sentences, speaker_at

    pauses = Pauses(document)
    paragraphs, speaker = [], None
    by_speaker = groupby(sentences(document), key=lambda sentence: speaker_at(document, sentence.start))
    for now, turn in by_speaker:
        groups = paragraphs_of(list(turn), pauses) if layout == "paragraphs" else ([sentence] for sentence in turn)
        texts = [" ".join(sentence.text for sentence in group) for group in groups]
        head = label.format(now) if now and now != speaker else ""
        speaker = now or speaker
        paragraphs.append(("\n" if layout == "sentences" else "\n\n").join([head + texts[0], *texts[1:]]))
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


_LABELS = {"txt": "{}: ", "md": "**{}:** "}


def _txt(document: Document) -> str:
    return _paragraphs(document, _LABELS["txt"])


def _md(document: Document) -> str:
    return _paragraphs(document, _LABELS["md"])


TARGETS: dict[str, Callable[[Document], str]] = {"srt": _srt, "vtt": _vtt, "txt": _txt, "md": _md}
"""The formats that can be written, by name."""
