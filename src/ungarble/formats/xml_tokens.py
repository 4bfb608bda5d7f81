"""The tags and texts of an XML file and where they stand, which XML libraries do not tell."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = r"[^\W\d][\w:.-]*"
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_NAME})"
    rf"(?P<rest>(?:\s+{_NAME}\s*=\s*(?:\"[^\"<]*+\"|'[^'<]*+'))*+)\s*(?P<empty>/?)>",
)
_ATTRIBUTE = re.compile(rf"({_NAME})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*+(?:\[[^\]]*+\]\s*)?>")
_OTHER = {"<!--": ("-->", "comment"), "<![CDATA[": ("]]>", "cdata"), "<?": ("?>", "instruction")}


class Token(NamedTuple):
    """A part of an XML file: text, cdata (its range without the brackets), open, close, or one that says nothing.

    A tag that is closed at once (``<br/>``) is an open one and a close one.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    rest: str = ""

    @property
    def local(self) -> str:
        """The tag's name without its prefix, in lower case."""
        return self.name.rpartition(":")[2].lower()

    def attributes(self) -> dict[str, str]:
        """The tag's attributes by their names, without prefixes except ``xml:``."""
        found = (match.groups() for match in _ATTRIBUTE.finditer(self.rest))
        rows = ((name, one if one is not None else other) for name, one, other in found)
        return {_local(name): unescape(value or "") for name, value in rows}


def _local(name: str) -> str:
    return name if name.startswith("xml:") else name.rpartition(":")[2]


class MalformedError(Exception):
    """What is no XML: where, and why."""

    def __init__(self, at: int, problem: str) -> None:
        super().__init__(at, problem)
        self.at, self.problem = at, problem


def tokens(file: str) -> Iterator[Token]:
    """The parts of an XML file, in order. Raises MalformedError when it comes to where tags do not fit."""
    inside: list[Token] = []
    roots = 0
    for token in _parts(file):
        if token.kind == "open":
            roots += not inside
            if roots > 1:
                raise MalformedError(token.start, f"<{token.name}> stands after the end of the document")
            inside.append(token)
        elif token.kind == "close":
            _close(inside, token)
        elif not inside and token.kind in ("text", "cdata") and file[token.start : token.end].strip("\ufeff \t\r\n"):
            raise MalformedError(token.start, "text stands outside of the document")
        yield token
    if inside:
        raise MalformedError(inside[-1].start, f"<{inside[-1].name}> is never closed")


def _close(inside: list[Token], token: Token) -> None:
    if not inside or inside[-1].name != token.name:
        expected = f", where </{inside[-1].name}> must come" if inside else ""
        raise MalformedError(token.start, f"</{token.name}> closes nothing{expected}")
    inside.pop()


def _parts(file: str) -> Iterator[Token]:
    at = 0
    while at < len(file):
        if file[at] != "<":
            end = file.find("<", at)
            end = len(file) if end < 0 else end
            yield Token("text", at, end)
            at = end
            continue
        tag = _TAG.match(file, at)
        if not tag:
            token, at = _other(file, at)
            yield token
            continue
        name = tag["name"]
        yield Token("close" if tag["close"] else "open", at, tag.end(), name, tag["rest"])
        at = tag.end()
        if tag["empty"] and not tag["close"]:
            yield Token("close", at, at, name)


def _other(file: str, at: int) -> tuple[Token, int]:
    """A comment, CDATA, an instruction or a document type, and where it ends."""
    for begin, (stop, kind) in _OTHER.items():
        if file.startswith(begin, at):
            end = file.find(stop, at + len(begin))
            if end < 0:
                raise MalformedError(at, f"{begin} is never closed")
            return Token(kind, at + len(begin), end), end + len(stop)
    doctype = _DOCTYPE.match(file, at)
    if not doctype:
        raise MalformedError(at, "a tag that cannot be read begins here; a < in the text must be written &lt;")
    return Token("doctype", at, doctype.end()), doctype.end()


def root(file: str) -> str | None:
    """The name of a file's first tag, without its prefix; None where none is in sight."""
    try:
        return next((token.local for token in _parts(file) if token.kind == "open"), None)
    except MalformedError:
        return None
