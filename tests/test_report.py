"""The JSON object: as its schema says, and enough to make the cleaned text again."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ungarble import report as module
from ungarble.api import Cleaned
from ungarble.correction import Alternative, Correction, Edit, Kind, Slot, resolve
from ungarble.document import Span
from ungarble.formats import from_text
from ungarble.pipeline import Result
from ungarble.rendering import render
from ungarble.report import report, to_json

SCHEMA = json.loads(Path(module.__file__).with_name("report.schema.json").read_text())


def cleaned(text: str, *proposals: Correction, apply_above: float = 0.9) -> Cleaned:
    source = from_text(text)
    resolution = resolve(proposals, apply_above=apply_above)
    rendering = render(text, resolution.applied)
    return Cleaned(source, Result(source.document, proposals, resolution, rendering), ("so",))


def correction(corrector: str, *edits: Edit, confidence: float = 0.95, others: tuple[str, ...] = ()) -> Correction:
    alternatives = tuple(Alternative(written, 0.1, "so it may be") for written in others)
    return Correction(edits, corrector, confidence, "it is so", alternatives)


def edit(text: str, start: int, end: int, replacement: str, kind: Kind = Kind.WORDS, slot: Slot = Slot.SPACE) -> Edit:
    return Edit(kind, Span(start, end), text[start:end], replacement, slot)


def spliced(shown: dict) -> str:
    """The text that a reader of the object would build, by its documentation alone."""
    edits = [e for c in shown["corrections"] if c["applied"] for e in c["edits"]]
    text, at, parts = shown["source_text"], 0, []
    for e in sorted(edits, key=lambda e: (e["start"], e["end"])):
        assert e["start"] >= at
        assert text[e["start"] : e["end"]] == e["original"]
        parts += [text[at : e["start"]], e["replacement"]]
        at = e["end"]
    return "".join(parts) + text[at:]


def test_every_field():
    text = "in kabul\nhe met obadily"
    shown = report(
        cleaned(
            text,
            correction("casing", edit(text, 3, 8, "Kabul", Kind.CASE)),
            correction("names", edit(text, 16, 23, "Obaid Ali"), confidence=0.66667, others=("Obaidullah",)),
        )
    )
    assert shown.pop("versions")["ungarble"]
    ids = [row.pop("id") for row in shown["corrections"]]
    assert len(set(ids)) == 2
    assert shown == {
        "schema_version": 1,
        "path": None,
        "format": "txt",
        "source_text": text,
        "text": "in Kabul\nhe met obadily",
        "corrections": [
            {
                "edits": [{"kind": "case", "start": 3, "end": 8, "original": "kabul", "replacement": "Kabul"}],
                "line": 1,
                "column": 4,
                "time": None,
                "speaker": None,
                "corrector": "casing",
                "confidence": 0.95,
                "reason": "it is so",
                "alternatives": [],
                "applied": True,
            },
            {
                "edits": [{"kind": "words", "start": 16, "end": 23, "original": "obadily", "replacement": "Obaid Ali"}],
                "line": 2,
                "column": 8,
                "time": None,
                "speaker": None,
                "corrector": "names",
                "confidence": 0.6667,
                "reason": "it is so",
                "alternatives": ["Obaidullah"],
                "applied": False,
            },
        ],
        "speakers": [],
        "sentences": [{"start": 0, "end": 23}],
        "summary": {
            "fixes": 1,
            "suggestions": 1,
            "stages": {"casing": {"fixes": 1, "suggestions": 0}, "names": {"fixes": 0, "suggestions": 1}},
            "warnings": ["so"],
        },
    }


def test_edits_are_those_that_were_made():
    text = "and the the end"
    shown = report(cleaned(text, correction("repetitions", edit(text, 8, 11, ""))))
    assert [row["edits"] for row in shown["corrections"]] == [
        [{"kind": "words", "start": 8, "end": 12, "original": "the ", "replacement": ""}]
    ]
    assert spliced(shown) == "and the end"


def test_insertions_at_one_place_stand_in_the_order_listed():
    text = "he said so then i left"
    quote = correction(
        "quotes", edit(text, 8, 8, "“", Kind.GAP, Slot.OPEN), edit(text, 10, 10, "”", Kind.GAP, Slot.CLOSE)
    )
    stop = correction("sentences", edit(text, 10, 10, ".", Kind.GAP, Slot.MARK), edit(text, 16, 17, "I", Kind.CASE))
    shown = report(cleaned(text, stop, quote))
    assert shown["text"] == spliced(shown) == "he said “so”. then I left"
    assert [row["corrector"] for row in shown["corrections"]] == ["quotes", "sentences"]


def test_insertions_that_cross_are_put_together():
    text = "one two"
    first = correction("a", edit(text, 0, 0, "“", Kind.GAP, Slot.OPEN), edit(text, 3, 3, ".", Kind.GAP, Slot.MARK))
    second = correction("b", edit(text, 3, 3, "”", Kind.GAP, Slot.CLOSE))
    shown = report(cleaned(text, first, second))
    assert shown["text"] == spliced(shown) == "“one”. two"
    assert all(row["edits"] for row in shown["corrections"])


@st.composite
def proposals(draw):
    text = draw(st.text("ab \n“.", max_size=30))
    places = st.integers(0, len(text))
    found = []
    for number in range(draw(st.integers(0, 8))):
        edits = []
        for _ in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(Kind))
            start, end = sorted((draw(places), draw(places)))
            end = start if kind is Kind.GAP and draw(st.booleans()) else end
            new = text[start:end].swapcase() if kind is Kind.CASE else draw(st.text("xY.” ", max_size=3))
            new_edit = Edit(kind, Span(start, end), text[start:end], new, draw(st.sampled_from(Slot)))
            if all(other.span.end <= start or end <= other.span.start for other in edits) and new_edit not in edits:
                edits.append(new_edit)
        if len({(e.kind, e.span, e.slot) for e in edits}) == len(edits):
            found.append(Correction(tuple(edits), f"stage{number}", draw(st.sampled_from([0.5, 0.9, 0.95])), "so"))
    return text, found


@given(proposals())
def test_splicing_gives_the_text(case):
    text, found = case
    result = cleaned(text, *found)
    made = {owner for owner, _ in result.result.rendering.edits}
    shown = report(result)
    assert spliced(shown) == shown["text"] == result.text
    assert {row["id"] for row in shown["corrections"] if row["applied"]} == made
    assert all(row["edits"] for row in shown["corrections"])


@given(proposals())
def test_the_schema_holds(case):
    jsonschema = pytest.importorskip("jsonschema")
    text, found = case
    jsonschema.validate(json.loads(to_json(report(cleaned(text, *found)))), SCHEMA)


def test_the_schema_refuses():
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    shown = json.loads(to_json(report(cleaned("a", correction("names", edit("a", 0, 1, "b"))))))
    for change in (
        {"schema_version": 2},
        {"more": 1},
        {"corrections": [{**shown["corrections"][0], "applied": "yes"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(shown | change, SCHEMA)


@given(st.text() | st.dictionaries(st.text(), st.text()))
def test_json_is_the_same_but_shows_nothing_to_obey(value):
    text = to_json(value)
    assert json.loads(text) == value
    assert not any((c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in text)
    text.encode()
