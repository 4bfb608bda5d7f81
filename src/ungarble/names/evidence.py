"""What speaks for a candidate and against it, as numbers. Nothing here decides."""

import math
from typing import NamedTuple

from ungarble.names.candidates import Candidate, Windows
from ungarble.names.heard import Heard
from ungarble.names.index import ALSO, PART
from ungarble.names.known import Known, context_nearness, context_words


class Evidence(NamedTuple):
    """The evidence for one candidate. Shares and likenesses lie between 0 and 1."""

    sound: float
    """How alike heard and name sound."""
    spelling: float
    """How alike their letters are."""
    right_words: float
    """Share of the name's words that were heard right."""
    ordinary: float
    """How common in lower case the rarest misheard word is: 0 for a word nobody says, 1 for "the"."""
    known_word: float
    """Whether every misheard word is one that English knows, as word or as name."""
    heard_name: float
    """Whether the misheard words are another name that stands in a gazetteer."""
    fluency: float
    """Mean log10 probability of what was heard, from -6 (nobody says this) to 0."""
    capital: float
    """Whether the ASR wrote a misheard word with a capital in mid-sentence."""
    slot_before: float
    """How often a name follows the word before."""
    slot_after: float
    """How often a name stands before the word after."""
    beside: float
    """1 where a word that speaks for the entry stands beside, 0.5 where one is near."""
    heard_right: float
    """log2 of one more than how often this very form was heard right elsewhere: the ASR knows it."""
    pack: float
    """log10 of the share of the pack's entries that are surely mentioned: how much the document is about them."""
    chosen: float
    """Whether the person chose the pack."""
    short_form: float
    """Whether a short form is meant, not the name."""
    extra_words: float
    """How many more words were heard than the name has."""
    ordinary_name: float
    """How common the name itself is as a word in lower case."""
    lead: float
    """How far it is more alike (mean of sound and spelling) than the next best other name for the same words."""
    gain: float
    """How far it is more alike than the same name for fewer of the same words; at most 0.3, also where there is none."""


def weigh(heard: Heard, candidate: Candidate, windows: Windows, known: Known, names: list[bool]) -> Evidence:
    """Gather the evidence for a candidate among all candidates of the document; ``names`` tells which words are names."""
    first, last, pack, form = candidate.first, candidate.last, candidate.pack, candidate.form
    window = heard.window(first, last)
    wrong = [index for index in range(first, last) if window[index - first] not in form.keys] or [first]
    rates = [heard.per_million[index] for index in wrong]
    return Evidence(
        sound=candidate.sound,
        spelling=candidate.spelling,
        right_words=min(1.0, candidate.right_words / len(form.keys)),
        ordinary=commonness(min(rates)),
        known_word=float(all(heard.stems[index] in heard.lexicon for index in wrong)),
        heard_name=float(all(names[index] for index in wrong)),
        fluency=heard.fluency(first, last),
        capital=float(any(heard.capital[index] for index in wrong)),
        slot_before=heard.lexicon.before_name(heard.stems[first - 1]) if first and heard.joined[first - 1] else 0.2,
        slot_after=heard.lexicon.after_name(heard.stems[last]) if heard.joined[last - 1] else 0.2,
        beside=context_nearness(heard, first, last, context_words(pack, form.entry)),
        heard_right=math.log2(1 + known.forms[pack.name, form.number]),
        pack=math.log10((known.hits[pack.name] + 0.5) / pack.size),
        chosen=float(pack.chosen),
        short_form=float(form.role in (ALSO, PART)),
        extra_words=float(last - first - len(form.keys)),
        ordinary_name=commonness(min(heard.lexicon.lower_per_million(key) for key in form.keys)),
        lead=_lead(candidate, windows),
        gain=_gain(candidate, windows),
    )


def _lead(candidate: Candidate, windows: Windows) -> float:
    rivals = windows[candidate.first, candidate.last]
    name = candidate.name
    return candidate.likeness - max((rival.likeness for rival in rivals if rival.name != name), default=0.5)


def _gain(candidate: Candidate, windows: Windows) -> float:
    name = candidate.name
    shorter = [(candidate.first + 1, candidate.last), (candidate.first, candidate.last - 1)]
    likeness = [same.likeness for span in shorter for same in windows.get(span, ()) if same.name == name]
    return min(0.3, candidate.likeness - max(likeness, default=0.0))


def commonness(per_million: float) -> float:
    """Scale times per million words to 0 (never said) … 1 (10,000 times per million and more)."""
    return min(1.0, max(0.0, (math.log10(per_million + 0.01) + 2) / 6))
