"""What people decided about the files of a batch: whose decisions are whose is settled before the first is cleaned."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from ungarble.batch.cleaners import hash_of

if TYPE_CHECKING:
    from ungarble.api import Cleaned, Cleaner
    from ungarble.formats import Source
    from ungarble.review.decisions_file import DecisionsFile


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions in a file on the transcripts of a batch. It goes to every worker."""

    said: "DecisionsFile | None" = None
    """The file, as it was when the batch began."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the transcripts that decisions are on are called in it, by their paths."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """Of the decisions on each of these, and of their lines, which warnings tell."""
    count: int = 0
    """How many decisions that is."""

    def clean(self, cleaner: "Cleaner", source: "Source", path: str) -> "Cleaned":
        """Clean a transcript with the decisions on it; that there are none is nothing to tell."""
        if self.said is None or path not in self.names:
            return cleaner.clean(source)
        from ungarble.review.applying import follow

        return follow(cleaner, source, self.said, self.names[path]).cleaned


def decided(said: "DecisionsFile", paths: Sequence[str]) -> Decided:
    """Find which decisions are on which transcripts.

    A transcript that no decisions are on may have been moved, or be a copy: those on one of the same name are meant for
    it, where no other of the batch may be meant. In a batch of one they may be on one of any name, if on only one.
    """
    names = _names(said, paths)
    rows = {path: found for path, name in names.items() if (found := said.named(name))}
    lines = {path: said.lines(names[path], found) for path, found in rows.items()}
    hashes = {path: hash_of([lines[path], [asdict(decision) for decision in found]]) for path, found in rows.items()}
    return Decided(said, {path: names[path] for path in rows}, hashes, sum(map(len, rows.values())))


def _names(said: "DecisionsFile", paths: Sequence[str]) -> dict[str, str]:
    """What the transcripts are called in the file that are meant there."""
    from ungarble.review.decisions_file import key_of

    if len(paths) == 1:
        return {path: said.name_of(path) for path in paths}
    known, names = set(said.transcripts), {path: key_of(path, said.path) for path in paths}
    found = {path: name for path, name in names.items() if name in known}
    strange = {path: name for path, name in names.items() if name not in known}
    return found | _moved(strange, known - set(found.values()))


def _moved(strange: Mapping[str, str], unclaimed: Iterable[str]) -> dict[str, str]:
    """The same of transcripts that no decisions are on: by the last part of their names, where that says enough."""
    last = {path: PurePath(name).name for path, name in strange.items()}
    sure = {PurePath(name).name: name for name in unclaimed}
    here, there = Counter(last.values()), Counter(PurePath(name).name for name in unclaimed)
    return {path: sure[name] for path, name in last.items() if here[name] == there[name] == 1}
