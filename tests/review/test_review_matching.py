"""Decisions are found again by their words: wherever else the transcript was edited, and never in a wrong place."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ungarble.document import Document, Span, tokenize
from ungarble.rendering import render
from ungarble.review.decisions import Decision, Verdict, latest
from ungarble.review.finder import LEAST, MOST, Finder
from ungarble.review.matching import Placed, place

SAID = """The report was written by Kate Clark and obadily for the network of analysts in that city.
Many say that badaksha is all but lost at this point, and the government left five districts there.
They are contested i don't think that most people grasp the significance of all this.
We were told by the minister on monday that the force was not ready to to take over those districts."""


def decided(text: str, heard: str, wanted: str, verdict: Verdict = Verdict.ACCEPT, number: int = 0) -> Decision:
    """A decision on the words at their (number + 1)st place in a text."""
    start = -1
    for _ in range(number + 1):
        start = text.index(heard, start + 1)
    said, before, after, which, of = Finder(Document(text)).describe(Span(start, start + len(heard)))
    return Decision(verdict, said, wanted, before, after, which, of, "names")


def written(text: str, placed: Placed) -> str:
    wanted = placed.rulings.wanted
    return render(text, wanted).text if wanted else text


DECISIONS = [
    decided(SAID, "obadily", "Obaid Ali"),
    decided(SAID, "badaksha", "Badakhshan"),
    decided(SAID, "contested i", "contested. I"),
    decided(SAID, "monday", "Monday"),
    decided(SAID, "ready to to take", "ready to take"),
]
DONE = (
    SAID.replace("obadily", "Obaid Ali")
    .replace("badaksha", "Badakhshan")
    .replace("contested i", "contested. I")
    .replace("monday", "Monday")
    .replace("to to", "to")
)


def test_all_hold_where_they_were_made():
    placed = place(Document(SAID), DECISIONS)
    assert written(SAID, placed) == DONE
    assert (placed.fulfilled, placed.stale) == ((), ())
    assert all(SAID[slice(*held.stretch)] == held.decision.heard for held in placed.held)


def test_what_is_done_is_not_stale_and_not_done_again():
    placed = place(Document(DONE), DECISIONS)
    assert (placed.held, placed.stale) == ((), ())
    assert set(placed.fulfilled) == set(DECISIONS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The report was written", "This long report, which nobody read, was written"),  # far away
        ("Kate Clark and obadily", "Kate Clarke and obadily"),  # near
        ("by Kate Clark and obadily", "by K. Clark, with obadily"),  # right beside, on one side
        ("obadily for the network", "obadily, a network"),  # and on the other
        ("They are contested i don't", "They are\ncontested\n\ni don't"),  # other lines
        ("was not ready to to take over", "was by no means ready to to take over"),
        ("told by the minister on monday that", "told by the ministers, on monday, that"),
        (SAID[:92], ""),  # all that stood before
        ("The report", "A title\n\nThe report"),
    ],
)
def test_they_hold_where_the_text_was_edited_elsewhere(old, new):
    text = SAID.replace(old, new)
    assert text != SAID
    kept = [d for d in DECISIONS if d.heard in " ".join(text.split())]
    placed = place(Document(text), kept)
    assert (placed.fulfilled, placed.stale) == ((), ())
    done = written(text, placed)
    assert all(decision.wanted in " ".join(done.split()) for decision in kept)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("badaksha", "badakhsha"),
        ("Many say that badaksha is all but lost at this point, and the government", "Nobody likes badaksha; others"),
        (SAID[92:192], ""),
    ],
)
def test_they_are_stale_where_the_words_or_all_around_them_changed(old, new):
    assert old in SAID
    placed = place(Document(SAID.replace(old, new)), DECISIONS)
    assert [decision.heard for decision in placed.stale] == ["badaksha"]


def test_what_was_turned_down_holds_in_the_cleaned_text():
    no = decided(SAID, "monday", "Mondale", Verdict.REJECT)
    placed = place(Document(DONE.replace("Monday", "monday").replace("minister", "Minister Abdul Rahman")), [no])
    (held,) = placed.held
    assert held.correction is None
    assert placed.rulings.settled == held.settled != ()


def test_a_neighbour_that_another_decision_changes_is_no_obstacle():
    text = "we went with sohail shaheen to badaksha province on monday in july and came back a week later"
    row = [decided(text, *words) for words in (("sohail shaheen", "Suhail Shaheen"), ("to badaksha", "to Badakhshan"))]
    assert "Suhail Shaheen to Badakhshan province" in (done := written(text, place(Document(text), row)))
    half = text.replace("sohail shaheen", "Suhail Shaheen")
    assert written(half, placed := place(Document(half), row)) == done
    assert placed.fulfilled == (row[0],)


def test_gaps_hold_beside_words_that_were_corrected():
    text = "they sent two reports from kabul previously taliban had signaled otherwise as far as anybody knows"
    gap = decided(text, "kabul previously", "kabul. Previously")
    capital = decided(text, "kabul", "Kabul")
    assert "from Kabul. Previously" in (done := written(text, place(Document(text), [gap, capital])))
    assert set(place(Document(done), [gap, capital]).fulfilled) == {gap, capital}
    other = text.replace("kabul", "Jalalabad")
    assert "from Jalalabad. Previously" in written(other, place(Document(other), [gap]))


# --- places that are alike

FIVE = "thank you Bill roger. " * 5


def test_equal_places_are_parted_by_their_number():
    row = [decided(FIVE, "Bill roger", "Bill Roggio", Verdict.ACCEPT, n) for n in (0, 2, 4)]
    assert {decision.of for decision in row} <= {1, 3, 5}
    placed = place(Document(FIVE), row)
    assert [held.stretch.start for held in placed.held] == [10, 54, 98]
    assert place(Document(written(FIVE, placed)), row).stale == ()


LONG = ("so the people said to us that it was well " * 3).strip()
CHORUS = f"{LONG} thank you Bill roger {LONG}\n" * 7


def test_places_that_differ_in_nothing_need_the_number():
    row = [decided(CHORUS, "Bill roger", "Bill Roggio", Verdict.ACCEPT, n) for n in range(1, 6)]
    assert [(d.which, d.of) for d in row] == [(n, 5) for n in range(1, 6)] or row[0].of > 1
    no = replace(row[2], verdict=Verdict.REJECT)
    said = [*row[:2], no, *row[3:]]
    done = written(CHORUS, place(Document(CHORUS), said))
    assert done.count("Roggio") == 4
    assert done.splitlines()[3] == CHORUS.splitlines()[3]
    again = place(Document(done), said)
    assert (len(again.fulfilled), [held.decision for held in again.held], again.stale) == (4, [no], ())


def test_with_one_place_less_nobody_can_tell_which_is_which():
    row = [decided(CHORUS, "Bill roger", "Bill Roggio", Verdict.ACCEPT, n) for n in (2, 3)]
    fewer = "".join(CHORUS.splitlines(keepends=True)[:5])
    placed = place(Document(fewer), row)
    assert (placed.held, len(placed.stale)) == ((), 2)


def test_where_all_were_decided_alike_it_does_not_matter():
    row = [decided(CHORUS, "Bill roger", "Bill Roggio", Verdict.ACCEPT, n) for n in range(7)]
    fewer = "".join(CHORUS.splitlines(keepends=True)[:5])
    assert written(fewer, place(Document(fewer), row)).count("Roggio") == 5


def test_a_copy_of_a_place_is_asked_about():
    line = SAID.splitlines()[1]
    twice = f"{SAID}\n{line}\n{line}\n"
    placed = place(Document(twice), [decided(SAID, "lost at", "gone at", Verdict.TYPED)])
    assert (placed.held, len(placed.stale)) == ((), 1)


def test_surroundings_grow_until_they_tell_places_apart():
    text = "one two three four five six seven a nine ten eleven twelve thirteen fourteen " * 2
    near, far = decided("begin " + text, "a", "A"), decided("a b c d e f g h", "d", "D")
    assert LEAST < len(near.before.split()) <= MOST
    assert (near.which, near.of) == (1, 1)
    assert (far.before, far.after) == ("a b c", "e f g h")


# --- forms


def test_a_form_is_everywhere_but_where_somebody_decided_otherwise():
    text = "In badaksha we met. Then Badaksha fell, and badaksha’s people left badaksha, as badakshan papers said."
    form = Decision(Verdict.ALL, "badaksha", "Badakhshan", stage="names")
    no = decided(text, "badaksha", "Badakhshan", Verdict.REJECT, 2)
    assert no.before.endswith("people left")
    placed = place(Document(text), [form, no])
    assert written(text, placed) == text.replace("In badaksha", "In Badakhshan").replace(
        "Badaksha fell", "Badakhshan fell"
    )
    assert place(Document("Nothing of it here."), [form]).fulfilled == (form,)


def test_a_form_of_capitals_is_just_that_form():
    text = "on monday MONDAY and Monday"
    assert written(text, place(Document(text), [Decision(Verdict.ALL, "monday", "Monday")])) == text.replace(
        "mon", "Mon"
    )


def test_a_form_is_not_written_twice():
    form = Decision(Verdict.ALL, "Kabul", "Kabul City")
    text = "in Kabul City and in Kabul"
    done = written(text, place(Document(text), [form]))
    assert done == "in Kabul City and in Kabul City"
    assert place(Document(done), [form]).held == ()


def test_never_keeps_every_place():
    placed = place(Document("past and Past"), [Decision(Verdict.NEVER, "past", "Pask")])
    assert [held.stretch for held in placed.held] == [Span(0, 4), Span(9, 13)]
    assert placed.rulings.wanted == ()


def test_the_later_one_holds():
    first = decided(SAID, "badaksha", "Badakhshan")
    second = replace(first, verdict=Verdict.TYPED, wanted="Badaksha")
    undone = replace(second, verdict=Verdict.UNDONE)
    no = replace(first, verdict=Verdict.REJECT)
    assert latest([first, second]) == [second]
    assert latest([first, second, undone]) == []
    assert latest([first, no]) == [no]
    assert latest([no, replace(no, wanted="BADAKSHA")]) == [no, replace(no, wanted="BADAKSHA")]
    assert latest([replace(no, wanted=""), first]) == [first]


# --- odd texts and odd decisions


@pytest.mark.parametrize("text", ["", " ", "...", "a", "a a a a", "\ud800 x", "كابل كابل"])
def test_nothing_is_too_odd(text):
    row = [
        Decision(verdict, heard, wanted, before, after)
        for verdict in Verdict
        for heard in ("a", "...", "a a", "كابل", "zz")
        for wanted in ("", "b", "a", "A", "a.", heard)
        for before, after in (("", ""), ("x y", "z"), ("a", "a a"))
        if verdict is not Verdict.UNDONE
    ]
    for decision in row:
        placed = place(Document(text), [decision])
        written(text, placed)


# --- random decisions, random edits

WORDS = [
    "the",
    "the",
    "and",
    "to",
    "of",
    "i",
    "we",
    "said",
    "kabul",
    "monday",
    "roger",
    "went",
    "that",
    "is",
    "was",
    "left",
]


@st.composite
def edited(draw) -> tuple[str, str, list[int], list[int | None]]:
    """A text, the same with some words changed, positions of words in the first, and where they are in the second."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=30, max_size=120))
    chosen = draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=8, unique=True))
    changed = draw(
        st.dictionaries(st.integers(0, len(words) - 1), st.sampled_from(["", "xx", "yy zz", "the"]), max_size=8)
    )
    after: list[str] = []
    where: list[int | None] = []
    for number, word in enumerate(words):
        where.append(None if number in changed else len(after))
        after += changed.get(number, word).split()
    return " ".join(words), " ".join(after), chosen, [where[number] for number in chosen]


@settings(deadline=None, max_examples=300)
@given(edited())
def test_decisions_survive_edits_elsewhere_and_go_nowhere_else(case):
    before, after, chosen, where = case
    finder = Finder(Document(before))
    row = {}
    for number, to in zip(chosen, where, strict=True):
        word = finder.words[number]
        heard, left, right, which, of = finder.describe(Span(word.start, word.end))
        row[Decision(Verdict.TYPED, heard, f"<{number}>", left, right, which, of)] = to
    starts = {word.start: number for number, word in enumerate(tokenize(after))}
    placed = place(Document(after), list(row))
    assert len(placed.held) + len(placed.fulfilled) + len(placed.stale) == len(row)
    again = place(Document(before), list(row))
    assert not again.stale
    assert not again.fulfilled
    for held in placed.held:
        at, to = starts[held.stretch.start], row[held.decision]
        if at != to:  # only where the place itself is gone, or cannot be told from this one
            finder_after = Finder(Document(after))
            assert finder_after.keys[at] == held.decision.heard
            assert to is None or _alike(finder_after, at, to) or held.decision.of > 1


def _alike(finder: Finder, one: int, other: int) -> bool:
    """Whether most of what stands around two places is the same, or they are neighbours."""
    near = [finder.keys[max(0, at - LEAST) : at + LEAST + 1] for at in (one, other)]
    return abs(one - other) <= 2 or sum(a == b for a, b in zip(*near, strict=False)) >= LEAST


@settings(deadline=None, max_examples=200)
@given(edited(), st.data())
def test_where_only_far_words_changed_every_decision_holds(case, data):
    text, _, chosen, _ = case
    words = text.split()
    row = []
    finder = Finder(Document(text))
    for number in chosen:
        word = finder.words[number]
        heard, left, right, which, of = finder.describe(Span(word.start, word.end))
        row.append(Decision(Verdict.REJECT, heard, "X", left, right, which, of))
    head = data.draw(st.lists(st.sampled_from(["xx", "yy", "zz"]), max_size=5))
    tail = data.draw(st.lists(st.sampled_from(["xx", "yy", "zz"]), max_size=5))
    edge = [d for d in row if len(d.before.split()) < LEAST or len(d.after.split()) < LEAST]
    placed = place(Document(" ".join([*head, *words, *tail])), [d for d in row if d not in edge])
    assert (placed.stale, placed.fulfilled) == ((), ())
