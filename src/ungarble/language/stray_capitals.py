"""Capitals in mid-sentence that belong to nothing: "troops Protecting the airport"."""

import re
from collections import Counter
from collections.abc import Iterator

from ungarble.document import Word
from ungarble.names.heard import Heard

BOUND_VERB = 0.95
"""A participle or an adverb without a capital beside it, after a word that ends no sentence: 9 of 9 in the output of
two ASR systems, and 3 of 3 slips found in clean text."""

VERB = 0.7
"""The same after any other word: now and then it begins a sentence whose full stop is missing."""

NOUN = 0.6
"""Any other ordinary word: 89 of 100 are slips in one ASR's output, 45 in another's, and none where an editor likes
capitals (the Allies, Article 5)."""

LEAST_ORDINARY = 2.0
"""Times per million words that a word must be said in lower case to count as one that has no capital of its own."""

MOST_CAPITALS = 0.35
"""Share of capitals in mid-sentence above which a word is often part of names (House, Security)."""

_BEFORE_NOUNS = frozenset({"a", "an", "the", "of", "our", "and", "for", "in"})
_BINDING = frozenset(
    {
        "am",
        "are",
        "as",
        "be",
        "been",
        "being",
        "by",
        "can",
        "could",
        "from",
        "get",
        "gets",
        "got",
        "had",
        "has",
        "have",
        "is",
    }
    | {"may", "must", "not", "should", "than", "to", "very", "was", "were", "who", "will", "with", "would"}
)
_VERB = re.compile(r".{2,}(?:ing|ed|ly)")
_ENDINGS = (("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))


def stray_capitals(heard: Heard, names: set[int]) -> Iterator[tuple[int, float]]:
    """Yield the words whose capital belongs to nothing, by index, and how sure that is.

    ``names`` are the indexes of words that are part of known names.
    """
    said = Counter(word.form for word, starts in zip(heard.words, heard.starts_sentence, strict=True) if not starts)
    for index, word in enumerate(heard.words):
        if index and heard.capital[index] and index not in names and _is_plain(word):
            confidence = _confidence(heard, names, index, said)
            if confidence:
                yield index, confidence


def _is_plain(word: Word) -> bool:
    return word.kind == "word" and len(word.form) > 1 and word.form[1:].islower() and word.form.isalpha()


def _confidence(heard: Heard, names: set[int], index: int, said: Counter[str]) -> float:
    if not _stands_in_prose(heard, index) or not _is_ordinary(heard, index):
        return 0.0
    is_verb = bool(_VERB.fullmatch(heard.keys[index])) and heard.keys[index - 1] not in _BEFORE_NOUNS
    if _is_capital(heard, index - 1):
        return NOUN if heard.tails[index - 1] and not _is_capital(heard, index + 1) else 0.0
    if _is_capital(heard, index + 1):
        return VERB if is_verb and index + 1 in names else 0.0
    if is_verb:
        return BOUND_VERB if heard.keys[index - 1] in _BINDING else VERB
    return NOUN if _is_said_otherwise(heard.words[index].form, said) else 0.0


def _is_ordinary(heard: Heard, index: int) -> bool:
    """Whether people say the word in lower case, or the verb that it is a form of."""
    key = heard.stems[index]
    use = heard.lexicon.use(key)
    if use.per_million:
        share = use.capital_share
        return heard.per_million[index] >= LEAST_ORDINARY and share is not None and share <= MOST_CAPITALS
    return any(
        key.endswith(ending) and heard.lexicon.is_ordinary(key.removesuffix(ending) + more, LEAST_ORDINARY / 10)
        for ending, more in _ENDINGS
    )


def _is_capital(heard: Heard, index: int) -> bool:
    """Whether the word at an index begins with a capital that could belong to the same name as its neighbour's."""
    if not 0 <= index < len(heard.words):
        return False
    form = heard.words[index].form
    return form[0].isupper() and form not in ("I", "A") and not form.startswith(("I'", "I’"))


def _stands_in_prose(heard: Heard, index: int) -> bool:
    """Whether nothing but a space parts the word from those before and after, or a comma."""
    before = heard.gaps[index]
    after = heard.gaps[index + 1] if index + 1 < len(heard.gaps) else ""
    return before == " " and after[:1] in ("", " ", ",", ".", "?", "!", ";")


def _is_said_otherwise(form: str, said: Counter[str]) -> bool:
    """Whether the document has the word in lower case elsewhere, and with a capital in mid-sentence only here."""
    return said[form] == 1 and said[form.lower()] > 0
