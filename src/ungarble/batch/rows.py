"""A cleaned file as the report of a batch has it, and as its totals count it."""

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ungarble.batch.tasks import UNCHANGED, Outcome
from ungarble.correction import Correction, Edit
from ungarble.diff import before_and_after, shown_span
from ungarble.lines import Places, Where
from ungarble.names.speakers import label_fixes

if TYPE_CHECKING:
    from ungarble.api import Cleaned

CONTEXT = 60
"""Characters shown on either side of a correction."""

_WORD = re.compile(r"\S+")


def outcome(number: int, cleaned: "Cleaned") -> Outcome:
    """What became of a file, so far as its cleaning tells."""
    counts: Counter[tuple[str, bool]] = Counter()
    corrections = _packed(_counted(_corrections(cleaned), counts))
    return Outcome(
        number,
        UNCHANGED,
        format=cleaned.result.document.format,
        words=sum(1 for _ in _WORD.finditer(cleaned.source.document.text)),
        stages={stage: (counts[stage, True], counts[stage, False]) for stage in sorted({stage for stage, _ in counts})},
        warnings=tuple(cleaned.warnings),
        corrections=corrections,
    )


def row(path: str, output: str | None, outcome: Outcome) -> dict[str, Any]:
    """A file in the report."""
    return {
        "path": path,
        "output": output,
        "format": outcome.format,
        "status": outcome.status,
        "reason": outcome.reason,
        "words": outcome.words,
        "seconds": round(outcome.seconds, 3),
        "warnings": list(outcome.warnings),
        "corrections": _unpacked(outcome.corrections) if outcome.corrections else [],
    }


def _packed(corrections: Iterable[dict[str, Any]]) -> str:
    """Corrections as text that JSON can hold as it is, a sixth as long; made one by one, as there may be millions."""
    packer = zlib.compressobj(3)
    parts = [packer.compress(json.dumps(correction).encode() + b"\n") for correction in corrections]
    return b64encode(b"".join([*parts, packer.flush()])).decode()


def _unpacked(packed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in zlib.decompress(b64decode(packed)).splitlines()]


def _counted(corrections: Iterable[dict[str, Any]], counts: Counter[tuple[str, bool]]) -> Iterator[dict[str, Any]]:
    for correction in corrections:
        counts[correction["corrector"], correction["applied"]] += 1
        yield correction


def _corrections(cleaned: "Cleaned") -> Iterator[dict[str, Any]]:
    document = cleaned.result.document
    places = Places(document)
    yield from _labels(cleaned, places)
    made = [(c, _edits(cleaned, c), True) for c in cleaned.applied]
    made += [(c, _edits(cleaned, c), False) for c in cleaned.suggested]
    for correction, edits, applied in sorted(made, key=lambda one: one[1][0].span):
        yield _correction(document.text, places, correction, edits, applied)


def _correction(
    text: str, places: Places, correction: Correction, edits: Sequence[Edit], applied: bool
) -> dict[str, Any]:
    heard, written = before_and_after(text, edits)
    start = text.index(heard, shown_span(text, edits).start)
    return _as_row(correction, places.where(start), applied) | {
        "heard": " ".join(heard.split()),
        "written": " ".join(written.split()),
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[start + len(heard) : start + len(heard) + CONTEXT],
    }


def _labels(cleaned: "Cleaned", places: Places) -> Iterator[dict[str, Any]]:
    """Speakers' labels that were put right, or may be wrong, each where the speaker speaks first."""
    for label, written, correction, applied in label_fixes(cleaned.labels):
        first = next((s.span.start for s in cleaned.result.document.segments if s.speaker == label), 0)
        shown = {"heard": label, "written": written, "before": "", "after": ""}
        yield _as_row(correction, places.where(first), applied) | {"corrector": "speakers"} | shown


def _as_row(correction: Correction, where: Where, applied: bool) -> dict[str, Any]:
    return {
        "id": correction.id,
        **where._asdict(),
        "corrector": correction.corrector,
        "confidence": round(correction.confidence, 4),
        "reason": correction.reason,
        "applied": applied,
        "alternatives": [other.written for other in correction.alternatives],
    }


def _edits(cleaned: "Cleaned", correction: Correction) -> list[Edit]:
    return sorted(cleaned.result.edits_of(correction), key=lambda edit: (edit.span, edit.slot))
