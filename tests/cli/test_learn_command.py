"""``ungarble learn``: what people decided is found by itself from then on."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ungarble.cli import main
from ungarble.names.gazetteer_file import COLUMNS, read_rows
from ungarble.review.decisions import Decision, Verdict
from ungarble.review.decisions_file import DecisionsFile

OURS = [
    Decision(Verdict.ACCEPT, "badaksha", "Badakhshan", "in", "province", stage="names"),
    Decision(Verdict.TYPED, "obadily", "Obaid Ali", "said", "of", stage="names"),
    Decision(Verdict.NEVER, "dolphin", "Dolfin", stage="names"),
    Decision(Verdict.ACCEPT, "past", "Pask", "darren", "had", stage="names"),
]


@pytest.fixture
def learn():
    """Run ``ungarble learn`` in this process."""

    def run(*args: str) -> Result:
        result = CliRunner().invoke(main, ["learn", *args])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def decisions(tmp_path) -> str:
    write("d.tsv", *OURS)
    assert tmp_path
    return "d.tsv"


def write(name: str, *decisions: Decision) -> None:
    file = DecisionsFile(Path(name))
    file.append("talk.txt", decisions)
    file.close()


def test_learn(learn, decisions):
    result = learn(decisions)
    assert result.exit_code == 0
    assert [
        Path(line.split(": ", 1)[0]).name + ": " + line.split(": ", 1)[1] for line in result.stdout.splitlines()
    ] == [
        "names.tsv: Badakhshan (province), heard as “badaksha”",
        "names.tsv: Obaid Ali (person), heard as “obadily”",
        "keep.txt: “dolphin” stays as it is",
    ]
    assert result.stderr.splitlines() == [
        "left out: “past” is what people say, and may be meant: it needs a word beside it that speaks for Pask",
        "3 added, 1 left out",
    ]
    assert [(row.name, row.heard_as) for row in read_rows(Path("names.tsv"))] == [
        ("Badakhshan", ("badaksha",)),
        ("Obaid Ali", ("obadily",)),
    ]
    assert Path("names.tsv").read_text(encoding="utf-8").splitlines()[0].split("\t") == list(COLUMNS)
    assert Path("keep.txt").read_text() == "dolphin\n"
    assert Path("ungarble.toml").read_text() == 'learn = "names.tsv"\nkeep = ["keep.txt"]\n'


def test_again_adds_nothing(learn, decisions):
    learn(decisions)
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    result = learn(decisions)
    assert (result.stdout, result.stderr.splitlines()[-1]) == ("", "0 added, 1 left out")
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_dry_run_writes_nothing(learn, decisions):
    result = learn("-n", decisions)
    assert result.stderr.endswith("3 would be added, 1 left out\n")
    assert [path.name for path in Path().iterdir()] == ["d.tsv"]


def test_force(learn, decisions):
    result = learn("--force", decisions)
    assert "Pask, heard as “past”" in result.stdout
    assert result.stderr == "4 added\n"


def test_into_a_named_gazetteer(learn, decisions):
    Path("ours.tsv").write_text("# ours\nname\theard_as\nObaid Ali\tabadli\n")
    learn(decisions, "-g", "ours.tsv")
    assert Path("ours.tsv").read_text() == (
        "# ours\nname\theard_as\tkind\nBadakhshan\tbadaksha\tprovince\nObaid Ali\tabadli|obadily\n"
    )
    assert not Path("names.tsv").exists()
    assert Path("ungarble.toml").read_text() == 'keep = ["keep.txt"]\n'


def test_conflicts(learn, decisions):
    write("e.tsv", Decision(Verdict.ACCEPT, "obadily", "Obaidullah", "he", "x", stage="names"))
    result = learn(decisions, "e.tsv")
    assert result.exit_code == 1
    told = "“obadily” became “Obaid Ali” and became “Obaidullah”; decide which, or say it in the gazetteer yourself"
    assert f"conflict: {told}" in result.stderr.splitlines()
    assert result.stderr.endswith("2 added, 1 left out, 1 conflict\n")
    assert "Obaid" not in Path("names.tsv").read_text(encoding="utf-8")


def test_where_words_to_keep_cannot_be_added(learn, decisions):
    Path("ungarble.toml").write_text('keep = ["Roger"]\n')
    result = learn(decisions)
    assert "left out: “dolphin”: keep in" in result.stderr
    assert Path("ungarble.toml").read_text() == 'keep = ["Roger"]\nlearn = "names.tsv"\n'


def test_the_project_is_that_of_the_file_or_of_the_folder(learn, decisions, tmp_path, monkeypatch):
    (tmp_path / "mail").mkdir()
    Path(decisions).rename("mail/d.tsv")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "ungarble.toml").write_text('learn = "n.tsv"\n')
    monkeypatch.chdir(tmp_path / "project")
    learn("../mail/d.tsv")
    assert Path("n.tsv").exists()


def test_what_was_taken_back_teaches_nothing(learn, decisions):
    write(decisions, *(decision.undone() for decision in OURS))
    result = learn(decisions)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 added\n")
    assert [path.name for path in Path().iterdir()] == ["d.tsv"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["none.tsv"], "cannot read none.tsv: there is no such file"),
        (["d.tsv", "-g", "names.txt"], "names.txt, line 1: only a .tsv file has room for what was misheard; name one"),
        ([], "Missing argument 'DECISIONS...'"),
    ],
)
def test_wrong_usage(learn, decisions, args, message):
    assert decisions
    result = learn(*args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_shared_configuration_is_not_written_to(learn, decisions):
    Path("pyproject.toml").write_text("[tool.ungarble]\n")
    result = learn(decisions)
    assert result.exit_code == 2
    assert 'write learn = "names.tsv" under [tool.ungarble]' in result.stderr
