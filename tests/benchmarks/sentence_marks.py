"""How well marks and capitals come back in held-out speech: bare words, and with 15 % of them garbled.

    python tests/benchmarks/sentence_marks.py WORK [--documents N] [--out FOLDER]

WORK is the folder of a training run (``python -m ungarble.language.sentence_model.training.train``): it holds the
documents that were kept out of training. ``UNGARBLE_JUDGE`` names the script that judges.
"""

import argparse
import random
import re
import sys
from pathlib import Path

import accuracy

from ungarble.names.phonetics import pronunciations
from ungarble.options import Options

SOURCES = ("changelog", "earnings22", "whitehouse")
GARBLED = 0.15
WORDS = 3000


def main() -> int:
    """Judge every source, bare and garbled, and all together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--documents", type=int, default=8, help="of each source; of each the first words")
    parser.add_argument("--source", action="append", choices=SOURCES, help="only this; repeatable")
    given = parser.parse_args()
    whole: dict[str, list[dict[str, str]]] = {"bare": [], "garbled": []}
    for source in given.source or SOURCES:
        texts = _texts(given.work / "corpus" / f"{source}-held-out.txt", given.documents)
        for kind, share in (("bare", 0.0), ("garbled", GARBLED)):
            rows = [_row(f"{source} {number}", text, share) for number, text in enumerate(texts)]
            whole[kind] += rows
            _judge(f"{source} {kind}", rows)
    for kind, rows in whole.items():
        _judge(f"all {kind}", rows)
    return 0


def _texts(path: Path, most: int) -> list[str]:
    documents = path.read_text(encoding="utf-8").split("\n\n")[:most]
    return [" ".join(document.split()[:WORDS]) for document in documents]


def _row(name: str, text: str, share: float) -> dict[str, str]:
    """A document as the judge reads it: bare lower-case words, and what was said."""
    draw = random.Random(name)
    words = re.findall(r"[\w’'.,/$%]*\w[%’']?", text.lower())
    words = [word if word[0].isdigit() or word[0] == "$" else word.replace(".", "") for word in words]
    if share:
        words = _garbled(words, share, draw)
    return {"id": name, "hyp": " ".join(words), "ref": text}


def _garbled(words: list[str], share: float, draw: random.Random) -> list[str]:
    """Of the words that go wrong, three of five become one that sounds much alike, the others are lost or doubled."""
    sounds: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        if word.isalpha() and word.isascii():
            sounds.setdefault(_rough(word), []).append(word)
    garbled: list[str] = []
    for word in words:
        if draw.random() >= share:
            garbled.append(word)
            continue
        kind = draw.random()
        if kind < 0.6:
            alike = [other for other in sounds.get(_rough(word), ()) if other != word]
            garbled.append(draw.choice(alike or words))
        elif kind < 0.8:
            garbled += [word, draw.choice((word, "uh", "um"))]
    return garbled


def _rough(word: str) -> str:
    """The first and the last sound, and how many there are."""
    sound = pronunciations(word)[0] if word.isalpha() and word.isascii() else word
    return f"{sound[:1]}{sound[-1:]}{len(sound)}"


def _judge(name: str, rows: list[dict[str, str]]) -> None:
    predictions = accuracy._predictions(rows, accuracy.DevelopmentSet(""), (), Options(punctuate="auto"), 1)
    print(accuracy._judged(name.replace(" ", "-"), rows, predictions, 0), end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
