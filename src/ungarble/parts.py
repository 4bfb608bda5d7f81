"""Very long documents, cleaned in parts: what a name elsewhere is evidence of holds within a part."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from ungarble.correction import Correction, Resolution
from ungarble.document import Document, Segment, Span, Timing
from ungarble.pipeline import Result, clean_document
from ungarble.rendering import render
from ungarble.rulings import NOTHING, Rulings, moved
from ungarble.stages import Setting

PART = 1_000_000
"""Characters of a part, about 180,000 words: 18 hours of speech. A shorter document is one part, so that only archives
that were run together are cut. Memory grows with the part, not with the document."""

_BREAKS = ("\n\n", "\n", ". ", " ")
"""Where a document is cut: at the best of these that comes in the last tenth of a part."""


def clean_in_parts(
    document: Document,
    setting: Setting,
    decisions: Mapping[str, bool] | None = None,
    size: int = PART,
    rulings: Rulings = NOTHING,
) -> Result:
    """Clean a document of any length, in parts of about ``size`` characters. See ``clean_document``."""
    if len(document.text) <= size:
        return clean_document(document, setting, decisions, rulings=rulings)
    applied: list[Correction] = []
    suggested: list[Correction] = []
    warnings: dict[str, None] = {}
    for start, end in _parts(document.text, size, [settled.stretch for settled in rulings.settled]):
        part = _part(document, start, end)
        result = _clean_part(part, start, setting, decisions or {}, rulings.within(start, end))
        applied += (moved(c, start) for c in result.resolution.applied)
        suggested += (moved(c, start) for c in result.resolution.suggested)
        warnings |= dict.fromkeys(result.warnings)
    resolution = Resolution(tuple(applied), tuple(suggested))
    rendering = render(document.text, applied)
    return Result(document, (*applied, *suggested), resolution, rendering, tuple(warnings))


def _clean_part(
    part: Document, start: int, setting: Setting, decisions: Mapping[str, bool], rulings: Rulings
) -> Result:
    """Clean a part by the decisions on the whole document's corrections."""
    here: dict[str, bool] = {}
    while True:
        result = clean_document(part, setting, here, rulings=rulings)
        ids = {c.id: moved(c, start).id for c in result.proposals} if decisions else {}
        now = here | {own: decisions[whole] for own, whole in ids.items() if whole in decisions}
        if now == here:
            return result
        here = now


def _parts(text: str, size: int, whole: Iterable[Span] = ()) -> Iterator[tuple[int, int]]:
    """Where the parts begin and end. None of the ``whole`` spans is cut, unless it is as long as a part."""
    whole, start = sorted(whole), 0
    while len(text) - start > size:
        earliest = start + size - size // 10
        cuts = (text.rfind(mark, earliest, start + size) + len(mark) for mark in _BREAKS)
        end = next((cut for cut in cuts if cut > earliest), start + size)
        for span in reversed(whole[: bisect_left(whole, (end,))]):
            if start < span.start < end < span.end:
                end = span.start
        yield start, end
        start = end
    yield start, len(text)


def _part(document: Document, start: int, end: int) -> Document:
    """The document's text[start:end] as a document of its own."""
    segments = document.segments
    first = bisect_left(segments, start, key=lambda segment: segment.span.end)
    last = bisect_left(segments, end, key=lambda segment: segment.span.start)
    inside = tuple(
        Segment(Span(max(s.span.start, start) - start, min(s.span.end, end) - start), s.start, s.end, s.speaker, s.line)
        for s in segments[first:last]
        if s.span.end >= start
    )
    times = document.timings
    timings = tuple(
        Timing(t.at - start, t.until - start, *t[2:])
        for t in times[bisect_left(times, (start,)) : bisect_left(times, (end,))]
        if t.until <= end
    )
    return Document(document.text[start:end], inside, document.path, document.format, timings)
