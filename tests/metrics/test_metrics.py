"""Metrics on small texts whose figures can be counted by eye, and what must hold of any."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ungarble.metrics.alignment import align, aligned, errors
from ungarble.metrics.bootstrap import intervals, paired, unpaired
from ungarble.metrics.corrections import correction_counts, effect_counts, effects, judged, splice
from ungarble.metrics.counts import from_plain, summed, to_plain
from ungarble.metrics.figures import calibration, calibration_error, figures
from ungarble.metrics.names import Mention, name_counts, outcomes
from ungarble.metrics.reading import read, words_of
from ungarble.metrics.words import fixed_and_broken, mark_after, word_counts, words_changed

WORDS = st.lists(st.sampled_from(["the", "Kabul", "cobble", "met.", "we,", "said?", "U.S.", "12"]), max_size=12).map(
    " ".join
)
TEXTS = WORDS | st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We met, didn’t we?", "we met didn't we"),
        ("Wałęsa’s ærø ﬁne", "walesa's aero fine"),
        ("R&D AT&T", "r and d at and t"),
        ("mazar-e-sharif", "mazar e sharif"),
        ("‘quoted’ boys’", "quoted boys"),
        ("— … ?", ""),
        ("12 1,204 0.5 007", "twelve one thousand two hundred four zero point five zero zero seven"),
        ("in 2021, 1905, 2004, 1900", "in twenty twenty one nineteen oh five two thousand four nineteen hundred"),
        ("1990s 20th 21st 40th 80s", "nineteen nineties twentieth twenty first fortieth eighties"),
        ("$5 12% $1.5 million", "five dollars twelve percent one point five million dollars"),
        ("3,000,000 2500000000", "three million two billion five hundred million"),
        ("4G COVID-19", "four g covid nineteen"),
        (f"{'1' * 5000} 1{',000' * 2000}.5%", f"{'1' * 5000} 1{',000' * 2000}.5 percent"),
    ],
)
def test_words(text, words):
    assert " ".join(words_of(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the the plan", "the plan"),
        ("no no no", "no"),
        ("I mean, I mean it", "i mean it"),
        ("it was it is", "it was it is"),
        ("one two three one two three", "one two three one two three"),
    ],
)
def test_repetitions_count_once(text, words):
    assert " ".join(read(text).words) == words


@pytest.mark.parametrize(
    ("text", "marks"),
    [("So, we met.", [",", "", "."]), ("well; (yes!) “no?”", [",", ".", "?"]), ("U.S-led, it", ["", "", ",", ""])],
)
def test_marks(text, marks):
    reading = read(text)
    assert [mark_after(reading, number) for number in range(len(reading.words))] == marks


@pytest.mark.parametrize(
    ("said", "heard", "count"),
    [("we met in kabul", "we met in kabul", 0), ("we met", "", 2), ("", "we met", 2), ("a b c d", "a x c", 2)],
)
def test_errors(said, heard, count):
    assert errors(said.split(), heard.split()) == count


def test_alignment_prefers_what_is_alike():
    pairs = align(words_of("the governor of badakhshan spoke"), words_of("the governor of but that bad action spoke"))
    assert (3, 6) in pairs or (3, 5) in pairs
    assert pairs[-1] == (4, 7)


@pytest.mark.parametrize(
    ("said", "heard", "written", "fixed", "broken"),
    [
        ("we met in Kabul", "we met in cobble", "we met in Kabul", "kabul", ""),
        ("we met in Kabul", "we met in Kabul", "we met in cobble", "", "kabul"),
        ("we met in Kabul", "we met in cobble", "we sat in Kabul", "kabul", "met"),
        ("We met. In Kabul?", "we met in kabul", "We met in, kabul", "", ""),
        ("the plan is", "the the plan is", "the plan is", "", ""),
        ("it is $5", "it is five dollars", "it is $5", "", ""),
    ],
)
def test_fixed_and_broken(said, heard, written, fixed, broken):
    reference = read(said)
    found = fixed_and_broken(aligned(reference, read(heard)), aligned(reference, read(written)))
    assert [" ".join(reference.words[n] for n in numbers) for numbers in found] == [fixed, broken]


def counted(said, heard, written):
    reference = read(said)
    return word_counts(aligned(reference, read(heard)), aligned(reference, read(written)))


def values(counts):
    return {figure.name: figure.value(counts) for figure in figures(counts)}


def test_figures_that_can_be_counted():
    found = values(counted("We met. Did we eat, though?", "we met did we eight though", "We met. Did we eat though?"))
    assert found["WER before"] == pytest.approx(1 / 6)
    assert found["WER after"] == 0
    assert found["words fixed"] == pytest.approx(10_000 / 6)
    assert found["words broken"] == 0
    assert found["F1 of full stops, before"] == 0
    assert found["F1 of full stops, after"] == 1
    assert found["F1 of commas, after"] == 0
    assert found["F1 of sentence boundaries, after"] == 1
    assert found["F1 of capitals, before"] == 0
    assert found["F1 of capitals, after"] == 1


def test_f1_counts_what_is_missed_and_what_is_false():
    found = values(counted("One. two. three four", "One. two three. four", "One. two three. four"))
    assert found["F1 of full stops, after"] == pytest.approx(2 / 4)


@settings(deadline=None)
@given(TEXTS)
def test_a_text_against_itself(text):
    counts = counted(text, text, text)
    assert {key for key, count in counts.items() if count} <= {("words",)} | {
        ("signs", when, sign, "hit") for when in ("before", "after") for sign in (",", ".", "?", "boundary", "capital")
    }
    assert words_changed(text, text) == 0


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_swapped_texts_swap_counts(said, one, other):
    there, back = counted(said, one, other), counted(said, other, one)
    assert (there["fixed",], there["broken",]) == (back["broken",], back["fixed",])
    assert (there["errors", "before"], there["errors", "after"]) == (back["errors", "after"], back["errors", "before"])


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_an_alignment_covers_both_texts_in_order(one, other):
    one, other = words_of(one), words_of(other)
    pairs = align(one, other)
    assert [pair.reference for pair in pairs if pair.reference is not None] == list(range(len(one)))
    assert [pair.other for pair in pairs if pair.other is not None] == list(range(len(other)))


SAID = "Ghani met Suhail Shaheen and Ghani's men in Deh Rawud"


@pytest.mark.parametrize(
    ("heard", "written", "name", "facts"),
    [
        ("ghani met", "ghani met", "Ghani", "right before, right after"),
        ("connie met", "Ghani met", "Ghani", "misheard, right after, made right"),
        ("connie met", "connie met", "Ghani", "misheard"),
        ("ghani met", "Connie met", "Ghani", "right before, made wrong"),
        ("met so hail shaheen and", "met Suhail Shaheen and", "Suhail Shaheen", "misheard, right after, made right"),
        ("in dehrawud", "in Deh Rawud", "Deh Rawud", "right after"),  # only a space was missing: it was not misheard
        ("in", "in", "Deh Rawud", "misheard"),
    ],
)
def test_names(heard, written, name, facts):
    said = {"Ghani": "Ghani met", "Suhail Shaheen": "met Suhail Shaheen and", "Deh Rawud": "in Deh Rawud"}[name]
    start = said.index(name)
    reference = read(said)
    pair = aligned(reference, read(heard)), aligned(reference, read(written))
    counts = name_counts(outcomes(*pair, [Mention(start, start + len(name), "PERSON", True)]))
    for group in (("names", "all"), ("names", "attendees"), ("kind", "PERSON")):
        assert {key[-1] for key in counts if key[:2] == group} == {"total", *facts.split(", ")}


def test_a_mention_without_words_is_left_out():
    pair = aligned(read("so — it"), read("so it"))
    assert outcomes(pair, pair, [Mention(3, 4)]) == []


def row(start, end, replacement, confidence=0.9, applied=True, text=SAID, **more):
    edit = {"start": start, "end": end, "original": text[start:end], "replacement": replacement, "kind": "words"}
    return {"edits": [edit], "corrector": "names", "confidence": confidence, "applied": applied, **more}


HEARD = "connie met so hail shaheen and"
WAS_SAID = "Ghani met Suhail Shaheen and"


def test_corrections_are_judged_by_what_was_said_near():
    rows = [
        row(0, 6, "Ghani", 0.95, text=HEARD),
        row(11, 18, "Suha", 0.85, text=HEARD),
        row(11, 18, "Sohail", 0.4, False, text=HEARD, alternatives=["Sahel", "Suhail"]),
        row(11, 18, "Sohail", 0.3, False, text=HEARD, alternatives=["Sahel", "Sorel", "Suhail"]),
        row(0, 6, "Connie", 0.99, text=HEARD),
    ]
    found = judged(HEARD, WAS_SAID, rows)
    assert [(one.right, one.among_first) for one in found] == [
        (True, True),
        (False, False),
        (False, True),
        (False,) * 2,
    ]
    counts = correction_counts(found, rows)
    assert counts["stage", "names", "changes"] == 3
    assert (counts["stage", "names", "applied"], counts["stage", "names", "applied right"]) == (2, 1)
    assert (counts["stage", "names", "suggested"], counts["stage", "names", "suggested right"]) == (2, 1)
    tenths = calibration(counts, ["names"])
    assert [(tenth.tenth, tenth.corrections, tenth.right) for tenth in tenths] == [
        (3, 1, 0),
        (4, 1, 0),
        (8, 1, 0),
        (9, 1, 1),
    ]
    assert calibration_error(tenths) == pytest.approx((0.3 + 0.4 + 0.85 + 0.05) / 4)


def test_words_are_counted_for_the_correction_that_changed_them():
    rows = [row(0, 6, "Ghani", text=HEARD), row(7, 10, "sat", text=HEARD) | {"corrector": "casing"}]
    written = splice(HEARD, rows)
    assert written == "Ghani sat so hail shaheen and"
    reference = read(WAS_SAID)
    pair = aligned(reference, read(HEARD)), aligned(reference, read(written))
    counts = effect_counts(effects(*pair, *fixed_and_broken(*pair), rows))
    assert {key: count for key, count in counts.items() if count} == {
        ("stage", "names", "fixed"): 1,
        ("stage", "casing", "broken"): 1,
    }


def test_words_that_are_only_aligned_otherwise_belong_to_the_change_beside_them():
    heard = "well some of the some of the plans"
    rows = [row(5, 17, "", text=heard) | {"corrector": "repetitions"}]
    reference = read(heard)
    pair = aligned(reference, read(heard)), aligned(reference, read(splice(heard, rows)))
    fixed, broken = fixed_and_broken(*pair)
    assert len(broken) == 3
    for numbers in (broken, [1, 2, 3], [4, 5, 6]):
        assert effect_counts(effects(*pair, fixed, numbers, rows))["stage", "repetitions", "broken"] == 3


def test_counts_go_through_plain_types():
    counts = counted("We met, in Kabul.", "we met in cobble", "We met in Kabul")
    assert from_plain(to_plain(counts)) == +counts
    assert summed([counts, counts])["words",] == 8


def documents(wrong):
    return [counted("a b c d e f g h i j", "a b c d e f g h i j", " ".join("abcdefghij"[n:])) for n in wrong]


def test_intervals():
    found = documents([0, 1, 2, 3, 4, 5, 6, 7])
    every = figures(summed(found))
    between = intervals(found, every)["WER after"]
    assert 0 < between.low < 0.35 < between.high < 0.7
    assert intervals(found, every) == intervals(found, every)
    assert intervals(found[:1], every) == {}


def test_differences_of_the_same_documents_are_told_from_noise():
    before, better, other = documents([2] * 8), documents([1] * 8), documents([0, 4, 1, 3, 2, 2, 5, 0])
    every = figures(summed(before))
    assert paired(before, better, every)["WER after"].is_beyond_noise
    assert not paired(before, other, every)["WER after"].is_beyond_noise
    assert not paired(before, before, every)["WER after"].is_beyond_noise
    assert unpaired(before, better, every)["WER after"].is_beyond_noise
