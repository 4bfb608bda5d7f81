"""What the sentence model reads of a word: its key, pieces of its spelling, and what is written around it."""

import re
from zlib import crc32

PIECES = 4
"""Pieces of spelling that stand for a word: its beginning (two lengths) and its end (two lengths)."""

UNKNOWN, HIDDEN = 0, 1
"""Numbers in the vocabulary of a word that is not in it, and of one that is hidden on purpose."""

MARKS, CASES, MANNERS = 6, 4, 4
SURROUNDINGS = MARKS * CASES * 2 * MANNERS
"""Combinations of the mark after a word, its case, whether a paragraph ends after it, and the document's manner."""

_DIGITS = re.compile(r"\d")


def model_key(key: str) -> str:
    """The key of a word as the model knows it: any number by its shape only.

    >>> [model_key(key) for key in ("kabul", "2021", "$3.5", "1,250,000")]
    ['kabul', '0000', '$0.0', '0,000,00']
    """
    if key.isalpha():
        return key
    return _DIGITS.sub("0", key)[:8] if key[:1].isdigit() or key[:1] in "$€£" else _DIGITS.sub("0", key)


def pieces(key: str, buckets: int) -> tuple[int, int, int, int]:
    """The hashed pieces of a word's spelling, in 0 to ``buckets`` - 1."""
    return (
        crc32(f"<{key[:2]}".encode()) % buckets,
        crc32(f"<{key[:4]}".encode()) % buckets,
        crc32(f"{key[-2:]}>".encode()) % buckets,
        crc32(f"{key[-4:]}>".encode()) % buckets,
    )


def manner_number(has_marks: bool, has_capitals: bool) -> int:
    """The number of a document's manner."""
    return 2 * has_marks + has_capitals
