"""Puts what comes in any order into the order of the input, without holding it in memory."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO


class Ordered:
    """Hands on what belongs to 0, 1, 2, … as soon as all before it is there; till then it waits in a temporary file."""

    def __init__(self, hand_on: Callable[[bytes], None]) -> None:
        self._hand_on = hand_on
        self._next = 0
        self._waiting: dict[int, tuple[int, int]] = {}
        self._file: BinaryIO | None = None

    def put(self, number: int, data: bytes) -> None:
        """Take what belongs to a number; each number comes once."""
        if number != self._next:
            self._waiting[number] = self._keep(data)
            return
        self._give(data)
        while self._next in self._waiting:
            self._give(self._kept(*self._waiting.pop(self._next)))

    def close(self) -> None:
        """Drop what waits."""
        if self._file is not None:
            self._file.close()

    def _give(self, data: bytes) -> None:
        self._next += 1
        if data:
            self._hand_on(data)

    def _keep(self, data: bytes) -> tuple[int, int]:
        if not data:
            return 0, 0
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - it is closed by close
        return self._file.seek(0, 2), self._file.write(data)

    def _kept(self, start: int, size: int) -> bytes:
        if self._file is None or not size:
            return b""
        self._file.seek(start)
        return self._file.read(size)
