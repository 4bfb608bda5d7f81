"""The draft: what a stage reads, and how what it proposes becomes an edit of the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_correction import histories
from ungarble.correction import Correction, Edit, Kind, Slot, resolve
from ungarble.document import Document, Span
from ungarble.draft import Draft
from ungarble.rendering import render


def draft_of(text: str, *edits: Edit) -> Draft:
    return Draft(Document(text), [Correction((edit,), "stage", 0.9, "so", id=f"c{n}") for n, edit in enumerate(edits)])


def words(start: int, original: str, replacement: str) -> Edit:
    return Edit(Kind.WORDS, Span(start, start + len(original)), original, replacement)


def then(draft: Draft, *edits: Edit, name: str = "new") -> str:
    """The text once a correction is added to those that the draft has."""
    return render(draft.document.text, [*draft.applied, Correction(edits, "next", 0.9, "so", id=name)]).text


def test_an_untouched_document_is_its_own_draft():
    draft = draft_of("one two")
    assert draft.text == "one two"
    assert [word.form for word in draft.words] == draft.keys == ["one", "two"]
    assert draft.starts == [0, 4]
    assert draft.words_edit(4, 7, "2") == words(4, "two", "2")
    assert draft.case_edit(draft.words[0], "One") == Edit(Kind.CASE, Span(0, 3), "one", "One")
    assert draft.gap_edit(3, 3, ",", Slot.MARK) == Edit(Kind.GAP, Span(3, 3), "", ",", Slot.MARK)


def test_gaps():
    draft = draft_of(" one, two ")
    assert [draft.gap(index) for index in range(3)] == [" ", ", ", " "]
    assert draft_of("").gap(0) == ""


def test_edits_behind_a_longer_word_have_source_positions():
    draft = draft_of("by obadily today", words(3, "obadily", "Obaid Ali"))
    assert draft.text == "by Obaid Ali today"
    assert draft.words_edit(13, 18, "Now") == words(11, "today", "Now")
    assert draft.source(13, 18) == Span(11, 16)
    assert draft.source(9, 12) == Span(3, 10)


def test_an_edit_within_what_was_written_covers_the_whole_of_it():
    draft = draft_of("by obadily today", words(3, "obadily", "Obaid Ali"))
    edit = draft.words_edit(9, 12, "Aly")
    assert (edit.span, edit.original, edit.replacement) == (Span(3, 10), "obadily", "Obaid Aly")
    assert edit.built_on == {"c0"}
    assert then(draft, edit) == "by Obaid Aly today"
    assert then(draft, draft.case_edit(draft.words[2], "ALI")) == "by Obaid ALI today"


def test_an_edit_over_several_that_were_written():
    draft = draft_of("afghan analyst network", words(0, "afghan", "Afghanistan"), words(7, "analyst", "Analysts"))
    edit = draft.words_edit(0, len(draft.text), "AAN")
    assert edit.span == Span(0, 22)
    assert edit.built_on == {"c0", "c1"}
    assert then(draft, edit) == "AAN"


def test_beside_a_word_that_was_taken_out():
    draft = draft_of("and the the end", words(4, "the", ""))
    assert draft.text == "and the end"
    assert draft.words_edit(4, 7, "an") == words(8, "the", "an")
    assert draft.words_edit(0, 3, "but") == words(0, "and", "but")
    across = draft.words_edit(0, 7, "so the")
    assert (across.span, across.built_on) == (Span(0, 11), {"c0"})
    assert then(draft, across) == "so the end"


def test_a_word_is_taken_out_of_the_text_as_it_is_now():
    spaces = Edit(Kind.GAP, Span(5, 7), "  ", " ")
    draft = draft_of("heavy  uh strikes", spaces)
    assert then(draft, draft.words_edit(6, 8, "")) == "heavy strikes"
    stop = Edit(Kind.GAP, Span(8, 9), " ", "")
    draft = draft_of("heavy uh .", stop)
    assert then(draft, draft.words_edit(6, 8, "")) == "heavy."


def test_a_claim_leaves_what_was_written_to_the_one_who_wrote_it():
    draft = draft_of("in New  York now", Edit(Kind.GAP, Span(6, 8), "  ", " "))
    claim = Correction((draft.words_edit(3, 11, "New York"),), "names", 0.97, "so")
    assert claim.is_claim
    assert claim.edits[0].built_on == {"c0"}
    assert not Correction((draft.words_edit(3, 11, "Newark"),), "names", 0.97, "so").is_claim


@pytest.mark.parametrize("kind", list(Kind))
def test_what_stands_on_another_takes_its_place(kind):
    draft = draft_of("for nato now", Edit(Kind.CASE, Span(4, 8), "nato", "Nato"))
    edit = {
        Kind.CASE: lambda: draft.case_edit(draft.words[1], "NATO"),
        Kind.WORDS: lambda: draft.words_edit(4, 8, "NATO"),
        Kind.GAP: lambda: draft.gap_edit(4, 8, "NATO"),
    }[kind]()
    assert edit.built_on == {"c0"}
    assert then(draft, edit) == "for NATO now"


# --- properties


@given(histories())
def test_positions_map_back(history):
    """Every word of the draft comes from where its letters stand, or from an edit."""
    text, proposals, decisions = history
    draft = Draft(Document(text), resolve(proposals, decisions, 0.9, 0.5).applied)
    last = 0
    for word in draft.words:
        span = draft.source(word.start, word.end)
        assert 0 <= last <= len(text)
        assert 0 <= span.start <= span.end <= len(text)
        edit = draft.words_edit(word.start, word.end, word.form)
        assert edit.original == text[edit.span.start : edit.span.end]
        if not edit.built_on:
            assert edit.original == word.form
        last = span.start


@given(histories())
def test_positions_do_not_cross(history):
    text, proposals, decisions = history
    draft = Draft(Document(text), resolve(proposals, decisions, 0.9, 0.5).applied)
    spans = [draft.source(word.start, word.end) for word in draft.words]
    assert spans == sorted(spans)


@given(histories(), st.data())
def test_words_written_into_the_draft_stand_there(history, data):
    text, proposals, decisions = history
    draft = Draft(Document(text), resolve(proposals, decisions, 0.9, 0.5).applied)
    if draft.words:
        first = data.draw(st.integers(0, len(draft.words) - 1))
        last = data.draw(st.integers(first, len(draft.words) - 1))
        start, end = draft.words[first].start, draft.words[last].end
        assert then(draft, draft.words_edit(start, end, "NEW")) == f"{draft.text[:start]}NEW{draft.text[end:]}"


def _is_second(draft, edit):
    """Whether another was built on the same words, which the new one would have to win against."""
    others = [other for c in draft.applied for other in c.edits]
    return any(other.span.overlaps(edit.span) and other.built_on & edit.built_on for other in others)


@given(histories(), st.data())
def test_capitals_written_into_the_draft_stand_there(history, data):
    text, proposals, decisions = history
    draft = Draft(Document(text), resolve(proposals, decisions, 0.9, 0.5).applied)
    if draft.words:
        word = data.draw(st.sampled_from(draft.words))
        new = data.draw(st.sampled_from([word.form.upper(), word.form.title(), word.form.lower()]))
        edit = draft.case_edit(word, new)
        if edit.original != edit.replacement and not _is_second(draft, edit):
            assert then(draft, edit) == draft.text[: word.start] + new + draft.text[word.end :]


@given(histories(), st.data())
def test_marks_written_into_the_draft_stand_there(history, data):
    text, proposals, decisions = history
    draft = Draft(Document(text), resolve(proposals, decisions, 0.9, 0.5).applied)
    removed = any(edit.kind is Kind.WORDS and not edit.replacement for _, edit in draft.rendering.edits)
    if draft.words and not removed:  # a mark beside a removed word has a say in which of its spaces goes along
        word = data.draw(st.sampled_from(draft.words))
        at, slot = data.draw(st.sampled_from([(word.start, Slot.OPEN), (word.end, Slot.CLOSE)]))
        done = then(draft, draft.gap_edit(at, at, "¶", slot))
        assert done.replace("¶", "") == draft.text
        between = sorted((at, done.index("¶")))
        assert not any(map(str.isalnum, draft.text[slice(*between)]))  # others in its slot may stand before it
