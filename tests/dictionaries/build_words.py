"""Rebuild dictionaries/en/words.tsv: how often each word is said, with a capital, and beside a name.

    python tests/dictionaries/build_words.py SPEECH_TEXT_FOLDER > dictionaries/en/words.tsv

SPEECH_TEXT_FOLDER holds clean, punctuated, cased speech in text as *.txt.xz, a paragraph a line. Only counts leave it.
"""

import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LEAST_COUNT = 3
SENTENCE_END = re.compile(r"[.?!:;…\"“”]")
NO_NAMES = frozenset({"i", "i'm", "i've", "i'd", "i'll", "mr", "mrs", "ms", "dr"})


class Counts:
    """Counters over the whole text, by lower-case word."""

    def __init__(self) -> None:
        self.everywhere: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        self.followed: Counter[str] = Counter()
        self.followed_by_name: Counter[str] = Counter()
        self.preceded_by_name: Counter[str] = Counter()

    def add(self, line: str) -> None:
        """Count the words of a paragraph."""
        last, before, before_is_name = 0, "", False
        for match in WORD.finditer(line):
            word = match.group().replace("’", "'")
            lower = word.lower()
            self.everywhere[lower] += 1
            inside = bool(before) and not SENTENCE_END.search(line[last : match.start()])
            is_name = inside and word[0].isupper() and lower not in NO_NAMES
            if inside:
                self.inside[lower] += 1
                self.capital[lower] += word[0].isupper()
                self.followed[before] += 1
                self.followed_by_name[before] += is_name
                self.preceded_by_name[lower] += before_is_name
            last, before, before_is_name = match.end(), lower, is_name

    def rows(self) -> Iterator[tuple[str, int, int, int, int]]:
        """Word, count, and percentages: with a capital, before a name, after a name (50 and 0: never seen)."""
        for word, count in sorted(self.everywhere.items(), key=lambda row: (-row[1], row[0])):
            if count >= LEAST_COUNT and word.isascii():
                yield (
                    word,
                    count,
                    round(100 * self.capital[word] / self.inside[word]) if self.inside[word] else 50,
                    round(100 * self.followed_by_name[word] / max(self.followed[word], 20)),
                    round(100 * self.preceded_by_name[word] / max(self.inside[word], 20)),
                )


def main() -> None:
    """Print the table, the most frequent word first."""
    counts = Counts()
    for path in sorted(Path(sys.argv[1]).glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.add(line)
    print("word\tcount\tcapital_percent\tbefore_name_percent\tafter_name_percent")
    for row in counts.rows():
        print(*row, sep="\t")


if __name__ == "__main__":
    main()
