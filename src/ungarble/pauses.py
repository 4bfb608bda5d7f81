"""Where the speakers pause, as far as a file's times tell."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ungarble.document import Document, Segment, Timing


class Pauses:
    """The silence before the words of a document, from its words' times, or else from its segments'."""

    def __init__(self, document: Document) -> None:
        timed: Sequence[Timing | Segment] = document.timings
        if not any(timing.start is not None and timing.end is not None for timing in document.timings):
            timed = [segment for segment in document.segments if segment.span.start < segment.span.end]
        rows = [(_position(later), later.start, before.end) for before, later in pairwise(timed)]
        silent = [(at, start - end) for at, start, end in rows if start is not None and end is not None and start > end]
        self._at = [at for at, _ in silent]
        self._seconds = [seconds for _, seconds in silent]

    def between(self, start: int, end: int) -> float:
        """The longest silence in seconds before a word that begins in text[start:end]; 0 where none is known."""
        first = bisect_right(self._at, start - 1)
        return max(self._seconds[first : bisect_right(self._at, end - 1)], default=0.0)

    def longer_than(self, seconds: float) -> list[int]:
        """Where the words stand before which a longer silence is, in order."""
        return [at for at, silence in zip(self._at, self._seconds, strict=True) if silence >= seconds]


def _position(timed: Timing | Segment) -> int:
    return timed.at if isinstance(timed, Timing) else timed.span.start
