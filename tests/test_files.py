"""Files are replaced whole or not at all."""

import errno
import io
import os
import pickle
import stat
import sys
from types import SimpleNamespace

import pytest

from ungarble import files
from ungarble.files import FileError

unix = pytest.mark.skipif(sys.platform == "win32", reason="needs Unix modes and links")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file(tmp_path):
    files.write(tmp_path / "new.txt", b"x\r\n")
    assert (tmp_path / "new.txt").read_bytes() == b"x\r\n"
    assert names(tmp_path) == ["new.txt"]


@unix
def test_a_new_file_has_the_usual_mode(tmp_path):
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "new.txt", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


@unix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_a_replaced_file_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "old.txt"
    path.write_bytes(b"old")
    path.chmod(mode)
    files.rewrite(path, b"old", b"new", ".orig")
    for name, content in (("old.txt", b"new"), ("old.txt.orig", b"old")):
        assert (tmp_path / name).read_bytes() == content
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode


@unix
def test_a_link_stays_one(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("folder/real.txt")
    files.write(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "folder" / "real.txt").read_bytes() == b"new"
    assert names(tmp_path / "folder") == ["real.txt"]


@pytest.mark.parametrize("failing", ["fsync", "fdopen"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_everything_as_it_was(tmp_path, monkeypatch, failing, error):
    path = tmp_path / "old.txt"
    path.write_bytes(b"old")

    def fail(*_args):
        raise error

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises((FileError, KeyboardInterrupt)) as caught:
        files.write(path, b"new")
    if isinstance(error, OSError):
        assert str(caught.value) == f"cannot write {path}: the disk is full; make room and try again"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["old.txt"]


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_an_unwritable_folder(tmp_path, monkeypatch, code):
    def fail(*_args):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(FileError, match=r"may not be written to|permission denied") as caught:
        files.write(tmp_path / "new.txt", b"new")
    assert "\n" not in str(caught.value)


def test_a_read_only_file_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "old.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_args: False)
    with pytest.raises(FileError):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_file_that_another_program_changed(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes(b"theirs")
    with pytest.raises(FileError, match="changed by another program"):
        files.rewrite(path, b"old", b"new", ".orig")
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["old.txt"]


def test_an_existing_backup_is_kept(tmp_path):
    (tmp_path / "old.txt").write_bytes(b"old")
    (tmp_path / "old.txt.orig").write_bytes(b"older")
    with pytest.raises(FileError, match="there is a backup of this name already"):
        files.rewrite(tmp_path / "old.txt", b"old", b"new", ".orig")
    assert (tmp_path / "old.txt").read_bytes() == b"old"
    assert (tmp_path / "old.txt.orig").read_bytes() == b"older"


def test_names_that_no_file_can_have(tmp_path):
    for attempt in (lambda path: files.read(path), lambda path: files.write(path, b"")):
        with pytest.raises(FileError):
            attempt(tmp_path / "nul\0.txt")
        with pytest.raises(FileError):
            attempt(tmp_path / ("long" * 100))


def test_closed_standard_streams(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(FileError, match="cannot read standard input: it is closed"):
        files.read_standard_input()
    with pytest.raises(FileError, match="cannot write to standard output: it is closed"):
        files.write_standard_output(b"x")


def test_standard_output_that_takes_a_part_at_a_time(monkeypatch):
    class Raw(io.BytesIO):
        def write(self, data):
            return super().write(data[:3])

    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=Raw(), flush=lambda: None))
    files.write_standard_output(b"all of it")
    assert sys.stdout.buffer.getvalue() == b"all of it"


def test_the_error_survives_pickling():
    error = FileError("a", "read", "so")
    assert str(pickle.loads(pickle.dumps(error))) == "cannot read a: so"
