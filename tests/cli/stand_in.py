"""Stages that find a few fixed things, so that the tests of the command line do not depend on how well real ones work.

Run as a script, it is the command line with these stages in place of the real ones.
"""

import re
import sys
from types import ModuleType

from ungarble.correction import Alternative, Correction
from ungarble.document import Span
from ungarble.draft import Draft
from ungarble.pipeline import STAGES

FINDINGS = {
    "spacing": [(r" {2,}", " ", 0.99, "one space is enough")],
    "repetitions": [(r"\b(\w+)( \1)\b", "", 0.98, "said twice")],
    "names": [
        (r"\bbadaksha\b", "Badakhshan", 0.97, "sounds like it"),
        (r"\bwalesa\b", "Wałęsa", 0.95, "sounds like it"),
        (r"\bobadily\b", "Obaid Ali", 0.7, "sounds like \x1b[31mit"),
    ],
    "sentences": [(r"\bcontested()( )(i)\b", ".", 0.93, "a sentence begins with “i”")],
    "casing": [(r"\bi\b", "I", 0.99, "always has a capital")],
}


def install(modules) -> None:
    """Put the stand-ins where the pipeline imports stages from."""
    for name in STAGES:
        module = ModuleType(f"ungarble.stages.{name}")
        module.NAME = name
        module.propose = lambda draft, _setting, name=name: _propose(draft, name)
        module.sentence_spans = lambda draft: [Span(m.start(), m.end()) for m in re.finditer(r"[^.\n]+\.?", draft.text)]
        modules[module.__name__] = module


def _propose(draft: Draft, name: str):
    for pattern, replacement, confidence, reason in FINDINGS.get(name, []):
        for match in re.finditer(pattern, draft.text):
            others = (Alternative("Obaidullah", 0.3, "sounds like it"),) if replacement == "Obaid Ali" else ()
            yield Correction(_edits(draft, name, match, replacement), name, confidence, reason, others)


def _edits(draft: Draft, name: str, match: re.Match[str], replacement: str):
    if name == "spacing":
        return (draft.gap_edit(match.start(), match.end(), replacement),)
    if name == "repetitions":
        return (draft.words_edit(match.start(2) + 1, match.end(2), replacement),)
    if name == "sentences":
        word = next(word for word in draft.words if word.start == match.start(3))
        return (draft.gap_edit(match.start(1), match.end(1), "."), draft.case_edit(word, "I"))
    if name == "casing":
        return (draft.case_edit(next(word for word in draft.words if word.start == match.start()), replacement),)
    return (draft.words_edit(match.start(), match.end(), replacement),)


if __name__ == "__main__":
    install(sys.modules)
    from ungarble.cli import main

    main(prog_name="ungarble")
