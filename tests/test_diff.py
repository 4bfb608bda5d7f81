"""The fixes as people read them."""

import re

import pytest

from ungarble.correction import Alternative, Correction, Edit, Kind, Slot, resolve
from ungarble.diff import before_and_after, show
from ungarble.document import Document, Span
from ungarble.pipeline import Result
from ungarble.rendering import render


def change(text: str, old: str, new: str, kind: Kind = Kind.WORDS, at: int = -1, slot: Slot = Slot.SPACE) -> Edit:
    start = text.index(old) if at < 0 else at
    return Edit(kind, Span(start, start + len(old)), old, new, slot)


def fix(*edits: Edit, stage: str = "names", confidence: float = 0.95, others: tuple[str, ...] = ()) -> Correction:
    alternatives = tuple(Alternative(written, 0.1, "so it may be") for written in others)
    return Correction(edits, stage, confidence, "it is so", alternatives)


def result(text: str, *proposals: Correction) -> Result:
    resolution = resolve(proposals, apply_above=0.9)
    return Result(Document(text), proposals, resolution, render(text, resolution.applied))


def test_a_hunk_a_line_with_its_number():
    text = "one badaksha\ntwo\nthree panshir\r\nbadaksha"
    shown = show(
        result(
            text,
            fix(change(text, "badaksha", "Badakhshan")),
            fix(change(text, "panshir", "Panjshir"), confidence=0.987),
            fix(change(text, "badaksha", "Badakhshan", at=text.rindex("badaksha"))),
        )
    )
    assert shown == (
        "line 1\n"
        "    one [-badaksha-]{+Badakhshan+}\n"
        "    badaksha → Badakhshan · names 0.95 · it is so\n"
        "\n"
        "line 3\n"
        "    three [-panshir-]{+Panjshir+}\n"
        "    panshir → Panjshir · names 0.99 · it is so\n"
        "\n"
        "line 4\n"
        "    [-badaksha-]{+Badakhshan+}\n"
        "    badaksha → Badakhshan · names 0.95 · it is so\n"
    )


def test_suggestions_are_marked_as_such_with_their_alternatives():
    text = "said obadily here"
    guess = fix(change(text, "obadily", "Obaid Ali"), confidence=0.7, others=("Obaid Ali", "Obaidullah", "Abdali"))
    assert show(result(text, guess)) == (
        "line 1\n"
        "    said [?obadily → Obaid Ali?] here\n"
        "  ? obadily → Obaid Ali · names 0.70 · suggested · it is so · or Obaidullah, Abdali\n"
    )


def test_suggestions_that_take_out_or_add():
    text = "so unquote he said"
    out = fix(change(text, "unquote", ""), confidence=0.6)
    stop = fix(change(text, "", ".", Kind.GAP, at=len(text), slot=Slot.MARK), confidence=0.6, stage="sentences")
    assert show(result(text, out, stop)).splitlines()[1:] == [
        "    so [?unquote → ∅?] he said[?∅ → .?]",
        "  ? so unquote he → so he · names 0.60 · suggested · it is so",
        "  ? said → said. · sentences 0.60 · suggested · it is so",
    ]


def test_a_suggestion_for_what_was_changed_otherwise_stands_below():
    text = "mr kabul spoke"
    capital = fix(change(text, "kabul", "Kabul", Kind.CASE), stage="casing")
    guess = fix(change(text, "kabul", "Kabir"), confidence=0.6)
    assert show(result(text, capital, guess)).splitlines()[1:] == [
        "    mr [-kabul-]{+Kabul+} spoke",
        "    kabul → Kabul · casing 0.95 · it is so",
        "  ? kabul → Kabir · names 0.60 · suggested · it is so",
    ]


def test_what_runs_over_lines_is_one_hunk():
    text = "one\ntwo\nthree\nfour"
    shown = show(result(text, fix(change(text, "\n", " ", Kind.GAP, at=7), stage="spacing")))
    assert shown.splitlines()[:2] == ["lines 2 to 3", "    two[-␊-]{+ +}three"]


def test_spaces_that_look_alike():
    text = "that\u00a0allows"
    assert show(result(text, fix(change(text, "\u00a0", " ", Kind.GAP), stage="spacing"))).splitlines()[1:] == [
        "    that[-⍽-]{+ +}allows",
        "    that⍽allows → that allows · spacing 0.95 · it is so",
    ]


def test_edits_of_one_correction_on_two_lines():
    text = "he left\ni stayed"
    stop = fix(change(text, "", ".", Kind.GAP, at=7), change(text, "i", "I", Kind.CASE), stage="sentences")
    assert show(result(text, stop)) == (
        "line 1\n    he left{+.+}\n    left␊i → left.␊I · sentences 0.95 · it is so\n\nline 2\n    [-i-]{+I+} stayed\n"
    )


def test_a_long_line_is_shown_in_excerpts():
    text = "word " * 200 + "badaksha " + "more " * 200 + "panshir " + "end " * 200
    shown = show(result(text, fix(change(text, "badaksha", "Badakhshan")), fix(change(text, "panshir", "Panjshir"))))
    line = shown.splitlines()[1]
    assert len(line) < 350
    assert re.fullmatch(
        r"    … (word )+\[-badaksha-\]\{\+Badakhshan\+\} (more )+… (more )+\[-panshir-\]\{\+Panjshir\+\} (end )+…", line
    )


def test_a_line_of_one_long_word():
    text = "x" * 1000 + " badaksha " + "y" * 1000
    assert len(show(result(text, fix(change(text, "badaksha", "Badakhshan")))).splitlines()[1]) < 150


def test_nothing_in_it_can_be_obeyed():
    text = "\x1b[31m \x9b [bold]badaksha[/bold] \u202e\r\x07"
    wrong = Correction(
        (change(text, "badaksha", "\x1bBad"),), "names", 0.95, "\x1b]0;x\x07", (Alternative("\x9b", 0.1, "\x9b"),)
    )
    for color in (False, True):
        shown = re.sub("\x1b\\[[0-9;]*m", "", show(result(text, wrong), color))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
        assert "[bold]" in shown


def test_color():
    text = "in badaksha  i"
    fixes = (fix(change(text, "badaksha", "Badakhshan")), fix(change(text, "  ", " ", Kind.GAP), stage="spacing"))
    shown = show(result(text, *fixes), color=True)
    assert "in \x1b[31m\x1b[9mbadaksha\x1b[0m\x1b[32m\x1b[1mBadakhshan\x1b[0m" in shown
    assert "\x1b[31m\x1b[7m  \x1b[0m\x1b[32m\x1b[7m \x1b[0mi" in shown  # a space shows by its background
    assert "[-" not in shown


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("to the the end", [("the ", "", Kind.WORDS, 7)], ("the the end", "the end")),
        ("the the", [(" the", "", Kind.WORDS, 3)], ("the the", "the")),
        ("uh so", [("uh ", "", Kind.WORDS, 0)], ("uh so", "so")),
        ("one  two", [("  ", " ", Kind.GAP, 3)], ("one  two", "one two")),
        ("one two", [("", ",", Kind.GAP, 3)], ("one two", "one, two")),
        ("the end", [("", ".", Kind.GAP, 7)], ("end", "end.")),
        ("", [("", ".", Kind.GAP, 0)], ("", ".")),
    ],
)
def test_before_and_after(text, edits, expected):
    assert before_and_after(text, [change(text, old, new, kind, at) for old, new, kind, at in edits]) == expected
