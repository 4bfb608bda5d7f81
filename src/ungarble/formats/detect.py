"""Tells a file's format: from what it holds first, from its ending where that says nothing."""

import re
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from ungarble.encoding import Encoding, decode
from ungarble.formats import FORMATS, REFUSED, UnknownFormatError, module, name_of

_ZIP = b"PK\x03\x04"
_FIRST = {"json": ("{", "["), "markup": ("<",)}
"""What the files of a family begin with, after space."""

_BEGINS_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*\{)')
_JSON = "whisper"
"""What reads JSON that is of no known layout, or is broken, and says so."""


def decoded(data: bytes, path: str | None, name: str | None, encoding: Encoding | None = None) -> tuple[str, Encoding]:
    """A file's text and its encoding, which may be known. Raises NotTextError, BrokenTextError, UnknownFormatError."""
    if name is None and _is_packed(data, path):
        name = "docx"
    if name is None and _ending(path) in REFUSED:
        raise UnknownFormatError(name_of(path), _ending(path))
    own: Any = getattr(module(name), "decode", None) if name else None
    if encoding and not own:
        with suppress(UnicodeDecodeError):
            return data[len(encoding.bom) :].decode(encoding.codec), encoding
    found: tuple[str, Encoding] = own(data, name_of(path)) if own else decode(data, name_of(path))
    return found


def told(text: str, data: bytes, path: str | None) -> str:
    """The name of a file's format."""
    if _is_packed(data, path):
        return "docx"
    start = text[:200].lstrip("\ufeff \t\r\n")[:1]
    for name, row in FORMATS.items():
        first = _FIRST.get(row.family)
        if row.family in ("zip", "any") or (first is not None and start not in first):
            continue
        if module(name).looks_like(text):
            return name
    return _JSON if _BEGINS_JSON.match(text) else named(path)


def _is_packed(data: bytes, path: str | None) -> bool:
    """Whether a file is one of parts, or should be."""
    return data.startswith(_ZIP) or (bool(data) and FORMATS[named(path)].family == "zip")


def named(path: str | None) -> str:
    """The format that a file's name tells; plain text where it tells none."""
    return _from_ending(path) or "txt"


def _from_ending(path: str | None) -> str | None:
    return next((name for name, row in FORMATS.items() if _ending(path) in row.endings), None)


def _ending(path: str | None) -> str:
    return PurePath(path).suffix.removeprefix(".").lower() if path else ""
