"""The words of a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ungarble.document import PROTECTED, Tokenizer, Word, tokenize


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("mazar-e-sharif isn’t far.", ["mazar", "e", "sharif", "isn’t", "far"]),
        ("The U.S. and the U.K said no. Yes? A.", ["The", "U.S.", "and", "the", "U.K", "said", "no", "Yes", "A"]),
        ("at 4:32:10.5, 1,000.50 or $3.5, the 1st", ["at", "4:32:10.5", "1,000.50", "or", "$3.5", "the", "1st"]),
        ("rock ’n’ roll, the Joneses’ o’clock's", ["rock", "n", "roll", "the", "Joneses", "o’clock's"]),
        ("Wałęsa, cafe\u0301s, 3d", ["Wałęsa", "cafe\u0301s", "3d"]),
        ("“Yes”—no…maybe", ["Yes", "no", "maybe"]),
        ("", []),
    ],
)
def test_words(text, forms):
    words = tokenize(text)
    assert [word.form for word in words] == forms
    assert all(text[word.start : word.end] == word.form for word in words)


@pytest.mark.parametrize(
    "prose", ["https://a.b/c?d=e", "www.x.org/y", "first.last+tag@mail.example.com", "@who", "#tag", "a_b", "node.js"]
)
def test_what_is_no_prose_is_protected(prose):
    for text in (prose, f"see {prose} there", f"({prose})", f"see {prose}, or"):
        assert [word.form for word in tokenize(text) if word.kind == PROTECTED] == [prose]


def test_equal_words_share_one_form_and_key():
    first, second = tokenize("Don’t Don’t")
    assert first.form is second.form
    assert first.key is second.key
    assert first.key == "don't"
    assert isinstance(first, Word)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a-",
        "a.",
        "a.b-",
        "a.b",
        "a+",
        "a@",
        "a@b.",
        "_",
        "a_",
        "1,",
        "1:a",
        "`a ",
        "a’",
        "e\u0301",
        "a\u0301.",
        "http://",
    ],
)
def test_no_text_takes_long(piece):
    began = time.process_time()
    tokenize(piece * 100_000)
    assert time.process_time() - began < 5


@given(st.text(st.sampled_from("ab.A' \n\r`@-1,\u2028")))
def test_line_by_line_as_at_once(text):
    tokenizer = Tokenizer()
    assert tokenizer.tokenize(text) == tokenizer.tokenize(text) == tokenize(text)
