"""Makes many small transcripts for the benchmarks of batches: sentences of our transcripts, mixed anew each time."""

import random
from collections.abc import Iterator
from pathlib import Path

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"


def make(folder: Path, count: int, words: int = 150, seed: int = 1) -> int:
    """Write so many files of about so many words into folders of a hundred; returns how many bytes they have."""
    chance = random.Random(seed)
    sentences = [line for path in sorted(TRANSCRIPTS.glob("*/garbled.txt")) for line in _lines(path)]
    size = 0
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"talk {number:05}.{'md' if number % 7 == 0 else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(_text(chance, sentences, words))
        data = (text.replace("\n", "\r\n") if number % 5 == 0 else text).encode()
        path.write_bytes(data)
        size += len(data)
    return size


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line]


def _text(chance: random.Random, sentences: list[str], words: int) -> Iterator[str]:
    while words > 0:
        parts = chance.choice(sentences).split()
        start = chance.randrange(max(1, len(parts) - 25))
        yield " ".join(parts[start : start + 25]) + chance.choice(["\n", ".\n", " "])
        words -= 25
