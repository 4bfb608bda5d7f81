"""The stages in their order, and the one line from a document to its cleaned text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from ungarble.correction import Correction, Edit, Rendering, Resolution, resolve
from ungarble.document import Document, Span
from ungarble.draft import Draft
from ungarble.language.capitals import manner
from ungarble.never_touch import Untouchable, untouchable
from ungarble.stages import Setting, Stage

STAGES = ("spacing", "fillers", "repetitions", "spoken_punctuation", "names", "sentences", "casing")
"""The stages in the order in which they run. Names are found before sentences, and casing comes last."""

MOST_ROUNDS = 3
"""A text in lower case that has got capitals is read again, as one that has them: what was written is evidence for the
rest, and cleaning the result must change nothing. A second round was always enough."""


@dataclass(frozen=True, slots=True)
class Result:
    """A cleaned document: every proposal, what was decided, the text, and the sentences (spans in the source text)."""

    document: Document
    proposals: tuple[Correction, ...]
    resolution: Resolution
    rendering: Rendering
    sentences: tuple[Span, ...]
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.rendering.text

    def edits_of(self, correction: Correction) -> tuple[Edit, ...]:
        """The edits of a correction: as they were made if it was applied, else as they are proposed."""
        return self.rendering.of(correction.id) or correction.edits


def clean_document(
    document: Document,
    setting: Setting,
    decisions: Mapping[str, bool] | None = None,
    stages: Sequence[str] = STAGES,
) -> Result:
    """Run the stages over a document. ``decisions`` maps correction ids to a person's yes or no."""
    options = setting.options
    chosen = [name for name in stages if (not options.only or name in options.only) and name not in options.skip]
    forbidden = untouchable(document.text, options.keep, setting.lexicon)
    proposals: list[Correction] = []
    resolution, draft = Resolution(), Draft(document)
    for _ in range(MOST_ROUNDS):
        before = draft
        for name in chosen:
            found = _allowed(_stage(name).propose(draft, setting), forbidden)
            if found:
                proposals += found
                resolution = resolve(proposals, decisions, options.apply_above, options.suggest_above)
                draft = Draft(document, resolution.applied) if resolution.applied != draft.applied else draft
        if draft is before or manner(draft) is manner(before):
            break
    shown = _shown(resolution, draft.rendering)
    return Result(document, tuple(proposals), shown, draft.rendering, _sentences(draft), forbidden.warnings)


def _stage(name: str) -> Stage:
    return cast(Stage, import_module(f"ungarble.stages.{name}"))


def _allowed(found: Iterable[Correction], forbidden: Untouchable) -> list[Correction]:
    return [c for c in found if not any(forbidden.touches(edit.span) for edit in c.edits)]


def _shown(resolution: Resolution, rendering: Rendering) -> Resolution:
    """A correction all of whose edits others already brought has nothing to show."""
    made = {owner for owner, _ in rendering.edits}
    applied = tuple(c for c in resolution.applied if c.id in made)
    idle = tuple(c for c in resolution.applied if c.id not in made)
    return Resolution(applied, resolution.suggested, resolution.displaced + idle)


def _sentences(draft: Draft) -> tuple[Span, ...]:
    from ungarble.stages.sentences import sentence_spans

    return tuple(draft.source(start, end) for start, end in sentence_spans(draft))
