"""What no stage may touch: what is not English, but never a garbled or odd stretch of English; kept words; [sic]."""

import pytest

from ungarble.document import Span, tokenize
from ungarble.language.lexicon import Lexicon
from ungarble.never_touch import Untouchable, untouchable

ENGLISH = "The committee met on Monday and heard three witnesses about the harbour. The room was full before nine."
SPANISH = "La situación es muy difícil para los habitantes de la ciudad. No sé qué decir de la gente de allí."


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def forbidden(text: str, lexicon: Lexicon, *keep: str) -> list[str]:
    return [text[start:end] for start, end in untouchable(text, keep, lexicon).spans]


@pytest.mark.parametrize(
    "text",
    [
        "past faculty have also included egypt khalid just james henry breasted mathematician alberto called around",
        "ten oh go in twenty oh well well mongolian tell brod mongol elly as main international airport in milan",
        "Genghis Khan, in Mongolian Chinggis Khaan, English Chinghiz, Chinghis, and Chingiz, Turkic Cengiz Han",
        "gross margin improved by three hundred fifty basis points driven by lower sales volumes and freight costs",
        "KABUL, KANDAHAR, HERAT, FAIZABAD, JALALABAD, KUNDUZ, TALOQAN, BAGHLAN, FARAH, ZARANJ, GHAZNI, GARDEZ",
        "la la la la la la la la la la la la",
        "no no no no no no no no no no no no",
        "um uh um er um hmm uh um mm-hmm uh-huh um uh",
        "1 2 3 4 5 6 7 8 9 10 11 12 13",
        "",
    ],
)
def test_english_however_odd_is_english(lexicon, text):
    for written in (text, text.lower(), f"{ENGLISH} {text}", f"{ENGLISH}\n\n{text}"):
        assert untouchable(written, (), lexicon) == Untouchable()


def test_the_warning_says_where(lexicon):
    warnings = untouchable(SPANISH, (), lexicon).warnings
    assert warnings == ("this does not look like English: left as it is",)
    warnings = untouchable(f"{ENGLISH}\n\n{ENGLISH} {SPANISH} {ENGLISH}\n", (), lexicon).warnings
    assert warnings == ("a passage does not look like English (line 3): left as it is",)
    text = "\n\n".join([ENGLISH * 4, SPANISH, SPANISH, ENGLISH * 4])
    assert untouchable(text, (), lexicon).warnings == (
        "a passage does not look like English (lines 3 to 5): left as it is",
    )
    text = "\n\n".join([ENGLISH * 4, SPANISH, ENGLISH, SPANISH, ENGLISH])
    assert untouchable(text, (), lexicon).warnings == (
        "2 passages do not look like English (the first in line 3): left as they are",
    )


def test_a_passage_begins_and_ends_with_its_sentences(lexicon):
    assert forbidden(f"{ENGLISH} {SPANISH} {ENGLISH}", lexicon) == [SPANISH]
    assert forbidden(f"{ENGLISH}\n{SPANISH}\n{ENGLISH}", lexicon) == [SPANISH]
    assert forbidden(f"{ENGLISH} La situación es muy difícil. {ENGLISH}", lexicon) == []


def test_words_found_already_are_not_looked_for_again(lexicon):
    text = f"{ENGLISH} {SPANISH} [sic]"
    assert untouchable(text, ("room",), lexicon, tokenize(text)) == untouchable(text, ("room",), lexicon)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("We met Rodger [sic] there.", ["Rodger [sic]"]),
        ("We met Rodger (SIC) there.", ["Rodger (SIC)"]),
        ("We met Rodger, [sic] there.", ["[sic]"]),
        ("[sic] We met.", ["[sic]"]),
        ("It is so (sick) there.", []),
    ],
)
def test_sic(lexicon, text, kept):
    assert forbidden(text, lexicon) == kept


def test_keep(lexicon):
    assert forbidden("New York, NEW YORK's, new yorker", lexicon, "new york") == ["New York"]
    assert forbidden("don’t and don't", lexicon, "don't") == ["don’t", "don't"]
    assert forbidden("the the valley", lexicon, "the the", "the valley", "") == ["the the valley"]


def test_what_touches():
    kept = Untouchable((Span(2, 4), Span(8, 9)))
    assert [kept.touches(Span(*span)) for span in [(0, 2), (0, 3), (3, 3), (2, 2), (4, 4), (4, 8), (4, 9), (8, 9)]] == [
        False,
        True,
        True,
        False,
        False,
        False,
        True,
        True,
    ]
