"""Which stretches of one to five words are worth a search for a name that was meant."""

from typing import NamedTuple

import numpy as np

from ungarble.names.heard import Heard
from ungarble.names.likeness import FUNCTION_WORD
from ungarble.names.near_keys import Bools, Ints

MOST_WORDS = 5
"""The most words of a transcript that are taken together for one name."""

MOST_FREE_WORDS = 3
"""The same for packs that the person did not choose."""

MOST_MARKS = 1
"""The most marks within the words taken for a name of a pack that the person chose (``Heard.runs_on``)."""

GLIB = -1.9
"""Mean log10 probability from which ordinary words read so well that no name is sought behind them (Heard.fluency)."""

GLIB_ALONE = -2.7
"""The same for one word: of 328 that were misheard, and found, in the development sets one reads better."""


class Stretches(NamedTuple):
    """Stretches words[first:last], in the order of the text; arrays of one length."""

    first: Ints
    last: Ints
    free: Bools
    """Whether every pack is to be searched, or only those that the person chose."""
    plain: Bools
    """Whether nothing but ordinary words stands there, one of two letters and more at an edge that holds sentences
    together ("and a vintner"). A name is hardly ever heard so, unless nearly all its consonants were heard right: 24 of
    the 27 in the development sets were, which have 113,000 candidates there."""

    def those(self, which: Bools) -> "Stretches":
        """Some of them."""
        return Stretches(self.first[which], self.last[which], self.free[which], self.plain[which])


def worth_a_search(heard: Heard, known: list[bool], chosen: bool) -> Stretches:
    """The stretches worth a search; ``known`` tells which words are names already.

    All packs where a word is strange, few words are taken together and no function word stands at an edge. Those that
    the person chose, if any (``chosen``), also where ordinary words follow one another oddly.
    """
    count = len(heard.words)
    word = np.array([word.kind == "word" for word in heard.words], np.bool_)
    named = np.array(known, np.bool_)
    function = np.array(heard.per_million) >= FUNCTION_WORD
    holding = function & np.array([len(key) > 1 for key in heard.keys], np.bool_)
    joined, runs_on = np.array(heard.joined, np.bool_), np.array(heard.runs_on, np.bool_)
    odd = _before(np.array(heard.strange, np.bool_) & ~named)
    names, breaks = _before(named), _before(~joined)
    first = np.flatnonzero(word)
    found = []
    for size in range(1, MOST_WORDS + 1):
        end = first + size - 1
        first = first[end < count]
        end = first + size - 1
        if size > 1:
            first = first[word[end] & runs_on[end - 1] & (breaks[end] - breaks[first] <= MOST_MARKS * chosen)]
        last, end = first + size, first + size - 1
        strange = odd[last] > odd[first]
        worth = strange.copy()
        if chosen:
            glib = heard.fluencies(first, last) >= (GLIB if size > 1 else GLIB_ALONE)
            worth |= ~glib & (names[last] - names[first] < size)
        if size == 1:
            worth &= ~(function[first] | named[first])
        free = strange & (breaks[end] == breaks[first]) & ~(function[first] | function[end])
        plain = ~strange & (holding[first] | holding[end])
        found.append((first[worth], last[worth], free[worth] & (size <= MOST_FREE_WORDS), plain[worth]))
    firsts, lasts, frees, plains = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    order = np.lexsort((lasts, firsts))
    return Stretches(firsts[order], lasts[order], frees[order], plains[order])


def _before(flags: Bools) -> Ints:
    """How many flags are set before each index, and before the end."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(flags)])
