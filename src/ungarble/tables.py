"""Large tables that load at once and are unpacked piece by piece, as they are used.

A short transcript needs a few hundred rows of tables that have a hundred thousand; unpacking them all would take longer
than everything else. A packed table is a list of marshalled pieces, which the cache keeps as it is.
"""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, cast
from zlib import crc32

V = TypeVar("V")

_KEYS_A_PIECE = 6
_ROWS_A_PIECE = 64


def pack_table(table: Mapping[str, object]) -> list[bytes]:
    """Pack a mapping of plain values for ``Table``."""
    pieces: list[dict[str, object]] = [{} for _ in range(max(1, len(table) // _KEYS_A_PIECE))]
    for key, value in table.items():
        pieces[crc32(key.encode(errors="surrogatepass")) % len(pieces)][key] = value
    return [marshal.dumps(piece) for piece in pieces]


class Table(Generic[V]):
    """A packed mapping from strings, read only."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces: list[bytes | dict[str, V]] = list(pieces)
        self._asked: dict[str, V | None] = {}

    def get(self, key: str) -> V | None:
        """Return the value of a key, or None."""
        try:
            return self._asked[key]
        except KeyError:
            value = self._asked[key] = self._look_up(key)
            return value

    def _look_up(self, key: str) -> V | None:
        at = crc32(key.encode(errors="surrogatepass")) % len(self._pieces)
        piece = self._pieces[at]
        if isinstance(piece, bytes):
            piece = self._pieces[at] = cast("dict[str, V]", marshal.loads(piece))  # noqa: S302 - our own table
        return piece.get(key)

    def keys(self) -> Iterator[str]:
        """Every key; unpacks the whole table."""
        for piece in self._pieces:
            yield from marshal.loads(piece) if isinstance(piece, bytes) else piece  # noqa: S302 - our own table


def pack_rows(rows: Iterable[object]) -> list[bytes]:
    """Pack a sequence of plain values for ``Rows``."""
    listed = list(rows)
    return [marshal.dumps(listed[at : at + _ROWS_A_PIECE]) for at in range(0, len(listed), _ROWS_A_PIECE)]


class Rows(Generic[V]):
    """A packed sequence, read only."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._unpacked: dict[int, Sequence[V]] = {}

    def __getitem__(self, number: int) -> V:
        at, rest = divmod(number, _ROWS_A_PIECE)
        return self._piece(at)[rest]

    def __len__(self) -> int:
        last = len(self._pieces) - 1
        return _ROWS_A_PIECE * last + len(self._piece(last)) if self._pieces else 0

    def _piece(self, at: int) -> Sequence[V]:
        rows = self._unpacked.get(at)
        if rows is None:
            rows = self._unpacked[at] = marshal.loads(self._pieces[at])  # noqa: S302 - our own table
        return rows
