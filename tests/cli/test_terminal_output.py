"""On a terminal: nothing in a transcript is obeyed, colours come and go as asked, and without input there is help."""

import os
import re
import sys

import pytest

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")

HOSTILE = (
    "Kabul and badaksha province \x1b]0;gone\x07 \x1b[2J\x9b31m [red]x[/red] \u202egnorw\r\nover\rwritten\x00".replace(
        "\x00", ""
    )
)
COLOR = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(process, *args: str, stdin: bytes | None = None, env: dict[str, str] | None = None) -> str:
    """What a process wrote to a terminal that is its standard output."""
    master, slave = pty.openpty()
    feed = {"input": stdin} if stdin is not None else {"stdin": slave}
    result = process("-q", *args, stdout=slave, env={"TERM": "xterm", **(env or {})}, **feed)
    assert result.returncode == 0, result.stderr
    os.close(slave)
    read = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        read += part
    os.close(master)
    return read.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("flags", [[], ["--diff"], ["--diff=unified"], ["--json"]])
def test_nothing_is_obeyed(process, tmp_path, flags):
    (tmp_path / "talk.txt").write_bytes(HOSTILE.encode())
    shown = COLOR.sub("", on_terminal(process, *flags, "talk.txt"))
    assert "Badakhshan" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "[red]x[/red]" in shown
    if flags != ["--json"]:
        assert "␛]0;gone␇ ␛[2J\\x9b31m" in shown
        assert "\\u202egnorw" in shown


def test_a_pipe_gets_the_bytes(process, tmp_path):
    (tmp_path / "talk.txt").write_bytes(HOSTILE.encode())
    assert process("talk.txt").stdout == HOSTILE.replace("badaksha", "Badakhshan").encode()


@pytest.mark.parametrize(
    ("env", "flags", "colored"),
    [
        ({}, [], True),
        ({"NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": ""}, [], True),
        ({"TERM": "dumb"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({}, ["--color", "never"], False),
    ],
)
def test_color_on_a_terminal(process, env, flags, colored):
    shown = on_terminal(process, "--diff", *flags, "-", stdin=b"badaksha", env=env)
    assert ("\x1b[" in shown) == colored
    assert ("[-badaksha-]" in shown) != colored


def test_color_in_a_pipe(ungarble):
    assert "\x1b[" not in ungarble("--diff", stdin="badaksha").stdout
    assert "\x1b[31m" in ungarble("--diff", "--color=always", stdin="badaksha").stdout


def test_a_last_line_without_end_does_not_run_into_the_summary(process):
    assert on_terminal(process, "-", stdin=b"badaksha") == "Badakhshan\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_without_input_help_and_exit_2(process):
    master, slave = pty.openpty()
    result = process(stdin=slave)
    os.close(slave)
    os.close(master)
    assert result.returncode == 2
    assert result.stdout == b""
    assert b"Usage: ungarble clean" in result.stderr
