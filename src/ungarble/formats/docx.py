"""Word documents: the words of the main part's runs, in paragraphs; from Teams and Word with speakers and times.

Only that part is packed anew. Its tags, and every other byte of the file, stay as they are.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from posixpath import normpath

from ungarble.encoding import Encoding
from ungarble.formats import BrokenFormatError, ByteEdit, File, Known, Reading, Source
from ungarble.formats.builder import Builder
from ungarble.formats.heads import Head, Kind, heads_of, is_dialogue
from ungarble.formats.package import BrokenPackageError, Package
from ungarble.formats.places import FileEdit, Place
from ungarble.formats.run_spaces import tidied
from ungarble.formats.turns import Line, Stretch, tell
from ungarble.formats.wordprocessing import Paragraph, check, is_document, paragraphs

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODINGS = (
    Encoding("utf-8", b"\xef\xbb\xbf"),
    Encoding("utf-16-le", b"\xff\xfe"),
    Encoding("utf-16-be", b"\xfe\xff"),
)
_DECLARED = re.compile(r"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)""")
_ELEMENT = re.compile(r"<[\w:.-]+(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MAIN = "wordprocessingml.document.main+xml"
_REFUSED = {
    "template": "it is a Word template; save it as a document (.docx)",
    "macroEnabled": "it is a Word document with macros; save it without them, as .docx",
    "spreadsheetml": "it is an Excel workbook, not a Word document",
    "presentationml": "it is a PowerPoint presentation, not a Word document",
}
_SIGNED = "it is digitally signed; the signature does not cover the fixes, and Word will say so"


def looks_like(text: str) -> bool:
    """Whether the text is the XML of a Word document."""
    return is_document(text)


def decode(data: bytes, name: str) -> tuple[str, Encoding]:
    """The XML of the main part. Raises BrokenPackageError for what is no whole Word document."""
    if data.startswith(_OLD):
        raise BrokenPackageError(name, "it is an old or an encrypted Word file; save it as .docx, without a password")
    package = Package(data, name)
    content = package.read(_main_part(package))
    encoding = next((known for known in _ENCODINGS if content.startswith(known.bom)), Encoding())
    try:
        text = content[len(encoding.bom) :].decode(encoding.codec)
    except UnicodeDecodeError as error:
        raise BrokenPackageError(name, f"its text is not valid {encoding.codec.upper()} ({error.reason})") from None
    declared = _DECLARED.match(text)
    if declared and not encoding.codec.startswith(declared[1].lower()):
        raise BrokenPackageError(name, f"its text is in {declared[1]}, where Word has UTF-8 or UTF-16")
    return text, encoding


def read(file: File) -> Reading:
    """Find the paragraphs or turns. Raises BrokenFormatError for XML that is not well-formed or no document's."""
    check(file.text, file.name)
    if not is_document(file.text):
        raise BrokenFormatError(file.name, 1, "no Word document: its main part has no <w:document>")
    found = paragraphs(file.text)
    builder = Builder(file.text, has_lines=False)
    lines = _lines(paragraph for paragraph in found if not paragraph.is_copy)
    tell(builder, lines, _heads(lines, file.known))
    copies = _copies(builder, [paragraph for paragraph in found if paragraph.box is not None])
    document, layout = builder.document(file.format, file.path), builder.layout(copies)
    signed = any(name.startswith("_xmlsignatures/") for name in Package(file.data, file.name).parts)
    return Reading(document, layout, (_SIGNED,) if signed else ())


def byte_edits(source: Source, edits: Sequence[FileEdit]) -> list[ByteEdit]:
    """What edits of the main part change in the file."""
    if not edits or source.file is None:
        return []
    parts, at = [source.encoding.bom], 0
    for edit in [*tidied(source.file, edits), FileEdit(len(source.file), len(source.file), "")]:
        parts.append(source.encoding.encode(source.file[at : edit.start] + edit.replacement))
        at = edit.end
    package = Package(source.data, source.name)
    return package.replaced(_main_part(package), b"".join(parts))


def _main_part(package: Package) -> str:
    """The name of the part that holds the text. Raises BrokenPackageError where there is none that can be cleaned."""
    if "[Content_Types].xml" not in package.parts:
        known = (
            "an OpenDocument file; save it as .docx"
            if "mimetype" in package.parts
            else "a zip file, but no Word document"
        )
        raise BrokenPackageError(package.path, f"it is {known}")
    main = next((row["Target"] for row in _rows(package, "_rels/.rels") if _is_main(row)), "word/document.xml")
    main = normpath("/" + main).lstrip("/")
    types = _rows(package, "[Content_Types].xml")
    kinds = {row.get("PartName", "").lstrip("/"): row.get("ContentType", "") for row in types if "PartName" in row}
    kind = kinds.get(main) or next((row.get("ContentType", "") for row in types if row.get("Extension") == "xml"), "")
    if not kind.endswith(_MAIN):
        reason = next(
            (reason for part, reason in _REFUSED.items() if part in kind), "it is a zip file, but no Word document"
        )
        raise BrokenPackageError(package.path, reason)
    return main


def _rows(package: Package, part: str) -> list[dict[str, str]]:
    """The attributes of every element of a part."""
    text = package.read(part).decode("utf-8-sig", "replace")
    return [
        {name: one or other for name, one, other in _ATTRIBUTE.findall(element)} for element in _ELEMENT.findall(text)
    ]


def _is_main(row: dict[str, str]) -> bool:
    return row.get("Type", "").endswith("/officeDocument") and "Target" in row


def _lines(found: Iterable[Paragraph]) -> list[Line]:
    """The lines that have text, or had some; the first of a paragraph opens it."""
    return [
        line._replace(opens=number == 0)
        for paragraph in found
        for number, line in enumerate(line for line in paragraph.lines if line.stretches)
    ]


def _heads(lines: Sequence[Line], known: Known | None) -> dict[int, Head]:
    """The heads of turns; in a document without, of paragraphs."""
    texts, opens = [line.text for line in lines], [line.opens for line in lines]
    heads = heads_of(texts, opens, known=known)
    if (known and known.speakers) or is_dialogue(texts, opens, heads):
        return heads
    return _paragraph_heads(lines)


def _paragraph_heads(lines: Sequence[Line]) -> dict[int, Head]:
    return {number: Head(Kind.TIME, None, None, None, 0) for number, line in enumerate(lines) if line.opens}


def _copies(builder: Builder, boxes: Sequence[Paragraph]) -> Iterator[list[Place]]:
    """The words of text boxes as they stand there again for older programs, where they are the same."""
    text, places = builder.text, sorted(builder.places, key=_start)
    for _, group in groupby(sorted(boxes, key=lambda paragraph: paragraph.box or 0), lambda paragraph: paragraph.box):
        box = list(group)
        copy = Builder(builder.file)
        lines = _lines(paragraph for paragraph in box if paragraph.is_copy)
        tell(copy, lines, _paragraph_heads(lines))
        stretches = [s for p in box if not p.is_copy for line in p.lines for s in line.stretches]
        if not stretches or not copy.places:
            continue
        first = bisect_left(places, min(map(_start, stretches)), key=_start)
        shown = places[first : bisect_right(places, max(map(_start, stretches)), key=_start)]
        if shown and copy.text == text[shown[0].at : shown[-1].until]:
            at = shown[0].at
            yield [place._replace(at=place.at + at, until=place.until + at) for place in copy.places]


def _start(place: Place | Stretch) -> int:
    return place.start
