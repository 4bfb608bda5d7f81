"""The user's transcript under review: what was decided is found again, in the transcript as it is and as it becomes."""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from ungarble import Cleaned, Cleaner
from ungarble.api import read_file
from ungarble.document import Document
from ungarble.formats import Source, from_text
from ungarble.review.applying import follow
from ungarble.review.decisions_file import DecisionsFile, beside
from ungarble.review.matching import place
from ungarble.review.sitting import Sitting

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("UNGARBLE_DATA") or ROOT.parent / "shared" / "data") / "user-transcript"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the user's transcript is not at {FOLDER}; set UNGARBLE_DATA to the folder that has it"
)


@cache
def first() -> tuple[Cleaner, Source, Cleaned]:
    cleaner = Cleaner()
    source = read_file(FOLDER / "transcript.txt")
    return cleaner, source, cleaner.clean(source)


def sit() -> Sitting:
    cleaner, _, cleaned = first()
    return Sitting(cleaned.result, options=cleaner.setting.options, lexicon=cleaner.setting.lexicon)


def on(sitting: Sitting, heard: str):
    return next(c for c in sitting.walk() if sitting.suggestion(c).heard == heard)


def spoken(text: str) -> list[str]:
    """The words alone: which marks stand between them is read again in the light of what was answered."""
    return re.findall(r"\w+", text.casefold())


def all_accepted(source: Source, sitting: Sitting, folder: Path) -> DecisionsFile:
    file = DecisionsFile(beside(folder / "transcript.txt"))
    for correction in list(sitting.open):
        file.append(source.document.path, sitting.accept(correction))
    file.close()
    return DecisionsFile(file.path)


def test_accept_all_and_clean_with_the_file(tmp_path):
    cleaner, source, _ = first()
    said = all_accepted(source, sitting := sit(), tmp_path)
    assert sitting.open == []
    cleaned, placed = follow(cleaner, source, said)
    assert spoken(cleaned.text) == spoken(sitting.rendering().text) != spoken(first()[2].text), "but for marks"
    assert placed.stale == placed.fulfilled == ()
    again, placed = follow(cleaner, from_text(cleaned.text), said)
    assert again.text == cleaned.text
    assert (placed.held, placed.stale) == ((), ())
    said.tidy()
    assert follow(cleaner, source, DecisionsFile(said.path)).cleaned.text == cleaned.text


def test_all_that_was_shown_is_written_whatever_more_is_found_then(tmp_path):
    cleaner, source, plain = first()
    said = all_accepted(source, sitting := sit(), tmp_path)
    written = {correction.id for correction in follow(cleaner, source, said).cleaned.applied}
    shown = {correction.id for correction in plain.applied if correction.corrector in ("sentences", "casing")}
    assert shown <= written
    assert {correction.id for correction in sitting.rulings.wanted} <= written


def test_every_fix_turned_down_gives_the_transcript_back():
    cleaner, source, _ = first()
    sitting = sit()
    for correction in sitting.walk():
        sitting.reject(correction)
    assert sitting.rendering().text == source.document.text
    rest = cleaner.clean(source, rulings=sitting.rulings)
    assert not set(rest.applied) & set(sitting.walk())
    words = [c for c in rest.applied if c.corrector not in ("sentences", "casing")]
    assert len(words) <= 2, [sitting.suggestion(c).heard for c in words]
    assert len(rest.applied) <= 12, "marks and capitals come forward beside names that were turned down"


def test_answers_of_all_kinds_hold_when_the_transcript_is_edited():
    cleaner, source, _ = first()
    sitting = sit()
    rows = [
        *sitting.typed(on(sitting, "obadily"), "Obaid Ali Khan"),
        *sitting.reject(on(sitting, "twitter")),
        *sitting.accept_all(on(sitting, "badaksha"), "Badakshan"),
        *sitting.never(on(sitting, "facebook")),
        *sitting.accept(on(sitting, "hillman")),
    ]
    text = source.document.text.replace("A worsening situation", "As everybody knows, a worsening situation")
    text = text.replace("Many", "Most").replace("long report", "report").replace("social media", "the media")
    placed = place(Document(text), rows)
    assert placed.stale == ()
    done = cleaner.clean(from_text(text), rulings=placed.rulings).text
    for wanted in ("Kate Clark and Obaid Ali Khan", "twitter and facebook", "Badakshan is all", "Helmand province"):
        assert wanted in done


def test_resumed_it_is_as_it_was(tmp_path):
    cleaner, source, _ = first()
    sitting = sit()
    file = DecisionsFile(tmp_path / "d.tsv")
    for number, correction in enumerate(sitting.walk()):
        answer = (sitting.accept, sitting.reject, lambda c: sitting.typed(c, "Xyzzy"), sitting.never)[number % 4]
        file.append("transcript.txt", answer(correction))
        if number % 5 == 0:
            file.append("transcript.txt", sitting.undo())
    file.close()
    decisions = DecisionsFile(file.path).of("transcript.txt")
    placed = place(source.document, decisions)
    cleaned = cleaner.clean(source, rulings=placed.rulings)
    resumed = Sitting(cleaned.result, decisions, cleaner.setting.options, cleaner.setting.lexicon)
    assert set(resumed.decisions) == set(sitting.decisions)
    assert resumed.rendering().text == cleaned.text
    assert {c.id for c in resumed.rulings.wanted} == {c.id for c in sitting.rulings.wanted}
