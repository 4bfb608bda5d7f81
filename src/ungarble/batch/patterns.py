"""Patterns for files, as a shell and ``.gitignore`` have them."""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern stands for a path (with slashes), or for its last part if the pattern has no slash.

    ``*`` and ``?`` stand for anything but a slash, ``**`` for folders too, ``[ab]`` for one of several characters; a
    slash at the end is ignored.

    >>> matches("*.srt", "2024/may/talk.srt"), matches("2024/*.srt", "2024/may/talk.srt")
    (True, False)
    >>> matches("2024/**", "2024/may/talk.srt"), matches("**/may/*", "2024/may/talk.srt")
    (True, True)
    """
    pattern = pattern.rstrip("/") or pattern
    name = path if "/" in pattern else path.rpartition("/")[2]
    return _compiled(pattern.removeprefix("/")).fullmatch(name) is not None


def any_matches(patterns: Iterable[str], path: str) -> bool:
    """Whether one of the patterns does."""
    return any(matches(pattern, path) for pattern in patterns)


def is_pattern(text: str) -> bool:
    """Whether a text has a character that stands for others."""
    return re.search(r"[*?\[]", text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^\]]+\])", pattern)
    return re.compile("".join(_PIECES.get(part) or _literal(part) for part in parts), re.DOTALL)


_PIECES = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _literal(part: str) -> str:
    """One of several characters as a regular expression has it, or a text that stands for itself."""
    if len(part) > 2 and part[0] == "[" and part[-1] == "]":
        negated = part[1] == "!"
        inside = re.sub(r"([\\^\[])", r"\\\1", part[1 + negated : -1])
        with suppress(re.error):  # as [z-a]
            return re.compile(f"[{'^/' if negated else ''}{inside}]").pattern
    return re.escape(part)
