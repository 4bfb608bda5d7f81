"""The training text: documents read, split off for evaluation, and turned into numbers once."""

import lzma
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

import numpy as np

from ungarble.document import tokenize
from ungarble.language.sentence_model.features import model_key
from ungarble.language.sentence_model.marks import Case, Mark, case_of, mark_between

HELD_OUT_WORDS = 100_000
"""About so many words of a source are never trained on, in whole documents; which, their own words decide."""

IGNORED = 9
"""A label that counts for nothing, because nobody can tell."""

_NOT_SPOKEN = re.compile(r"\s*(?:\([A-Z][^()]*\.\)|\((?:inaudible|crosstalk)[^()]*\)|\[[^\[\]]*\])", re.IGNORECASE)
_FIRST_PERSON = frozenset({"i", "i'm", "i'll", "i've", "i'd"})


def documents(path: Path) -> Iterator[list[str]]:
    """The documents of a file, each as its paragraphs; what nobody said (laughter) is left out."""
    paragraphs: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraph = _NOT_SPOKEN.sub("", line).strip()
            if paragraph:
                paragraphs.append(paragraph)
            elif not line.strip() and paragraphs:
                yield paragraphs
                paragraphs = []
    if paragraphs:
        yield paragraphs


def _size(path: Path) -> int:
    """About how many words a file has."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return sum(line.count(" ") + 1 for line in lines)


def is_held_out(paragraphs: list[str], one_in: int) -> bool:
    """Whether a document is kept for evaluation."""
    return crc32("\n".join(paragraphs[:3]).encode()) % one_in == 0


class Numbered:
    """Text as numbers: for every word its key, the mark after it, its case, whether a paragraph ends, and a name."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.counts: Counter[int] = Counter()

    def read(self, texts: Iterable[list[str]]) -> dict[str, np.ndarray]:
        """Turn documents into arrays of equal length."""
        keys: list[np.ndarray] = []
        rows: list[np.ndarray] = []
        for paragraphs in texts:
            for paragraph in paragraphs:
                ids, labels = self._paragraph(paragraph)
                if ids:
                    keys.append(np.array(ids, np.int32))
                    rows.append(np.frombuffer(labels, np.uint8).reshape(-1, 4))
        flat = np.concatenate(rows)
        return {
            "key": np.concatenate(keys),
            "mark": flat[:, 0].copy(),
            "case": flat[:, 1].copy(),
            "ends": flat[:, 2].copy(),
            "name": flat[:, 3].copy(),
        }

    def _paragraph(self, text: str) -> tuple[list[int], bytearray]:
        words = tokenize(text)
        ids: list[int] = []
        labels = bytearray()
        starts_sentence = True
        last = len(words) - 1
        numbers = self.numbers
        for index, word in enumerate(words):
            ids.append(numbers.setdefault(model_key(word.key), len(numbers)))
            following = words[index + 1] if index < last else None
            gap = text[word.end : following.start] if following else text[word.end :]
            mark = int(mark_between(word, gap, following))
            if following is None and mark not in (Mark.STOP, Mark.QUESTION):
                mark = IGNORED
            case = int(case_of(word.form))
            labels += bytes((mark, case, following is None, _name_label(word.key, case, starts_sentence)))
            starts_sentence = mark > Mark.COMMA or "“" in gap or '"' in gap or ":" in gap
        return ids, labels


def _name_label(key: str, case: int, starts_sentence: bool) -> int:
    """Whether a capital in mid-sentence makes the word (part of) a name."""
    if key in _FIRST_PERSON:
        return 0
    if case == Case.LOWER:
        return 0
    return IGNORED if starts_sentence or case == Case.CASELESS else 1


def prepare(sources: dict[str, Path], folder: Path) -> None:
    """Number all sources and write ``<source>.npz``, ``<source>-held-out.npz`` and ``keys.txt`` (key, tab, count)."""
    folder.mkdir(parents=True, exist_ok=True)
    numbered = Numbered()
    counts = np.zeros(0, np.int64)
    for name, path in sources.items():
        began = time.monotonic()
        one_in = max(2, _size(path) // HELD_OUT_WORDS)
        kept = [paragraphs for paragraphs in documents(path) if is_held_out(paragraphs, one_in)]
        arrays = numbered.read(paragraphs for paragraphs in documents(path) if not is_held_out(paragraphs, one_in))
        found = np.bincount(arrays["key"], minlength=len(numbered.numbers))
        counts = np.pad(counts, (0, len(found) - len(counts))) + found
        np.savez(folder / f"{name}.npz", **arrays)  # type: ignore[arg-type]
        if kept:
            np.savez(folder / f"{name}-held-out.npz", **numbered.read(kept))  # type: ignore[arg-type]
            (folder / f"{name}-held-out.txt").write_text("\n\n".join("\n".join(each) for each in kept))
        print(
            f"{name}: {len(arrays['key']):,} words, {len(kept)} documents held out", f"{time.monotonic() - began:.0f} s"
        )
    counts = np.pad(counts, (0, len(numbered.numbers) - len(counts)))
    rows = (f"{key}\t{counts[number]}" for key, number in numbered.numbers.items())
    (folder / "keys.txt").write_text("\n".join(rows), encoding="utf-8")
