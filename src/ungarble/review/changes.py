"""What becomes of some words, told by them and by what they become: which words, marks and capitals change.

Nothing else is needed, so that a decision in a file can be carried out whatever the tool may propose by then.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ungarble.correction import Correction, Edit, Kind, Slot
from ungarble.document import Span, Word, tokenize
from ungarble.rendering import render

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_CLOSERS = frozenset("”’»)]}")
_OPENERS = frozenset("“‘«([{")


def flat(text: str) -> str:
    r"""A text on one line: a line break, with the space around it, is a space.

    >>> flat("Bill \n\n roger")
    'Bill roger'
    """
    return _BREAK.sub(" ", text)


class Phrase:
    """Some words, and what stands before, between and after them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = tokenize(text)
        self.forms = [word.form for word in self.words]
        self.keys = [word.key for word in self.words]
        ends = [0, *(word.end for word in self.words)]
        starts = [*(word.start for word in self.words), len(text)]
        self.gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]

    def part(self, first: int, last: int) -> str:
        """The text of words[first:last]."""
        return self.text[self.words[first].start : self.words[last - 1].end] if first < last else ""


class Hunk(NamedTuple):
    """One stretch that changes: words[first:last] of those heard, which become words[begin:end] of those wanted.

    A gap lies before ``first``, which is ``last``. ``new`` is what it becomes; of words, with the gap on the ``left``
    and on the ``right`` of them where that changes too.
    """

    kind: Kind
    first: int
    last: int
    begin: int
    end: int
    new: str
    left: bool = False
    right: bool = False


class _Block(NamedTuple):
    """Words[first:last] of those heard, and [begin:end] of those wanted, in the same place."""

    first: int
    last: int
    begin: int
    end: int
    differs: bool = False
    """Whether more than capitals and gaps differ."""


@lru_cache(maxsize=1 << 14)
def phrase(text: str) -> Phrase:
    """The words of a text; the same ones are asked for again and again."""
    return Phrase(text)


@lru_cache(maxsize=1 << 14)
def hunks(heard: str, wanted: str) -> tuple[Hunk, ...]:
    """What changes from one text to the other, in order; nothing where both are the same, or no word was heard.

    >>> [(hunk.kind.value, hunk.new) for hunk in hunks("Bill roger went i stayed", "Bill Roggio went. I stayed")]
    [('words', 'Roggio'), ('gap', '. '), ('case', 'I')]
    """
    old, new = phrase(heard), phrase(wanted)
    if not old.words:
        return ()
    blocks = _blocks(old, new)
    found = [_words_hunk(old, new, block) for block in blocks if block.differs]
    owned = {boundary for block in blocks if block.differs for boundary in (block.first, block.last)}
    for block in blocks:
        if not block.differs:
            found += _case_hunks(old, new, block)
            found += (hunk for hunk in _gap_hunks(old, new, block) if hunk.first not in owned)
            owned |= {block.first, block.last}
    return tuple(sorted(found, key=lambda hunk: (hunk.first, hunk.last)))


def kind_of_change(heard: str, wanted: str) -> Kind | None:
    """What the change is about: words where any change, else gaps, else capitals; None where nothing changes."""
    kinds = {hunk.kind for hunk in hunks(heard, wanted)}
    return next((kind for kind in (Kind.WORDS, Kind.GAP, Kind.CASE) if kind in kinds), None)


def place_of(hunk: Hunk, heard: Phrase, text: str, words: Sequence[Word], at: int) -> Span:
    """The range of a document's text that a hunk is about, where its first word is words[at]; of a gap, all of it."""
    last = at + hunk.last - hunk.first
    left, right = _gap(heard, hunk.first, text, words, at), _gap(heard, hunk.last, text, words, last)
    if hunk.kind is Kind.GAP:
        return left
    return Span(left.start if hunk.left else left.end, right.end if hunk.right else right.start)


def edit_of(hunk: Hunk, heard: Phrase, text: str, words: Sequence[Word], at: int) -> Edit | None:
    """The edit that makes a hunk there; None where nothing is left to do."""
    place = place_of(hunk, heard, text, words, at)
    there, new, slot = text[slice(*place)], hunk.new, Slot.SPACE
    if hunk.kind is Kind.GAP or not new.strip():
        new = _with_break(there, heard.gaps[hunk.first] if hunk.kind is Kind.GAP else there, new)
    if hunk.kind is Kind.GAP:
        slot = _slot(there, new)
        place, new = _trimmed(place, there, new)
    edit = Edit(hunk.kind, place, text[slice(*place)], new, slot)
    return None if edit.original == edit.replacement else edit


def _gap(heard: Phrase, index: int, text: str, words: Sequence[Word], at: int) -> Span:
    """The gap before words[at] of a document; of the outermost ones only what belongs to the words that were heard."""
    start = words[at - 1].end if at else 0
    end = words[at].start if at < len(words) else len(text)
    if index == 0:
        return Span(max(start, end - len(heard.gaps[0])), end)
    return Span(start, min(end, start + len(heard.gaps[-1])) if index == len(heard.words) else end)


def _with_break(there: str, old: str, new: str) -> str:
    """The new gap with the line break that stands in the document where there is a space in what was heard."""
    found = _BREAK.search(there)
    return new.replace(" ", found[0], 1) if found and "\n" not in new and (" " in old or "\n" in old) else new


def _trimmed(place: Span, there: str, new: str) -> tuple[Span, str]:
    """Only what changes of a gap: what both begin or end with stays."""
    head = _shared(there, new)
    tail = _shared(there[head:][::-1], new[head:][::-1])
    return Span(place.start + head, place.end - tail), new[head : len(new) - tail]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _slot(there: str, new: str) -> Slot:
    """The slot of what a change brings into a gap, or takes out of it."""
    changed = set(new) ^ set(there)
    if changed & _CLOSERS:
        return Slot.CLOSE
    if changed & _OPENERS or (changed & {'"', "'"}):
        return Slot.OPEN
    return Slot.MARK if any(not character.isspace() for character in changed) else Slot.SPACE


def _blocks(old: Phrase, new: Phrase) -> list[_Block]:
    """Both texts side by side. No block has words only on the side of what is wanted."""
    rows: list[_Block] = []
    for tag, first, last, begin, end in SequenceMatcher(None, old.forms, new.forms, autojunk=False).get_opcodes():
        block = _Block(first, last, begin, end, tag != "equal")
        rows += _without_case(old, new, block) if block.differs else [block]
    return _joined(_anchored(rows))


def _without_case(old: Phrase, new: Phrase, block: _Block) -> Iterator[_Block]:
    """A block that differs, with the words at both of its ends apart in which only capitals do."""
    first, last, begin, end, _ = block
    head = tail = 0
    while first + head < last and begin + head < end and _alike(old.forms[first + head], new.forms[begin + head]):
        head += 1
    first, begin = first + head, begin + head
    while first < last - tail and begin < end - tail and _alike(old.forms[last - tail - 1], new.forms[end - tail - 1]):
        tail += 1
    if head:
        yield _Block(first - head, first, begin - head, begin)
    if first < last - tail or begin < end - tail:
        yield _Block(first, last - tail, begin, end - tail, True)
    if tail:
        yield _Block(last - tail, last, end - tail, end)


def _alike(heard: str, wanted: str) -> bool:
    return heard.casefold() == wanted.casefold()


def _anchored(rows: list[_Block]) -> list[_Block]:
    """The same; a block of nothing but new words takes in the word after it, or before it."""
    rows = list(rows)
    for number, (first, last, begin, end, _) in enumerate(rows):
        if first < last:
            continue
        if number + 1 < len(rows):
            after = rows[number + 1]
            rows[number] = _Block(first, after.first + 1, begin, after.begin + 1, True)
            rows[number + 1] = after._replace(first=after.first + 1, begin=after.begin + 1)
        elif number:
            before = rows[number - 1]
            rows[number] = _Block(before.last - 1, last, before.end - 1, end, True)
            rows[number - 1] = before._replace(last=before.last - 1, end=before.end - 1)
    return [row for row in rows if row.first < row.last or row.begin < row.end]


def _joined(rows: list[_Block]) -> list[_Block]:
    """The same; neighbours that differ are one."""
    joined: list[_Block] = []
    for row in rows:
        if joined and row.differs and joined[-1].differs:
            joined[-1] = joined[-1]._replace(last=row.last, end=row.end)
        else:
            joined.append(row)
    return joined


def _words_hunk(old: Phrase, new: Phrase, block: _Block) -> Hunk:
    first, last, begin, end, _ = block
    if begin < end:
        left, right = old.gaps[first] != new.gaps[begin], old.gaps[last] != new.gaps[end]
        parts = new.gaps[begin] if left else "", new.part(begin, end), new.gaps[end] if right else ""
        return Hunk(Kind.WORDS, first, last, begin, end, "".join(parts), left, right)
    if _is_plain_removal(old, new, block):
        return Hunk(Kind.WORDS, first, last, begin, end, "")
    return Hunk(Kind.WORDS, first, last, begin, end, new.gaps[begin], True, True)


def _is_plain_removal(old: Phrase, new: Phrase, block: _Block) -> bool:
    """Whether words are only taken out, with one of the spaces beside them: rendering does that best."""
    before, after, now = old.gaps[block.first], old.gaps[block.last], new.gaps[block.begin]
    takes_after, takes_before = after.isspace() and now == before, before.isspace() and now == after
    if not block.first:
        return takes_after or (block.last == len(old.words) and not (before or after or now))
    return takes_before or (takes_after and before[-1:].isspace() and block.last < len(old.words))


def _case_hunks(old: Phrase, new: Phrase, block: _Block) -> Iterator[Hunk]:
    for at, to in zip(range(block.first, block.last), range(block.begin, block.end), strict=True):
        if old.forms[at] != new.forms[to]:
            yield Hunk(Kind.CASE, at, at + 1, to, to + 1, new.forms[to])


def _gap_hunks(old: Phrase, new: Phrase, block: _Block) -> Iterator[Hunk]:
    for at, to in zip(range(block.first, block.last + 1), range(block.begin, block.end + 1), strict=True):
        if old.gaps[at] != new.gaps[to]:
            yield Hunk(Kind.GAP, at, at, to, to, new.gaps[to])


def reading(text: str, span: Span, edits: Sequence[Edit]) -> tuple[str, str]:
    r"""What stands in text[span], and what it becomes by edits within it, on one line but for breaks that are new.

    >>> text = "near kabul\npreviously they left"
    >>> reading(text, Span(5, 21), [Edit(Kind.GAP, Span(10, 10), "", "."), Edit(Kind.CASE, Span(11, 12), "p", "P")])
    ('kabul previously', 'kabul. Previously')
    """
    start = span.start
    own = tuple(
        Edit(
            edit.kind, Span(edit.span.start - start, edit.span.end - start), edit.original, edit.replacement, edit.slot
        )
        for edit in edits
    )
    there = text[slice(*span)]
    made = [edit for _, edit in render(there, [Correction(own, "", 1.0, "")]).edits]
    cuts = [0, *(place for edit in made for place in edit.span), len(there)]
    kept = [flat(there[a:b]) for a, b in list(pairwise(cuts))[::2]]
    new = [*(edit.replacement for edit in made), ""]
    return flat(there), "".join(part for pair in zip(kept, new, strict=True) for part in pair).strip()
