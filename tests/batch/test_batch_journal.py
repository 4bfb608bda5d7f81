"""The journal outlives its process at any byte; the lock does not outlive it; results come in order."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from ungarble.batch.cleaners import said_in
from ungarble.batch.journal import Journal, Said
from ungarble.batch.lock import LockedError
from ungarble.batch.order import Ordered
from ungarble.batch.storage import LocalDisk, digest
from ungarble.batch.tasks import Outcome
from ungarble.files import DiskFullError


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "journal.jsonl")


_open: list[Journal] = []


@pytest.fixture(autouse=True)
def _closed():
    yield
    while _open:
        _open.pop().close()


def journal(path: str, resume: bool = True) -> Journal:
    made = Journal(LocalDisk(), path)
    _open.append(made)
    made.begin(resume)
    return made


def done(name: str = "a", output: str = "o") -> Outcome:
    return Outcome(7, "changed", words=3, stages={"names": (1, 0)}, input="i", output=output, corrections=name)


def fill(path: str) -> Journal:
    made = journal(path)
    made.add_outputs(["a.txt", "b.txt"])
    made.add_said("a.txt", Said("i1", "s1", ("Kabul",)))
    made.add_done("a.txt", "s1", done("first"))
    made.add_done("b\udcff.txt", "s1", done("b\udcff"))
    return made


def test_what_was_written_is_read_again(path):
    first = fill(path)
    second = journal(path)
    assert second.mark == first.mark != ""
    assert second.outputs == {"a.txt", "b.txt"}
    assert second.said == {"a.txt": Said("i1", "s1", ("Kabul",))}
    assert second.done == first.done
    again = second.outcome("a.txt", 9)
    assert (again.number, again.status, again.words, again.fixes, again.corrections) == (9, "changed", 3, 1, "first")
    assert second.outcome("b\udcff.txt", 0).corrections == "b\udcff"


def test_the_last_line_of_a_file_holds(path):
    fill(path).add_done("a.txt", "s3", done("new", "o3"))
    again = journal(path)
    assert again.done["a.txt"][:3] == ("i", "s3", "o3")
    assert again.outcome("a.txt", 0).corrections == "new"


def test_starting_over_remembers_only_what_is_its_own(path):
    mark = fill(path).mark
    again = journal(path, resume=False)
    assert (again.done, again.said, again.outputs) == ({}, {}, {"a.txt", "b.txt"})
    assert again.mark == mark
    assert journal(path).outputs == {"a.txt", "b.txt"}


def test_cut_short_at_any_byte(path, tmp_path):
    fill(path)
    whole = (tmp_path / "journal.jsonl").read_bytes()
    lines = whole.splitlines(keepends=True)
    for size in range(len(whole)):
        (tmp_path / "journal.jsonl").write_bytes(whole[:size])
        again = journal(path)
        kept = sum(size >= sum(map(len, lines[: number + 1])) for number in range(len(lines)))
        assert len(again.done) == max(0, kept - 3 - 1)  # behind the header, two lists of outputs and the names
        again.add_done("c.txt", "s", done("c"))
        assert journal(path).outcome("c.txt", 0).corrections == "c"


def test_damaged_lines_are_passed_over(path, tmp_path):
    fill(path)
    file = tmp_path / "journal.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    lines[-2:-2] = [b"\0" * 40 + b"\n", b"[]\n", b'{"done": "x"}\n', b"\xff\xfe\n", b"7\n"]
    file.write_bytes(b"".join(lines))
    again = journal(path)
    assert set(again.done) == {"a.txt", "b\udcff.txt"}
    assert again.outcome("a.txt", 0).corrections == "first"


def test_a_full_disk_leaves_no_half_line(path, tmp_path, monkeypatch):
    made = fill(path)
    before = (tmp_path / "journal.jsonl").read_bytes()
    log = made._log

    class Full:
        def __getattr__(self, name):
            return getattr(log_file, name)

        def write(self, data):
            log_file.write(bytes(data[:7]))
            raise OSError(errno.ENOSPC, "No space left on device")

    log_file = log._file
    monkeypatch.setattr(log, "_file", Full())
    with pytest.raises(DiskFullError):
        made.add_done("c.txt", "s", done("c"))
    assert (tmp_path / "journal.jsonl").read_bytes() == before


def test_temporary_files_of_a_dead_run_are_removed(tmp_path):
    disk = LocalDisk("abcd")
    staged = disk.stage(str(tmp_path / "sub" / "a.txt"), b"new")
    others = LocalDisk("other").stage(str(tmp_path / "sub" / "a.txt"), b"new")
    disk.clear([str(tmp_path / "sub"), str(tmp_path / "nowhere")])
    assert not Path(staged).exists()
    assert Path(others).exists()


def test_a_result_is_put_in_place_only_over_what_was_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    disk = LocalDisk("abcd")
    disk.commit(disk.stage(str(path), b"new"), str(path), digest(b"old"), ".orig")
    assert (path.read_bytes(), (tmp_path / "a.txt.orig").read_bytes()) == (b"new", b"old")
    with pytest.raises(Exception, match="it was changed by another program in the meantime"):
        disk.commit(disk.stage(str(path), b"newer"), str(path), digest(b"old"), None)
    assert path.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "a.txt.orig"]


def test_a_backup_that_a_dead_run_left_will_do(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    (tmp_path / "a.txt.orig").write_bytes(b"old")
    disk = LocalDisk("abcd")
    disk.commit(disk.stage(str(path), b"new"), str(path), digest(b"old"), ".orig")
    assert path.read_bytes() == b"new"
    with pytest.raises(Exception, match="there is a backup of this name already"):
        disk.commit(disk.stage(str(path), b"newer"), str(path), digest(b"new"), ".orig")
    assert path.read_bytes() == b"new"


HOLD = """
import sys
from ungarble.batch.storage import LocalDisk
lock = LocalDisk().lock(sys.argv[1])
print("locked", flush=True)
sys.stdin.read()
"""


def test_a_lock_ends_with_its_process(tmp_path):
    path = str(tmp_path / ".ungarble" / "lock")
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline().strip() == b"locked"
        with pytest.raises(LockedError) as caught:
            LocalDisk().lock(path)
        assert str(caught.value) == (
            f"another batch (process {other.pid}) is at work on {tmp_path}; "
            "wait until it has ended, or write elsewhere with -o"
        )
        other.kill()
    lock = LocalDisk().lock(path)
    lock.release()
    lock.release()


def test_whatever_comes_is_handed_on_in_order():
    given: list[bytes] = []
    ordered = Ordered(given.append)
    for number in (2, 0, 4, 1, 5, 3):
        ordered.put(number, b"" if number == 4 else b"%d" % number)
    ordered.close()
    assert given == [b"0", b"1", b"2", b"3", b"5"]


def test_who_says_what_does_not_depend_on_the_order():
    files = [("a", ("Kabul", "Herat")), ("b", ("Kabul",)), ("c", ("Kabul", "Farah"))]
    assert said_in(files) == said_in(reversed(files)) == {"Farah": "c", "Herat": "a", "Kabul": None}
    assert list(said_in(files)) == sorted(said_in(files))
