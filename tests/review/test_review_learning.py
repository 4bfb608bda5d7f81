"""What decisions teach goes into the person's own files, in which nothing else changes."""

from pathlib import Path

import pytest

from ungarble import config
from ungarble.config import ConfigError
from ungarble.errors import TableError
from ungarble.language.lexicon import Lexicon
from ungarble.names.checks import check
from ungarble.names.gazetteer import Gazetteer
from ungarble.names.gazetteer_file import Row, read_rows
from ungarble.review.decisions import Decision, Verdict
from ungarble.review.gazetteer_edits import GazetteerFile, KeepFile
from ungarble.review.learning import Learner, Reach, Targets, targets
from ungarble.review.lessons import Lesson, lessons, looks_like_name

LEXICON = Lexicon.load()


def accept(heard: str, wanted: str, before: str = "", stage: str = "names") -> Decision:
    return Decision(Verdict.ACCEPT, heard, wanted, before, stage=stage)


def typed(heard: str, wanted: str, stage: str = "names") -> Decision:
    return Decision(Verdict.TYPED, heard, wanted, stage=stage)


# --- lessons


@pytest.mark.parametrize(
    ("decision", "name", "heard"),
    [
        (accept("badaksha", "Badakhshan"), "Badakhshan", "badaksha"),
        (accept("Bill roger", "Bill Roggio"), "Bill Roggio", "Bill roger"),
        (accept("panshir’s", "Panjshir’s"), "Panjshir", "panshir"),
        (accept("sohail shaheen's", "Suhail Shaheen's"), "Suhail Shaheen", "sohail shaheen"),
        (typed("in hillman province", "in Helmand province"), "Helmand", "hillman"),
        (typed("the “obadily", "the “Obaid Ali"), "Obaid Ali", "obadily"),
        (accept("mazar e sharif", "Mazar-e-Sharif"), "Mazar-e-Sharif", ""),
        (Decision(Verdict.ALL, "obadily", "Obaid Ali", stage="names"), "Obaid Ali", "obadily"),
        (typed("net flicks", "Netflix", stage="repetitions"), "Netflix", "net flicks"),
    ],
)
def test_a_name_and_what_it_was_heard_as(decision, name, heard):
    taught = lessons([decision], LEXICON)
    assert taught.names == (Lesson(name, heard),)
    assert (taught.keep, taught.disagreements) == ((), ())


@pytest.mark.parametrize(
    "decision",
    [
        accept("monday", "Monday", stage="casing"),
        accept("left i", "left. I", stage="sentences"),
        accept("to to take", "to take", stage="repetitions"),
        Decision(Verdict.REJECT, "past", "Pask", stage="names"),
        typed("uh", ""),
        Decision(Verdict.NEVER, "left i", "left. I", stage="sentences"),
    ],
)
def test_what_teaches_no_name(decision):
    assert lessons([decision], LEXICON) == ((), (), ())


def test_what_somebody_typed_may_be_no_name():
    (lesson,) = lessons([typed("Airstriked", "Were struck", stage="casing")], LEXICON).names
    assert not lesson.is_sure
    assert looks_like_name("Kate Clark", LEXICON)
    assert looks_like_name("B-52", LEXICON)
    for text in ("were struck", "Where", "The people", "", "a Name in a whole sentence that somebody typed Here"):
        assert not looks_like_name(text, LEXICON)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([accept("obadily", "Obaidullah", "he")], "“obadily” became “Obaid Ali” and became “Obaidullah”"),
        ([Decision(Verdict.NEVER, "Obadily", "Obaid Ali", stage="names")], "and is never to be changed"),
        ([Decision(Verdict.REJECT, "obadily", "Obaid Ali", "he", stage="names")], "and was turned down elsewhere"),
    ],
)
def test_contradictions_are_listed_and_not_guessed(others, told):
    taught = lessons([accept("obadily", "Obaid Ali"), accept("badaksha", "Badakhshan"), *others], LEXICON)
    assert [lesson.name for lesson in taught.names] == ["Badakhshan"]
    assert taught.keep == ()
    (conflict,) = taught.disagreements
    assert told in str(conflict)


def test_another_name_turned_down_is_no_contradiction():
    no = Decision(Verdict.REJECT, "obadily", "Abdullah", "he", stage="names")
    assert lessons([accept("obadily", "Obaid Ali"), no], LEXICON).disagreements == ()


def test_never_is_for_the_words_to_keep():
    never = [
        Decision(Verdict.NEVER, "past", "Pask", stage="names"),
        Decision(Verdict.NEVER, "News", "news", stage="casing"),
        Decision(Verdict.NEVER, "in the hillman", "in the Helmand", stage="names"),
    ]
    assert lessons(never, LEXICON).keep == ("in the hillman", "News", "past")


# --- the files

TABLE = (
    "\ufeff# our names\r\n"
    "name\tkind\theard_as\tnote\r\n"
    "\r\n"
    " Badakhshan \tprovince\tbadaksha | badakhsha \tup north\r\n"
    "# people\r\n"
    "Bill Roggio\tperson\r\n"
    "Zabul\tprovince\t\ttoo\r\n"
)


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "names.tsv"
    path.write_bytes(TABLE.encode())
    return path


def changed(path: Path, *changes) -> str:
    file = GazetteerFile(path)
    for change in changes:
        change(file)
    file.save()
    assert file.rows == read_rows(path)
    return path.read_bytes().decode()


def test_nothing_changes_nothing(table):
    assert changed(table) == TABLE
    assert changed(table, lambda file: file.extend(file.entry("badakhshan"), "heard_as", ["badaksha"])) == TABLE


def test_a_value_more(table):
    found = changed(table, lambda file: file.extend(file.entry("Badakhshan"), "heard_as", ["badak shaw"]))
    assert found == TABLE.replace("| badakhsha \t", "| badakhsha |badak shaw\t")
    assert read_rows(table)[0].heard_as == ("badaksha", "badakhsha", "badak shaw")


def test_a_value_in_a_row_that_is_too_short(table):
    found = changed(table, lambda file: file.extend(file.entry("Bill Roggio"), "heard_as", ["Bill roger"]))
    assert found == TABLE.replace("Bill Roggio\tperson\r\n", "Bill Roggio\tperson\tBill roger\r\n")


def test_a_column_that_the_file_does_not_have(table):
    found = changed(table, lambda file: file.extend(file.entry("Zabul"), "context", ["fort"]))
    assert found == TABLE.replace("heard_as\tnote", "heard_as\tnote\tcontext").replace("\ttoo\r", "\ttoo\tfort\r")


def test_a_new_entry_where_it_belongs(table):
    row = Row(0, "Obaid Ali", "person", heard_as=("obadily",))
    found = changed(table, lambda file: file.add(row))
    assert found == TABLE.replace("Zabul", "Obaid Ali\tperson\tobadily\r\nZabul")
    found = changed(table, lambda file: file.add(Row(0, "Abas")), lambda file: file.add(Row(0, "Zurmat")))
    assert found.splitlines()[2] == "Abas"
    assert found.endswith("Zabul\tprovince\t\ttoo\r\nZurmat\r\n")


def test_a_new_entry_goes_last_where_there_is_no_order(tmp_path):
    (path := tmp_path / "names.tsv").write_bytes(b"name\nZabul\nKabul\nGhor")
    assert changed(path, lambda file: file.add(Row(0, "Herat"))) == "name\nZabul\nKabul\nGhor\nHerat\n"


@pytest.mark.parametrize("before", [None, b"", b"# ours\n", b"name\tkind\n", b"name\tkind"])
def test_a_file_without_entries(tmp_path, before):
    path = tmp_path / "names.tsv"
    if before is not None:
        path.write_bytes(before)
    changed(path, lambda file: file.add(Row(0, "Obaid Ali", "person", heard_as=("obadily",))))
    assert read_rows(path)[0].heard_as == ("obadily",)
    assert path.read_bytes().startswith((before or b"name\t").rstrip(b"\n"))


def test_a_file_that_has_no_room(tmp_path):
    (tmp_path / "names.txt").write_text("Kabul\n")
    with pytest.raises(TableError, match="has room for what was misheard"):
        GazetteerFile(tmp_path / "names.txt")


def test_words_to_keep(tmp_path):
    path = tmp_path / "keep.txt"
    file = KeepFile(path)
    file.add("past")
    file.save()
    assert path.read_text() == "past\n"
    path.write_bytes(b"# ours\r\nDolphin # the pub\r\nRoger")
    file = KeepFile(path)
    file.add("past")
    file.add("Zoo")
    file.add("Anchor")
    file.save()
    assert path.read_bytes() == b"# ours\r\nAnchor\r\nDolphin # the pub\r\npast\r\nRoger\r\nZoo\r\n"
    assert ("roger",) in file.phrases
    path.write_bytes(b"z\na\n")
    file = KeepFile(path)
    file.add("m")
    file.save()
    assert path.read_bytes() == b"z\na\nm\n"


# --- learning


def learner(path: Path, packs: list[str] | None = None) -> Learner:
    known = Gazetteer.load([path] if path.exists() else [], packs)
    return Learner(Targets(path, path.with_name("keep.txt")), LEXICON, known)


def test_what_would_be_written_is_told_first(table):
    one = learner(table)
    assert one.consider(Lesson("Obaid Ali", "obadily", "person")).told == "Obaid Ali (person), heard as “obadily”"
    assert one.consider(Lesson("Helmand", "hellmond")).told == "Helmand (province), heard as “hellmond”"  # a pack knows
    assert one.consider(Lesson("Badakhshan", "badaksha")).told == ""
    assert one.consider(Lesson("Badakhshan")).told == ""
    near = Lesson("Bill Roggio", "bill roger", context=("journal",))
    assert one.consider(near).told == "Bill Roggio (person), heard as “bill roger”, near “journal”"
    assert one.consider(near, Reach.DOCUMENT).told == ""
    assert not one.gazetteer.is_changed


def test_learning_again_changes_nothing(table):
    lesson = Lesson("Obaid Ali", "obadily", context=("report",))
    for _ in range(3):
        one = learner(table)
        one.add(lesson)
        one.save()
        assert one.consider(lesson).told == ""
    assert table.read_text(encoding="utf-8-sig").count("obadily") == 1
    assert read_rows(table)[-2] == Row(7, "Obaid Ali", "person", heard_as=("obadily",), context=("report",))
    assert check(table, LEXICON)[1] == []


@pytest.mark.parametrize(
    ("lesson", "warning"),
    [
        (Lesson("Darren Pask", "past"), "“past” is what people say, and may be meant"),
        (Lesson("Anchor", "and her"), "“and her” is what people say"),
        (Lesson("Kabulistan", "kabul"), "“kabul” is a name itself, of Kabul"),
        (Lesson("Were Struck", "airstriked", is_sure=False), "“Were Struck”, typed for “airstriked”, may be no name"),
    ],
)
def test_what_speaks_against_it(table, lesson, warning):
    addition = learner(table).consider(lesson)
    assert any(warning in told for told in addition.warnings), addition
    assert addition.told


def test_an_everyday_word_with_a_word_beside_it(table):
    assert learner(table).consider(Lesson("Darren Pask", "past", context=("defendant",))).warnings == ()


def test_what_another_name_lays_claim_to(table):
    addition = learner(table).consider(Lesson("Badghis", "badaksha"))
    assert addition.refusal == "“badaksha” stands in the entry of Badakhshan (line 4); take it out there first"


def test_words_are_kept_once(tmp_path):
    one = learner(tmp_path / "names.tsv", [])
    assert one.keep("per cent") == "“per cent” stays as it is"
    assert one.keep("Per Cent") == ""
    one.save()
    assert (tmp_path / "keep.txt").read_text() == "per cent\n"
    assert not (tmp_path / "names.tsv").exists()


# --- where


def files(folder: Path, start: Path | None = None) -> tuple[str, str, tuple[str, ...]]:
    where = targets(start or folder / "talk.txt.decisions.tsv")
    keep = where.keep.relative_to(folder).as_posix() if where.keep else where.problem
    return where.gazetteer.relative_to(folder).as_posix(), keep, where.lines


def test_the_files_that_the_configuration_names(tmp_path):
    (tmp_path / "kept.txt").write_text("")
    (path := tmp_path / "ungarble.toml").write_text('gazetteers = ["a.txt", "b.tsv"]\nkeep = ["x", "kept.txt"]\n')
    assert files(tmp_path) == ("b.tsv", "kept.txt", ())
    path.write_text('learn = "ours/l.tsv"\ngazetteers = ["b.tsv"]\nkeep = ["kept.txt"]\n')
    assert files(tmp_path) == ("ours/l.tsv", "kept.txt", ())
    path.write_text('gazetteers = ["a.txt"]\n')
    assert files(tmp_path) == ("names.tsv", "keep.txt", ('learn = "names.tsv"',))
    path.write_text('keep = ["x"]\n')
    assert files(tmp_path)[1].startswith(f'keep in {path} names no file; add "keep.txt" to it')
    path.unlink()
    assert files(tmp_path) == ("names.tsv", "keep.txt", ('learn = "names.tsv"',))


def test_a_shared_configuration_is_not_written_to(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.ungarble]\n")
    with pytest.raises(ConfigError, match=r'write learn = "names.tsv" under \[tool.ungarble\]'):
        targets(tmp_path)
    path.write_text('[tool.ungarble]\nlearn = "names.tsv"\n')
    assert files(tmp_path, tmp_path)[0] == "names.tsv"


def test_what_is_made_is_used_from_then_on(tmp_path):
    for before in ("", "fillers = true"):
        folder = tmp_path / (before[:3] or "none")
        folder.mkdir()
        if before:
            (folder / "ungarble.toml").write_text(before)
        one = Learner(targets(folder), LEXICON, Gazetteer.load([], []))
        one.add(Lesson("Obaid Ali", "obadily"))
        one.keep("past")
        one.save()
        made = config.load(folder / "ungarble.toml")
        assert made.gazetteers == (folder / "names.tsv",)
        assert made.keep == ("past",)
        assert made.fillers is (True if before else None)
        assert Learner(targets(folder), LEXICON, Gazetteer.load([], [])).where.lines == ()


@pytest.mark.parametrize("before", ["name\theard_as\n", "name\theard_as\nBill Roggio\tbill rogers\n"])
def test_what_stands_between_words_is_no_part_of_the_table(tmp_path, before):
    path = tmp_path / "names.tsv"
    path.write_text(before)
    one = Learner(Targets(path, None), LEXICON, Gazetteer.load([], []))
    one.add(Lesson("Bill\tRoggio", "bill\troger", context=("the|institute",)))
    one.save()
    (row,) = read_rows(path)
    assert row.name == "Bill Roggio"
    assert row.heard_as[-1] == "bill roger"
    assert row.context == ("the institute",)
    added = path.read_bytes()
    one.add(Lesson("Bill\tRoggio", "bill\troger", context=("the|institute",)))
    one.save()
    assert path.read_bytes() == added


@pytest.mark.parametrize("before", ["# ours\n[keys]\naccept = 'j'\n", "fillers = true\r\n\r\n[keys]\r\naccept = 'j'"])
def test_what_is_made_is_named_before_the_tables_of_the_configuration(tmp_path, before):
    path = tmp_path / "ungarble.toml"
    path.write_bytes(b"\xef\xbb\xbf" + before.encode())
    one = Learner(targets(tmp_path), LEXICON, Gazetteer.load([], []))
    one.add(Lesson("Obaid Ali", "obadily"))
    one.save()
    made = config.load(path)
    assert (made.gazetteers, made.keys) == ((tmp_path / "names.tsv",), {"accept": ("j",)})
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.endswith(before.encode())


def test_the_key_of_the_configuration(tmp_path):
    path = tmp_path / "ungarble.toml"
    path.write_text('learn = "l.tsv"\ngazetteers = ["l.tsv"]\n')
    (tmp_path / "l.tsv").write_text("name\n")
    assert config.load(path).gazetteers == (tmp_path / "l.tsv",)
    path.write_text('learn = "none.tsv"\n')
    assert config.load(path).gazetteers is None
    for wrong, told in (('"names.txt"', "names.txt"), ("3", "a number")):
        path.write_text(f"learn = {wrong}\n")
        with pytest.raises(ConfigError, match=f"learn: must be the name of a .tsv file, not {told}"):
            config.load(path)
