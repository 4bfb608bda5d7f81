"""Makes text from a transcript harmless on a terminal: what would be interpreted is shown instead."""

import os
import re
from typing import IO

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters: escape sequences begin with one
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of the text around
    "\U000e0000-\U000e007f"  # invisible tags
    "\ud800-\udfff]"  # halves of characters, which no terminal can be sent
)
_LINE_END = re.compile(r"\r\n")


def visible(text: str, keep: str = "") -> str:
    r"""Show every character that a terminal would obey or hide; those in ``keep`` stay as they are.

    >>> visible("\x1b[31mred\x9b, \u202egnorw")
    '␛[31mred\\x9b, \\u202egnorw'
    """
    return _UNSAFE.sub(lambda match: match[0] if match[0] in keep else _shown(match[0]), text)


def visible_lines(text: str) -> str:
    """The same for a text of several lines: line ends and tabs stay."""
    return visible(_LINE_END.sub("\n", text), keep="\n\t")


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return character.encode("ascii", "backslashreplace").decode()


def wants_color(stream: IO[str], choice: str = "auto") -> bool:
    """Whether to colour what goes to a stream. ``choice`` is always, never or auto.

    Auto colours on a terminal, unless ``NO_COLOR`` is set (see no-color.org) or ``TERM`` is ``dumb``.
    """
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
