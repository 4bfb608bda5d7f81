"""The settings of a batch, and what they need loaded: one ``Cleaner`` for all files that share theirs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b
from pathlib import PurePath
from typing import Any

from ungarble.api import Cleaner
from ungarble.config import Choices
from ungarble.formats import from_text

A_SENTENCE = "Then we met doctor obadily of badaksha, and mr. kandarhar said so."
"""It has what every stage looks for: 50 MB of word lists and models are loaded for it."""

Said = Mapping[str, str | None]
"""Names that surely stand in files of the batch (``--across``): each with the file's key, or None for several files."""


class Cleaners:
    """A cleaner for each of several choices. Processes forked after ``load`` share what it loaded; others load it."""

    def __init__(self, choices: Sequence[Choices]) -> None:
        self.choices = tuple(choices)
        self.said: Said = {}
        self._loaded: dict[int, Cleaner] = {}
        self._only_in: dict[str, set[str]] = {}
        self._elsewhere: dict[int, list[frozenset[int]]] = {}

    def __getitem__(self, number: int) -> Cleaner:
        cleaner = self._loaded.get(number)
        if cleaner is None:
            choices = self.choices[number]
            cleaner = self._loaded[number] = Cleaner(choices.options(), choices.gazetteers or (), choices.packs)
            packs = cleaner.setting.gazetteer.packs
            self._elsewhere[number] = [pack.entries_named(self.said) for pack in packs]
        return cleaner

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_loaded": {}, "_elsewhere": {}}

    def load(self) -> None:
        """Load all, and what is loaded only when it is needed. It is as if every process had cleaned a sentence.

        Raises an UngarbleError for a gazetteer that cannot be used, and choices that contradict each other.
        """
        for number in range(len(self.choices)):
            self[number].clean(from_text(A_SENTENCE))

    def tell(self, said: Said) -> None:
        """Take note of names that surely stand in files of the batch."""
        self.said = said
        self._only_in = {}
        for name, key in said.items():
            if key is not None:
                self._only_in.setdefault(key, set()).add(name)
        for number, cleaner in self._loaded.items():
            self._elsewhere[number] = [pack.entries_named(said) for pack in cleaner.setting.gazetteer.packs]

    def for_file(self, number: int, key: str) -> Cleaner:
        """The cleaner for a file. What only this file says is no evidence from elsewhere."""
        cleaner = self[number]
        own = self._only_in.get(key, ())
        for pack, entries in zip(cleaner.setting.gazetteer.packs, self._elsewhere[number], strict=True):
            pack.elsewhere = entries - pack.entries_named(own)
        return cleaner

    def versions(self) -> dict[str, str]:
        """The versions of the tool, its dictionaries and all gazetteers."""
        from ungarble.versions import versions

        found = versions()
        for number in range(len(self.choices)):
            found |= self[number].setting.gazetteer.versions
        return found

    def hashes(self, how: Mapping[str, object]) -> list[str]:
        """A hash for each of the choices: of all that a result depends on besides the file. ``how`` is added to it."""
        from ungarble.versions import versions

        shared = {"how": dict(how), "versions": versions(), "said": self.said}
        return [
            hash_of(shared | {"options": settings(choices), "gazetteers": self[number].setting.gazetteer.versions})
            for number, choices in enumerate(self.choices)
        ]


def settings(choices: Choices) -> dict[str, object]:
    """The options that choices come to, the gazetteers and the layout, in plain types."""
    others = {"gazetteers": choices.gazetteers or (), "packs": choices.packs, "layout": choices.layout or "keep"}
    found = asdict(choices.options()) | others
    return {name: _plain(value) for name, value in found.items()}


def hash_of(value: object) -> str:
    """A hash of plain types."""
    return blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=16).hexdigest()


def said_in(names: Iterable[tuple[str, Iterable[str]]]) -> Said:
    """What files say: from each one's key and names."""
    said: dict[str, str | None] = {}
    for key, found in names:
        for name in found:
            said[name] = key if said.get(name, key) == key else None
    return dict(sorted(said.items()))


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [str(item) if isinstance(item, PurePath) else item for item in value]
    return value
