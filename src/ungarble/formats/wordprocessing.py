"""The words in the XML of a Word document: its paragraphs, line by line, told from all that is not text of a run."""

import re
from dataclasses import dataclass, field
from functools import cache
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from ungarble.formats import BrokenFormatError
from ungarble.formats.places import MARKUP, RAW, Offsets, Writing
from ungarble.formats.turns import Line, Stretch

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
ALTERNATIVES = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
MATHS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)

_NAMES = {
    WORD: "p pPr t tab ptab br cr noBreakHyphen sym del moveFrom rt sdt dataBinding",
    ALTERNATIVES: "AlternateContent Choice Fallback",
    MATHS: "oMath",
}
_HIDDEN = frozenset({"pPr", "del", "moveFrom", "rt"})
_BREAKS = frozenset({"br", "cr"})
_SPACES = frozenset({"tab", "ptab", "sym", "oMath"})
_DECLARED = re.compile(r"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_NO_TEXT = r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
_REST_OF_TAG = r"""(?=[\s/>])(?:[^<>"'/]|"[^"]*"|'[^']*'|/(?!>))*+"""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its lines, and of which box it is a part, as shown or as older programs show it."""

    start: int
    box: int | None = None
    is_copy: bool = False
    lines: list[Line] = field(default_factory=lambda: [Line("", (), True)])

    def add(self, text: str, *stretches: Stretch) -> None:
        """Add to the last line."""
        line = self.lines[-1]
        self.lines[-1] = line._replace(text=line.text + text, stretches=line.stretches + stretches)


def check(xml: str, name: str) -> None:
    """Raise BrokenFormatError, with the line, for XML that is not well-formed, or that has a DTD."""
    parser = ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        parser.Parse(xml.encode(), True)
    except (ExpatError, UnicodeEncodeError) as error:
        line, reason = (error.lineno, ErrorString(error.code)) if isinstance(error, ExpatError) else (1, str(error))
        raise BrokenFormatError(name, line, f"the document's XML is broken: {reason}") from None
    except _DTDError:
        raise BrokenFormatError(name, 1, "the document's XML has a DTD, which no Word document has") from None


class _DTDError(Exception):
    pass


def _refuse_dtd(*_: object) -> None:
    raise _DTDError


def paragraphs(xml: str) -> list[Paragraph]:
    """The paragraphs of a document, in reading order: those of a text box after the one that it hangs on.

    The text must be well-formed.
    """
    return _Walk(xml).paragraphs()


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    name: str
    hides: bool = False
    has_choice: bool = False
    box: int | None = None


class _Walk:
    """One way through the tags that matter."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        self._found: list[Paragraph] = []
        self._paragraphs: list[Paragraph] = []
        self._open: list[_Open] = []
        self._hidden = self._boxes = 0
        self._text: int | None = None
        """Where the text begins that is being read."""
        self._prefixes = _prefixes(xml)
        self._hyphen = _hyphen(self._prefixes[WORD])

    def paragraphs(self) -> list[Paragraph]:
        for tag in _tags(tuple(self._prefixes.items())).finditer(self._xml):
            name = (tag["full"] or "").rpartition(":")[2]
            if not name:
                self._interrupt(tag)
            elif tag["close"]:
                self._end(name, tag)
            elif tag["empty"]:
                self._single(name, tag)
            else:
                self._begin(name, tag)
        return sorted(self._found, key=lambda paragraph: paragraph.start)

    def _begin(self, name: str, tag: re.Match[str]) -> None:
        opened = _Open(name, name in _HIDDEN)
        if name == "p":
            self._new_paragraph(tag.start())
        elif name == "t":
            self._text = tag.end()
        elif name in ("AlternateContent", "Choice", "Fallback"):
            self._alternative(opened)
        elif name in _BREAKS or name in _SPACES or name == "dataBinding":
            self._single(name, tag)
        self._open.append(opened)
        self._hidden += opened.hides

    def _end(self, name: str, tag: re.Match[str]) -> None:
        if name == "t":
            self._stretch(tag.start())
            self._text = None
        elif name == "p":
            self._paragraphs.pop()
        self._hidden -= self._open.pop().hides

    def _single(self, name: str, tag: re.Match[str]) -> None:
        if name == "p":
            self._new_paragraph(tag.start())
            self._paragraphs.pop()
        elif name == "dataBinding":
            self._bind()
        elif not self._paragraphs or self._hidden:
            return
        elif name == "t":
            self._paragraphs[-1].add("", self._here(tag.end(), tag.end()))
        elif name in _BREAKS:
            self._paragraphs[-1].lines.append(Line("", ()))
        elif name in _SPACES:
            self._paragraphs[-1].add(" ")
        elif name == "noBreakHyphen":
            self._paragraphs[-1].add("-", self._here(*tag.span(), self._hyphen))

    def _interrupt(self, tag: re.Match[str]) -> None:
        """A comment or the like within text; what is in CDATA is text that has no escapes."""
        if self._text is None:
            return
        self._stretch(tag.start())
        if tag[0].startswith("<![CDATA["):
            self._text = tag.start() + len("<![CDATA[")
            self._stretch(tag.end() - len("]]>"), RAW)
        self._text = tag.end()

    def _stretch(self, end: int, writing: Writing = MARKUP) -> None:
        if self._text is not None and self._paragraphs and not self._hidden:
            raw = self._xml[self._text : end]
            self._paragraphs[-1].add(Offsets(writing, raw).text, self._here(self._text, end, writing))

    def _here(self, start: int, end: int, writing: Writing = MARKUP) -> Stretch:
        return Stretch(len(self._paragraphs[-1].lines[-1].text), start, end, writing, (start, end))

    def _new_paragraph(self, start: int) -> None:
        boxes = [opened for opened in self._open if opened.box is not None]
        paragraph = Paragraph(start, boxes[-1].box if boxes else None, any(o.name == "Fallback" for o in boxes))
        self._paragraphs.append(paragraph)
        if not self._hidden:
            self._found.append(paragraph)

    def _alternative(self, opened: _Open) -> None:
        """What stands twice: as new programs show it, and for older ones."""
        if opened.name == "AlternateContent":
            self._boxes += 1
            opened.box = self._boxes
            return
        whole = next((o for o in reversed(self._open) if o.name == "AlternateContent"), None)
        if whole is None:
            return
        opened.box = whole.box
        if opened.name == "Choice":
            opened.hides = whole.has_choice  # the first counts
            whole.has_choice = True
        elif not whole.has_choice:
            opened.name = "Choice"

    def _bind(self) -> None:
        """A control that shows a property of the document has its words from there."""
        bound = next((o for o in reversed(self._open) if o.name == "sdt"), None)
        if bound and not bound.hides:
            bound.hides = True
            self._hidden += 1


def is_document(xml: str) -> bool:
    """Whether the XML is that of a Word document's main part."""
    prefix = _prefixes(xml)[WORD]
    root = re.compile(r"<(?![?!])([^\s/>]+)").search(xml)
    return prefix is not None and root is not None and root[1] == _name(prefix, "document")


def _prefixes(xml: str) -> dict[tuple[str, ...], str | None]:
    """The prefix of each of the namespaces: "" where it is the default, None where it is not declared."""
    declared = {uri or other: prefix for prefix, uri, other in reversed(_DECLARED.findall(xml))}
    return {uris: next((declared[uri] for uri in uris if uri in declared), None) for uris in _NAMES}


def _name(prefix: str, local: str) -> str:
    return f"{prefix}:{local}" if prefix else local


@cache
def _tags(prefixes: tuple[tuple[tuple[str, ...], str | None], ...]) -> re.Pattern[str]:
    """Finds the tags that matter, and what could hide them."""
    names = "|".join(
        rf"{re.escape(prefix + ':') if prefix else ''}(?:{'|'.join(_NAMES[uris].split())})"
        for uris, prefix in prefixes
        if prefix is not None
    )
    return re.compile(rf"<(?P<close>/?)(?P<full>{names}){_REST_OF_TAG}(?P<empty>/?)>|{_NO_TEXT}", re.DOTALL)


@cache
def _hyphen(prefix: str | None) -> Writing:
    """How a hyphen that breaks no line is written, as an element; other text in its place is an element, too."""
    text = _name(prefix or "", "t")

    def write(new: str) -> str:
        return f"<{text}>{MARKUP.write(new)}</{text}>" if new else ""

    return Writing("hyphen", re.compile(r"<[^<>]*>"), lambda _: "-", write)
