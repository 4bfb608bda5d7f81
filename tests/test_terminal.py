"""Nothing that a terminal would obey gets through."""

import io
import re

from hypothesis import given
from hypothesis import strategies as st

from ungarble.terminal import visible, visible_lines, wants_color


@given(st.text())
def test_nothing_to_obey_is_left(text):
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", visible(text))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", visible_lines(text))
    visible(text).encode()


def test_what_is_no_danger_stays():
    text = "“Wałęsa” [red]x[/red] نیم‌فاصله \u200f日本 🙂"
    assert visible(text) == text


def test_lines():
    assert visible_lines("a\r\nb\tc\rd\n") == "a\nb\tc␍d\n"
    assert visible("a\r\nb\tc") == "a␍␊b␉c"


def test_color(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_color(Terminal())
    assert not wants_color(io.StringIO())
    assert wants_color(io.StringIO(), "always")
    assert not wants_color(Terminal(), "never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_color(Terminal())
    assert wants_color(Terminal(), "always")
