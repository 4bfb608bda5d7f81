"""A result as one JSON object, from which the cleaned text can be made again.

``report.schema.json`` beside this module describes it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ungarble.correction import Correction, Edit
from ungarble.lines import Places
from ungarble.names.speakers import label_fixes

if TYPE_CHECKING:
    from ungarble.api import Cleaned

SCHEMA_VERSION = 1

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")


def report(cleaned: "Cleaned") -> dict[str, object]:
    """Describe what was read, what became of it, and every correction; applied and suggested ones in one list.

    Splicing the edits of all applied corrections into ``source_text``, sorted by start and end (insertions at one place
    in the order listed), gives ``text``. Positions are code points.
    """
    document = cleaned.result.document
    return {
        "schema_version": SCHEMA_VERSION,
        "path": document.path,
        "format": document.format,
        "source_text": document.text,
        "text": cleaned.text,
        "corrections": list(_corrections(cleaned)),
        "speakers": list(_speakers(cleaned)),
        "sentences": [{"start": span.start, "end": span.end} for span in cleaned.result.sentences],
        "summary": _summary(cleaned),
        "versions": cleaned.versions,
    }


def to_json(value: object, indent: int | None = 2) -> str:
    r"""JSON in which every character that a terminal would obey or hide is escaped, and all others are themselves.

    >>> print(to_json("Wałęsa \x1b[31m \u202e"))
    "Wałęsa \u001b[31m \u202e"
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f", text)


def _corrections(cleaned: "Cleaned") -> Iterator[dict[str, object]]:
    places = Places(cleaned.result.document)
    for correction, edits, applied in _listed(cleaned):
        where = places.where(edits[0].span.start)
        yield {
            "id": correction.id,
            "edits": [_edit(edit) for edit in edits],
            "line": where.line,
            "column": where.column,
            "time": where.time,
            "speaker": where.speaker,
            "corrector": correction.corrector,
            "confidence": round(correction.confidence, 4),
            "reason": correction.reason,
            "alternatives": [other.written for other in correction.alternatives],
            "applied": applied,
        }


def _speakers(cleaned: "Cleaned") -> Iterator[dict[str, object]]:
    """Speakers' labels that were put right, or may be wrong."""
    for label, written, correction, applied in label_fixes(cleaned.labels):
        yield {
            "label": label,
            "written": written,
            "confidence": round(correction.confidence, 4),
            "reason": correction.reason,
            "applied": applied,
        }


def _edit(edit: Edit) -> dict[str, object]:
    start, end = edit.span
    return {
        "kind": str(edit.kind),
        "start": start,
        "end": end,
        "original": edit.original,
        "replacement": edit.replacement,
    }


def _listed(cleaned: "Cleaned") -> list[tuple[Correction, list[Edit], bool]]:
    """Corrections in the order of their first edits, with these in order, and whether they were applied."""
    made = _edits_by_owner(cleaned)
    by_id = {correction.id: correction for correction in cleaned.applied}
    rows = [(by_id[owner], edits, True) for owner, edits in made.items()]
    rows += [(c, sorted(c.edits, key=lambda edit: (edit.span, edit.slot)), False) for c in cleaned.suggested]
    return sorted(rows, key=lambda row: row[1][0].span.start)  # stable: applied ones first, as they were made


def _edits_by_owner(cleaned: "Cleaned") -> dict[str, list[Edit]]:
    """The edits that were made, by correction: these in the order of their first edits, each one's in order.

    Insertions at one place stand in the order in which their corrections are listed. Where that cannot be (a correction
    listed earlier, for an edit before, inserts later here), the one before it in the text inserts for it as well.
    """
    made: dict[str, list[Edit]] = {}
    ranks: dict[str, int] = {}
    for span, group in groupby(cleaned.result.rendering.edits, key=lambda row: row[1].span):
        rows: list[tuple[str, Edit]] = []
        for owner, edit in group:
            if rows and ranks.get(owner, len(ranks)) < ranks.get(rows[-1][0], len(ranks)):
                last, before = rows[-1]
                both = before.replacement + edit.replacement
                rows[-1] = (last, Edit(before.kind, span, before.original, both, before.slot))
            else:
                rows.append((owner, edit))
        for owner, edit in rows:
            ranks.setdefault(owner, len(ranks))
            made.setdefault(owner, []).append(edit)
    return made


def _summary(cleaned: "Cleaned") -> dict[str, object]:
    fixes = Counter(correction.corrector for correction in cleaned.applied)
    suggestions = Counter(correction.corrector for correction in cleaned.suggested)
    return {
        "fixes": fixes.total(),
        "suggestions": suggestions.total(),
        "stages": {
            stage: {"fixes": fixes[stage], "suggestions": suggestions[stage]}
            for stage in sorted(fixes.keys() | suggestions.keys())
        },
        "warnings": list(cleaned.warnings),
    }
