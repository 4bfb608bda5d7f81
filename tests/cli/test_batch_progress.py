"""How far a batch is: lines now and then in a pipe, a bar on a terminal."""

import os
import re
import subprocess
import sys
from pathlib import Path

import batch_stand_in
import pytest

from ungarble.batch.tasks import Outcome
from ungarble.batch.totals import Totals
from ungarble.cli import progress


@pytest.fixture
def clock(monkeypatch):
    """Time that passes when a test says so."""
    now = [1000.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def test_a_line_every_ten_seconds(clock, capsys):
    watch, counted = progress.Lines(True), Totals()
    watch.begin("cleaning", 1200)
    for number in range(1200):
        clock[0] += 0.0625
        counted.count("a", Outcome(number, "failed" if number == 300 else "changed", words=100))
        watch.done(counted)
    watch.close()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 7
    assert lines[0] == "cleaning: 160 of 1,200 files · 1,600 words/s · 1 min 5 s left"
    assert lines[-1] == "cleaning: 1,120 of 1,200 files · 1,600 words/s · 5 s left · 1 failed"


def test_a_short_batch_has_no_lines(clock, capsys):
    watch = progress.Lines(True)
    watch.begin("cleaning", 3)
    for _ in range(3):
        clock[0] += 3
        watch.done(Totals())
    assert capsys.readouterr().err == ""


def test_a_terminal_that_cannot_move_gets_lines(monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    for term, kind in (("xterm", progress.Bar), ("dumb", progress.Lines)):
        monkeypatch.setenv("TERM", term)
        assert type(progress.watcher(quiet=False, stops_with_output=True)) is kind
    assert type(progress.watcher(quiet=True, stops_with_output=True)) is progress.Quiet


def test_a_bar_on_a_terminal():
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    Path("talks").mkdir()
    for number in range(30):
        Path(f"talks/{number:02}.txt").write_text("SLOW badaksha")
    master, slave = pty.openpty()
    command = [sys.executable, batch_stand_in.__file__, "batch", "--no-packs", "talks", "-o", "out", "-j", "1"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=slave, stderr=slave, env=environment) as process:
        os.close(slave)
        shown = _read(master)
        assert process.wait(30) == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert re.search(r"cleaning ━+.* \d+ of 30 files", plain)
    assert "left" in plain
    assert "files           30" in plain
    assert not list(Path("out").rglob("*.tmp"))


def _read(terminal: int) -> str:
    """What was written to a terminal until everybody closed it."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts).decode()
        parts.append(part)
