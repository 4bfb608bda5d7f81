"""Forms in a transcript that look or sound like some words, so that one answer can settle them all."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ungarble.correction import Correction, Kind
from ungarble.document import Span
from ungarble.names.gazetteer import Gazetteer
from ungarble.names.index import words_of
from ungarble.names.likeness import LEAST_GAIN, spelling_similarity
from ungarble.names.phonetics import features, fold, pronunciations, sound_similarity
from ungarble.review.book import Book
from ungarble.review.changes import flat, phrase
from ungarble.review.clusters import Clusters
from ungarble.review.finder import Finder

LEAST_ALIKE = 0.8
"""Likeness (mean of sound and spelling) from which a form is similar. Of 35 such forms in 62 transcripts of YouTube 25
were indeed heard for the same name (22 November 2026); from 0.75 on it were 25 of 44, from 0.85 on 21 of 25."""

LEAST_SOUND = 2 * LEAST_ALIKE - 1
"""What sounds less alike than this is not similar, even if it were spelt the same."""

MOST_WORDS = 5
"""No longer row of words is looked for."""

LEAST_AS_LONG = 0.6
"""What is shorter than this share of the other form is not looked at: it cannot be alike."""

_POSSESSIVE = re.compile(r"['’][sS]$")
_JOINING = re.compile(r"\s+|-")


@dataclass(frozen=True, slots=True)
class SimilarForm:
    """A form that may be the same name, and how alike it is, from 0 to 1."""

    heard: str
    count: int
    """In how many places it would be changed."""
    is_form: bool
    """Whether a decision may be on it wherever it stands; else it is on each suggestion."""
    likeness: float


class _Said(NamedTuple):
    """What of some words is compared: their letters, and the features of how they sound."""

    letters: str
    sound: str


class Target:
    """What forms are compared with: words that were heard, and what they become."""

    def __init__(self, heard: str, wanted: str) -> None:
        self.heard, self.wanted = heard, wanted
        self.said = [said for said in map(_said, (heard, wanted)) if said.letters]
        """How both are compared."""

    @property
    def lengths(self) -> set[int]:
        """How many words a form may have that is compared."""
        counts = {len(phrase(text).words) for text in (self.heard, self.wanted)}
        return {count for count in counts if 0 < count <= MOST_WORDS}

    def likeness(self, form: str) -> float:
        """How alike a form is to one of the two, from 0 to 1."""
        said = _said(form)
        return max((_likeness(said, other) for other in self.said), default=0.0)

    def key(self, form: str) -> str:
        """A form as it is compared: in any capitals, unless only these are to change."""
        return form if form.casefold() == self.wanted.casefold() else form.casefold()

    def is_own(self, form: str) -> bool:
        """Whether a form is what was heard."""
        return form.casefold() == self.heard.casefold()

    def is_proposed(self, correction: Correction) -> bool:
        """Whether a correction would write what is wanted, or might."""
        others = (other.written for other in correction.alternatives)
        return any(map(self.is_it, (correction.edits[0].replacement, *others)))

    def becomes(self, form: str) -> str:
        """What is to be written for a form: with its possessive, and without one that only the other had."""
        tail = _POSSESSIVE.search(form)
        return _POSSESSIVE.sub("", self.wanted) + (tail[0] if tail else "")

    def is_it(self, written: str) -> bool:
        """Whether a text is what is wanted, but for a possessive."""
        return _POSSESSIVE.sub("", written) == _POSSESSIVE.sub("", self.wanted)


class _Form(NamedTuple):
    """A row of words as it is written, and where it begins."""

    text: str
    places: list[int]


class Rows:
    """Rows of words of a document in which there is one that is not ordinary; found when first asked for."""

    def __init__(self, finder: Finder, is_ordinary: Callable[[str], bool]) -> None:
        self._finder, self._is_ordinary = finder, is_ordinary
        self._odd: list[bool] | None = None
        self._of: dict[int, tuple[list[_Form], list[str]]] = {}

    def near(self, target: Target, length: int) -> Iterator[_Form]:
        """Those of so many words that may be alike, as they sound so, or have no sound here."""
        if length not in self._of:
            found = self._found(length)
            self._of[length] = found, [_said(form.text).sound for form in found]
        forms, sounds = self._of[length]
        near = {n for n, sound in enumerate(sounds) if not sound}
        for said in target.said:
            rows = process.extract(
                said.sound,
                sounds,
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=LEAST_SOUND,
                limit=None,
            )
            near.update(n for _, _, n in rows)
        return (forms[n] for n in sorted(near))

    def _found(self, length: int) -> list[_Form]:
        """All of so many words, by how they are written; no mark stands within them."""
        found: dict[str, list[int]] = {}
        for at in self._positions(length):
            first, last = self._finder.words[at], self._finder.words[at + length - 1]
            found.setdefault(flat(self._finder.text[first.start : last.end]), []).append(at)
        return [_Form(*row) for row in found.items()]

    def _positions(self, length: int) -> Iterator[int]:
        words, odd = self._finder.words, self._are_odd()
        for at in range(len(words) - length + 1):
            row = range(at, at + length)
            if any(odd[n] for n in row) and all(words[n].kind == "word" for n in row) and self._is_joined(row):
                yield at

    def _is_joined(self, row: range) -> bool:
        return all(_JOINING.fullmatch(self._finder.gap(n)) for n in row[1:])

    def _are_odd(self) -> list[bool]:
        """Whether each word is not ordinary."""
        if self._odd is None:
            keys = self._finder.keys
            odd = {key: not self._is_ordinary(key.removesuffix("'s")) for key in set(keys)}
            self._odd = [odd[key] for key in keys]
        return self._odd


class Likenesses:
    """Finds similar forms in a document: those for which something is suggested, and those for which nothing is."""

    def __init__(
        self, finder: Finder, book: Book, clusters: Clusters, is_ordinary: Callable[[str], bool], gazetteer: Gazetteer
    ) -> None:
        self._finder, self._book, self._clusters, self._gazetteer = finder, book, clusters, gazetteer
        self._rows, self._is_ordinary = Rows(finder, is_ordinary), is_ordinary

    def find(self, target: Target, suggested: Mapping[str, Sequence[Correction]]) -> list[tuple[str, float]]:
        """The forms, and how alike they are. ``suggested`` are open suggestions by the words that they are for."""
        return list((self._standing(target) | self._suggested(target, suggested)).values())

    def _suggested(self, target: Target, rows: Mapping[str, Sequence[Correction]]) -> dict[str, tuple[str, float]]:
        found: dict[str, tuple[str, float]] = {}
        for key, row in rows.items():
            if not target.is_own(key):
                form = flat(self._finder.text[slice(*self._finder.stretch(row[0]))])
                likeness = target.likeness(form)
                if likeness >= LEAST_ALIKE or any(map(target.is_proposed, row)):
                    found[target.key(form)] = (form, likeness)
        return found

    def _standing(self, target: Target) -> dict[str, tuple[str, float]]:
        """Forms for which nothing is suggested, at least somewhere."""
        found: dict[str, tuple[str, float]] = {}
        for length in target.lengths:
            for form, places in self._rows.near(target, length):
                likeness = target.likeness(form)
                if likeness < LEAST_ALIKE or target.is_own(form) or target.is_it(form):
                    continue
                if not (self._has_more(target, form, likeness) or self._is_name(form)) and any(
                    self._is_free(at, length) for at in places
                ):
                    found.setdefault(target.key(form), (form, likeness))
        return found

    def _has_more(self, target: Target, form: str, likeness: float) -> bool:
        """Whether an everyday word at its edge only happens to stand beside the form."""
        words = phrase(form)
        count = len(words.words)
        rests = ((words.keys[0], words.part(1, count)), (words.keys[-1], words.part(0, count - 1)))
        spare = (rest for edge, rest in rests if rest and self._is_ordinary(edge))
        return any(likeness < target.likeness(rest) + LEAST_GAIN for rest in spare)

    def _is_name(self, form: str) -> bool:
        """Whether a form is right already: the very name of an entry, or a short form of it."""
        name = _POSSESSIVE.sub("", form)
        keys = words_of(name)
        whole = (match for match in self._gazetteer.exact(keys, keys) if match.last - match.first == len(keys))
        return any(match.written.casefold() == name.casefold() for match in whole)

    def _is_free(self, at: int, length: int) -> bool:
        """Whether nothing was decided about some words and nothing is proposed for them, as that they are right."""
        span = Span(self._finder.words[at].start, self._finder.words[at + length - 1].end)
        if self._book.near(*span):
            return False
        for cluster in self._clusters.at(*span):
            shown = (*cluster.resolution.applied, *cluster.resolution.suggested)
            rows = (*shown, *(c for c in cluster.proposals if c.is_claim))
            if any(edit.kind is Kind.WORDS and edit.span.overlaps(span) for c in rows for edit in c.edits):
                return False
        return True


@lru_cache(maxsize=1 << 15)
def _said(text: str) -> _Said:
    words = (fold(word.form) for word in phrase(_POSSESSIVE.sub("", text)).words)
    keys = [word.replace(".", "") for word in words]
    return _Said("".join(keys), features("".join(pronunciations(key)[0] for key in keys)))


def _likeness(one: _Said, other: _Said) -> float:
    """How alike two forms are; letters of other alphabets have no sound here."""
    sizes = len(one.letters), len(other.letters)
    if min(sizes) < LEAST_AS_LONG * max(sizes):
        return 0.0
    spelling = spelling_similarity(one.letters, other.letters)
    if not (one.sound and other.sound):
        return spelling
    return (spelling + sound_similarity(one.sound, other.sound)) / 2
