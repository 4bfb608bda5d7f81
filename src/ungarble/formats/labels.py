"""Which labels name a speaker: a person, "Speaker 1", "INTERVIEWER"; and not "Note" or "Next steps"."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from ungarble import dictionaries

MOST_WORDS = 6
MOST_LETTERS = 60

ONE_VOICE = 3
"""So often must a label come where it is the only one: "Kabul: …" twice is a list of two."""

_PART = re.compile(r"[^\W\d_](?:[^\W_]|[-'’.])*")
_NUMBER = re.compile(r"\#?\d{1,3}")


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of a kind: that are speakers' roles, that no speaker's name holds, or that names have in lower case."""
    rows = dictionaries.rows(dictionaries.english("labels"))
    return frozenset(row["word"] for _, row in rows if row["kind"] == kind)


@cache
def _role() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:unknown|unidentified|male|female|next|the)[ _])*(?:{'|'.join(map(re.escape, _words('role')))})"
        r"(?:[ _]?(?:member|person))?(?:[ _#-]{0,2}(?:\d{1,3}|[a-z]))?|[qas]\d{0,3}|s_?\d{1,3}",
        re.IGNORECASE,
    )


def is_role(label: str) -> bool:
    """Whether a label is a role or a number of a speaker.

    >>> [is_role(label) for label in ("Speaker 1", "SPEAKER_00", "Unknown Speaker", "Q", "Bill Roggio")]
    [True, True, True, True, False]
    """
    return _role().fullmatch(label) is not None


@lru_cache(maxsize=1 << 12)
def could_be_name(label: str) -> bool:
    """Whether a label looks like a person's name or is a role.

    >>> [could_be_name(label) for label in ("Dr. Amina de Vries (host)", "MS. PSAKI", "Note", "we thought of this")]
    [True, True, False, False]
    """
    if is_role(label):
        return True
    name, _, rest = label.partition("(")
    words = name.replace(",", " ").split()
    if not 1 <= len(words) <= MOST_WORDS or len(label) > MOST_LETTERS or (rest and not rest.endswith(")")):
        return False
    if not _is_capital(words[0]) or any(word.lower().strip(".") in _words("thing") for word in words):
        return False
    if len(words) == 2 and _NUMBER.fullmatch(words[1]):
        return True  # Juror 7
    return all(_is_capital(word) or word in _words("part") for word in words[1:])


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital, and ends no sentence."""
    if not word[0].isupper() or not _PART.fullmatch(word):
        return False
    return not word.endswith(".") or len(word) <= len("Prof.") + 1


def speakers(labels: Sequence[str], certain: Collection[str] = ()) -> frozenset[str]:
    """Those of a file's labels that name its speakers; none where the file as a whole is no dialogue.

    ``labels`` are all that stand at the beginning of a line before a colon, in order. Speakers come back: at least half
    of the labels must be of such that do, or be roles or ``certain``. Then one that comes once, and looks like a name,
    is one too.
    """
    counts = Counter(labels)
    names = {label for label in counts if label in certain or could_be_name(label)}
    back = {label for label in names if counts[label] > 1 or label in certain or is_role(label)}
    turns = sum(counts[label] for label in back)
    needed = 2 if len(names) > 1 or back & set(certain) else ONE_VOICE
    return frozenset(names) if turns >= needed and 2 * turns >= len(labels) else frozenset()
