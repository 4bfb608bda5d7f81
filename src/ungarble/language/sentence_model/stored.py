"""The model's file: a line of JSON that lists the arrays, then the arrays, each at a multiple of 64 bytes.

Tables of weights are bytes with a scale for every row, so that a row is ``scale * bytes``. The file is mapped into
memory: what is never looked up is never read.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_MAGIC = b"ungarble sentence model 1\n"
_ALIGNED = 64


@dataclass(frozen=True)
class Table:
    """A matrix of weights as bytes, with a scale for every row."""

    rows: NDArray[np.int8]
    scales: Floats

    def take(self, numbers: NDArray[Any]) -> Floats:
        """Some rows, as floats."""
        rows: Floats = self.rows[numbers].astype(np.float32) * self.scales[numbers, None]
        return rows

    def whole(self) -> Floats:
        """All rows, as floats."""
        return self.rows.astype(np.float32) * self.scales[:, None]


def quantized(matrix: Floats) -> Table:
    """Bytes and scales for a matrix: no value is off by more than half a 127th of the largest of its row."""
    scales = np.maximum(np.abs(matrix).max(axis=1), 1e-8) / 127
    return Table(np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32))


def write(path: Path, arrays: dict[str, NDArray[Any]], facts: dict[str, Any]) -> None:
    """Write a file of arrays, with facts that JSON can hold."""
    listed, at = {}, 0
    for name, array in arrays.items():
        listed[name] = [array.dtype.str, list(array.shape), at]
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    head = _MAGIC + json.dumps({"facts": facts, "arrays": listed}).encode() + b"\n"
    with path.open("wb") as file:
        file.write(head.ljust(-(-len(head) // _ALIGNED) * _ALIGNED))
        for array in arrays.values():
            file.write(array.tobytes().ljust(-(-array.nbytes // _ALIGNED) * _ALIGNED, b"\0"))


def read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays of a file, mapped into memory, and its facts."""
    with path.open("rb") as file:
        if file.readline() != _MAGIC:
            raise ValueError(f"{path} is no sentence model")
        head = json.loads(file.readline())
        begin = -(-file.tell() // _ALIGNED) * _ALIGNED
    mapped = np.memmap(path, np.uint8, "r")
    arrays: dict[str, NDArray[Any]] = {}
    for name, (kind, shape, at) in head["arrays"].items():
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        arrays[name] = mapped[begin + at : begin + at + size].view(kind).reshape(shape)
    return arrays, head["facts"]
