"""The formats of transcripts: one module each, one table, and the one way from a file's bytes to a document and back.

To add a format:

1. Write a module with ``read`` and ``byte_edits``, as ``Format`` describes them.
2. Give its endings a row in ``FORMATS``.
3. Add files to its tests: reading and writing without a fix must give identical bytes.

A format says which bytes of the file change for an edit of the text; it never builds the file. So what no fix touches
cannot change, and ``write`` checks it all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, Protocol, cast

from ungarble.correction import Edit, Rendering
from ungarble.document import Document
from ungarble.encoding import Encoding
from ungarble.errors import UngarbleError

FORMATS = {"txt": "plain", "md": "plain"}
"""Every format's name, which is also its files' ending, and its module."""

STRUCTURED = frozenset(
    {"ass", "doc", "docx", "html", "json", "odt", "pdf", "rtf", "sbv", "srt", "ssa", "ttml", "vtt", "xml"}
)
"""Endings of files that hold more than words, and would be damaged if they were cleaned as plain text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript as it was read: the document, the file's bytes, and how they hold text."""

    document: Document
    data: bytes
    encoding: Encoding = Encoding()  # noqa: RUF009 - frozen

    @property
    def name(self) -> str:
        """What messages call it."""
        return name_of(self.document.path)


class ByteEdit(NamedTuple):
    """A change of a file: the bytes in data[start:end] become others."""

    start: int
    end: int
    replacement: bytes


class Format(Protocol):
    """A module that knows one format."""

    def read(self, data: bytes, path: str | None, name: str, /) -> Source:
        """Find the document in a file's bytes. Raises an UngarbleError that names the line and the reason."""
        ...

    def byte_edits(self, source: Source, edits: Sequence[Edit], /) -> list[ByteEdit]:
        """What edits of the text change in the file: in order, without overlap. ``edits`` are those of a rendering."""
        ...


class UnknownFormatError(UngarbleError):
    """A file of a format that cannot be read."""

    def __init__(self, path: str, ending: str) -> None:
        super().__init__(path, ending)
        self.path, self.ending = path, ending

    def __str__(self) -> str:
        return f"cannot clean {self.path}: no '.{self.ending}' files; known formats: {', '.join(FORMATS)}"


class UnsafeWriteError(UngarbleError):
    """A cleaned file that would differ from the original outside the fixes: a bug, caught before any harm."""

    exit_code = 1

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = path, problem

    def __str__(self) -> str:
        return f"{self.path} was left as it is: {self.problem}. This is a bug in ungarble; please report it"


def name_of(path: str | None) -> str:
    """What messages call a file; None is standard input."""
    return "standard input" if path is None else path


def read(data: bytes, path: str | None = None) -> Source:
    r"""Find the document in a file's bytes. ``path`` tells the format, and names the file in errors.

    >>> read(b"\xef\xbb\xbfHello.\r\n", "talk.txt").document.text
    'Hello.\r\n'

    Raises UnknownFormatError, and what the format's own module raises for broken files.
    """
    name = _format_name(path)
    return _module(name).read(data, path, name)


def from_text(text: str) -> Source:
    """Plain text that is in memory already."""
    encoding = Encoding()
    return Source(Document(text), encoding.encode(text), encoding)


def byte_edits(source: Source, rendering: Rendering) -> list[ByteEdit]:
    """What a rendering of the document changes in its file: in order, without overlap."""
    return _module(source.document.format).byte_edits(source, [edit for _, edit in rendering.edits])


def write(source: Source, rendering: Rendering) -> bytes:
    """The file's bytes with the edits of a rendering made, and all else as it was.

    Raises UnsafeWriteError where anything outside the edits would change, or the text would not read as rendered.
    """
    changes = byte_edits(source, rendering)
    written = apply(source.data, changes)
    check(source, rendering, changes, written)
    return written


def apply(data: bytes, changes: Sequence[ByteEdit]) -> bytes:
    """Make edits of bytes, which are in order and do not overlap."""
    parts, at = [], 0
    for edit in changes:
        parts += [data[at : edit.start], edit.replacement]
        at = edit.end
    return b"".join([*parts, data[at:]])


def check(source: Source, rendering: Rendering, changes: Sequence[ByteEdit], written: bytes) -> None:
    """Make sure that a file is the source with the rendering's edits made, byte for byte.

    Raises UnsafeWriteError where it is not.
    """
    path, at = source.name, 0
    shift = 0
    for edit in [*changes, ByteEdit(len(source.data), len(source.data), b"")]:
        if edit.start < at or source.data[at : edit.start] != written[at + shift : edit.start + shift]:
            raise UnsafeWriteError(path, f"bytes {at} to {edit.start} would change, where nothing was corrected")
        shift += len(edit.replacement) - (edit.end - edit.start)
        at = edit.end
    if len(written) != len(source.data) + shift:
        raise UnsafeWriteError(path, "the cleaned file would have another length than the fixes give it")
    try:
        text = _module(source.document.format).read(written, source.document.path, source.document.format).document.text
    except UngarbleError as error:
        raise UnsafeWriteError(path, f"the cleaned file could not be read again ({error})") from error
    if text != rendering.text:
        raise UnsafeWriteError(path, "the cleaned file would not hold the cleaned text")


def _format_name(path: str | None) -> str:
    ending = PurePath(path).suffix.removeprefix(".").lower() if path else ""
    if ending in FORMATS:
        return ending
    if path and ending in STRUCTURED:
        raise UnknownFormatError(path, ending)
    return "txt"


def _module(name: str) -> Format:
    return cast(Format, import_module(f"ungarble.formats.{FORMATS[name]}"))
