"""The command itself: version, help, unknown commands, and how errors are told."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from ungarble import __version__
from ungarble.cli import COMMANDS, main

HEAVY = ("rich", "rapidfuzz", "platformdirs", "importlib.metadata", "symspellpy", "pocketsphinx", "ungarble.pipeline")
LOADED = "import sys; from ungarble.cli import main; main(standalone_mode=False); print(*sys.modules, file=sys.stderr)"
"""Runs a command line, and prints the names of all modules that it loaded."""


def test_version():
    result = CliRunner().invoke(main, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"ungarble {__version__}\n")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command(flag):
    result = CliRunner().invoke(main, [flag])
    assert result.exit_code == 0
    listed = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    assert all([name, short_help] in listed for name, (_, short_help) in COMMANDS.items())


def test_without_arguments_help_and_exit_2():
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: ungarble" in result.stderr


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_imports_little(flag):
    result = subprocess.run([sys.executable, "-c", LOADED, flag], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(result.stderr.split())


@pytest.mark.parametrize("args", [["clean", "talk.txt"], ["batch", "talk.txt", "--check", "-j", "1"]])
def test_cleaning_imports_nothing_of_reviews(args, tmp_path):
    (tmp_path / "talk.txt").write_text("We met there.\n")
    call = [sys.executable, "-c", LOADED, *args, "--no-packs"]
    result = subprocess.run(call, capture_output=True, text=True, check=True, cwd=tmp_path)
    loaded = {name for name in result.stderr.split() if name.startswith("ungarble.")}
    assert "ungarble.pipeline" in loaded
    assert not [name for name in loaded if name.startswith(("ungarble.review", "ungarble.evaluation"))]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_imported_and_has_help(name):
    with click.Context(main) as context:
        command = main.get_command(context, name)
    assert command is not None
    assert command.help
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"Usage: ungarble {name}" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["clen"], "ungarble: there is no command 'clen'; did you mean 'clean'?; see ungarble --help"),
        (["zzz"], "ungarble: there is no command 'zzz'; see ungarble --help"),
        (["--nonsense"], "ungarble: No such option '--nonsense'; see ungarble --help"),
    ],
)
def test_wrong_usage_is_one_line(args, message):
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == message + "\n"


def test_a_bug_keeps_its_traceback(monkeypatch, tmp_path):
    def broken(*_args):
        raise RuntimeError("a bug")

    monkeypatch.setattr("ungarble.cli.clean._clean", broken)
    with pytest.raises(RuntimeError):
        CliRunner().invoke(main, ["clean", str(tmp_path)], catch_exceptions=False)
