"""Learns where names stand, and writes the file that the package carries.

    python -m ungarble.names.training.slots TEXTS [--out FILE] [--places NUMBER]

TEXTS holds cased text, ``*.txt.xz``: a paragraph a line, a blank line between documents. A capital in mid-sentence
makes words a name; of the other words, stretches of one to three are drawn as places without one.
"""

import argparse
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import roc_auc_score

from ungarble.document import Word, tokenize
from ungarble.language.capitals import is_first_person
from ungarble.language.sentence_model.training.corpus import documents, is_held_out
from ungarble.names.slots import BUCKETS, HEADER, WEIGHTS, neighbours, slot_buckets

SEED = 1
PLACES = 5_000_000
HELD_OUT = 50
"""One document in so many is kept for the test."""

LONGEST = 4
"""Names of more words are rather headings."""

LENGTHS = (1, 1, 1, 2, 2, 3)
"""How many words a place without a name has, as often as it stands here."""

STRENGTH = 2e-6
"""Of the regularisation; of 2e-6, 5e-6, 1e-5 and 3e-5 the best on held-out places."""

ROUNDS = 4

Place = tuple[bool, tuple[int, ...]]


def main() -> int:
    """Learn, test, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="default: the file in the package")
    parser.add_argument("--places", type=int, default=PLACES, help="at most; default: %(default)s")
    given = parser.parse_args()
    weights, bias, score = learn(sorted(given.texts.glob("*.txt.xz")), given.places)
    print(f"area under the curve on held-out documents: {score:.3f}")
    write(given.out, weights, bias)
    return 0


def learn(paths: list[Path], most: int) -> tuple[np.ndarray, float, float]:
    """The weights, the bias, and the area under the ROC curve on documents that were kept out, if there are any."""
    generator = random.Random(SEED)
    kept: list[Place] = []
    tests: list[Place] = []
    for path in paths:
        share = min(1.0, most / len(paths) / _count(path))
        for paragraphs in documents(path):
            into = tests if is_held_out(paragraphs, HELD_OUT) else kept
            for paragraph in paragraphs:
                if generator.random() < share:
                    into += places(paragraph, generator)
    generator.shuffle(kept)
    model = SGDClassifier(loss="log_loss", alpha=STRENGTH, max_iter=ROUNDS, tol=None, average=True, random_state=SEED)
    model.fit(*_matrix(kept))
    inputs, labels = _matrix(tests or kept)
    return model.coef_[0], float(model.intercept_[0]), float(roc_auc_score(labels, model.decision_function(inputs)))


def _count(path: Path) -> float:
    """About how many places a file has: one for seven words."""
    return sum(paragraph.count(" ") for paragraphs in documents(path) for paragraph in paragraphs) / 7


def places(paragraph: str, generator: random.Random) -> Iterator[Place]:
    """The names of a paragraph, and twice as many places without one, and one more."""
    words = tokenize(paragraph)
    keys = [word.key for word in words]
    capital, begins = _capitals(paragraph, words)
    found = list(_names(capital, begins))
    yield from ((True, _buckets(keys, first, last)) for first, last in found)
    wanted = 2 * len(found) + 1
    for _ in range(3 * wanted):
        first = generator.randrange(len(words)) if words else 0
        last = first + generator.choice(LENGTHS)
        if wanted and last <= len(words) and not any(capital[first:last]):
            wanted -= 1
            yield False, _buckets(keys, first, last)


def _capitals(text: str, words: list[Word]) -> tuple[list[bool], list[bool]]:
    """Which words have a capital of their own, and which begin a sentence."""
    capital = [word.form[:1].isupper() and not is_first_person(word) for word in words]
    gaps = [text[last.end : word.start] for last, word in pairwise(words)]
    return capital, [True, *(any(mark in gap for mark in '.?!:;"“') for gap in gaps)]


def _names(capital: list[bool], begins: list[bool]) -> Iterator[tuple[int, int]]:
    """The rows of words with capitals in mid-sentence."""
    first = 0
    while first < len(capital):
        last = first
        while last < len(capital) and capital[last] and not begins[last]:
            last += 1
        if 0 < last - first <= LONGEST:
            yield first, last
        first = last + 1


def _buckets(keys: list[str], first: int, last: int) -> tuple[int, ...]:
    return slot_buckets(*neighbours(keys, first, last))


def _matrix(found: list[Place]) -> tuple[csr_matrix, np.ndarray]:
    columns = np.array([buckets for _, buckets in found], np.int32)
    ones = np.ones(columns.size, np.float32)
    starts = np.arange(0, columns.size + 1, columns.shape[1])
    labels = np.array([is_name for is_name, _ in found])
    return csr_matrix((ones, columns.reshape(-1), starts), shape=(len(found), BUCKETS)), labels


def write(path: Path, weights: np.ndarray, bias: float) -> None:
    """Write the weights as signed bytes."""
    step = float(np.abs(weights).max()) / 127
    path.write_bytes(HEADER.pack(step, bias) + np.round(weights / step).astype(np.int8).tobytes())


if __name__ == "__main__":
    raise SystemExit(main())
