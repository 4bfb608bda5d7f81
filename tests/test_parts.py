"""A document in parts is cleaned like a whole one, and nothing is lost where it is cut."""

from dataclasses import replace

import pytest

from ungarble.api import Cleaner
from ungarble.document import Document, Segment, Span, Timing
from ungarble.parts import _part, _parts, clean_in_parts
from ungarble.rendering import render

SAID = "They met on monday in Kabul, and and then Hamid Karzai left for helmand province. Nobody knows why.\n\n"


@pytest.fixture(scope="module")
def setting():
    return Cleaner().setting


def test_parts_are_the_whole_text():
    text = SAID * 40 + "x" * 900 + "\n" + SAID
    for size in (50, 300, 1000, 10_000):
        spans = list(_parts(text, size))
        assert "".join(text[start:end] for start, end in spans) == text
        assert all(0 < end - start <= size for start, end in spans)
    assert all(text[:end].endswith("\n\n") for _, end in list(_parts(SAID * 40, 1000))[:-1])


def test_in_parts_as_in_one(setting):
    document = Document(SAID * 30)
    whole, parts = clean_in_parts(document, setting), clean_in_parts(document, setting, size=1200)
    assert parts.text == whole.text != document.text
    assert parts.resolution.applied == whole.resolution.applied
    assert [c.id for c in parts.resolution.applied] == [c.id for c in whole.resolution.applied]
    assert parts.sentences == whole.sentences
    assert render(document.text, parts.resolution.applied).text == parts.text


def test_decisions_hold_in_every_part(setting):
    document = Document(SAID * 30)
    applied = clean_in_parts(document, setting).resolution.applied
    decisions = {c.id: False for c in applied[::2]}
    whole, parts = (clean_in_parts(document, setting, decisions, size) for size in (1_000_000, 1200))
    assert parts.text == whole.text
    assert not {c.id for c in parts.resolution.applied} & set(decisions)


def test_segments_and_times_move_along():
    text = "one two\nthree four\nfive six"
    spans = [Span(0, 7), Span(8, 18), Span(19, 27)]
    timings = tuple(Timing(word, word + 3, float(word)) for word in (0, 8, 19))
    document = Document(text, tuple(Segment(span, span.start, span.end) for span in spans), timings=timings)
    part = _part(document, 8, 19)
    assert part.text == "three four\n"
    assert [s for s in part.segments if s.span.start < s.span.end] == [Segment(Span(0, 10), 8, 18)]
    assert part.timings == (Timing(0, 3, 8.0),)
    assert _part(document, 0, 27) == replace(document)
