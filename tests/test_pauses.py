"""Silence between words: evidence for a sentence's end."""

from ungarble.api import Cleaner
from ungarble.document import Document, Segment, Span, Timing
from ungarble.draft import Draft
from ungarble.formats import Source
from ungarble.pauses import Pauses
from ungarble.stages.sentences import sentence_spans

TEXT = "we left at noon they stayed behind"


def timed(*gaps: float) -> Document:
    """The text with words of 0.2 seconds, and silence before each."""
    timings, at, now = [], 0, 0.0
    for word, gap in zip(TEXT.split(), gaps, strict=True):
        timings.append(Timing(at, at + len(word), now + gap, now + gap + 0.2))
        at, now = at + len(word) + 1, now + gap + 0.2
    return Document(TEXT, timings=tuple(timings))


def sentences(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in sentence_spans(Draft(document))]


def test_pauses_between_words():
    pauses = Pauses(timed(0, 0, 0, 0, 1.5, 0, 0.5))
    assert pauses.longer_than(1.0) == [TEXT.index("they")]
    assert round(pauses.between(TEXT.index("they"), TEXT.index("stayed")), 3) == 1.5
    assert pauses.between(0, 5) == 0.0


def test_pauses_between_cues_where_words_have_no_times():
    cues = (Segment(Span(0, 15), 0.0, 2.0), Segment(Span(16, 34), 4.0, 5.0))
    assert Pauses(Document(TEXT, cues)).longer_than(1.0) == [16]
    assert Pauses(Document(TEXT)).longer_than(0.0) == []


def test_a_long_pause_ends_a_sentence_where_no_marks_do():
    assert sentences(timed(0, 0, 0, 0, 1.5, 0, 0)) == ["we left at noon", "they stayed behind"]
    assert sentences(timed(0, 0, 0, 0, 0.5, 0, 0)) == [TEXT]


def test_a_pause_dispels_the_doubt_about_a_full_stop():
    text = "The people saw the green. lights of Kabul and Herat. Nobody knew."
    words = [(text.index(word), word) for word in ("green", "lights")]
    confidence = []
    for gap in (0.0, 0.8):
        times = tuple(
            Timing(at, at + len(word), n * (0.2 + gap), n * (0.2 + gap) + 0.2) for n, (at, word) in enumerate(words)
        )
        cleaned = Cleaner(packs=[]).clean(Source(Document(text, timings=times), text.encode()))
        found = [c for c in (*cleaned.applied, *cleaned.suggested) if c.corrector == "sentences"]
        confidence.append(found[0].confidence if found else 0.0)
    assert confidence[0] < confidence[1]
