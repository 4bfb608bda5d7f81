"""What a review asks besides its question: for a line of text, or for one of a few keys."""

from collections.abc import Generator
from typing import NamedTuple


class Line(NamedTuple):
    """A line to be typed, with what stands in it already."""

    label: str
    text: str = ""
    hint: str = ""


class Pick(NamedTuple):
    """One of a few keys to be pressed. The first is also what Enter gives; Escape goes back to the question."""

    title: str
    options: tuple[tuple[str, str], ...]
    """Each key, and what it stands for."""
    rows: tuple[str, ...] = ()
    """What has to be known before, a line each."""


Ask = Line | Pick

Dialogue = Generator[Ask, str, str]
"""Asks, is sent what was typed or the key, and returns what to tell the person; nothing but "" may be that."""

YES_OR_NO = (("y", "yes"), ("n", "no"))


def confirmed(title: str, *rows: str) -> Generator[Ask, str, bool]:
    """Ask whether something is to be done."""
    return (yield Pick(title, YES_OR_NO, rows)) == "y"
