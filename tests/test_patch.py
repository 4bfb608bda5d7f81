"""Patches: accepted by ``patch`` and ``git apply``, and they give exactly the cleaned file."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ungarble.formats import ByteEdit, apply
from ungarble.patch import unified_diff

PROGRAMS = [["patch", "-p1", "--quiet"], ["git", "apply"]]


@st.composite
def changes(draw):
    pieces = [
        b"a",
        b"b",
        b" ",
        b"\n",
        b"\n",
        b"\n",
        b"\r\n",
        b"\xe9",
        b"\x0c",
        b"\xe2\x80\xa8",
        b"-",
        b"+",
        b"\\",
        b"@@ ",
    ]
    data = b"".join(draw(st.lists(st.sampled_from(pieces), max_size=60)))
    edits, at = [], 0
    for _ in range(draw(st.integers(1, 5))):
        if at > len(data):
            break
        start = draw(st.integers(at, len(data)))
        end = min(len(data), start + draw(st.integers(0, 4)))
        edits.append(ByteEdit(start, end, b"".join(draw(st.lists(st.sampled_from(pieces), max_size=3)))))
        at = end + 1
    return data, edits


def applied(program: list[str], folder: Path, name: str, data: bytes, diff: bytes) -> bytes:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    done = subprocess.run(program, cwd=folder, input=diff, capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr, diff)
    return path.read_bytes() if path.exists() else b""


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program[0])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes())
def test_programs_apply_it(program, tmp_path_factory, case):
    if not shutil.which(program[0]):
        pytest.skip(f"needs {program[0]}")
    data, edits = case
    new = apply(data, edits)
    diff = unified_diff(data, edits, "talk.txt")
    if new == data:
        assert diff == b""
        return
    assert applied(program, tmp_path_factory.mktemp("patch"), "talk.txt", data, diff) == new


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program[0])
@pytest.mark.parametrize(
    "name", ["a b.txt", 'q"uote.txt', "tab\t.txt", "line\n.txt", "Wałęsa.txt", "sub/x y.txt", "back\\s.txt"]
)
def test_names(program, tmp_path, monkeypatch, name):
    if not shutil.which(program[0]):
        pytest.skip(f"needs {program[0]}")
    monkeypatch.chdir(tmp_path)
    for path in (name, f"./{name}", str(tmp_path / name)):
        assert (
            applied(program, tmp_path, name, b"one\n", unified_diff(b"one\n", [ByteEdit(0, 1, b"O")], path)) == b"One\n"
        )


def test_a_file_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    diff = unified_diff(b"x", [ByteEdit(0, 1, b"y")], "../talk.txt")
    name = tmp_path.relative_to(tmp_path.anchor).as_posix() + "/talk.txt"
    assert diff.decode() == (
        f"--- a/{name}\n+++ b/{name}\n@@ -1,1 +1,1 @@\n"
        "-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n"
    )


def test_far_changes_stand_in_hunks_of_their_own():
    data = b"".join(b"%d\n" % n for n in range(1, 41))
    edits = [ByteEdit(data.index(line), data.index(line) + 2, b"x") for line in (b"10\n", b"17\n", b"25\n")]
    diff = unified_diff(data, edits).decode().splitlines()
    assert diff[:2] == ["--- a/dev/stdin", "+++ b/dev/stdin"]
    assert [line for line in diff if line.startswith("@@")] == ["@@ -7,14 +7,14 @@", "@@ -22,7 +22,7 @@"]


def test_lines_that_stay_the_same_are_no_change():
    assert unified_diff(b"a\nb\n", [ByteEdit(0, 2, b"a\n")]) == b""
    assert unified_diff(b"", []) == b""
    assert b"-a\n+A\n b\n" in unified_diff(b"a\nb\n", [ByteEdit(0, 2, b"A\n")])
