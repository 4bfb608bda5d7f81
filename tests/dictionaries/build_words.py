"""Rebuild dictionaries/en/words.tsv: how often each word is said, and how often with a capital.

    python tests/dictionaries/build_words.py SPEECH_TEXT_FOLDER > dictionaries/en/words.tsv

SPEECH_TEXT_FOLDER holds clean, punctuated, cased speech in text as *.txt.xz, a paragraph a line. Only counts leave it.
"""

import lzma
import re
import sys
from collections import Counter
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LEAST_COUNT = 3
SENTENCE_END = re.compile(r"[.?!:;…\"“”]")


def counts(paths: list[Path]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count every word; in mid-sentence every word, and those of them with a capital."""
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                last = 0
                for match in WORD.finditer(line):
                    word = match.group().replace("’", "'")
                    lower = word.lower()
                    everywhere[lower] += 1
                    if not SENTENCE_END.search(line[last : match.start()]) and last:
                        inside[lower] += 1
                        capital[lower] += word[0].isupper()
                    last = match.end()
    return everywhere, inside, capital


def main() -> None:
    """Print the table, the most frequent word first."""
    everywhere, inside, capital = counts(sorted(Path(sys.argv[1]).glob("*.txt.xz")))
    print("word\tcount\tcapital_percent")
    for word, count in sorted(everywhere.items(), key=lambda row: (-row[1], row[0])):
        if count < LEAST_COUNT or not word.isascii():
            continue
        seen = inside[word]
        share = round(100 * capital[word] / seen) if seen else 50
        print(f"{word}\t{count}\t{share}")


if __name__ == "__main__":
    main()
