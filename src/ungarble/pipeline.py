"""The stages in their order, and the one line from a document to its cleaned text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from ungarble.correction import Correction, Edit, Rendering, Resolution, resolve
from ungarble.document import Document, Span
from ungarble.draft import Draft
from ungarble.language.capitals import manner
from ungarble.never_touch import Untouchable, untouchable
from ungarble.rulings import NOTHING, Rulings
from ungarble.stages import Setting, Stage

STAGES = ("spacing", "fillers", "repetitions", "spoken_punctuation", "names", "sentences", "casing")
"""The stages in the order in which they run. Names are found before sentences, and casing comes last."""

AGAIN = ("names", "sentences", "casing")
"""What was written is evidence for names: capitals, marks, and other names. Where that may settle a doubtful one, these
stages look again, so that cleaning the result changes nothing. In large clean documents nothing is looked at twice."""

MOST_ROUNDS = 4

DOUBT = 0.25
"""How far below the confidence that is needed a name may yet be found: by 0.21 at most in 300 made-up transcripts."""

NEAR = 80
"""Characters within which a change may settle a doubtful name; capitals for a whole text in lower case may anywhere."""


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
    rulings: Rulings = NOTHING,
) -> Result:
    """Run the stages over a document. ``decisions`` maps correction ids to a person's yes or no.

    ``rulings`` are what a person wants written, and left, in certain places: the stages see what is written.
    """
    options = setting.options
    answers = rulings.decisions | dict(decisions or {})
    chosen = [name for name in stages if (not options.only or name in options.only) and name not in options.skip]
    proposals: list[Correction] = list(rulings.wanted)
    resolution, draft = resolve(proposals, answers), Draft(document)
    words = draft.words
    forbidden = untouchable(document.text, options.keep, setting.lexicon, words)
    if resolution.applied:
        draft = draft.with_applied(resolution.applied)
    drafts = [draft]
    for number in range(MOST_ROUNDS):
        before = draft
        for name in chosen if not number else [name for name in chosen if name in AGAIN]:
            found, no = rulings.on(
                _allowed(_stage(name).propose(draft, setting), forbidden), words, options.apply_above
            )
            if found:
                proposals += found
                answers = no | answers
                resolution = resolve(proposals, answers, options.apply_above, options.suggest_above)
                if resolution.applied != draft.applied:
                    draft = draft.with_applied(resolution.applied)
                    drafts.append(draft)
            if number and draft is before:
                break
        if draft.text == before.text or not _may_find_more(resolution, before, draft, options.apply_above):
            break
    shown = _shown(resolution, draft.rendering)
    result = Result(document, tuple(proposals), shown, draft.rendering, _sentences(draft), forbidden.warnings)
    for past in drafts:
        past.memory.clear()  # what stages keep there holds the draft, and would outlive it until a garbage collection
    return result


def _may_find_more(resolution: Resolution, before: Draft, draft: Draft, apply_above: float) -> bool:
    """Whether what was written may settle a doubtful name."""
    doubtful = [c for c in resolution.suggested if c.corrector == "names" and c.confidence >= apply_above - DOUBT]
    if not doubtful or manner(before) is not manner(draft):
        return bool(doubtful)
    changes = [c.start for c in resolution.applied if c.corrector in AGAIN]
    return any(bisect_left(changes, c.start - NEAR) < bisect_right(changes, c.end + NEAR) for c in doubtful)


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
