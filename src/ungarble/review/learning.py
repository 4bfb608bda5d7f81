"""Adding to a project's gazetteer and to its words to keep: what would be written, and what speaks against it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ungarble import config
from ungarble.config import ConfigError, Lists
from ungarble.language.lexicon import Lexicon
from ungarble.names.gazetteer import Gazetteer
from ungarble.names.gazetteer_file import Row
from ungarble.names.heard import STRANGE_PER_MILLION
from ungarble.names.index import HEARD_AS, NAME, words_of
from ungarble.review.gazetteer_edits import GazetteerFile, KeepFile
from ungarble.review.lessons import Lesson

GAZETTEER, KEEP, CONFIGURATION = "names.tsv", "keep.txt", "ungarble.toml"
"""The files that are made where a project has none."""

_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)


class Reach(StrEnum):
    """How far it reaches that something is a name."""

    DOCUMENT = "document"
    """This transcript: a decision on the form, and nothing for the gazetteer."""
    CONTEXT = "context"
    """Wherever a certain word stands beside it."""
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Addition:
    """What a lesson adds, in words; none where all is known. ``warnings`` speak against it, a ``refusal`` bars it."""

    lesson: Lesson
    told: str = ""
    warnings: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Targets:
    """The files that are added to, and the lines that the configuration needs so that they are used."""

    gazetteer: Path
    keep: Path | None
    configuration: Path | None = None
    lines: tuple[str, ...] = ()
    problem: str = ""
    """Why words to keep cannot be added, where they cannot."""


def targets(start: Path, gazetteer: Path | None = None) -> Targets:
    """Find the project's files from a place in it; ``gazetteer`` is used instead of the configuration's.

    They are the configuration's ``learn``, or its first .tsv gazetteer, and the first file of its ``keep``. Where it
    names none they are made beside it, and it is given the line that is missing; where there is no configuration, too.
    Raises ConfigError for one that cannot be added to.
    """
    found = config.find(start)
    folder = found.parent if found else start if start.is_dir() else start.absolute().parent
    named = config.lists(found) if found else Lists(None, None, keeps_words=False)
    lines = []
    if gazetteer is None and named.gazetteer is None:
        lines.append(f'learn = "{GAZETTEER}"')
    keep, problem = named.keep, ""
    if keep is None and found and (named.keeps_words or found.name != CONFIGURATION):
        problem = f'keep in {found} names no file; add "{KEEP}" to it, and make that file'
    elif keep is None:
        keep = folder / KEEP
    if found and found.name != CONFIGURATION and lines:
        raise ConfigError(str(found), f"it names no gazetteer to add to; write {lines[0]} under [tool.ungarble]")
    where = found or folder / CONFIGURATION
    return Targets(gazetteer or named.gazetteer or folder / GAZETTEER, keep, where, tuple(lines), problem)


class Learner:
    """Adds lessons to a gazetteer and phrases to a keep-list. Nothing is written before ``save``.

    ``known`` are the names that the project knows already, of built-in packs and of its own.
    """

    def __init__(self, where: Targets, lexicon: Lexicon, known: Gazetteer) -> None:
        self.where = where
        self._lexicon, self._known = lexicon, known
        self.gazetteer = GazetteerFile(where.gazetteer)
        self._keep: KeepFile | None = None

    def consider(self, lesson: Lesson, reach: Reach = Reach.EVERYWHERE) -> Addition:
        """Tell what a lesson would add, and what speaks against it. Changes nothing."""
        if reach is Reach.DOCUMENT or not words_of(lesson.name):
            return Addition(lesson)
        told = self._told(lesson)
        refusal = self._refusal(lesson) if told else ""
        return Addition(lesson, told, tuple(self._warnings(lesson)) if told else (), refusal)

    def add(self, lesson: Lesson) -> None:
        """Add a lesson, whatever speaks against it. Adding it again changes nothing."""
        row = self.gazetteer.entry(lesson.name)
        heard = (lesson.heard,) if lesson.heard else ()
        if row is None:
            kind = lesson.kind or self.kind_of(lesson.name)
            self.gazetteer.add(Row(0, lesson.name, kind, heard_as=heard, context=lesson.context))
            return
        self.gazetteer.extend(row, "heard_as", [form for form in heard if not _has(row.heard_as, form)])
        row = self.gazetteer.entry(lesson.name) or row
        self.gazetteer.extend(row, "context", [word for word in lesson.context if not _has(row.context, word)])

    def keep(self, phrase: str) -> str:
        """Add words that stay as they are; in words, what was added, or nothing where they are kept already.

        Raises ConfigError where the configuration has no file for them.
        """
        if self.where.keep is None:
            raise ConfigError(str(self.where.configuration), self.where.problem)
        self._keep = self._keep or KeepFile(self.where.keep)
        if words_of(phrase) in self._keep.phrases:
            return ""
        self._keep.add(phrase)
        return f"“{phrase}” stays as it is"

    def save(self) -> None:
        """Write what was added: the lists first, then the configuration that names them. Raises FileError."""
        lines = list(self.where.lines) if self.gazetteer.is_changed else []
        self.gazetteer.save()
        if self._keep is not None and self._keep.is_changed:
            is_new = not self._keep.path.exists()
            self._keep.save()
            lines += [f'keep = ["{KEEP}"]'] if is_new else []
        if lines and self.where.configuration is not None:
            _configure(self.where.configuration, lines)

    def kind_of(self, name: str) -> str:
        """What a name names, as far as it is known."""
        return next((kind for role, text, kind, _ in self._entries(name) if role == NAME and text), "")

    def _told(self, lesson: Lesson) -> str:
        row = self.gazetteer.entry(lesson.name)
        is_new = lesson.heard and not (row and _has(row.heard_as, lesson.heard))
        context = [word for word in lesson.context if not (row and _has(row.context, word))]
        parts = [f"heard as “{lesson.heard}”"] if is_new else []
        parts += [f"near “{'”, “'.join(context)}”"] if context else []
        if row is not None and not parts:
            return ""
        kind = row.kind if row else lesson.kind or self.kind_of(lesson.name)
        return ", ".join([f"{lesson.name} ({kind})" if kind else lesson.name, *parts])

    def _refusal(self, lesson: Lesson) -> str:
        """Why a form cannot be added: another name of the same file lays claim to it."""
        keys = words_of(lesson.heard)
        for row in self.gazetteer.rows if keys else ():
            forms = (row.name, *row.spellings, *row.heard_as)
            if words_of(row.name) != words_of(lesson.name) and any(words_of(form) == keys for form in forms):
                return f"“{lesson.heard}” stands in the entry of {row.name} (line {row.line}); take it out there first"
        return ""

    def _warnings(self, lesson: Lesson) -> Iterator[str]:
        heard, name = lesson.heard, lesson.name
        if not lesson.is_sure:
            yield f"“{name}”, typed for “{heard}”, may be no name"
            return
        if not heard:
            return
        if not lesson.context and all(self._lexicon.is_ordinary(key, STRANGE_PER_MILLION) for key in words_of(heard)):
            yield f"“{heard}” is what people say, and may be meant: it needs a word beside it that speaks for {name}"
        for role, _, _, other in self._entries(heard):
            if role != HEARD_AS and words_of(other) != words_of(name):
                yield f"“{heard}” is a name itself, of {other}"
                return

    def _entries(self, text: str) -> Iterator[tuple[str, str, str, str]]:
        """The entries of which a text is a form: its role, the form, the entry's kind and its name."""
        keys = words_of(text)
        for match in self._known.exact(keys, keys) if keys else ():
            if (match.first, match.last) == (0, len(keys)):
                yield match.form.role, match.form.text, match.kind, match.pack.entries[match.form.entry][0]


def _has(forms: Iterable[str], form: str) -> bool:
    return any(words_of(other) == words_of(form) for other in forms)


def _configure(path: Path, lines: Sequence[str]) -> None:
    """Add lines to a configuration, which is made where there is none."""
    from ungarble import files

    before = files.read(path) if path.exists() else b""
    bom = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    end = b"\r\n" if b"\r\n" in before else b"\n"
    added = b"".join(line.encode() + end for line in lines)
    if _TABLE.search(before.removeprefix(bom)):
        after = bom + added + before.removeprefix(bom)  # behind a table they would belong to it
    else:
        after = before + (end if before and not before.endswith(b"\n") else b"") + added
    if path.exists():
        files.rewrite(path, before, after)
    else:
        files.write(path, after)
