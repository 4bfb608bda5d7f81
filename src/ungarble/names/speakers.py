"""A document's speakers as names to recognise: who speaks in it is spoken to and of."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ungarble.correction import Correction
from ungarble.document import Document
from ungarble.language.lexicon import Lexicon
from ungarble.names.gazetteer import Gazetteer
from ungarble.names.gazetteer_file import Row
from ungarble.names.index import Pack, compile_pack, pack_compiled
from ungarble.names.titles import all_titles
from ungarble.pipeline import Result, clean_document
from ungarble.stages import Setting

PACK = "speakers"
"""What the pack of a document's speakers is called."""

MOST_WORDS = 4
"""A label of more words is a description ("Member of the audience, unidentified")."""

LEAST_LETTERS = 4
"""Letters of a name of one word: shorter ones (Q, AD) are abbreviations."""


def corrected_labels(
    speakers: Sequence[str], setting: Setting, decisions: Mapping[str, bool] | None = None
) -> Result | None:
    """Clean the names of speakers as a document of their own, a paragraph each, in which only names are put right.

    None where there are no speakers.
    """
    if not speakers:
        return None
    document = Document("\n\n".join(speakers))
    return clean_document(document, setting, decisions, stages=("names",))


def changed_labels(labels: Result) -> dict[str, str]:
    """What cleaned labels become, by what they were; only those that change."""
    before, after = labels.document.text.split("\n\n"), labels.text.split("\n\n")
    if len(before) != len(after):
        return {}
    return {old: new for old, new in zip(before, after, strict=True) if old != new and new.strip()}


class LabelFix(NamedTuple):
    """A speaker's label, and what it becomes or may have to become."""

    label: str
    written: str
    correction: Correction
    applied: bool


def label_fixes(labels: Result | None) -> list[LabelFix]:
    """What was put right in labels, and what is suggested, in the order of the labels."""
    if labels is None:
        return []
    found = [(c, True) for c in labels.resolution.applied] + [(c, False) for c in labels.resolution.suggested]
    return [_label_fix(labels.document.text, *row) for row in sorted(found, key=lambda row: row[0].start)]


def _label_fix(text: str, correction: Correction, applied: bool) -> LabelFix:
    edit = correction.edits[0]
    start = text.rfind("\n", 0, edit.span.start) + 1
    label = text[start:].partition("\n")[0]
    written = label[: edit.span.start - start] + edit.replacement + label[edit.span.end - start :]
    return LabelFix(label, written, correction, applied)


def _sure(labels: Result | None) -> list[str]:
    """The labels about which there is no doubt, as they are to be written."""
    if labels is None:
        return []
    changed = changed_labels(labels)
    doubtful = [correction.start for correction in labels.resolution.suggested]
    sure, at = [], 0
    for label in labels.document.text.split("\n\n"):
        if not any(at <= start <= at + len(label) for start in doubtful):
            sure.append(changed.get(label, label))
        at += len(label) + 2
    return sure


_ROLES = frozenset(
    {"analyst", "announcer", "audience", "caller", "female", "guest", "host", "interviewee", "interviewer", "male"}
    | {"member", "moderator", "narrator", "operator", "participant", "reporter", "speaker", "unidentified", "unknown"}
    | {"user", "voice"}
)
"""Words that make a label a role, or tell that nobody knows who speaks."""

_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")


def with_speakers(setting: Setting, labels: Result | None) -> Gazetteer:
    """The gazetteer with the speakers that are told by a name; "Speaker 1" and "Interviewer" are not.

    A label that may be garbled itself is no evidence; where it is put right, what it becomes is.
    """
    gazetteer, lexicon = setting.gazetteer, setting.lexicon
    names = dict.fromkeys(name for label in _sure(labels) if (name := name_in(label, lexicon)))
    if not names:
        return gazetteer
    rows = [Row(0, name, "person") for name in names]
    pack = Pack(PACK, pack_compiled(compile_pack(rows, True, lexicon), lexicon), chosen=True)
    return Gazetteer((*gazetteer.packs, pack), gazetteer.versions)


def name_in(label: str, lexicon: Lexicon) -> str | None:
    """The name in a speaker's label, without titles and what stands in brackets; None where it is a number or a role.

    >>> lexicon = Lexicon.load()
    >>> name_in("Dr. Amina Farouk (host)", lexicon), name_in("Speaker 1", lexicon), name_in("Moderator", lexicon)
    ('Amina Farouk', None, None)
    """
    words = label.partition("(")[0].split()
    while words and words[0].lower().rstrip(".") in all_titles():
        words = words[1:]
    if not 1 <= len(words) <= MOST_WORDS or not all(_NAME.fullmatch(word) for word in words):
        return None
    name = " ".join(words)
    if name.islower() or (len(words) == 1 and len(name) < LEAST_LETTERS):
        return None
    keys = [word.lower() for word in words]
    if not _ROLES.isdisjoint(keys) or not any(lexicon.is_name(key) or not lexicon.is_ordinary(key) for key in keys):
        return None
    return name.title() if name.isupper() else name
