"""Bytes to text and back: UTF-8, UTF-16 and Windows-1252 are recognised and kept, anything else is refused."""

import codecs
import re
from dataclasses import dataclass

from ungarble.errors import UngarbleError

CONTROL_SHARE = 0.1
"""From this share of control characters (line ends, tabs, bells and escapes apart) a file is not text. Text has next to
none; compressed data, images and executables have 0.1 and more, nearly always with NUL bytes as well."""

PLAUSIBLE_SHARE = 0.9
"""So much of what lies above 127 must be where English text has it (quotation marks, dashes, letters inside words) for
a file to be Windows-1252. Cyrillic, Greek and double-byte encodings have nearly none there."""

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\a\b\t\n\v\f\r\x1b") + b"\x7f"
_HIGH = re.compile(rb"[\x80-\xff]")
_PLAUSIBLE_CP1252 = re.compile(
    rb"[\x85\x91-\x97\x99\xa0\xa2\xa3\xa7\xa9\xab\xae\xb0\xb2\xb3\xb7\xbb-\xbe]"  # marks
    rb"|\x80(?= ?\d)|(?<=\d)\x80|(?<=\d )\x80"  # euros
    rb"|\xe0(?=[\s-])"  # the French word
    rb"|(?:(?<=[A-Za-z])|(?=.[A-Za-z]))[\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0\xc1\xc4-\xd6\xd8-\xf6\xf8-\xfe]"
    rb"|(?:(?<=[A-Z])|(?=.[A-Z]))[\xc2\xc3]"  # else the first halves of damaged UTF-8
)
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    rb"|\xe2\x80"  # the head of every typographic quotation mark and dash, cut off
)


class NotTextError(UngarbleError):
    """A file whose bytes are no text. ``offset`` is the first byte that shows it, from 0."""

    def __init__(self, path: str, offset: int, problem: str) -> None:
        super().__init__(path, offset, problem)
        self.path, self.offset, self.problem = path, offset, problem

    def __str__(self) -> str:
        return f"{self.path} is not text ({self.problem} at byte {self.offset}): export the transcript as plain text"


class BrokenTextError(UngarbleError):
    """A text file with bytes that its encoding does not allow. ``line`` is counted from 1, ``offset`` from 0."""

    def __init__(self, path: str, line: int, offset: int, encoding: str) -> None:
        super().__init__(path, line, offset, encoding)
        self.path, self.line, self.offset, self.encoding = path, line, offset, encoding

    def __str__(self) -> str:
        return (
            f"{self.path}, line {self.line}: byte {self.offset} is not valid {self.encoding}; "
            "save the file as UTF-8 and try again"
        )


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text is kept in bytes: the codec's name, and the byte order mark before the text, if there is one."""

    codec: str = "utf-8"
    bom: bytes = b""

    def encode(self, text: str) -> bytes:
        """The bytes of a stretch of text, without the byte order mark. Raises UnicodeEncodeError where none exist."""
        return text.encode(self.codec, "surrogatepass" if self.codec.startswith("utf") else "strict")

    def holds(self, text: str) -> bool:
        """Whether a file of this encoding can hold a text.

        >>> Encoding("cp1252").holds("Grönland"), Encoding("cp1252").holds("Wałęsa")
        (True, False)
        """
        try:
            self.encode(text)
        except UnicodeEncodeError:
            return False
        return True


_BOMS = (
    Encoding("utf-8", codecs.BOM_UTF8),
    Encoding("utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("utf-16-be", codecs.BOM_UTF16_BE),
)
_UTF32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def decode(data: bytes, path: str) -> tuple[str, Encoding]:
    r"""Tell a file's encoding and decode it. Line ends stay as they are; a byte order mark is no part of the text.

    Bytes that are no UTF-8 are Windows-1252 where they can be, unless they look like UTF-8 that was damaged.

    >>> decode(b"caf\xe9", "talk.txt")
    ('café', Encoding(codec='cp1252', bom=b''))

    Raises NotTextError and BrokenTextError, naming ``path``.
    """
    if data.startswith(_UTF32_BOMS):
        raise BrokenTextError(path, 1, 0, "UTF-8 (it seems to be UTF-32)")
    encoding = next((known for known in _BOMS if data.startswith(known.bom)), Encoding())
    body = data[len(encoding.bom) :] if encoding.bom else data
    if encoding.codec == "utf-8":
        _refuse_binary(data, path)
    try:
        return body.decode(encoding.codec), encoding
    except UnicodeDecodeError as error:
        if not encoding.bom and _is_cp1252(body):
            return body.decode("cp1252"), Encoding("cp1252")
        raise _broken(encoding, data, error.start, path) from None


def _refuse_binary(data: bytes, path: str) -> None:
    at = data.find(b"\0")
    if at >= 0:
        hint = "a NUL byte, as UTF-16 without byte order mark has," if _looks_like_utf16(data) else "a NUL byte"
        raise NotTextError(path, at, hint)
    if len(data) - len(data.translate(None, _CONTROLS)) > CONTROL_SHARE * len(data):
        raise NotTextError(path, next(n for n, byte in enumerate(data) if byte in _CONTROLS), "control characters")


def _looks_like_utf16(data: bytes) -> bool:
    start = data[: min(4096, len(data) // 2 * 2)]
    nulls = sorted(start[half::2].count(0) / (len(start) / 2) for half in (0, 1)) if start else [0, 0]
    return nulls[0] < 0.1 and nulls[1] > 0.5


def _is_cp1252(data: bytes) -> bool:
    high = len(_HIGH.findall(data))
    whole = _UTF8_CHARACTER.findall(data)
    if len(whole) >= high - sum(map(len, whole)) or len(_PLAUSIBLE_CP1252.findall(data)) < PLAUSIBLE_SHARE * high:
        return False
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _broken(encoding: Encoding, data: bytes, offset: int, path: str) -> BrokenTextError:
    """The error that names line and byte; ``offset`` counts from behind the byte order mark."""
    bom = len(encoding.bom)
    before = data[bom : bom + offset].decode(encoding.codec, "replace")
    name = "UTF-16" if encoding.codec.startswith("utf-16") else "UTF-8"
    return BrokenTextError(path, before.count("\n") + 1, bom + offset, name)
