"""Turns a checkpoint into the file that the package carries.

python -m ungarble.language.sentence_model.training.export CHECKPOINT OUT
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ungarble.language.sentence_model import stored
from ungarble.language.sentence_model.features import HIDDEN, PIECES, pieces


def main() -> int:
    """Export the checkpoint that the command line names."""
    export(Path(sys.argv[1]), Path(sys.argv[2]))
    return 0


def export(checkpoint: Path, out: Path) -> None:
    """Write the model's file."""
    kept: dict[str, Any] = torch.load(checkpoint, weights_only=False)
    weights = {name: tensor.numpy() for name, tensor in kept["weights"].items()}
    arrays: dict[str, np.ndarray] = {"vocabulary": np.frombuffer("\n".join(kept["keys"]).encode(), np.uint8)}
    arrays["pair_codes"] = kept["pairs"]
    matrices = {"words": _spelled_words(kept["keys"], weights)}
    matrices |= {name: weights[f"{name}.weight"] for name in ("pieces", "pairs", "surroundings", "enter", "leave")}
    dilations = list(kept["shape"]["dilations"])
    matrices |= {f"layer{number}": weights[f"layers.{number}.weight"] for number in range(len(dilations))}
    for name, matrix in matrices.items():
        table = stored.quantized(matrix)
        arrays[name], arrays[f"{name}.scales"] = table.rows, table.scales
    for name in ("enter", "leave"):
        arrays[f"{name}.bias"] = weights[f"{name}.bias"]
    for number in range(len(dilations)):
        arrays[f"layer{number}.bias"] = weights[f"layers.{number}.bias"]
    stored.write(out, arrays, {"dilations": dilations, "shape": kept["shape"]})


def _spelled_words(keys: list[str], weights: dict[str, np.ndarray]) -> np.ndarray:
    """The words' embeddings with those of their pieces added, which so need not be looked up."""
    table, parts = weights["words.weight"].copy(), weights["pieces.weight"]
    for number, key in enumerate(keys, 2):
        table[number] += parts[list(pieces(key, len(parts)))].sum(axis=0)
    table[HIDDEN] += PIECES * parts[0]
    return table


if __name__ == "__main__":
    raise SystemExit(main())
