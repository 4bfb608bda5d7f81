"""``ungarble names``: what looks like a name, how often, where first, and what it may be."""

import csv
import io
import time
from collections import Counter

import pytest
from click.testing import CliRunner, Result

from ungarble.cli import main
from ungarble.names.gazetteer_file import COLUMNS, read_rows

TALK = """Both badaksha and the valley, and badakshah again.
We heard it from Mazar-e-Sharif, and the governor of Kabul said so.
Then Kerensa Polglaze spoke. It was Kerensa Polglaze’s idea, or obadily had it.
"""


@pytest.fixture
def names():
    """Run ``ungarble names`` in this process."""

    def run(*args: str, stdin: bytes | str | None = None) -> Result:
        result = CliRunner().invoke(main, ["names", *args], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def talk(tmp_path):
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    return "talk.txt"


def test_what_is_known_and_what_is_not(names, talk):
    lines = names(talk, "--pack", "afghanistan").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["times", "name"],
        ["1", "badaksha"],
        ["1", "badakshah"],
        ["2", "Kerensa"],
        ["1", "Kabul"],
        ["1", "Mazar-e-Sharif"],
        ["1", "obadily"],
    ]
    assert " ? " in lines[1]
    assert "Badakhshan, " in lines[1]
    assert lines[2].startswith("    1    badakshah")  # under the form that it sounds like
    assert "Kerensa Polglaze" in lines[3]
    assert "city, district, province" in lines[4]
    assert "Obaid Ali" in lines[6]
    assert [line.split()[-1] for line in lines[1:]] == [f"talk.txt:{line}" for line in (1, 1, 3, 2, 2, 3)]


def test_without_packs_all_is_unknown(names, talk):
    lines = names(talk, "--no-packs").stdout.splitlines()
    assert all(" ?  " in line for line in lines[1:])
    assert not any("Badakhshan" in line for line in lines)
    assert any("Mazar-e-Sharif" in line for line in lines)


def test_own_gazetteer(names, talk, tmp_path):
    (tmp_path / "ours.tsv").write_text("name\tkind\nKerensa Polglaze\tperson\n")
    lines = names(talk, "--no-packs", "-g", "ours.tsv").stdout.splitlines()
    assert any(line.split() == ["2", "Kerensa", "Polglaze", "person", "talk.txt:3"] for line in lines)


def test_configuration_holds(names, talk, tmp_path):
    (tmp_path / "ours.txt").write_text("Kerensa Polglaze\n")
    (tmp_path / "ungarble.toml").write_text('packs = []\ngazetteers = ["ours.txt"]\n')
    known = [line for line in names(talk).stdout.splitlines() if " ?  " not in line]
    assert [line.split()[1] for line in known] == ["name", "Kerensa"]


def test_several_transcripts_and_standard_input(names, talk, tmp_path):
    (tmp_path / "more.txt").write_text("And obadily, and again obadily.")
    lines = names("more.txt", talk, "-", "--no-packs", stdin="Was it obadily?").stdout.splitlines()
    assert lines[1].split() == ["4", "obadily", "?", "more.txt:1"]
    assert names("--no-packs", stdin="Was it obadily?").stdout.splitlines()[1].endswith("standard input:1")


def test_lower_case_text(names):
    text = (
        "the governor of badaksha met kerensa polglaze and they talked about the weather and the harvest for hours " * 9
    )
    lines = names("--no-packs", stdin=text).stdout.splitlines()[1:]
    assert [line.split()[1:3] for line in lines] == [["badaksha", "?"], ["kerensa", "polglaze"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Today we met Bill Roggio here.", ["Bill Roggio"]),
        ("Roggio was there. And so was the man who spoke of Bill.", ["Roggio", "Bill"]),
        ("Bill Roggio’s book was all we had from Bill Roggio.", ["Bill Roggio"]),
        ("It was Senator Tweddle, Mr. Tweddle and Tweddle.", ["Tweddle"]),
        ("We went by Wadi el Tweddle to it.", ["Wadi el Tweddle"]),
        ("They saw Tweddle, Roggio and nobody.", ["Tweddle", "Roggio"]),
        ("I said that I’m here and I’ve seen it, and you'll've too.", []),
        ("It costs 4k, or 22m, in the 1990s.", []),
        ("Go to https://tweddle.example/roggio or write to a@roggio.example.", []),
        ("We saw the Plan, and the plan, and a plan, and Tweddle.", ["Tweddle"]),
        ("Today Tweddle came. Then Roggio.", ["Tweddle", "Roggio"]),
        ("", []),
    ],
)
def test_what_looks_like_a_name(names, text, found):
    table = csv.DictReader(io.StringIO(names("--no-packs", "--tsv", stdin=text).stdout), delimiter="\t")
    assert Counter(row["name"] for row in table) == Counter(found)


def test_shouting_says_nothing(names):
    text = "THE GOVERNOR SAID THAT ROGGIO WAS THERE AND THAT THE HARVEST WAS GOOD THIS YEAR."
    assert [line.split()[1] for line in names("--no-packs", stdin=text).stdout.splitlines()[1:]] == ["ROGGIO"]


def test_as_a_gazetteer_it_loads_again(names, talk, tmp_path):
    (tmp_path / "start.tsv").write_bytes(names(talk, "--tsv", "--pack", "afghanistan").stdout_bytes)
    rows = {row.name: row for row in read_rows(tmp_path / "start.tsv")}
    assert (tmp_path / "start.tsv").read_text(encoding="utf-8").startswith("\t".join(COLUMNS) + "\n")
    assert rows["Kabul"].kind in {"city", "district", "province"}
    assert rows["Kabul"].note == "1 time, first in talk.txt:2; known from afghanistan"
    assert rows["badaksha"].note.startswith(
        "1 time, first in talk.txt:1; sounds like badakshah (1); nearest Badakhshan, "
    )
    assert rows["Kerensa Polglaze"].note == "2 times, first in talk.txt:3"
    known = names(talk, "--no-packs", "-g", "start.tsv").stdout.splitlines()[1:]
    assert [line.split()[1] for line in known if " ?  " in line] == ["badakshah"]


def test_nothing_in_a_transcript_is_obeyed(names, tmp_path):
    (tmp_path / "t\x1b[2J.txt").write_text("We met Rog\x1b[31mgio and Tweddle\u202e.")
    for flags in ([], ["--tsv"]):
        shown = names("t\x1b[2J.txt", "--no-packs", *flags).stdout
        assert "Tweddle" in shown
        assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["none.txt"], "cannot read none.txt: there is no such file"),
        (["."], "cannot read .: it is a folder; name a file in it"),
        (["talk.srt"], "talk.srt, line 1: no SubRip captions"),
        (["talk.txt", "-g", "none.tsv"], "none.tsv: no such gazetteer file or folder"),
        (["talk.txt", "--pack", "wrld"], "wrld: no such pack; there are afghanistan, software, world"),
        (["talk.txt", "--pack", "world", "--no-packs"], "--pack and --no-packs contradict each other"),
    ],
)
@pytest.mark.usefixtures("talk")
def test_wrong_usage_is_one_line(names, tmp_path, args, message):
    (tmp_path / "talk.srt").write_text("1\n")
    result = names(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"ungarble: {message}")
    assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_hundred_thousand_words_take_seconds(names):
    sentence = "Today number {} of the many things that we heard was that Tweddle{} of the valley met {} again. "
    letters = "abcdefghijklmnopqrstuvwxyz"
    text = "".join(
        sentence.format(at, letters[at % 26] + letters[at // 26 % 26], "Kabul" if at % 3 else "obadily")
        for at in range(5300)
    )
    began = time.perf_counter()
    assert names(stdin=text).exit_code == 0
    assert time.perf_counter() - began < 15
