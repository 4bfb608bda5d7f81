"""What becomes of words, told by what was heard and what is wanted: carried out, exactly that stands there."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ungarble.correction import Correction
from ungarble.document import tokenize
from ungarble.rendering import render
from ungarble.review.changes import edit_of, flat, hunks, kind_of_change, phrase


def carried_out(heard: str, wanted: str, before: str = "", there: str | None = None, after: str = "") -> str:
    """The text in which a change was made."""
    text = before + (heard if there is None else there) + after
    words, at = tokenize(text), len(tokenize(before))
    edits = tuple(
        edit
        for hunk in hunks(heard, wanted)
        if (edit := edit_of(hunk, phrase(heard), text, words, at + hunk.first)) is not None
    )
    return render(text, [Correction(edits, "review", 1.0, "")]).text if edits else text


@pytest.mark.parametrize(
    ("heard", "wanted", "kinds"),
    [
        ("Bill roger", "Bill Roggio", ["words"]),
        ("obadily", "Obaid Ali", ["words"]),
        ("cooper netties", "Kubernetes", ["words"]),
        ("monday", "Monday", ["case"]),
        ("national security", "National Security", ["case", "case"]),
        ("contested i", "contested. I", ["gap", "case"]),
        ("kabul previously", "Kabul. Previously", ["case", "gap", "case"]),
        ("area .", "area.", ["gap"]),
        ("heavy\xa0 airstrikes", "heavy airstrikes", ["gap"]),
        ("manpower to to take", "manpower to take", ["words"]),
        ("uh", "", ["words"]),
        ("threat unquote a", "threat” a", ["words"]),
        ("quote i am unquote", "“I am”", ["words", "case", "words"]),
        ("monday bill roger", "Monday Bill Roggio", ["case", "case", "words"]),
        ("went Kabul", "went to Kabul", ["words"]),
        ("it’s", "its", ["words"]),
        ("same", "same", []),
        ("...", "a", []),
    ],
)
def test_kinds(heard, wanted, kinds):
    assert [hunk.kind.value for hunk in hunks(heard, wanted)] == kinds
    kind = kind_of_change(heard, wanted)
    assert (kind.value if kind else None) == next((k for k in ("words", "gap", "case") if k in kinds), None)
    if kinds:
        assert carried_out(heard, wanted, "we ", after=" now") == f"we {wanted} now".replace("we  now", "we now")


@pytest.mark.parametrize(
    ("heard", "wanted", "there", "result"),
    [
        ("Bill roger", "Bill Roggio", "Bill\nroger", "Bill\nRoggio"),
        ("kabul previously", "kabul. Previously", "kabul\n\npreviously", "kabul.\n\nPreviously"),
        ("he , left", "he, left", "he ,\r\nleft", "he,\r\nleft"),
        ("manpower to to", "manpower to", "manpower\nto to", "manpower\nto"),
        ("a new paragraph b", "a\n\nb", "a new\nparagraph b", "a\n\nb"),
    ],
)
def test_line_breaks_stay_where_they_are(heard, wanted, there, result):
    assert flat(there) == heard
    assert carried_out(heard, wanted, "x ", there, " y") == f"x {result} y"


FORMS = st.sampled_from(["Bill", "bill", "roger", "to", "i", "I", "uh", "U.S", "don’t", "München"])
GAPS = st.sampled_from([" ", " ", ", ", ". ", " “", "” ", "  ", "\xa0", " . ", "-"])


@st.composite
def phrases(draw) -> str:
    words = draw(st.lists(FORMS, min_size=1, max_size=5))
    text = words[0] + "".join(draw(GAPS) + word for word in words[1:])
    return draw(st.sampled_from(["", "", "“"])) + text + draw(st.sampled_from(["", "", "."]))


@given(
    phrases(), phrases() | st.just(""), st.sampled_from([("we ", "  now"), ("", ""), ("He, ", " end."), ("a\n", "\nb")])
)
def test_exactly_what_is_wanted_is_written(heard, wanted, around):
    before, after = around
    words, at = tokenize(before + heard + after), len(tokenize(before))
    assume([word.form for word in words[at : at + len(phrase(heard).words)]] == phrase(heard).forms)
    one_space = re.compile(r"\s+")
    found = carried_out(heard, wanted, before, after=after)
    assert one_space.sub(" ", found).strip() == one_space.sub(" ", before + wanted + after).strip()
