"""How likely a name stands at a place, by the words around it alone: "comes from the line of ___ with".

A logistic regression over hashed rows of neighbours, learned from cased text, whose capitals label its own names
(``ungarble.names.training.slots``). The words at the place itself have no say.
"""

import mmap
import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

WEIGHTS = Path(__file__).with_name("slots.bin")
HEADER = struct.Struct("<ff")
"""Before the weights: what one step of a weight is worth, and the log-odds where nothing is known."""

BUCKETS = 1 << 20
"""Weights, a signed byte each."""

BEFORE, AFTER = 3, 2
"""How many words before and after have a say."""

EDGE = "<>"
"""Stands for a word before the text's first, or after its last."""


def slot_buckets(before: Sequence[str], after: Sequence[str]) -> tuple[int, ...]:
    """The buckets of a place's neighbours: the three words before it in order, and the two after it."""
    third, second, one = before
    right, further = after
    rows = (
        f"1 {one}",
        f"2 {second} {one}",
        f"3 {third} {second} {one}",
        f"4 {right}",
        f"5 {right} {further}",
        f"6 {one} {right}",
        f"7 {second} {one} {right}",
        f"8 {one} {right} {further}",
    )
    return tuple(crc32(row.encode()) % BUCKETS for row in rows)


def neighbours(keys: Sequence[str], first: int, last: int) -> tuple[list[str], list[str]]:
    """The words before words[first:last] and those after."""
    before = [keys[index] if index >= 0 else EDGE for index in range(first - BEFORE, first)]
    after = [keys[index] if index < len(keys) else EDGE for index in range(last, last + AFTER)]
    return before, after


class Slots:
    """The learned weights, mapped from their file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        self._step: float
        self._bias: float
        self._step, self._bias = HEADER.unpack_from(view)
        self._weights = view[HEADER.size :].cast("b")

    def log_odds(self, keys: Sequence[str], first: int, last: int) -> float:
        """The log-odds that words[first:last] are a name; 0 is as likely as not, where one word in four is in one."""
        weights = self._weights
        steps = sum(weights[bucket] for bucket in slot_buckets(*neighbours(keys, first, last)))
        return self._bias + self._step * steps


@cache
def slots() -> Slots:
    """The weights that the package carries."""
    return Slots(WEIGHTS)
