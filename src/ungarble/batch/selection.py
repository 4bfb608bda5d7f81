"""Which files a batch takes: files, folders and patterns as they were named, in that order."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from ungarble.batch.patterns import any_matches, is_pattern, matches
from ungarble.batch.storage import FILE, FOLDER, Entry, Storage
from ungarble.files import FileError
from ungarble.formats import DECISIONS

SKIPPED, FAILED = "skipped", "failed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for."""

    paths: tuple[str, ...]
    listed: tuple[str, ...] = ()
    """From ``--files-from``: they keep their folders."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()
    """Real paths of what the batch itself writes."""
    endings: frozenset[str] = field(default_factory=frozenset)
    """Of transcripts, with the dot: in folders all other files are skipped, unless ``include`` names them."""
    backup: str | None = None


class Found(NamedTuple):
    """A file to clean: its path, its path below the output folder, and whether a person named it."""

    path: str
    below: str
    named: bool


class Left(NamedTuple):
    """A file or folder that is not cleaned: whether it was skipped or failed, and why."""

    path: str
    status: str
    reason: str


def select(wanted: Wanted, storage: Storage) -> Iterator[Found | Left]:
    """Find all files, each once for each place that its copy would have.

    The files of one folder go straight to the output folder; where several paths were named, a folder keeps its name.
    A file goes there by its own name; what a pattern or a list gives keeps its folders.
    """
    alone = len(wanted.paths) == 1 and not wanted.listed
    seen: set[tuple[str, str]] = set()
    for item in _all(wanted, storage, alone):
        if isinstance(item, Found):
            key = (os.path.abspath(item.path), item.below)  # noqa: PTH100 - as text
            if key in seen:
                continue
            seen.add(key)
        yield item


def _all(wanted: Wanted, storage: Storage, alone: bool) -> Iterator[Found | Left]:
    for path in wanted.paths:
        if storage.kind(path) is None and is_pattern(path):
            yield from _expanded(path, wanted, storage)
        else:
            yield from _named(path, PurePath(os.path.abspath(path)).name, wanted, storage, alone)  # noqa: PTH100
    for path in wanted.listed:
        yield from _named(path, _below(path), wanted, storage, False)


def _named(path: str, below: str, wanted: Wanted, storage: Storage, alone: bool) -> Iterator[Found | Left]:
    """What a path stands for that a person named."""
    kind = storage.kind(path)
    if kind == FOLDER:
        yield from _Walk(wanted, storage).files(path, "" if alone else below)
    elif not _is_asked_for(below, wanted):
        return
    elif kind == FILE and path.endswith(DECISIONS):
        yield Left(path, SKIPPED, "decisions on a transcript")
    elif kind == FILE:
        yield Found(path, below, True)
    else:
        why = "there is no such file" if kind is None else "it is neither a file nor a folder"
        yield Left(path, FAILED, why)


def _expanded(pattern: str, wanted: Wanted, storage: Storage) -> Iterator[Found | Left]:
    """The files that a pattern stands for, below its first folder without a pattern; as if each had been named."""
    parts = PurePath(pattern).parts
    first = next(number for number, part in enumerate(parts) if is_pattern(part))
    root, rest = str(PurePath(*parts[:first])), "/".join(parts[first:])
    walk = _Walk(wanted, storage)
    depth = None if "**" in rest else len(parts) - first
    found = [entry for entry in walk.entries(root, "", depth) if matches("/" + rest, entry[1])]
    for entry, below in found:
        if entry.kind == FOLDER:
            yield from walk.files(entry.path, below)
        elif entry.kind == FILE and _is_asked_for(below, wanted):
            yield Found(entry.path, below, True)
    if not found:
        yield Left(pattern, FAILED, "no file has such a name")


class _Walk:
    """Goes through folders; each real folder is entered once, through its own name if that lies among them."""

    def __init__(self, wanted: Wanted, storage: Storage) -> None:
        self._wanted, self._storage = wanted, storage
        self._entered: set[str] = set()

    def files(self, folder: str, below: str) -> Iterator[Found | Left]:
        """The transcripts in a folder and all folders in it, in the order of their names; and what is left out."""
        self._entered.clear()
        found: list[tuple[str, Found | Left]] = []
        linked = [(folder, "")]
        while linked:
            path, inside = linked.pop(0)
            found += self._files(path, inside, linked)
        for _, item in sorted(found, key=lambda row: row[0].split("/")):
            yield item._replace(below="/".join(filter(None, (below, item.below)))) if isinstance(item, Found) else item

    def _files(self, folder: str, inside: str, linked: list[tuple[str, str]]) -> Iterator[tuple[str, Found | Left]]:
        """Those of one folder; linked folders are put off, until all others are known."""
        if not self._enter(folder):
            yield inside, Left(folder, SKIPPED, "a link to a folder that is taken already")
            return
        try:
            entries = self._storage.entries(folder)
        except FileError as error:
            yield inside, Left(folder, FAILED, f"cannot read the folder: {error.problem}")
            return
        for entry in entries:
            name = f"{inside}/{entry.name}".removeprefix("/")
            if any_matches(self._wanted.exclude, name) or self._is_own(entry):
                continue
            if entry.is_hidden:
                yield name, Left(entry.path, SKIPPED, "hidden")
            elif entry.kind == FOLDER and entry.is_link:
                linked.append((entry.path, name))
            elif entry.kind == FOLDER:
                yield from self._files(entry.path, name, linked)
            elif item := self._file(entry, name):
                yield name, item

    def _file(self, entry: Entry, name: str) -> Found | Left | None:
        include, endings, backup = self._wanted.include, self._wanted.endings, self._wanted.backup
        if not _is_asked_for(name, self._wanted):
            return None
        if entry.kind != FILE:
            return Left(entry.path, SKIPPED, "a link to nothing" if entry.is_link else "no regular file")
        if name.endswith(DECISIONS):
            return Left(entry.path, SKIPPED, "decisions on a transcript")
        if backup and name.endswith(backup):
            return Left(entry.path, SKIPPED, "a backup")
        ending = PurePath(name).suffix
        if not include and ending.lower() not in endings:
            return Left(entry.path, SKIPPED, f"no format of transcripts ({ending})" if ending else "no ending")
        return Found(entry.path, name, bool(include))

    def entries(self, folder: str, below: str, depth: int | None) -> Iterator[tuple[Entry, str]]:
        """Every file and folder in a folder, down to a depth, that is not hidden; with its path below."""
        if not self._enter(folder):
            return
        try:
            entries = self._storage.entries(folder)
        except FileError:
            return
        for entry in entries:
            name = f"{below}/{entry.name}".removeprefix("/")
            if entry.is_hidden or self._is_own(entry) or any_matches(self._wanted.exclude, name):
                continue
            yield entry, name
            if entry.kind == FOLDER and depth != 1:
                yield from self.entries(entry.path, name, depth and depth - 1)

    def _enter(self, folder: str) -> bool:
        real = self._storage.real(folder)
        new = real not in self._entered
        self._entered.add(real)
        return new

    def _is_own(self, entry: Entry) -> bool:
        return bool(self._wanted.apart) and self._storage.real(entry.path) in self._wanted.apart


def _is_asked_for(name: str, wanted: Wanted) -> bool:
    """Whether the patterns let a file in."""
    included = not wanted.include or any_matches(wanted.include, name)
    return included and not any_matches(wanted.exclude, name)


def _below(path: str) -> str:
    """A listed path below the output folder: as it is listed, without what leads out of there."""
    parts = PurePath(os.path.normpath(path)).parts
    anchor = PurePath(path).anchor
    return "/".join(part for part in parts if part not in (anchor, os.pardir))


def folders(wanted: Wanted, storage: Storage) -> Iterator[str]:
    """The folders that were named, or in which what was named stands."""
    for path in (*wanted.paths, *wanted.listed):
        parts = PurePath(path).parts
        fixed = next((number for number, part in enumerate(parts[:-1]) if is_pattern(part)), len(parts) - 1)
        yield path if storage.kind(path) == FOLDER else str(PurePath(*parts[:fixed]))


def listed(data: bytes) -> Sequence[str]:
    """The paths in a list: one a line, or separated by NUL as ``find -print0`` writes them."""
    text = os.fsdecode(data.removeprefix(b"\xef\xbb\xbf"))
    lines: Iterable[str] = text.split("\0") if "\0" in text else text.splitlines()
    return [line for line in lines if line.strip()]
