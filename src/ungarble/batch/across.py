"""Names that surely stand in one file of a batch are evidence in all others (``--across``).

The first pass asks every file for such names (``Listening``), the second cleans with them (``Cleaners.tell``). They
are a set, so neither the order of the files nor the number of processes matters. What they are evidence for stands
where the evidence of a single document does: in ``names.known`` and ``names.evidence``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from ungarble import formats
from ungarble.batch.cleaners import Cleaners, Said
from ungarble.batch.decided import Decided
from ungarble.batch.storage import Storage, digest
from ungarble.batch.tasks import Task
from ungarble.document import Document
from ungarble.draft import Draft
from ungarble.names.heard import Heard
from ungarble.names.known import find_known
from ungarble.rendering import render
from ungarble.stages import Setting

SURELY = 0.97
"""From this confidence on a name that was corrected counts as said: as sure as one that stands there exactly."""

PIECE = 1_000_000
"""Characters that are looked through at once."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that surely stand in a file. None: it could not be read; that is for the second pass to tell."""

    number: int
    input: str = ""
    names: tuple[str, ...] | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Listening:
    """Finds the names that surely stand in a file. It goes to every worker."""

    cleaners: Cleaners
    storage: Storage
    format: str | None = None
    known: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """Keys and digests of files whose names an earlier run found."""
    decided: Decided = field(default_factory=Decided)

    def __call__(self, task: Task) -> Names:
        """Find a file's names."""
        try:
            data = self.storage.read(task.path)
            read = digest(data)
            if (task.key, read) in self.known:
                return Names(task.number, read, kept=True)
            cleaner = self.cleaners[task.cleaner]
            cleaned = self.decided.clean(cleaner, formats.read(data, task.path, self.format), task.path)
        except Exception:  # the second pass tells what is wrong
            return Names(task.number)
        sure = [c for c in cleaned.applied if c.corrector == "names" and c.confidence >= SURELY]
        text = render(cleaned.source.document.text, sure).text
        return Names(task.number, read, tuple(sorted(names_in(text, cleaner.setting))))


def names_in(text: str, setting: Setting) -> set[str]:
    """The names of gazetteers that stand in a text and can be nothing else."""
    found = set()
    for piece in _pieces(text):
        known = find_known(Heard(Draft(Document(piece)), setting.lexicon), setting.gazetteer)
        packs = {pack.name: pack for pack in setting.gazetteer.packs}
        found |= {packs[name].entries[entry][0] for name, entry in known.mentions}
    return found


def evidence(said: Said) -> bytes:
    """The evidence file, which a person can read: every name, and the file that says it if only one does."""
    names = [{"name": name, "only_in": key} for name, key in said.items()]
    return (json.dumps({"schema_version": 1, "names": names}, ensure_ascii=False, indent=1) + "\n").encode()


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        yield text[start:end]
        start = end
