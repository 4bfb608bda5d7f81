"""The formats of transcripts: one module each, one table, and the one way from a file's bytes to a document and back.

To add a format:

1. Write a module with ``looks_like`` and ``read``, as ``Format`` describes them. ``read`` walks through the file once
   and tells a ``Builder`` where words stand: it gives the document, and the layout that says where each word stands
   in the file, once or several times, and how it is escaped. Captions, JSON and documents all become that.
2. Give it a row in ``FORMATS``.
3. Add files to ``tests/formats/files``: every oddity the format has. The tests that read, write and edit every file
   there find them by themselves.

A format never builds the file. What an edit of the text changes in the file follows from the layout (``edits``), so
what no fix touches cannot change; and ``write`` checks it all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from ungarble.document import Document
from ungarble.encoding import Encoding
from ungarble.errors import UngarbleError
from ungarble.formats.places import FileEdit, Layout
from ungarble.rendering import Rendering


class Row(NamedTuple):
    """A format in the table: its module, what its files may end in, what begins them, and what it is called."""

    module: str
    endings: tuple[str, ...]
    family: str
    title: str


FORMATS = {
    "whisper-cpp": Row("whisper_cpp", (), "json", "whisper.cpp"),
    "aws": Row("aws", (), "json", "Amazon Transcribe"),
    "deepgram": Row("deepgram", (), "json", "Deepgram"),
    "google": Row("google", (), "json", "Google Speech-to-Text"),
    "json3": Row("youtube_json", ("json3",), "json", "YouTube json3"),
    "whisperx": Row("whisperx", (), "json", "WhisperX"),
    "assemblyai": Row("assemblyai", (), "json", "AssemblyAI"),
    "whisper": Row("whisper", ("json",), "json", "Whisper"),
    "vtt": Row("vtt", ("vtt",), "text", "WebVTT captions"),
    "srt": Row("srt", ("srt",), "text", "SubRip captions"),
    "sbv": Row("sbv", ("sbv",), "text", "SubViewer captions"),
    "ttml": Row("ttml", ("ttml", "dfxp", "itt", "xml"), "markup", "TTML captions"),
    "srv3": Row("srv3", ("srv3", "srv2", "srv1"), "markup", "YouTube timed text"),
    "otter": Row("otter", (), "text", "Otter text"),
    "whisper-console": Row("whisper_console", (), "text", "what Whisper prints"),
    "labelled": Row("labelled", (), "text", "text with speakers or times"),
    "youtube-paste": Row("youtube_paste", (), "text", "YouTube transcript, pasted"),
    "docx": Row("docx", ("docx",), "zip", "Word document"),
    "txt": Row("plain", ("txt",), "any", "plain text"),
    "md": Row("plain", ("md",), "any", "Markdown"),
}
"""Every format by its name, in the order in which a file's content is held against them."""

ENDINGS = frozenset(f".{ending}" for row in FORMATS.values() for ending in row.endings)
"""What the names of transcripts may end in, with the dot."""

DECISIONS = ".decisions.tsv"
"""What the name of a file with decisions on a transcript has behind the transcript's; it is no transcript."""

REFUSED = frozenset({"ass", "doc", "docm", "htm", "html", "odt", "pdf", "rtf", "smi", "ssa"})
"""Endings of files that hold more than words, and would be damaged if they were cleaned as plain text."""


class Known(NamedTuple):
    """What is known of a file that was read before: its encoding, who speaks, whether captions roll, what is said."""

    encoding: Encoding
    speakers: frozenset[str]
    is_rolling: bool
    text: str


class File(NamedTuple):
    """A file as a format reads it: its decoded text, its path (None: standard input), the format's name, its bytes."""

    text: str
    path: str | None
    format: str
    data: bytes
    known: Known | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return name_of(self.path)


class Reading(NamedTuple):
    """What a format finds in a file. No layout: the document's text is the file. ``warnings`` are for the person."""

    document: Document
    layout: Layout | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript as it was read: the document, the file's bytes, how they hold text, and where each word stands."""

    document: Document
    data: bytes
    encoding: Encoding = Encoding()  # noqa: RUF009 - frozen
    file: str | None = None
    """The decoded file that the layout speaks of; None where the document's text is the file."""
    layout: Layout | None = None
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What messages call it."""
        return name_of(self.document.path)

    @property
    def is_rolling(self) -> bool:
        """Whether it holds captions that repeat the line before."""
        return self.layout is not None and bool(self.layout.repeats)

    @property
    def is_text(self) -> bool:
        """Whether the file itself is text that can be shown."""
        return FORMATS[self.document.format].family != "zip"


class ByteEdit(NamedTuple):
    """A change of a file: the bytes in data[start:end] become others."""

    start: int
    end: int
    replacement: bytes


class Format(Protocol):
    """A module that knows one format.

    One whose bytes are more than encoded text also has ``decode(data, name)``, which gives the text and its encoding,
    and ``byte_edits(source, file_edits)``, which gives what changes in the bytes.
    """

    def looks_like(self, text: str, /) -> bool:
        """Whether a decoded file is of this format."""
        ...

    def read(self, file: File, /) -> Reading:
        """Find the document in a file. Raises BrokenFormatError, which names the line and the reason."""
        ...


class UnknownFormatError(UngarbleError):
    """A file of a format that cannot be read."""

    def __init__(self, path: str, ending: str) -> None:
        super().__init__(path, ending)
        self.path, self.ending = path, ending

    def __str__(self) -> str:
        return f"cannot clean {self.path}: no '.{self.ending}' files; known formats: {', '.join(FORMATS)}"


class BrokenFormatError(UngarbleError):
    """A file that is not what its ending, its beginning or ``--format`` says. ``line`` is counted from 1."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(path, line, problem)
        self.path, self.line, self.problem = path, line, problem

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.problem}"


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


def read(
    data: bytes,
    path: str | None = None,
    format: str | None = None,  # noqa: A002 - the user's word
    known: Known | None = None,
) -> Source:
    r"""Find the document in a file's bytes. The content tells the format; ``format`` overrides it, ``path`` names it.

    ``known`` is for a file that was changed: what its words cannot tell as they are now.

    >>> read(b"\xef\xbb\xbfHello.\r\n", "talk.txt").document.text
    'Hello.\r\n'

    Raises UnknownFormatError, and what the format's own module raises for broken files.
    """
    from ungarble.formats.detect import decoded, named, told

    text, encoding = decoded(data, path, format, known.encoding if known else None)
    if not text or text.isspace():
        blank = Document(text, path=path, format=format or named(path))
        warnings = () if FORMATS[blank.format].family == "any" else ("it is empty",)
        return Source(blank, data, encoding, warnings=warnings)
    name = format or told(text, data, path)
    found = module(name).read(File(text, path, name, data, known))
    file = None if found.layout is None else text
    return Source(found.document, data, encoding, file, found.layout, found.warnings)


def from_text(text: str) -> Source:
    """Plain text that is in memory already."""
    encoding = Encoding()
    return Source(Document(text), encoding.encode(text), encoding)


def byte_edits(source: Source, rendering: Rendering, speakers: Mapping[str, str] | None = None) -> list[ByteEdit]:
    """What a rendering of the document, and other names of speakers, change in the file: in order, without overlap."""
    edits = [edit for _, edit in rendering.edits]
    if source.layout is None or source.file is None:
        changes = [FileEdit(*edit.span, edit.replacement) for edit in edits]
    else:
        from ungarble.formats.edits import file_edits

        changes = file_edits(source.layout, source.file, source.document.text, edits, speakers or {})
    own = getattr(module(source.document.format), "byte_edits", None)
    return cast(list[ByteEdit], own(source, changes)) if own else _encoded(source, changes)


def _encoded(source: Source, changes: Sequence[FileEdit]) -> list[ByteEdit]:
    file = source.document.text if source.file is None else source.file
    encode = source.encoding.encode
    found = []
    position, offset = 0, len(source.encoding.bom)
    for start, end, replacement in changes:
        first = offset + len(encode(file[position:start]))
        offset = first + len(encode(file[start:end]))
        found.append(ByteEdit(first, offset, encode(replacement)))
        position = end
    return found


def write(source: Source, rendering: Rendering, speakers: Mapping[str, str] | None = None) -> bytes:
    """The file's bytes with the edits of a rendering made, and all else as it was.

    ``speakers`` gives the labels that are to be written otherwise.

    Raises UnsafeWriteError where anything outside the edits would change, or the text would not read as rendered.
    """
    if not rendering.edits and not speakers:
        return source.data
    changes = byte_edits(source, rendering, speakers)
    written = apply(source.data, changes)
    check(source, rendering, changes, written, speakers)
    return written


def apply(data: bytes, changes: Sequence[ByteEdit]) -> bytes:
    """Make edits of bytes, which are in order and do not overlap."""
    parts, at = [], 0
    for edit in changes:
        parts += [data[at : edit.start], edit.replacement]
        at = edit.end
    return b"".join([*parts, data[at:]])


def check(
    source: Source,
    rendering: Rendering,
    changes: Sequence[ByteEdit],
    written: bytes,
    speakers: Mapping[str, str] | None = None,
) -> None:
    """Make sure that a file is the source with the rendering's edits made: byte for byte, with all times as they were.

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
        known = known_of(source, rendering, speakers)
        document = read(written, source.document.path, source.document.format, known).document
    except UngarbleError as error:
        raise UnsafeWriteError(path, f"the cleaned file could not be read again ({error})") from error
    if source.layout is None:
        if document.text != rendering.text:
            raise UnsafeWriteError(path, "the cleaned file would not hold the cleaned text")
        return
    if _letters(document.text) != _letters(rendering.text):
        raise UnsafeWriteError(path, "the cleaned file would not hold the cleaned words")
    if not source.layout.is_derived and _times(document, {}) != _times(source.document, speakers or {}):
        raise UnsafeWriteError(path, "the cleaned file would have other times or speakers")


def known_of(source: Source, rendering: Rendering, speakers: Mapping[str, str] | None = None) -> Known:
    """What is known of the file that a rendering gives, without looking at it."""
    names = frozenset((speakers or {}).get(name, name) for name in source.document.speakers)
    return Known(source.encoding, names, source.is_rolling, rendering.text)


def _letters(text: str) -> str:
    """A text without the space in it, which captions and documents lay out in their own way."""
    return "".join(text.split())


def _times(document: Document, speakers: Mapping[str, str]) -> list[tuple[float | None, float | None, str]]:
    rows = ((segment.start, segment.end, segment.speaker or "") for segment in document.segments)
    return [(start, end, speakers.get(speaker, speaker)) for start, end, speaker in rows]


def module(name: str) -> Format:
    """The module of a format."""
    return cast(Format, import_module(f"ungarble.formats.{FORMATS[name].module}"))
