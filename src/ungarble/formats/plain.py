"""Plain text and Markdown: the document's text is the whole file, line ends included."""

from collections.abc import Sequence

from ungarble.correction import Edit
from ungarble.document import Document
from ungarble.encoding import decode
from ungarble.formats import ByteEdit, Source, name_of


def read(data: bytes, path: str | None, name: str) -> Source:
    """Decode a file. Raises NotTextError and BrokenTextError where it cannot be."""
    text, encoding = decode(data, name_of(path))
    return Source(Document(text, path=path, format=name), data, encoding)


def byte_edits(source: Source, edits: Sequence[Edit]) -> list[ByteEdit]:
    """The byte ranges of the edits' spans."""
    text, encode = source.document.text, source.encoding.encode
    changes = []
    position, offset = 0, len(source.encoding.bom)
    for edit in edits:
        start = offset + len(encode(text[position : edit.span.start]))
        end = start + len(encode(edit.original))
        changes.append(ByteEdit(start, end, encode(edit.replacement)))
        position, offset = edit.span.end, end
    return changes
