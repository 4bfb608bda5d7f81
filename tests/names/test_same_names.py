"""Names in a list of one's own: a name is the same name everywhere in a document, and what is right is left alone."""

import pytest

from ungarble.document import Document
from ungarble.language.lexicon import Lexicon
from ungarble.names.gazetteer import Gazetteer
from ungarble.options import Options
from ungarble.pipeline import Result, clean_document
from ungarble.stages import Setting

NAMES = """Alejandra Obregon
Markus Blanka
Richard Feynman
Samuel Bland
Evan Wolfe
Vincent Marlow
Vince Garotti
David Cowell
Frans Hoyer
Avondale Partners
Juan Calle
U.S.
President Zelenskyy
Start Up
"""


@pytest.fixture(scope="module")
def setting(tmp_path_factory) -> Setting:
    path = tmp_path_factory.mktemp("own") / "names.txt"
    path.write_text(NAMES, encoding="utf-8")
    return Setting(Lexicon.load(), Gazetteer.load([path], []), Options(only=frozenset({"names"})))


def cleaned(text: str, setting: Setting) -> Result:
    return clean_document(Document(text), setting)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The next question is from Alexandra Obregon. Hello. I think, Alexandra, that we can. As Alexandra said.",
            "The next question is from Alejandra Obregon. Hello. I think, Alejandra, that we can. As Alejandra said.",
        ),
        (
            "With me is our treasurer Marcus Blanca. The first point is for Marcus. What Marcus's team did was right.",
            "With me is our treasurer Markus Blanka. The first point is for Markus. What Markus's team did was right.",
        ),
        (
            "There is a book by richard fineman on the table. In fineman's book it says so, and fineman was right.",
            "There is a book by Richard Feynman on the table. In Feynman's book it says so, and Feynman was right.",
        ),
    ],
)
def test_part_of_a_name_is_what_it_is_in_the_whole_name(setting, text, expected):
    assert cleaned(text, setting).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "The next question is from Samuel bland. It was a bland meal, and the bland rooms were cold.",
        "Evan woolf wrote the report. A wolf was seen, and the wolf ran away.",
    ],
)
def test_ordinary_words_stay_ordinary_words(setting, text):
    _, after = text.split(". ", 1)
    assert cleaned(text, setting).text.endswith(after)


@pytest.mark.parametrize(
    "text",
    [
        "The covid pandemic was hard for everyone, and covid is not over.",
        "We do business in France and in Spain. France is our largest market.",
        "Our partners and suppliers were there, and the partners agreed.",
        "They told us that the U.S. would join us, and U.S. firms came with us.",
        "Thank you. I hand back over to Vince and the team, and Vince and I will follow up.",
        "The station WGN reported it first, and then WGN took it back.",
        "President Zelenskyy met Mr. Calle. The president asked why. As president, he may.",
        "It was a feynmanesque drawing, and the hoyerists liked it.",
        "This startup was founded in May, and another startup in June.",
        "Mr. Calle and David Cowell spoke with Frans Hoyer and Juan Calle.",
    ],
)
def test_nothing_is_written_over_what_is_right(setting, text):
    assert cleaned(text, setting).text == text


def test_an_everyday_word_is_no_name_of_an_organisation(setting):
    result = cleaned("Our partners were there, and all the partners agreed with us about the price.", setting)
    changed = [edit.original for c in result.proposals for edit in c.edits]
    assert "partners" not in changed


def test_the_reason_names_the_full_name(setting):
    result = cleaned("With me is our treasurer Marcus Blanca. The first one goes to Marcus.", setting)
    reasons = {c.edits[0].replacement: c.reason for c in result.resolution.applied}
    assert "as it does in the full name elsewhere" in reasons["Markus"]
