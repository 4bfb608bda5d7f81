"""What a batch has done, so that it can go on where it was stopped, and so that it knows its own files.

Lines of JSON that are only added to; for one file the last line holds. The kinds of lines::

    {"journal": 1, "mark": …}                                   the first; mark stands in the names of temporary files
    {"outputs": […]}                                            the files that are written, before the first of them is
    {"said": key, "input": …, "settings": …, "names": […]}      --across: the names that a file surely holds
    {"done": key, "input": …, "settings": …, "output": …, …}    a file that was cleaned, with all that the report has

``key`` is a file's path below the folder that the journal is kept for; input, settings and output are hashes.
"""

import json
import os
from collections.abc import Iterable
from typing import Any, NamedTuple

from ungarble.batch.log import Place
from ungarble.batch.storage import Storage
from ungarble.batch.tasks import Outcome

VERSION = 1

FOLDER = ".ungarble"
"""The hidden folder in which journal, lock and evidence are kept; no batch looks for transcripts in it."""

KEPT = ("status", "words", "seconds", "stages", "warnings", "format", "corrections")
"""What is kept of an outcome."""


class Done(NamedTuple):
    """A file that was cleaned: hashes of what was read, of the settings and of what was written; the line's place."""

    input: str
    settings: str
    output: str
    place: Place


class Said(NamedTuple):
    """The names that a file surely holds, and hashes of what was read and of the settings."""

    input: str
    settings: str
    names: tuple[str, ...]


class Journal:
    """The journal at a path, with what it holds already. Nothing is added before ``begin``."""

    def __init__(self, storage: Storage, path: str) -> None:
        self.done: dict[str, Done] = {}
        self.said: dict[str, Said] = {}
        self.outputs: set[str] = set()
        self.mark = ""
        self._storage, self._path = storage, path
        self._log = storage.log(path)
        self._read()

    def begin(self, resume: bool) -> None:
        """Go on with it; or start over, and remember only which outputs are a batch's own."""
        if not (resume and self.mark):
            self._start_over()

    def add_outputs(self, keys: Iterable[str]) -> None:
        """Claim outputs before they are written, so that they are known as a batch's own whatever happens."""
        new = [key for key in keys if key not in self.outputs]
        if new:
            self.outputs.update(new)
            self._log.append(_line({"outputs": new}))
        self._log.sync()

    def add_said(self, key: str, said: Said) -> None:
        """Keep the names that a file holds."""
        self.said[key] = said
        line = {"said": key, "input": said.input, "settings": said.settings, "names": said.names}
        self._log.append(_line(line))

    def add_done(self, key: str, settings: str, outcome: Outcome) -> None:
        """Keep what became of a file, before the file is put in place: only its output's hash makes it true."""
        line = {"done": key, "input": outcome.input, "settings": settings, "output": outcome.output}
        place = self._log.append(_line(line | {name: getattr(outcome, name) for name in KEPT}))
        self.done[key] = Done(outcome.input, settings, outcome.output, place)

    def outcome(self, key: str, number: int) -> Outcome:
        """What became of a file that is done."""
        line = json.loads(self._log.read(self.done[key].place))
        return Outcome(number, **{name: line[name] for name in KEPT})

    def sync(self) -> None:
        """Make all lines survive a power cut."""
        self._log.sync()

    def close(self) -> None:
        """Close the file."""
        self._log.close()

    def _read(self) -> None:
        for place, line in self._log.lines():
            try:
                self._take(json.loads(line), place)
            except (ValueError, KeyError, TypeError, AttributeError):  # a line that a power cut damaged
                continue

    def _take(self, line: dict[str, Any], place: Place) -> None:
        if "journal" in line:
            self.mark = line["mark"]
        elif "outputs" in line:
            self.outputs.update(line["outputs"])
        elif "said" in line:
            self.said[line["said"]] = Said(line["input"], line["settings"], tuple(line["names"]))
        else:
            self.done[line["done"]] = Done(line["input"], line["settings"], line["output"], place)

    def _start_over(self) -> None:
        """Replace the file by one that holds only which files are a batch's own."""
        self._log.close()
        self.done, self.said = {}, {}
        self.mark = self.mark or os.urandom(4).hex()
        lines = [_line({"journal": VERSION, "mark": self.mark}), _line({"outputs": sorted(self.outputs)})]
        self._storage.write(self._path, b"".join(line + b"\n" for line in lines))
        self._log = self._storage.log(self._path)


def _line(value: object) -> bytes:
    return json.dumps(value).encode("ascii")
