"""Marks by the sentence model: one correction a boundary, calibrated, and never where nothing may be touched."""

import pytest

from ungarble import Cleaner, clean
from ungarble.correction import Correction
from ungarble.document import Document, Segment, Span, Timing
from ungarble.draft import Draft
from ungarble.formats import from_text
from ungarble.language.sentence_model.marks import Mark
from ungarble.options import APPLY_ABOVE, Options
from ungarble.sentences.marks import proposals
from ungarble.sentences.reading import read

BARE = (
    "thank you all for coming this morning i want to start with a few words about the new hospital in leeds "
    "it will open in the spring we have been working on it for three years and now it is almost done"
)


def boundaries(text):
    return [
        c
        for c in clean(text, only=["sentences"], punctuate="auto").applied
        if any(edit.replacement == "." for edit in c.edits)
    ]


def test_a_full_stop_and_the_capital_after_it_are_one_correction():
    found = [c for c in boundaries(BARE) if len(c.edits) == 2]
    assert found
    for correction in found:
        stop, capital = correction.edits
        assert (stop.original, stop.replacement) == ("", ".")
        assert capital.original.islower()
        assert capital.replacement == capital.original.capitalize()


def test_who_rejects_a_boundary_keeps_both():
    rejected = next(c for c in boundaries(BARE) if len(c.edits) == 2)
    text = clean(BARE, only=["sentences"], decisions={rejected.id: False}, punctuate="auto").text
    start, end = rejected.edits[0].span.start, rejected.edits[1].span.end
    assert BARE[start:end] in text


def test_a_likely_mark_is_applied_where_there_are_none_and_not_where_there_are():
    edit = boundaries(BARE)[0].edits[:1]
    urgent = Correction(edit, "sentences", 0.6, "so", urgency=15.0)
    usual = Correction(edit, "sentences", 0.6, "so")
    assert urgent.is_sure_enough(APPLY_ABOVE)
    assert not usual.is_sure_enough(APPLY_ABOVE)
    assert not urgent.is_sure_enough(1.0), "who asks for suggestions only gets suggestions only"


def test_nothing_is_set_without_being_asked_for():
    assert clean(BARE, apply_above=1.0, only=["sentences"], punctuate="auto").text == BARE
    assert "." not in clean(BARE, punctuate="never").text


def test_what_is_to_be_kept_is_kept():
    kept = "coming this morning i want to start with a few"
    assert kept in clean(BARE, keep=[kept], punctuate="auto").text


def test_a_paragraph_that_is_not_english_stays():
    foreign = "das ist alles was wir heute wissen und mehr können wir ihnen leider nicht sagen weil es noch zu früh ist"
    assert foreign in clean(f"{BARE}\n\n{foreign}", punctuate="auto").text


def test_a_long_silence_makes_an_end_likelier():
    text = "we walked along the river to the old mill and the others waited there for us with the food and the tents"
    words = text.split()
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)

    def end_after(silence):
        times = [0.3 * number + (silence if number > 8 else 0) for number in range(len(words))]
        timings = tuple(
            Timing(at, at + len(word), start, start + 0.3) for at, word, start in zip(starts, words, times, strict=True)
        )
        draft = Draft(Document(text, (Segment(Span(0, len(text))),), timings=timings))
        found = {one.index: one.confidence for one in proposals(draft, read(draft)) if one.mark is Mark.STOP}
        return found.get(8, 0.0)

    assert end_after(2.0) >= end_after(0.0)


@pytest.mark.parametrize("text", ["", " ", "...", "42", "i", "\n\n", "?", "word " * 12, "a, " * 40])
def test_odd_texts_do_no_harm(text):
    cleaner = Cleaner(Options(only=frozenset({"sentences", "casing"})))
    once = cleaner.clean(from_text(text)).text
    assert cleaner.clean(from_text(once)).text == once
