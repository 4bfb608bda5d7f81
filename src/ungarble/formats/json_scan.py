r"""Reads JSON so that every value is known by where it stands in the file.

A value is an ``Object``, an ``Array``, or, for all else, the position at which it begins: a transcript has a million
numbers that nobody asks for. ``Json`` tells what stands there.

>>> json = parse('{"text": " In Kabul", "segments": [1.50]}', "talk.json")
>>> json.string(json.root["text"]), json.number(json.root["segments"][0])
(Range(start=10, end=19), Number(start=35, end=39, value=1.5))
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from json import JSONDecodeError, JSONDecoder
from math import isfinite
from typing import NamedTuple, TypeAlias

from ungarble.formats import BrokenFormatError
from ungarble.formats.places import JSON

MOST_DEPTH = 200
"""So deep may values be nested; transcripts have some ten levels."""

_STRING = r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'
_NUMBER = r"-?(?:0|[1-9]\d*+)(?:\.\d++)?+(?:[eE][-+]?\d++)?+"
_SPACE = r"[ \t\r\n]*+"
_SCALAR = rf"(?:{_STRING}|{_NUMBER}|true|false|null|NaN|-?Infinity)"
_VALUE = rf"(?:({_SCALAR}){_SPACE}([,}}\]])|([{{\[]))"
_MEMBER = re.compile(rf"{_SPACE}({_STRING}){_SPACE}:{_SPACE}{_VALUE}", re.ASCII)
_ELEMENT = re.compile(_SPACE + _VALUE, re.ASCII)
_MARK = re.compile(rf"{_SPACE}([,}}\]])")
_CLOSER = re.compile(rf"{_SPACE}([}}\]])")
_START = re.compile(rf"\ufeff?{_SPACE}([{{\[])")
_END = re.compile(rf"{_SPACE}(.?)", re.DOTALL)
_ONE_STRING = re.compile(_STRING)
_ONE_SCALAR = re.compile(_SCALAR, re.ASCII)
_ONE_NUMBER = re.compile(_NUMBER, re.ASCII)
_LINE_END = re.compile(r"\r\n|\r|\n")


class Object(dict[str, "Value"]):
    """A JSON object, from ``start`` to ``end`` in the file. Of members of one name, the last counts."""

    __slots__ = ("end", "start")
    start: int
    end: int


class Array(list["Value"]):
    """A JSON array, from ``start`` to ``end`` in the file."""

    __slots__ = ("end", "start")
    start: int
    end: int


Value: TypeAlias = Object | Array | int


class Range(NamedTuple):
    """Where something stands in the file; of strings what is between the quotes."""

    start: int
    end: int


class Number(NamedTuple):
    """A number: where it stands, and its value."""

    start: int
    end: int
    value: float


class Json:
    """A file that was parsed: its text, and the value that it holds."""

    __slots__ = ("root", "text")

    def __init__(self, text: str, root: Object | Array) -> None:
        self.text, self.root = text, root

    def end(self, value: Value) -> int:
        """Where a value ends."""
        if not isinstance(value, int):
            return value.end
        found = _ONE_SCALAR.match(self.text, value)
        return found.end() if found else value

    def string(self, value: Value | None) -> Range | None:
        """Where the characters of a string stand, without its quotes; None for what is no string."""
        found = _ONE_STRING.match(self.text, value) if isinstance(value, int) else None
        return Range(found.start() + 1, found.end() - 1) if found else None

    def read(self, value: Value | None) -> str | None:
        """What a string says; None for what is no string."""
        found = self.string(value)
        return self.decoded(found) if found else None

    def decoded(self, string: Range) -> str:
        """What the characters of a string say."""
        return _decoded(self.text[string.start : string.end])

    def number(self, value: Value | None) -> Number | None:
        """A number; None for what is none, and for what is too great to be one."""
        found = _ONE_NUMBER.match(self.text, value) if isinstance(value, int) else None
        if not found:
            return None
        amount = float(found[0])
        return Number(found.start(), found.end(), amount) if isfinite(amount) else None


def as_object(value: Value | None) -> Object:
    """A value as an object: an empty one where it is none."""
    return value if isinstance(value, Object) else Object()


def as_array(value: Value | None) -> Array:
    """A value as an array: an empty one where it is none."""
    return value if isinstance(value, Array) else Array()


def objects(value: Value | None) -> Iterator[Object]:
    """The objects in an array."""
    return (one for one in as_array(value) if isinstance(one, Object))


def parse(text: str, name: str) -> Json:
    """Find every value of a file. Raises BrokenFormatError with the line and the reason where it is no JSON."""
    found = _scanned(text)
    if isinstance(found, Json):
        return found
    raise BrokenFormatError(name, *found)


def look(text: str) -> Json | None:
    """Find every value of a file; None where it is no JSON."""
    found = _scanned(text)
    return found if isinstance(found, Json) else None


def scan(text: str) -> Json:
    """Find every value of a stretch of a file that is an object or array of its own."""
    scanner = _Scanner(text)
    start = _START.match(text)
    if start:
        scanner.scan(start)
    return Json(text, scanner.root)


def forget() -> None:
    """Let go of the file that was parsed last, which is kept as every format has a look at it."""
    _scanned.cache_clear()


@lru_cache(maxsize=1)
def _scanned(text: str) -> Json | tuple[int, str]:
    """The values of a file; or the line where it breaks, and why."""
    start = _START.match(text)
    scanner = _Scanner(text)
    at = scanner.scan(start) if start else -1
    if at < 0 or _END.match(text, at)[1]:  # type: ignore[index]  # it always matches
        return _problem(text, start.start(1) if start else 0, at)
    return Json(text, scanner.root)


class _Scanner:
    """Goes through a file without recursion: ``open`` are the values around the present one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Object | Array = Object()
        self.open: list[Object | Array] = []
        self.keys: dict[str, str] = {}

    def scan(self, start: re.Match[str]) -> int:
        """Read the value that begins at a bracket; give where it ends, or -1 where it is broken."""
        self.root = self._opened(start, 1)
        at = self._emptied(start.end())
        while self.open and at >= 0:
            into = self.open[-1]
            at = self._members(at, into) if isinstance(into, Object) else self._elements(at, into)
        return at

    def _opened(self, match: re.Match[str], group: int) -> Object | Array:
        value = Object() if match[group] == "{" else Array()
        value.start = match.start(group)
        self.open.append(value)
        return value

    def _closed(self, closer: str, at: int) -> int:
        """The innermost value ends; go on to what follows it, or out of all those that end there, too."""
        while (closer == "}") == isinstance(self.open[-1], Object):
            self.open.pop().end = at
            mark = _MARK.match(self.text, at) if self.open else None
            if not mark:
                return -1 if self.open else at
            at, closer = mark.end(), mark[1]
            if closer == ",":
                return at
        return -1

    def _emptied(self, at: int) -> int:
        """Close the innermost value if nothing is in it."""
        closer = _CLOSER.match(self.text, at)
        if len(self.open) > MOST_DEPTH:
            return -1
        return self._closed(closer[1], closer.end()) if closer else at

    def _members(self, at: int, into: Object) -> int:
        """Read the members of an object, up to its end or to the first that is an object or array itself."""
        match = _MEMBER.match(self.text, at)
        while match:
            raw, mark = match[1], match[3]
            key = self.keys.get(raw) or self.keys.setdefault(raw, _decoded(raw[1:-1]))
            if mark is None:
                into[key] = self._opened(match, 4)
                return self._emptied(match.end())
            into[key] = match.start(2)
            if mark != ",":
                return self._closed(mark, match.end())
            match = _MEMBER.match(self.text, match.end())
        return -1

    def _elements(self, at: int, into: Array) -> int:
        """Read the elements of an array, up to its end or to the first that is an object or array itself."""
        match = _ELEMENT.match(self.text, at)
        while match:
            mark = match[2]
            if mark is None:
                into.append(self._opened(match, 3))
                return self._emptied(match.end())
            into.append(match.start(1))
            if mark != ",":
                return self._closed(mark, match.end())
            match = _ELEMENT.match(self.text, match.end())
        return -1


def _decoded(raw: str) -> str:
    return JSON.read(raw) if "\\" in raw else raw


_REASONS = {
    "Expecting value": "a value is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Expecting ':' delimiter": "':' is missing after a name",
    "Expecting ',' delimiter": "',' or a closing bracket is missing",
    "Unterminated string starting at": "a string begins that does not end",
    "Invalid control character at": "a line end or control character stands in a string",
}


def _problem(text: str, start: int, end: int) -> tuple[int, str]:
    """The line where a file is no JSON, and why: as Python's json finds it, which tells more and takes longer."""
    if end >= 0:
        return _behind(text, len(text) - len(text[end:].lstrip(" \t\r\n")))
    if not _START.match(text):
        return 1, "no JSON: that begins with { or ["
    try:
        JSONDecoder(parse_int=str).raw_decode(text, start)
    except JSONDecodeError as error:
        at, reason = error.pos, error.msg
        if not text[at:].strip():
            return _line(text, len(text.rstrip())), "not valid JSON: the file ends before its brackets close"
        return _line(text, at), f"not valid JSON: {_REASONS.get(reason, reason[:1].lower() + reason[1:])}"
    except RecursionError:
        pass
    return 1, f"not a transcript: values are nested more than {MOST_DEPTH} deep"


def _behind(text: str, at: int) -> tuple[int, str]:
    """What stands behind the end of a file's value."""
    if text[at] in "{[":
        return _line(text, at), "a second JSON value begins here: make it a file for each (these seem to be JSON lines)"
    return _line(text, at), "not valid JSON: something follows behind the end"


def _line(text: str, at: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(text, 0, at)) + 1
