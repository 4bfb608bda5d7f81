"""Which names could be meant where: every window of one to five words against the packs, through their indexes."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from ungarble import dictionaries
from ungarble.names.gazetteer import Gazetteer, Match
from ungarble.names.heard import Heard
from ungarble.names.index import Form, Pack
from ungarble.names.phonetics import features, fold, name_pronunciations, sound_similarity

MOST_WORDS = 5

MOST_FREE_WORDS = 3
"""The same for packs that the person did not choose."""

LEAST_SOUND = 0.6
"""Below this likeness by sound a candidate is not looked at: of right ones on the development sets 3 in 100 lie there."""

LEAST_FREE_LIKENESS = 1.35
"""Sound and spelling together, for packs that the person did not choose: none less alike was ever right enough."""

MOST_LIKELY = 8
"""The most alike names of a pack that are weighed for the same words."""

LEAST_REST = 0.4
"""The same for the rest of a name whose other half stands there as it should."""

LEAST_FREE_REST = 0.55
"""The same for packs that the person did not choose; there the first letter must be right as well."""

LEAST_WHOLE = 0.5
"""Likeness in spelling that the whole must have, its right half included."""

COMMON_HALF, COMMON_FREE_HALF = 400, 60
"""A word in more names of a pack than this tells nothing about which one was meant; for chosen packs, and others."""

LEAST_PAIR = 0.5
"""Likeness in spelling that each single word of that rest must have."""

GLIB = -1.9
"""Mean log10 probability from which ordinary words read so well that no name is sought behind them (Heard.fluency)."""

FUNCTION_WORD = 2000.0
"""Times per million from which a word at a window's edge rather belongs to the sentence than to a name."""

LEAST_GAIN = 0.12
"""How much more alike a name must become by a function word at the window's edge to take the word in; an ordinary word
needs half of it."""

ORDINARY_WORD = 5.0
"""Times per million from which a word is ordinary."""

CONTENT_WORD = 400.0
"""Times per million above which a word is no half of a name that tells anything."""


class Candidate(NamedTuple):
    """A name that may be meant by words[first:last].

    Where words of the name were heard right, sound and spelling compare the others: of "Bill roger", roger with Roggio.
    """

    first: int
    last: int
    pack: Pack
    form: Form
    sound: float
    spelling: float
    right_words: int

    @property
    def written(self) -> str:
        """What would be written."""
        return self.pack.written(self.form)

    @property
    def name(self) -> str:
        """The entry's name, folded: the same name in several packs, or as place and people, is no rival to itself."""
        return fold(self.pack.entries[self.form.entry][0])

    @property
    def likeness(self) -> float:
        """How alike, 0 to 1: the mean of sound and spelling."""
        return (self.sound + self.spelling) / 2


Windows = dict[tuple[int, int], list[Candidate]]
"""The candidates for words[first:last], by (first, last)."""


def find_candidates(heard: Heard, gazetteer: Gazetteer, known: list[bool], right: Iterable[Match] = ()) -> Windows:
    """Find the names that each window of words may stand for.

    ``known`` tells which words are names already, ``right`` where names stand as they should.
    """
    found: dict[tuple[int, int], dict[tuple[str, str, bool], Candidate]] = {}
    standing = {(match.first, match.last, match.written) for match in right}
    for candidate in _all(heard, gazetteer, known):
        if _stands(candidate, standing):
            continue
        window = found.setdefault((candidate.first, candidate.last), {})
        key = (candidate.pack.name, candidate.written, candidate.right_words > 0)
        best = window.get(key)
        if best is None or candidate.likeness > best.likeness:
            window[key] = candidate
    windows = {span: list(window.values()) for span, window in found.items()}
    kept = {span: [c for c in window if not _swallows(heard, c, windows)] for span, window in windows.items()}
    return {span: window for span, window in kept.items() if window}


def gain(candidate: Candidate, windows: Windows) -> float:
    """How far it is more alike than the same name for one word fewer; its whole likeness where there is none."""
    shorter = ((candidate.first + 1, candidate.last), (candidate.first, candidate.last - 1))
    likeness = [
        same.likeness for span in shorter for same in windows.get(span, ()) if same.written == candidate.written
    ]
    return candidate.likeness - max(likeness, default=0.0)


def _stands(candidate: Candidate, standing: set[tuple[int, int, str]]) -> bool:
    """Whether the very name stands within the words already: it would only lose its neighbours."""
    first, last, written = candidate.first, candidate.last, candidate.written
    return any((a, b, written) in standing for a in range(first, last) for b in range(a + 1, last + 1))


def _swallows(heard: Heard, candidate: Candidate, windows: Windows) -> bool:
    """Whether a word of the sentence was taken into the name, at its edge, for next to nothing."""
    edges = {candidate.first, candidate.last - 1} if candidate.last - candidate.first > 1 else set()
    rates = [heard.per_million[edge] for edge in edges if heard.keys[edge] not in candidate.form.keys]
    rate = max(rates, default=0.0)
    least = LEAST_GAIN if rate >= FUNCTION_WORD / 4 else LEAST_GAIN / 2 if rate >= ORDINARY_WORD else None
    return least is not None and gain(candidate, windows) < least


def _all(heard: Heard, gazetteer: Gazetteer, known: list[bool]) -> Iterator[Candidate]:
    memory: dict[tuple[str, tuple[str, ...]], list[tuple[Form, float, float]]] = {}
    for first, last, free in _windows(heard, known):
        for pack in gazetteer.packs:
            if free or (pack.chosen and pack.may_match(heard.window_key(first, last))):
                window = heard.window(first, last)
                likely = memory.get((pack.name, window))
                if likely is None:
                    likely = memory[pack.name, window] = _sounding_like(heard, first, last, pack)
                for form, sound, spelling in likely:
                    yield Candidate(first, last, pack, form, sound, spelling, 0)
    for pack in gazetteer.packs:
        yield from _with_half(heard, pack, known)


def _windows(heard: Heard, known: list[bool]) -> Iterator[tuple[int, int, bool]]:
    """Windows worth a search, and whether every pack is to be searched or only those that the person chose.

    All packs where a word is strange, few words are taken together and no function word stands at an edge; the chosen
    ones also where ordinary words follow one another oddly.
    """
    strange = [odd and not name for odd, name in zip(heard.strange, known, strict=True)]
    function = [rate >= FUNCTION_WORD for rate in heard.per_million]
    for first, word in enumerate(heard.words):
        if word.kind != "word":
            continue
        odd = 0
        for last in range(first + 1, min(first + MOST_WORDS, len(heard.words)) + 1):
            index = last - 1
            if heard.words[index].kind != "word" or (index > first and not heard.joined[index - 1]):
                break
            odd += strange[index]
            if last == first + 1 and (function[index] or known[index]):
                continue
            if odd:
                yield first, last, last - first <= MOST_FREE_WORDS and not (function[first] or function[index])
            elif heard.fluency(first, last) < GLIB and not all(known[first:last]):
                yield first, last, False


def _sounding_like(heard: Heard, first: int, last: int, pack: Pack) -> list[tuple[Form, float, float]]:
    best: dict[int, float] = {}
    for phonemes in heard.readings(first, last):
        for number, similarity in pack.sounding_like(phonemes, LEAST_SOUND).items():
            if similarity > best.get(number, 0.0):
                best[number] = similarity
    window, rates = heard.window(first, last), heard.per_million[first:last]
    letters, digits = "".join(window), digits_of(window)
    found = []
    for number, sound in best.items():
        form = pack.form(number)
        if not any(_tells(key, rate) and key in form.keys for key, rate in zip(window, rates, strict=True)) and (
            digits == digits_of(form.keys)
        ):
            found.append((form, sound, spelling_similarity(letters, "".join(form.keys))))
    if not pack.chosen:
        found = [row for row in found if row[1] + row[2] >= LEAST_FREE_LIKENESS]
    return sorted(found, key=lambda row: -row[1] - row[2])[:MOST_LIKELY]


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether one row of words holds the other: then nothing was misheard, there is only more or less of it."""
    size = len(shorter)
    return any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))


def spelling_similarity(a: str, b: str) -> float:
    """How alike two words' letters are, 0 to 1: the mean of Jaro-Winkler and normalized Levenshtein similarity."""
    return (JaroWinkler.similarity(a, b) + Levenshtein.normalized_similarity(a, b)) / 2


def digits_of(keys: tuple[str, ...]) -> str:
    """The digits in a row of words: numbers are heard right or wrong, not alike."""
    text = "".join(keys)
    return "" if text.isalpha() else "".join(letter for letter in text if letter.isdigit())


def _with_half(heard: Heard, pack: Pack, known: list[bool]) -> Iterator[Candidate]:
    """Names of several words of which one stands there as it should, and the others alike."""
    memory: dict[tuple[tuple[str, ...], int], tuple[float, float, int] | None] = {}
    for index, key in enumerate(heard.keys):
        if not _tells(key, heard.per_million[index]):
            continue
        numbers = pack.with_half(key)
        if len(numbers) > (COMMON_HALF if pack.chosen else COMMON_FREE_HALF):
            continue
        letters = {near[:1] for near in heard.keys[max(0, index - 2) : index + 3]}
        for number in numbers:
            form = pack.form(number)
            if not pack.chosen and not any(word[0] in letters for word in form.keys if word != key):
                continue
            for first, last in _around(heard, index, form, known, pack.chosen):
                window = heard.window(first, last)
                if (window, number) not in memory:
                    memory[window, number] = _compared(heard, window, form, pack.chosen)
                alike = memory[window, number]
                if alike:
                    yield Candidate(first, last, pack, form, *alike)


def _around(heard: Heard, index: int, form: Form, known: list[bool], chosen: bool) -> Iterator[tuple[int, int]]:
    """The windows around a word in which a form of several words may stand."""
    size, place, more = len(form.keys), form.keys.index(heard.keys[index]), 3 if chosen else 2
    for before in range(place, place + more) if place else (0,):
        for after in range(size - 1 - place, size + more - 1 - place) if place < size - 1 else (0,):
            first, last = index - before, index + after + 1
            if first < 0 or last > len(heard.words) or not all(heard.joined[first : last - 1]):
                continue
            if heard.is_prose(first, last) and (chosen or not all(known[first:last])):
                yield first, last


def _compared(heard: Heard, window: tuple[str, ...], form: Form, chosen: bool) -> tuple[float, float, int] | None:
    """How alike the misheard words are in sound and spelling, and how many were right; None where they are not."""
    if Levenshtein.normalized_similarity("".join(window), "".join(form.keys)) < LEAST_WHOLE:
        return None
    right = set(window) & set(form.keys)
    rest, wanted = [key for key in window if key not in right], [key for key in form.keys if key not in right]
    if not rest or not wanted or digits_of(window) != digits_of(form.keys) or _same_but_number(rest, wanted):
        return None
    sound, spelling = _alike(rest, wanted)
    least = LEAST_REST if chosen else LEAST_FREE_REST
    if min(sound, spelling) < least or not (chosen or rest[0][0] == wanted[0][0]) or not _pairwise_alike(rest, wanted):
        return None
    plain = [key for key in rest if heard.lexicon.lower_per_million(key) < FUNCTION_WORD / 4]
    if plain and len(plain) < len(rest) and sum(_alike(plain, wanted)) > sound + spelling - 2 * LEAST_GAIN:
        return None  # a function word was taken in for next to nothing
    return sound, spelling, len(right)


def _alike(rest: list[str], wanted: list[str]) -> tuple[float, float]:
    """How alike two rows of words sound, and are spelt."""
    said = features("".join(name_pronunciations(key)[0] for key in wanted))
    sound = max(sound_similarity(features("".join(way)), said) for way in _ways(rest))
    return sound, spelling_similarity("".join(rest), "".join(wanted))


def _pairwise_alike(rest: list[str], wanted: list[str]) -> bool:
    """Whether, word for word, each is somewhat like the other; where their number differs, all together."""
    if len(rest) != len(wanted):
        return Levenshtein.normalized_similarity("".join(rest), "".join(wanted)) >= LEAST_PAIR
    return all(spelling_similarity(a, b) >= LEAST_PAIR for a, b in zip(rest, wanted, strict=True))


def _tells(key: str, per_million: float) -> bool:
    """Whether a word of a name, heard right, tells which name is meant: it is no title and not too common."""
    return per_million <= CONTENT_WORD and key not in _titles()


def _same_but_number(rest: list[str], wanted: list[str]) -> bool:
    """Whether only singular and plural differ: that is grammar, and not misheard."""
    return [key.rstrip("s") for key in rest] == [key.rstrip("s") for key in wanted]


@cache
def _titles() -> frozenset[str]:
    """Words before a name that are no half of it: many a president is right and Najibullah's name is not."""
    return frozenset(
        key for _, row in dictionaries.rows(dictionaries.english("titles")) for key in row["title"].split()
    )


def _ways(keys: list[str]) -> Iterator[tuple[str, ...]]:
    from itertools import islice, product

    yield from islice(product(*map(name_pronunciations, keys)), 4)
