"""Gazetteers as they are loaded: packs by name, files, versions, and the names that stand in a text exactly."""

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ungarble.document import Document
from ungarble.draft import Draft
from ungarble.language.lexicon import Lexicon
from ungarble.names.gazetteer import MOST_SHARING, Gazetteer
from ungarble.names.gazetteer_file import GazetteerNotFoundError, Row
from ungarble.names.heard import Heard
from ungarble.names.index import Pack, compile_pack, pack_compiled
from ungarble.names.known import find_known

ROWS = [
    Row(1, "Kabul", "province", (), ("Kabuli",)),
    Row(2, "New York", "city"),
    Row(3, "New York Times", "media"),
    Row(4, "Suhail Shaheen", "person", ("Sohail Shaheen",), ("Shaheen",)),
    Row(5, "Mazar-e-Sharif", "city", (), ("Mazar",)),
    Row(6, "Down's syndrome", "term"),
    Row(7, "Łódź", "city"),
    Row(8, "Taliban", "organisation"),
]


def gazetteer(rows=ROWS) -> Gazetteer:
    return Gazetteer([Pack("ours", pack_compiled(compile_pack(rows, parts=False)), chosen=True)])


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load()


def matches(text: str, lexicon: Lexicon, names: Gazetteer) -> list[tuple[str, str]]:
    heard = Heard(Draft(Document(text)), lexicon)
    return [
        (heard.text(match.first, match.last), match.written)
        for match in sorted(names.exact(heard.keys, heard.stems), key=lambda match: (match.first, match.written))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in kabul and KABUL", [("kabul", "Kabul"), ("KABUL", "Kabul")]),
        ("kabul’s roads", [("kabul’s", "Kabul")]),
        ("the new york times of new york", [("new york times", "New York Times"), ("new york", "New York")]),
        ("sohail shaheen’s", [("sohail shaheen’s", "Suhail Shaheen"), ("shaheen’s", "Shaheen")]),
        (
            "mazar e sharif, mazar-e-sharif",
            [("mazar e sharif", "Mazar-e-Sharif"), ("mazar-e-sharif", "Mazar-e-Sharif")],
        ),
        ("down’s syndrome", [("down’s syndrome", "Down's syndrome")]),
        ("from Lodz", [("Lodz", "Łódź")]),
        ("the talibans", []),
        ("new yorkers", []),
    ],
)
def test_exact(lexicon, text, found):
    assert matches(text, lexicon, gazetteer()) == found


def test_of_many_who_share_a_name_some_are_looked_at(lexicon):
    rows = [
        Row(number, f"{first.upper()}ri Shaheen", "person") for number, first in enumerate(map(chr, range(97, 123)), 1)
    ]
    names = Gazetteer([Pack("ours", pack_compiled(compile_pack(rows, parts=True)), chosen=True)])
    assert len(matches("then shaheen left", lexicon, names)) == MOST_SHARING < len(rows)
    assert ("zri shaheen", "Zri Shaheen") in matches("then zri shaheen left", lexicon, names)


@given(st.randoms())
@settings(deadline=None, max_examples=20)
def test_any_order_of_rows_gives_the_same_matches(rng: random.Random):
    lexicon = Lexicon.load()
    text = "sohail shaheen of the taliban told the new york times in kabul and mazar, kabulis"
    shuffled = list(ROWS)
    rng.shuffle(shuffled)
    assert matches(text, lexicon, gazetteer(shuffled)) == matches(text, lexicon, gazetteer())


def test_names_run_over_no_mark(lexicon):
    def sure(text: str) -> list[str]:
        known = find_known(Heard(Draft(Document(text)), lexicon), gazetteer())
        return [name.match.written for name in known.names]

    assert sure("he met sohail shaheen") == ["Suhail Shaheen", "Shaheen"]
    assert sure("he met sohail. shaheen left") == ["Shaheen"]
    assert sure("see https://kabul.example/kabul") == []


def test_packs_by_name():
    assert [pack.name for pack in Gazetteer.load().packs] == ["afghanistan", "software", "world"]
    assert not any(pack.chosen for pack in Gazetteer.load().packs)
    chosen = Gazetteer.load(packs=["software"])
    assert [(pack.name, pack.chosen) for pack in chosen.packs] == [("software", True)]
    assert Gazetteer.load(packs=[]).packs == ()


def test_files_and_folders(tmp_path):
    (tmp_path / "a.txt").write_text("Kerensa Polglaze\n")
    (tmp_path / "b.tsv").write_text("name\tkind\nJory Nance\tperson\n")
    (pack,) = Gazetteer.load([tmp_path], packs=[]).packs
    assert (pack.name, pack.size, pack.chosen) == (str(tmp_path), 2, True)
    assert pack.beginning_with("polglaze")  # a surname is a short form in a person's own gazetteer


def test_a_changed_file_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setenv("UNGARBLE_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "a.txt"
    path.write_text("Kerensa\n")
    before = Gazetteer.load([path], packs=[])
    path.write_text("Kerensa\nPolglaze\n")
    os.utime(path, (1, 1))
    after = Gazetteer.load([path], packs=[])
    assert (before.packs[0].size, after.packs[0].size) == (1, 2)
    assert before.versions != after.versions
    assert list((tmp_path / "cache").glob("pack-a-*.bin"))
    assert Gazetteer.load([path], packs=[]).versions == after.versions


@pytest.mark.parametrize(
    ("paths", "packs", "message"),
    [
        (["none.tsv"], [], "no such gazetteer file or folder"),
        ([], ["wrld"], "wrld: no such pack; there are afghanistan, software, world"),
    ],
)
def test_what_is_not_there(tmp_path, paths, packs, message):
    with pytest.raises(GazetteerNotFoundError, match=message):
        Gazetteer.load([tmp_path / path for path in paths], packs)
