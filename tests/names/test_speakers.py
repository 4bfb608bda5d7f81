"""Speakers: their names are evidence, and may be put right themselves."""

import pytest

from ungarble.api import Cleaner
from ungarble.document import Document, Segment, Span
from ungarble.formats import Source
from ungarble.language.lexicon import Lexicon
from ungarble.names.speakers import label_fixes, name_in
from ungarble.options import Options


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Bill Roggio", "Bill Roggio"),
        ("BILL ROGGIO", "Bill Roggio"),
        ("Dr. Amina Farouk (host)", "Amina Farouk"),
        ("Mary-Jane O’Neill", "Mary-Jane O’Neill"),
        ("J. R. Okonkwo", "J. R. Okonkwo"),
        ("Roggio", "Roggio"),
        ("Speaker 1", None),
        ("Unknown Speaker", None),
        ("spk_0", None),
        ("Moderator", None),
        ("Q", None),
        ("", None),
        ("The audience, several voices at once", None),
    ],
)
def test_names_in_labels(label, name):
    assert name_in(label, Lexicon.load()) == name


def spoken(text: str, *speakers: str) -> Source:
    segments = tuple(Segment(Span(0, len(text)), speaker=speaker) for speaker in speakers)
    return Source(Document(text, segments), text.encode())


def test_a_speaker_speaks_for_his_name_in_the_text():
    said = "Thank you Bill roger for coming, as Mr roggio will agree."
    cleaner = Cleaner(packs=[])
    assert cleaner.clean(spoken(said, "Speaker 1")).text == said
    assert (
        cleaner.clean(spoken(said, "Bill Roggio")).text == "Thank you Bill Roggio for coming, as Mr Roggio will agree."
    )


def test_speakers_change_nothing_else():
    said = "The bill was paid. A rogue wave hit Ann’s boat, and Mary may go home."
    speakers = ("Bill Roggio", "Ann Lee", "May Marsh", "Wade Holm")
    assert Cleaner(packs=[]).clean(spoken(said, *speakers)).text == said


def test_labels_are_put_right_when_asked(tmp_path):
    names = tmp_path / "names.tsv"
    names.write_text("name\tkind\nDarren Pask\tperson\nKate Clark\tperson\n")
    source = spoken("We left.", "Daren Pasc", "Kate Clark", "Speaker 1")
    assert Cleaner(gazetteers=[names], packs=[]).clean(source).speakers == {}
    cleaned = Cleaner(Options(fix_speakers=True), [names], []).clean(source)
    assert cleaned.speakers == {"Daren Pasc": "Darren Pask"}
    (fix,) = [row for row in cleaned.report()["speakers"] if row["applied"]]
    assert (fix["label"], fix["written"]) == ("Daren Pasc", "Darren Pask")
    assert [row.label for row in label_fixes(cleaned.labels)] == ["Daren Pasc"]


def test_a_garbled_label_is_no_evidence(tmp_path):
    names = tmp_path / "names.tsv"
    names.write_text("name\tkind\nDarren Pask\tperson\n")
    cleaned = Cleaner(gazetteers=[names], packs=[]).clean(spoken("Then Daren Pasc left.", "Daren Pasc"))
    assert cleaned.text == "Then Darren Pask left."
