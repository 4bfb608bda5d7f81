"""Cleaning from Python: ``clean`` for one text or file, ``Cleaner`` for many."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ungarble import files, formats
from ungarble.config import Choices, confidence, stage_names
from ungarble.correction import Correction
from ungarble.document import Span
from ungarble.formats import Source
from ungarble.language.lexicon import Lexicon
from ungarble.names.gazetteer import Gazetteer
from ungarble.options import APPLY_ABOVE, Options
from ungarble.pipeline import Result, clean_document
from ungarble.stages import Setting


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned transcript: its text, every correction, and the file that it came from."""

    source: Source
    result: Result
    warnings: tuple[str, ...] = ()
    """What the person should know, one sentence each."""
    gazetteer_versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.result.text

    @property
    def applied(self) -> tuple[Correction, ...]:
        """The corrections that were made, in the order of the text."""
        return self.result.resolution.applied

    @property
    def suggested(self) -> tuple[Correction, ...]:
        """The corrections that were not sure enough to be made."""
        return self.result.resolution.suggested

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, as ranges of the text before it was cleaned."""
        return self.result.sentences

    @property
    def changed(self) -> bool:
        """Whether cleaning changes anything."""
        return self.text != self.source.document.text

    @property
    def data(self) -> bytes:
        """The cleaned file: its own encoding and line ends, and outside the fixes every byte as it was.

        Raises UnsafeWriteError, before any harm is done, should that not be so.
        """
        return formats.write(self.source, self.result.rendering)

    @property
    def versions(self) -> dict[str, str]:
        """The tool's version and a content hash of every dictionary, model and gazetteer, to reproduce the result."""
        from ungarble.versions import versions

        return {**versions(), **self.gazetteer_versions}

    def report(self) -> dict[str, object]:
        """Everything about the result in plain types: the object that ``ungarble clean --json`` prints."""
        from ungarble.report import report

        return report(self)


class Cleaner:
    """Cleans any number of transcripts with the same options and names, which are loaded once.

    ``packs`` are built-in gazetteers by name: None for all, an empty list for none. Raises an UngarbleError that names
    file and line for a gazetteer that cannot be used.
    """

    def __init__(
        self,
        options: Options | None = None,
        gazetteers: Iterable[str | os.PathLike[str]] = (),
        packs: Sequence[str] | None = None,
    ) -> None:
        gazetteer = Gazetteer.load([Path(path) for path in gazetteers], packs)
        self.setting = Setting(_lexicon(), gazetteer, options or Options())

    def clean(self, source: Source, decisions: Mapping[str, bool] | None = None) -> Cleaned:
        """Clean what ``formats.read`` or ``formats.from_text`` gave.

        ``decisions`` maps corrections' ids to a person's yes or no. A correction that the file's encoding cannot hold
        is turned down, with a warning.
        """
        decisions = dict(decisions or {})
        turned_down: list[Correction] = []
        while True:
            result = clean_document(source.document, self.setting, decisions)
            unfit = [c for c in result.resolution.applied if not _fits(c, result, source)]
            if not unfit:
                break
            turned_down += unfit
            decisions |= dict.fromkeys((c.id for c in unfit), False)
        warnings = (*result.warnings, *_encoding_warning(turned_down, source))
        return Cleaned(source, result, warnings, self.setting.gazetteer.versions)


def clean(
    source: str | os.PathLike[str],
    *,
    gazetteers: Iterable[str | os.PathLike[str]] = (),
    packs: Sequence[str] | None = None,
    apply_above: float = APPLY_ABOVE,
    suggest_above: float | None = None,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    fillers: bool = False,
    verbatim: bool = False,
    keep: Iterable[str] = (),
    decisions: Mapping[str, bool] | None = None,
) -> Cleaned:
    """Clean a transcript: a ``str`` is the text itself, a ``Path`` a file. Nothing is written.

    >>> from ungarble import clean
    >>> cleaned = clean("We met on monday, and and then we left.")
    >>> cleaned.text
    'We met on Monday, and then we left.'

    ``gazetteers`` are files or folders of names; ``packs`` the built-in ones to use (None: all). What is at least
    ``apply_above`` sure (0 to 1) is done, what is at least ``suggest_above`` sure is among ``Cleaned.suggested``.
    ``only`` and ``skip`` name stages (see ``ungarble.pipeline.STAGES``); ``fillers`` also takes "uh" and "um" out,
    ``verbatim`` takes nothing out that was said; ``keep`` are words and phrases that stay as they are. ``decisions``
    maps corrections' ids to yes or no. No configuration file is read.

    Raises UngarbleError, whose text is one line, for files that cannot be read and choices that cannot be.
    To clean many, make a ``Cleaner`` once.
    """
    choices = Choices(
        confidence(apply_above),
        None if suggest_above is None else confidence(suggest_above),
        tuple(name for given in only for name in stage_names(given)),
        tuple(name for given in skip for name in stage_names(given)),
        fillers,
        verbatim,
        tuple(keep),
    )
    read = formats.from_text(source) if isinstance(source, str) else read_file(source)
    return Cleaner(choices.options(), gazetteers, packs).clean(read, decisions)


def read_file(path: str | os.PathLike[str]) -> Source:
    """Read a transcript. Raises an UngarbleError that names the file, and says what is wrong and what to do."""
    return formats.read(files.read(Path(path)), os.fspath(path))


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load()


def _fits(correction: Correction, result: Result, source: Source) -> bool:
    return all(source.encoding.holds(edit.replacement) for edit in result.edits_of(correction))


def _encoding_warning(turned_down: Sequence[Correction], source: Source) -> list[str]:
    if not turned_down:
        return []
    words = ", ".join(repr(edit.replacement) for c in turned_down for edit in c.edits if edit.replacement)
    return [f"not written, as the file's encoding ({source.encoding.codec}) has no such letters: {words}"]
