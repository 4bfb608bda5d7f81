"""Which files a batch takes, and where it would write them."""

import os
import sys
from pathlib import PurePath

import pytest

from ungarble.batch.patterns import matches
from ungarble.batch.plan import PlanError, common_folder, plan, refuse_foreign
from ungarble.batch.selection import Found, Left, Wanted, folders, listed, select
from ungarble.batch.storage import LocalDisk
from ungarble.config import Choices

unix = pytest.mark.skipif(sys.platform == "win32", reason="needs links and Unix names")

ENDINGS = frozenset({".txt", ".md"})


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def tree(tmp_path):
    """Make empty files in the working folder."""

    def make(*paths: str) -> None:
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(b"")

    return make


def found(*paths: str, **more) -> list[tuple[str, str]]:
    """Path and place below the output folder of what is taken."""
    return [(item.path.replace(os.sep, "/"), item.below) for item in _selected(paths, more) if isinstance(item, Found)]


def left(*paths: str, **more) -> list[tuple[str, str, str]]:
    return [(i.path.replace(os.sep, "/"), i.status, i.reason) for i in _selected(paths, more) if isinstance(i, Left)]


def _selected(paths, more) -> list[Found | Left]:
    return list(select(Wanted(paths, endings=ENDINGS, **more), LocalDisk()))


def test_a_folder_is_mirrored_in_the_order_of_its_names(tree):
    tree("talks/b.txt", "talks/a/c.md", "talks/a.txt", "talks/a/b/d.txt")
    assert found("talks") == [
        ("talks/a/b/d.txt", "a/b/d.txt"),
        ("talks/a/c.md", "a/c.md"),
        ("talks/a.txt", "a.txt"),
        ("talks/b.txt", "b.txt"),
    ]


def test_several_folders_keep_their_names(tree):
    tree("2023/a.txt", "2024/a.txt", "b.txt")
    assert found("2023", "2024", "b.txt") == [
        ("2023/a.txt", "2023/a.txt"),
        ("2024/a.txt", "2024/a.txt"),
        ("b.txt",) * 2,
    ]


def test_the_working_folder(tree):
    tree("a.txt", "b/c.txt")
    assert [below for _, below in found(".")] == ["a.txt", "b/c.txt"]


def test_in_folders_only_transcripts_and_nothing_hidden(tree):
    tree("t/a.txt", "t/a.PY", "t/.b.txt", "t/.git/c.txt", "t/~$d.md", "t/README", "t/E.TXT")
    assert found("t") == [("t/E.TXT", "E.TXT"), ("t/a.txt", "a.txt")]
    assert left("t") == [
        ("t/.b.txt", "skipped", "hidden"),
        ("t/.git", "skipped", "hidden"),
        ("t/README", "skipped", "no ending"),
        ("t/a.PY", "skipped", "no format of transcripts (.PY)"),
        ("t/~$d.md", "skipped", "hidden"),
    ]


def test_what_is_named_is_taken_whatever_it_is_called(tree):
    tree(".hidden", "code.py")
    assert found(".hidden", "code.py") == [(".hidden",) * 2, ("code.py",) * 2]
    assert left("none.txt") == [("none.txt", "failed", "there is no such file")]


@unix
def test_links_to_folders_are_followed_once(tree, tmp_path):
    tree("t/z/a.txt", "elsewhere/b.txt")
    (tmp_path / "t/first").symlink_to("z")
    (tmp_path / "t/z/up").symlink_to("..")
    (tmp_path / "t/z/self").symlink_to(".")
    (tmp_path / "t/other").symlink_to("../elsewhere")
    (tmp_path / "t/a.txt").symlink_to("z/a.txt")
    assert found("t") == [("t/a.txt", "a.txt"), ("t/other/b.txt", "other/b.txt"), ("t/z/a.txt", "z/a.txt")]
    assert {reason for _, _, reason in left("t")} == {"a link to a folder that is taken already"}


@unix
def test_links_to_nothing_loops_and_pipes(tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t/gone.txt").symlink_to("nowhere")
    (tmp_path / "t/loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "t/pipe.txt")
    assert found("t") == []
    assert left("t") == [
        ("t/gone.txt", "skipped", "a link to nothing"),
        ("t/loop.txt", "skipped", "a link to nothing"),
        ("t/pipe.txt", "skipped", "no regular file"),
    ]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs permissions, which root has all of")
def test_a_folder_that_cannot_be_read_is_told(tree, tmp_path):
    tree("t/a.txt", "t/closed/b.txt")
    (tmp_path / "t/closed").chmod(0)
    assert left("t") == [("t/closed", "failed", "cannot read the folder: permission denied; check who may read it")]
    (tmp_path / "t/closed").chmod(0o700)


def test_what_the_batch_writes_is_not_eaten(tree):
    tree("t/a.txt", "t/out/a.txt", "t/report.txt")
    apart = frozenset({os.path.realpath("t/out"), os.path.realpath("t/report.txt")})
    assert found("t", apart=apart) == [("t/a.txt", "a.txt")]
    assert left("t", apart=apart) == []


def test_backups_of_an_earlier_run(tree):
    tree("t/a.txt", "t/a.txt.md")
    assert found("t", backup=".md") == [("t/a.txt", "a.txt")]


@pytest.mark.parametrize(
    ("include", "exclude", "names"),
    [
        (("*.log",), (), ["a/x.log"]),
        (("*.log", "*.txt"), (), ["a/b/y.txt", "a/x.log", "a/x.txt", "z.txt"]),
        ((), ("a",), ["z.txt"]),
        ((), ("a/*.txt",), ["a/b/y.txt", "z.txt"]),
        ((), ("a/**",), ["z.txt"]),
        ((), ("b/",), ["a/x.txt", "z.txt"]),
        (("a/**/*.txt",), ("x*",), ["a/b/y.txt"]),
        (("[xy].txt",), (), ["a/b/y.txt", "a/x.txt"]),
        (("[!x].txt",), (), ["a/b/y.txt", "z.txt"]),
        (("[z-a].txt", "?.txt"), (), ["a/b/y.txt", "a/x.txt", "z.txt"]),
    ],
)
def test_patterns(tree, include, exclude, names):
    tree("t/a/x.txt", "t/a/x.log", "t/a/b/y.txt", "t/z.txt")
    assert [below for _, below in found("t", include=include, exclude=exclude)] == names


def test_patterns_hold_for_what_is_named(tree):
    tree("a.txt", "b.md")
    assert found("a.txt", "b.md", include=("*.md",)) == [("b.md",) * 2]
    assert found("a.txt", "b.md", exclude=("*.md",)) == [("a.txt",) * 2]


def test_a_slash_is_never_matched_by_a_star():
    assert not matches("a*b", "a/b")
    assert not matches("x/[!a]b", "x//b")
    assert matches("a?c*", "abc.txt")


def test_what_a_shell_did_not_expand(tree):
    tree("t/a.txt", "t/b.md", "t/2023/a.txt", "t/2024/a.txt", "t/2024/.b.txt")
    assert found("t/*.txt") == [("t/a.txt", "a.txt")]
    assert found("t/*/*.txt") == [("t/2023/a.txt", "2023/a.txt"), ("t/2024/a.txt", "2024/a.txt")]
    assert found("t/**/a.txt")[0] == ("t/2023/a.txt", "2023/a.txt")
    assert len(found("t/**/a.txt")) == 3
    assert found("t/20*") == [("t/2023/a.txt", "2023/a.txt"), ("t/2024/a.txt", "2024/a.txt")]
    assert left("t/*.srt") == [("t/*.srt", "failed", "no file has such a name")]


def test_a_file_whose_name_looks_like_a_pattern(tree):
    tree("talk [1].txt")
    assert found("talk [1].txt") == [("talk [1].txt",) * 2]


def test_lists_keep_their_folders(tree):
    tree("t/2023/a.txt", "t/2024/a.txt")
    assert found(listed=("t/2023/a.txt", "./t/2024/../2024/a.txt")) == [
        ("t/2023/a.txt", "t/2023/a.txt"),
        ("./t/2024/../2024/a.txt", "t/2024/a.txt"),
    ]
    assert left(listed=("gone",)) == [("gone", "failed", "there is no such file")]


@unix
def test_lists_do_not_lead_out_of_the_output_folder(tree, tmp_path):
    tree("in/a.txt", "b.txt")
    os.chdir(tmp_path / "in")
    assert found(listed=("../b.txt", str(tmp_path / "b.txt"))) == [
        ("../b.txt", "b.txt"),
        (str(tmp_path / "b.txt"), str(tmp_path / "b.txt")[1:]),
    ]


@pytest.mark.parametrize("data", [b"a\n\nb c\n", b"\xef\xbb\xbfa\r\nb c\r\n", b"a\0b c\0"])
def test_lists(data):
    assert listed(data) == ["a", "b c"]


def test_the_same_file_for_the_same_place_is_taken_once(tree):
    tree("t/a.txt")
    assert found("t/a.txt", "t/a.txt") == [("t/a.txt", "a.txt")]
    assert len(found("t", "t")) == 1


def planned(*paths: str, output: str | None = "out", base: str | None = None, **more):
    wanted = Wanted(paths, endings=ENDINGS, **more)
    return plan(select(wanted, LocalDisk()), LocalDisk(), lambda _folder: Choices(), output, base)


def test_where_results_go(tree):
    tree("t/a/b.txt")
    (task,) = planned("t").tasks
    assert (task.target, task.key) == (str(PurePath("out", "a", "b.txt")), "a/b.txt")
    (task,) = planned("t", output=None, base="t").tasks
    assert (task.target, task.key) == (str(PurePath("t", "a", "b.txt")), "a/b.txt")
    (task,) = planned("t", output=None).tasks
    assert task.target is None


def test_another_format_is_another_ending(tree):
    tree("t/a.b.txt")
    wanted = Wanted(("t",), endings=ENDINGS)
    (task,) = plan(select(wanted, LocalDisk()), LocalDisk(), lambda _: Choices(), "out", None, to="srt").tasks
    assert task.key == "a.b.srt"


def test_two_results_for_one_place(tree):
    tree("2023/a.txt", "2024/a.txt")
    with pytest.raises(PlanError) as caught:
        planned("2023/a.txt", "2024/a.txt")
    assert str(caught.value) == (
        f"2023/a.txt and 2024/a.txt would both be written to {PurePath('out', 'a.txt')!s}; clean them apart"
    )


def test_a_result_over_an_input(tree):
    tree("t/a.txt")
    with pytest.raises(
        PlanError, match=r"-o would overwrite t.a\.txt itself; use --in-place, or choose another folder"
    ):
        planned("t", output="t")


def test_files_of_others(tree):
    tree("t/a.txt", "t/b.txt", "out/a.txt")
    tasks = planned("t").tasks
    refuse_foreign(tasks, {"a.txt"}, LocalDisk(), "out")
    with pytest.raises(PlanError) as caught:
        refuse_foreign(tasks, set(), LocalDisk(), "out")
    assert str(caught.value) == (
        f"out has a file that no batch wrote ({PurePath('out', 'a.txt')!s}), and would be overwritten; "
        "choose another folder, or --force"
    )


@unix
def test_in_place_each_real_file_is_changed_once(tree, tmp_path):
    tree("t/a.txt")
    (tmp_path / "t/b.txt").symlink_to("a.txt")
    first, second = planned("t", output=None, base="t").items
    assert first.path == "t/a.txt"
    assert second == Left("t/b.txt", "skipped", "the same file as t/a.txt")


def test_settings_that_are_the_same_are_one(tree):
    tree("a/x.txt", "b/x.txt", "c/x.txt")
    chosen = {"a": Choices(), "b": Choices(fillers=True), "c": Choices()}
    wanted = Wanted((".",), endings=ENDINGS)
    made = plan(select(wanted, LocalDisk()), LocalDisk(), lambda f: chosen[PurePath(f).name], "out", None)
    assert made.choices == (Choices(), Choices(fillers=True))
    assert [task.cleaner for task in made.tasks] == [0, 1, 0]


def test_the_folder_that_paths_have_in_common(tree, tmp_path):
    tree("t/2023/a.txt", "t/2024/b.txt")

    def common(*paths: str) -> str:
        return os.path.relpath(common_folder(folders(Wanted(paths), LocalDisk())), tmp_path)

    assert common("t") == "t"
    assert common("t/2023", "t/2024/b.txt") == "t"
    assert common("t/2023/a.txt") == str(PurePath("t", "2023"))
    assert common("t/*/b.txt") == "t"
    assert common("*.txt") == "."
    assert common() == "."
