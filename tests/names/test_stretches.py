"""Which stretches of words are searched for names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ungarble.document import Document
from ungarble.draft import Draft
from ungarble.language.lexicon import Lexicon
from ungarble.names.heard import Heard
from ungarble.names.likeness import FUNCTION_WORD
from ungarble.names.stretches import GLIB, GLIB_ALONE, MOST_FREE_WORDS, MOST_MARKS, MOST_WORDS, worth_a_search

LEXICON = Lexicon.load()
WORDS = ["the", "of", "a", "we", "met", "hill", "man", "badaksha", "obadily", "Alejandro", "rations", "12", "u.s."]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", ". ", ", ", "\n\n"])), max_size=14)


def heard_in(text):
    return Heard(Draft(Document(text)), LEXICON)


def found(text, chosen=True):
    heard = heard_in(text)
    stretches = worth_a_search(heard, [False] * len(heard.words), chosen)
    rows = zip(stretches.first.tolist(), stretches.last.tolist(), stretches.free.tolist(), strict=True)
    return {heard.text(first, last): free for first, last, free in rows}


def one_by_one(heard, known, chosen):
    strange = [odd and not name for odd, name in zip(heard.strange, known, strict=True)]
    function = [rate >= FUNCTION_WORD for rate in heard.per_million]
    for first in range(len(heard.words)):
        for last in range(first + 1, min(first + MOST_WORDS, len(heard.words)) + 1):
            inner = range(first, last - 1)
            marks = sum(not heard.joined[index] for index in inner)
            if (
                any(heard.words[index].kind != "word" for index in range(first, last))
                or not all(heard.runs_on[index] for index in inner)
                or marks > MOST_MARKS * chosen
            ):
                break
            alone, odd = last == first + 1, any(strange[first:last])
            if alone and (function[first] or known[first]):
                continue
            edges = (first, last - 1)
            if odd:
                free = last - first <= MOST_FREE_WORDS and not marks and not any(function[edge] for edge in edges)
                yield first, last, free, False
            elif chosen and not all(known[first:last]) and heard.fluency(first, last) < (GLIB_ALONE if alone else GLIB):
                yield first, last, False, any(function[edge] and len(heard.keys[edge]) > 1 for edge in edges)


@given(TEXTS, st.booleans(), st.data())
def test_all_at_once_is_as_one_by_one(parts, chosen, data):
    heard = heard_in("".join(word + gap for word, gap in parts))
    known = data.draw(st.lists(st.booleans(), min_size=len(heard.words), max_size=len(heard.words)))
    stretches = worth_a_search(heard, known, chosen)
    rows = list(zip(*(part.tolist() for part in stretches), strict=True))
    assert rows == list(one_by_one(heard, known, chosen))
    some = np.arange(len(rows)) % 2 == 0
    assert list(zip(*(part.tolist() for part in stretches.those(some)), strict=True)) == rows[::2]


@pytest.mark.parametrize(
    ("text", "stretch", "free"),
    [
        ("we met in badaksha today", "badaksha", True),
        ("we met in badaksha today", "in badaksha", False),
        ("they fought for hill man province", "hill man province", False),
        ("Rebecca. Kiaba spoke", "Rebecca. Kiaba", False),
    ],
)
def test_what_may_be_a_name_is_searched(text, stretch, free):
    assert found(text)[stretch] == free


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("thank you very much", "thank you"),
        ("we met in badaksha. today it rains", "badaksha. today"),
        ("it was in 2019", "2019"),
    ],
)
def test_what_reads_well_is_not(text, stretch):
    assert stretch not in found(text)
    assert stretch not in found(text, chosen=False)


def test_ordinary_words_are_searched_for_what_a_person_chose_alone():
    assert "hill man province" not in found("they fought for hill man province", chosen=False)
