"""The same words in two accounts of one text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ungarble.formats.align import Account, align, within

_WORDS = "the the a of Kabul, kabul. in In “so” mid-week midweek 20 twenty ♪ — 北京 İstanbul café x\ny"
WORDS = st.sampled_from(_WORDS.split(" "))
TEXTS = st.lists(WORDS, max_size=30).map(" ".join)


def shared(text, copy):
    return [text[at : at + length] for at, _, length in align(Account(text), copy)]


@pytest.mark.parametrize(
    ("text", "copy", "expected"),
    [
        ("In Kabul, today", "In Kabul, today", ["In Kabul, today"]),
        ("In Kabul, today", "in kabul today", ["In Kabul", "today"]),
        ("In Kabul.\nToday", "In Kabul. Today", ["In Kabul.", "Today"]),
        ("“In Kabul,” he said.\nAnd then", "\nSpeaker 0: “In Kabul,” he said.\n\nSpeaker 1: And then", 2),
        (
            "it cost one hundred dollars in Kabul today",
            "it cost $100 in Kabul today",
            ["it cost", "in Kabul today"],
        ),
        ("the mid week talk was long", "the midweek talk was long", ["the mid", "week talk was long"]),
        ("北京 是大的。", "北京是大的。", ["北京", "是大的。"]),
        ("the the dog", "the dog", ["the", "dog"]),
        ("♪ ♪", "♪ ♪", ["♪ ♪"]),
        ("0 of them came", "Speaker 0:", []),
        ("a summary of it all", "the whole of the talk was about other things", []),
        ("", "words", []),
        ("words", "", []),
    ],
)
def test_what_is_shared(text, copy, expected):
    found = shared(text, copy)
    assert len(found) == expected if isinstance(expected, int) else found == expected


@given(TEXTS, TEXTS)
def test_stretches_hold_the_same(text, copy):
    found = align(Account(text), copy)
    for at, start, length in found:
        assert length > 0
        assert text[at : at + length].lower() == copy[start : start + length].lower()
        assert "\n" not in text[at : at + length]
    for before, after in pairwise(found):
        assert before.at + before.length <= after.at
        assert before.start + before.length <= after.start


@given(TEXTS)
def test_a_copy_is_found_whole(text):
    assert "".join("".join(shared(text, text)).split()) == "".join(text.split())
    assert "".join("".join(shared(text, text.replace(" ", "\n"))).split()) == "".join(text.split())


@given(TEXTS, TEXTS, st.lists(st.integers(0, 99), max_size=8))
def test_parts_within_ranges(text, copy, cuts):
    cuts = sorted(cuts)
    ranges = list(pairwise(cuts))
    stretches = align(Account(text), copy)
    for (start, end), parts in zip(ranges, within(stretches, ranges), strict=True):
        expected = [n for _, first, length in stretches for n in range(first, first + length) if start <= n < end]
        assert [n for _, first, length in parts for n in range(first, first + length)] == expected


@pytest.mark.parametrize("copy", ["a b " * 40_000, "x " * 80_000, "a " * 80_000, "b a c " * 30_000])
def test_time_is_linear(copy):
    began = time.process_time()
    align(Account("a b " * 40_000 + "end"), copy)
    assert time.process_time() - began < 10
