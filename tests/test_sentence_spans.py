"""Sentences as positions: nothing is lost, nothing stands twice, and the time grows with the length only."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ungarble.correction import Span
from ungarble.document import Document, Segment
from ungarble.draft import Draft
from ungarble.language.sentence_spans import sentences_of
from ungarble.stages.sentences import sentence_spans

PIECES = [
    "Mr. ",
    "U.S. ",
    "a",
    "The ",
    "end",
    ". ",
    "... ",
    "? ",
    "!” ",
    "\n",
    "\n\n",
    "John: ",
    "- ",
    "1. ",
    "“",
    ")",
    " ",
]


def sentences(text):
    return [text[start:end] for start, end, _ in sentences_of(text)]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_every_character_but_space_lies_in_exactly_one_sentence(text):
    found = sentences_of(text)
    at = 0
    for start, end, _ in found:
        assert not text[at:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Who met Mr. Bean. They left.", ["Dr. Who met Mr. Bean.", "They left."]),
        ("He lives in the U.S. The U.S. Army left.", ["He lives in the U.S.", "The U.S. Army left."]),
        ("At 5 p.m. Eastern it rained. At 6 p.m. We left.", ["At 5 p.m. Eastern it rained.", "At 6 p.m.", "We left."]),
        ("See No. 5. I said no. Then he left.", ["See No. 5.", "I said no.", "Then he left."]),
        ("J. F. Kennedy spoke. So did I. We agreed.", ["J. F. Kennedy spoke.", "So did I.", "We agreed."]),
        ("“Go!” he said. “Why?” Nobody knew.", ["“Go!” he said.", "“Why?”", "Nobody knew."]),
        ("It cost $3.50. Really... no.", ["It cost $3.50.", "Really... no."]),
        ("Ann: Hello. Yes.\nBob Lee: No.", ["Ann:", "Hello.", "Yes.", "Bob Lee:", "No."]),
        ("A heading\n\nthe text runs\non here. End", ["A heading", "the text runs\non here.", "End"]),
        ("- one\n- two. Three", ["- one", "- two.", "Three"]),
        ("no marks at all\n\nin two paragraphs", ["no marks at all", "in two paragraphs"]),
        ("hello there. how are you", ["hello there.", "how are you"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_another_speaker_begins_another_sentence():
    text = "so we left and then they came"
    segments = (Segment(Span(0, 10), speaker="A"), Segment(Span(11, len(text)), speaker="B"))
    spans = sentence_spans(Draft(Document(text, segments)))
    assert [text[start:end] for start, end in spans] == ["so we left", "and then they came"]


@pytest.mark.parametrize("piece", ["word ", " ", "\n", ".", ". ", "(", "A. ", "“", "a: ", "- "])
def test_time_grows_with_the_length(piece):
    started = time.perf_counter()
    sentences_of(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - started < 20
