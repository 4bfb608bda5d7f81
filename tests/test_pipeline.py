"""The whole line from a document to its cleaned text: what must hold whatever the stages find."""

import itertools
from functools import cache
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ungarble import pipeline
from ungarble.correction import Correction, Slot
from ungarble.document import Document, tokenize
from ungarble.language.lexicon import Lexicon
from ungarble.names.gazetteer import Gazetteer
from ungarble.options import Options
from ungarble.pipeline import STAGES, Result, clean_document
from ungarble.rendering import render
from ungarble.stages import Setting

NAMES = """name\tkind\tspellings\talso\theard_as\tcontext
Badakhshan\tprovince\t\t\t\tprovince
Kubernetes\tsoftware\t\t\tcooper netties\tcluster
Suhail Shaheen\tperson\tSohail Shaheen\tShaheen\t\tspokesman
Obaid Ali\tperson\t\tAli\t\t
NATO\torganisation\t\t\t\talliance
New York\tcity\t\t\t\t
"""


@cache
def knowledge() -> tuple[Lexicon, Gazetteer]:
    return Lexicon.load(), Gazetteer.load()


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Gazetteer:
    path = tmp_path_factory.mktemp("names") / "names.tsv"
    path.write_text(NAMES, encoding="utf-8")
    return Gazetteer.load([path], [])


def clean(text: str, gazetteer: Gazetteer, **options) -> Result:
    return clean_document(Document(text), Setting(knowledge()[0], gazetteer, Options(**options)))


def check(text: str, result: Result) -> None:
    """What must hold for every result."""
    at, parts = 0, []
    for _, edit in result.rendering.edits:
        assert edit.span.start >= at
        assert text[edit.span.start : edit.span.end] == edit.original
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    assert "".join(parts) + text[at:] == result.text
    applied = {c.id for c in result.resolution.applied}
    assert applied == {owner for owner, _ in result.rendering.edits}
    for one, other in itertools.pairwise(result.sentences):
        assert one.start <= one.end <= other.start
    assert all(c.reason and 0 <= c.confidence <= 1 for c in result.proposals)


# --- odd text

ODD = [
    *"\x00\x07\x1b\x7f\x85\xa0\xad\u0301\u0345\u200b\u200d\u200e\u202e\u2028\u2066\u3000\ufeff\ufffd\ud800\udfff\U000e0041",
    "\r",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    " ",
    "  ",
    "👩‍🚀",
    "🇦🇫",
    "e\u0301\u0302\u0303",
    "שלום",
    "كابل",
    "İ",
    "ı",
    "ß",
    "ŉ",
    "ﬃ",
    "ǅ",
    "Ⅷ",
    "٣",
    "½",
    *".,;:?!…-–—“”‘’\"'()[]{}<>/\\_=*#@&%$`|~^+",
    "...",
    "?!?!",
    "[sic]",
    "``",
    "https://a.b/c",
]
PLAIN = """
    the the to to i i'm we and uh um quote unquote comma period new paragraph kabul badaksha sohail shaheen
    obadily cooper netties run in nato u.s. U.S mr. dr. 10 3.5 monday may i. b- but don't don’t 's New York the_end
    p.m. said Said THE province cluster spokesman
""".split()  # noqa: SIM905

pieces = st.one_of(
    st.sampled_from(ODD), st.sampled_from(PLAIN), st.sampled_from(PLAIN), st.sampled_from([" ", " ", ", ", ". "])
)
odd_texts = st.one_of(st.lists(pieces, max_size=25).map("".join), st.lists(pieces, max_size=25).map(" ".join))


def examples(count: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=count, deadline=None, suppress_health_check=slow)


@examples(300)
@given(odd_texts, st.booleans(), st.booleans())
def test_no_text_raises_anything(small, text, fillers, verbatim):
    check(text, clean(text, small, fillers=fillers, verbatim=verbatim))


@examples(100)
@given(st.text(max_size=60))
def test_no_characters_raise_anything(small, text):
    check(text, clean(text, small, fillers=True))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n" * 500,
        "." * 3000,
        "?! " * 1000,
        "“" * 2000,
        "-" * 3000,
        "a" * 3000,
        "\u0301" * 3000,
        "e\u0301" * 2000,
        "i " * 1000,
        "the " * 1000,
        "b- " * 500 + "but",
        "no, " * 500,
        "quote " * 300 + "unquote " * 300,
        "period new paragraph " * 200,
        "U.S. " * 500,
        "a.b." * 500,
        "1,000." * 500,
        "\ud800" * 500,
        "كابل " * 300,
        "[sic] " * 300,
        "( " * 1000,
        "uh um " * 400,
        "\r\n" * 300 + "\r" * 300,
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_huge_runs(small, text):
    check(text, clean(text, small, fillers=True))


@pytest.mark.slow
@examples(25)
@given(odd_texts)
def test_odd_text_with_all_packs(text):
    check(text, clean(text, knowledge()[1]))


# --- cleaning again

SUBJECTS = [
    "we",
    "they",
    "the minister",
    "the spokesman sohail shaheen",
    "general obadily",
    "he",
    "i",
    "the the people",
]
VERBS = [
    "met",
    "left",
    "spoke to",
    "went to",
    "ran",
    "saw",
    "said that they saw",
    "did not know",
    "quote liked unquote",
]
OBJECTS = [
    "badaksha province",
    "the cooper netties cluster",
    "New  York",
    "nato",
    "the the house",
    "it",
    "us on monday",
]
ENDS = [".", " .", "?", ",", "", " ", "\n\n", ", and uh", " and and", " full stop", " and"]

KEPT = ["the", "badaksha", "obadily", "nato", "i", "quote", "monday", "uh", "and"]

sentences = st.tuples(*map(st.sampled_from, (SUBJECTS, VERBS, OBJECTS, ENDS))).map(lambda s: " ".join(s[:3]) + s[3])
speech = st.lists(sentences, min_size=1, max_size=6).map(" ".join)
capitals = st.sampled_from([str, str, str.upper, str.title, lambda text: text[:1].upper() + text[1:]])


@examples(150)
@example("we met badaksha province . they left nato", str, False)
@given(speech, capitals, st.booleans())
def test_cleaning_again_changes_nothing(small, text, recase, fillers):
    once = clean(recase(text), small, fillers=fillers).text
    assert clean(once, small, fillers=fillers).text == once


long_speech = st.lists(sentences, min_size=4, max_size=14).map(" ".join)


@examples(150)
@given(long_speech, capitals, st.sampled_from(["auto", "always"]))
def test_cleaning_again_sets_no_further_marks(small, text, recase, punctuate):
    once = clean(recase(text), small, punctuate=punctuate).text
    assert clean(once, small, punctuate=punctuate).text == once


NAMED = [
    "we met sohail shaheen in badaksha province on monday",
    "general obadily met badaksha province.",
    "the the people ran the cooper netties cluster . nato did not",
    "Suhail Shaheen spoke to general obadily. obadily left New  York",
    "they went to badaksha and badakshan, and in badakhshan province nobody ran kubernetes",
]


@pytest.mark.parametrize("text", NAMED)
def test_cleaning_again_finds_no_further_names(small, text):
    once = clean(text, small).text
    assert clean(once, small).text == once


@examples(100)
@given(speech)
def test_verbatim_takes_no_word_out(small, text):
    done = clean(text, small, verbatim=True, skip=frozenset({"names"})).text
    assert [word.key.rstrip(".") for word in tokenize(done)] == [word.key.rstrip(".") for word in tokenize(text)]


@examples(100)
@given(speech, st.sets(st.sampled_from(KEPT), min_size=1))
def test_words_to_keep_never_change(small, text, kept):
    done = clean(text, small, keep=tuple(kept), fillers=True).text
    before = [word.form for word in tokenize(text) if word.key in kept]
    assert [word.form for word in tokenize(done) if word.key in kept] == before


@examples(60)
@given(speech, st.sampled_from(STAGES))
def test_only_and_skip(small, text, stage):
    only = clean(text, small, only=frozenset({stage}))
    assert {c.corrector for c in only.proposals} <= {stage}
    skipped = clean(text, small, skip=frozenset({stage}))
    assert stage not in {c.corrector for c in skipped.proposals}
    neither = clean(text, small, only=frozenset({stage}), skip=frozenset({stage}))
    assert (neither.text, neither.proposals) == (text, ())


@examples(60)
@given(speech, st.data())
def test_any_decisions(small, text, data):
    setting = Setting(knowledge()[0], small, Options())
    first = clean_document(Document(text), setting)
    found = [c.id for c in first.resolution.applied + first.resolution.suggested]
    chosen = {one: data.draw(st.booleans()) for one in found if data.draw(st.booleans())}
    result = clean_document(Document(text), setting, chosen)
    check(text, result)
    applied = {c.id for c in result.resolution.applied}
    assert not any(one in applied for one, yes in chosen.items() if not yes)
    nothing = dict.fromkeys((c.id for c in first.proposals), False)
    check(text, clean_document(Document(text), setting, nothing))


# --- what may not be touched


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in badaksha [sic] province", "in badaksha [sic] province"),
        ("in badaksha (sic) and badaksha province", "in badaksha (sic) and Badakhshan province"),
        ("see `kabul  nato` and nato", "see `kabul  nato` and NATO"),
    ],
)
def test_sic_and_code_stay(small, text, expected):
    assert clean(text, small).text == expected


def test_kept_phrases(small):
    text = "the the end and the the house of sohail shaheen"
    assert clean(text, small, keep=("the the", "Sohail Shaheen")).text == text


def test_a_stretch_that_is_not_english_stays(small):
    text = "طالبان کنترل کابل را به دست گرفتند و مردم از شهر گریختند ."
    result = clean(text, small)
    assert result.text == text
    assert len(result.warnings) == 1


# --- what is shown


def staged(monkeypatch, **stages) -> None:
    def stage(name):
        return SimpleNamespace(propose=stages.get(name, lambda *_: ()))

    monkeypatch.setattr(pipeline, "_stage", stage)


def recase(word: str, form: str, confidence: float, *others):
    def propose(draft, _setting):
        found = next(w for w in draft.words if w.key == word)
        if found.form != form:
            yield Correction((draft.case_edit(found, form), *others), "x", confidence, "so", id=form)

    return propose


def test_what_others_brought_is_not_shown(monkeypatch, small):
    staged(monkeypatch, sentences=recase("nato", "Nato", 0.92), casing=recase("nato", "NATO", 0.97))
    result = clean("then nato left", small)
    assert result.text == "then NATO left"
    assert [c.id for c in result.resolution.applied] == ["NATO"]
    assert [c.id for c in result.resolution.displaced] == ["Nato"]
    without = clean_document(result.document, Setting(*knowledge(), Options()), {"NATO": False})
    assert without.text == "then Nato left"
    assert [c.id for c in without.resolution.applied] == ["Nato"]


def test_a_full_stop_stays_when_its_capital_is_another_s(monkeypatch, small):
    def stop(draft, _setting):
        edits = (draft.gap_edit(4, 4, ".", Slot.MARK), draft.case_edit(draft.words[1], "Nato"))
        yield Correction(edits, "sentences", 0.92, "so", id="stop")

    staged(monkeypatch, sentences=stop, casing=recase("nato", "NATO", 0.97))
    result = clean("then nato left", small)
    assert result.text == "then. NATO left"
    assert {c.id for c in result.resolution.applied} == {"stop", "NATO"}


def test_a_claim_on_what_was_put_right_leaves_it_to_its_corrector(small):
    result = clean("we flew to New  York on time", small)
    assert result.text == "we flew to New York on time"
    assert [c.corrector for c in result.resolution.applied] == ["spacing"]


def test_rejecting_a_name_brings_the_next_stage_forward(small):
    text = "the spokesman sohail shaheen met nato in the house"
    first = clean(text, small)
    names = [c for c in first.resolution.applied if c.corrector == "names"]
    assert names
    setting = Setting(knowledge()[0], small, Options())
    second = clean_document(Document(text), setting, {c.id: False for c in names})
    assert "Suhail" not in second.text
    check(text, second)


def test_suggestions_render_one_by_one(small):
    result = clean("the spokesman sohail shaheen met general obadily in badaksha on monday", small, apply_above=0.999)
    assert result.resolution.suggested
    for correction in result.resolution.suggested:
        assert render(result.document.text, [correction]).text != result.document.text
