"""Zip files: one part read, and one part replaced with every other byte as it was."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ungarble.errors import UngarbleError
from ungarble.formats import ByteEdit

MOST_BYTES = 256 << 20
"""A part that unpacks to more is not read: a document of a million words has less than 100 MB of XML."""

FREE_BYTES = 32 << 20
MOST_RATIO = 200
"""Parts of more than FREE_BYTES that shrink to less than 1/200 are zip bombs: the XML of documents shrinks to 1/10 to
1/50, and deflate can reach 1/1032."""

STORED, DEFLATED = 0, 8
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END64, _LOCATOR64, _DESCRIPTOR = b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08"
_ZIP64 = 1
_MOST_COMMENT = 0xFFFF
_ENCRYPTED, _DESCRIBED = 1, 8


class BrokenPackageError(UngarbleError):
    """A file that should be a zip file with parts, and cannot be read as one."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = path, problem

    def __str__(self) -> str:
        return f"cannot read {self.path}: {self.problem}"


class _Number(NamedTuple):
    """A number in the file: where it stands, and how many bytes it has."""

    at: int
    size: int

    def read(self, data: bytes) -> int:
        return int.from_bytes(data[self.at : self.at + self.size], "little")

    def written(self, data: bytes, value: int) -> Iterator[ByteEdit]:
        if value != self.read(data):
            yield ByteEdit(self.at, self.at + self.size, value.to_bytes(self.size, "little"))


class _Sizes(NamedTuple):
    """A part's checksum, packed size and size, as one of the places in the file states them."""

    crc: _Number
    packed: _Number
    unpacked: _Number

    def read(self, data: bytes) -> tuple[int, int, int]:
        return self.crc.read(data), self.packed.read(data), self.unpacked.read(data)


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the directory lists it."""

    name: str
    flags: int
    method: int
    sizes: _Sizes
    offset: _Number


class Package:
    """The parts of a zip file. Raises BrokenPackageError, naming ``path``, for what is no whole zip file."""

    def __init__(self, data: bytes, path: str) -> None:
        self.data, self.path = data, path
        self._tables: list[_Number] = []
        """Where the file says where its directory is."""
        self.parts: dict[str, Part] = {}
        count, size, start = self._end()
        at, stop = start, start + size
        for _ in range(count):
            part, at = self._entry(at, stop)
            if part.name in self.parts:
                raise self._broken(f"it has two parts called {part.name}")
            self.parts[part.name] = part
        self._start = start

    def read(self, name: str) -> bytes:
        """What a part holds. Raises BrokenPackageError where it is missing, damaged, encrypted or a zip bomb."""
        part = self._part(name)
        start, _, _ = self._where(part)
        crc, packed, unpacked = part.sizes.read(self.data)
        if unpacked > MOST_BYTES or unpacked > max(FREE_BYTES, packed * MOST_RATIO):
            raise self._broken(f"its part {name} unpacks to {unpacked:,} bytes, which no transcript has")
        content = self._unpacked(part, self.data[start : start + packed], unpacked)
        if len(content) != unpacked or zlib.crc32(content) != crc:
            raise self._broken(f"its part {name} is damaged")
        return content

    def replaced(self, name: str, content: bytes) -> list[ByteEdit]:
        """The changes of the file that give a part other content: in order, without overlap."""
        part = self._part(name)
        start, local, descriptor = self._where(part)
        packed = part.sizes.packed.read(self.data)
        new = content if part.method == STORED else _deflated(content)
        sizes = (zlib.crc32(content), len(new), len(content))
        moved = len(new) - packed
        edits = [ByteEdit(start, start + packed, new)]
        for stated in (local, descriptor, part.sizes):
            for number, value in zip(stated or (), sizes, strict=False):
                edits += number.written(self.data, value)
        offset = part.offset.read(self.data)
        later = [p.offset for p in self.parts.values() if p.offset.read(self.data) > offset]
        for number in (*later, *self._tables):
            edits += number.written(self.data, number.read(self.data) + moved)
        return sorted(edits)

    def _part(self, name: str) -> Part:
        if name not in self.parts:
            raise self._broken(f"it has no part {name}")
        part = self.parts[name]
        if part.flags & _ENCRYPTED:
            raise self._broken("it is encrypted: save it without a password")
        if part.method not in (STORED, DEFLATED):
            raise self._broken(f"its part {name} is packed in a way that Word does not use (method {part.method})")
        return part

    def _where(self, part: Part) -> tuple[int, _Sizes | None, _Sizes | None]:
        """Where a part's packed bytes begin, and its sizes as they stand before and after these."""
        at = part.offset.read(self.data)
        if not self._has(_LOCAL, at, 30):
            raise self._broken(f"the directory is wrong about {part.name}")
        name, extra = _Number(at + 26, 2).read(self.data), _Number(at + 28, 2).read(self.data)
        start = at + 30 + name + extra
        end = start + part.sizes.packed.read(self.data)
        if end > self._start:
            raise self._broken(f"its part {part.name} is cut off")
        local = self._sizes(at + 14, at + 30 + name, start)[0]
        stated = part.sizes.read(self.data)
        if local.read(self.data) == stated:
            found: _Sizes | None = local
        elif _Number(at + 6, 2).read(self.data) & _DESCRIBED:
            found = None
        else:
            raise self._broken(f"the directory is wrong about {part.name}")
        described = _Number(at + 6, 2).read(self.data) & _DESCRIBED
        return start, found, self._descriptor(part, end) if described else None

    def _descriptor(self, part: Part, at: int) -> _Sizes:
        """The sizes that stand behind a part: with or without a signature, of four or of eight bytes."""
        at += 4 if self._has(_DESCRIPTOR, at, 16) else 0
        for size in (4, 8):
            found = _Sizes(_Number(at, 4), _Number(at + 4, size), _Number(at + 4 + size, size))
            if found.read(self.data) == part.sizes.read(self.data):
                return found
        raise self._broken(f"the sizes behind its part {part.name} are wrong")

    def _unpacked(self, part: Part, packed: bytes, size: int) -> bytes:
        if part.method == STORED:
            return packed
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
        except zlib.error:
            raise self._broken(f"its part {part.name} is damaged") from None

    def _end(self) -> tuple[int, int, int]:
        """How many parts the directory has, its size, and where it starts."""
        at = self._end_record()
        numbers = _Number(at + 10, 2), _Number(at + 12, 4), _Number(at + 16, 4)
        if self._has(_LOCATOR64, at - 20, 20):
            locator = _Number(at - 12, 8)
            at = locator.read(self.data)
            if not self._has(_END64, at, 56):
                raise self._broken("its directory is not where it should be")
            self._tables.append(locator)
            if numbers[2].read(self.data) != 0xFFFFFFFF:
                self._tables.append(numbers[2])
            numbers = _Number(at + 32, 8), _Number(at + 40, 8), _Number(at + 48, 8)
        count, size, start = (number.read(self.data) for number in numbers)
        if start + size > at:
            raise self._broken("its directory is not where it should be")
        self._tables.append(numbers[2])
        return count, size, start

    def _end_record(self) -> int:
        """Where the last record begins: its comment, which could hold anything, goes up to the end of the file."""
        least = max(0, len(self.data) - _MOST_COMMENT - 22)
        at = self.data.rfind(_END, least)
        while at >= 0:
            if self._has(_END, at, 22) and at + 22 + _Number(at + 20, 2).read(self.data) == len(self.data):
                return at
            at = self.data.rfind(_END, least, at + 3)
        raise self._broken("it is no zip file, or cut off")

    def _entry(self, at: int, stop: int) -> tuple[Part, int]:
        """A row of the directory, and where the next one starts."""
        if at + 46 > stop or not self._has(_CENTRAL, at, 46):
            raise self._broken("its directory is damaged")
        name, extra, comment = (_Number(at + n, 2).read(self.data) for n in (28, 30, 32))
        end = at + 46 + name + extra + comment
        if end > stop:
            raise self._broken("its directory is damaged")
        flags, method = _Number(at + 8, 2).read(self.data), _Number(at + 10, 2).read(self.data)
        sizes, long = self._sizes(at + 16, at + 46 + name, at + 46 + name + extra)
        offset = _Number(at + 42, 4)
        if offset.read(self.data) == 0xFFFFFFFF and long:
            offset = long[0]
        title = self.data[at + 46 : at + 46 + name].decode("utf-8", "replace")
        return Part(title, flags, method, sizes, offset), end

    def _sizes(self, at: int, extra: int, stop: int) -> tuple[_Sizes, list[_Number]]:
        """A part's checksum and sizes, which may be among the extra fields; and what else these state in 64 bits."""
        long = self._long(extra, stop)
        packed, unpacked = _Number(at + 4, 4), _Number(at + 8, 4)
        if unpacked.read(self.data) == 0xFFFFFFFF and long:
            unpacked = long.pop(0)
        if packed.read(self.data) == 0xFFFFFFFF and long:
            packed = long.pop(0)
        return _Sizes(_Number(at, 4), packed, unpacked), long

    def _long(self, at: int, stop: int) -> list[_Number]:
        """The numbers of the extra field for big files."""
        while at + 4 <= stop:
            kind, size = _Number(at, 2).read(self.data), _Number(at + 2, 2).read(self.data)
            if kind == _ZIP64 and at + 4 + size <= stop:
                return [_Number(at + 4 + 8 * n, 8) for n in range(size // 8)]
            at += 4 + size
        return []

    def _has(self, signature: bytes, at: int, size: int) -> bool:
        return 0 <= at <= len(self.data) - size and self.data.startswith(signature, at)

    def _broken(self, problem: str) -> BrokenPackageError:
        return BrokenPackageError(self.path, problem)


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
