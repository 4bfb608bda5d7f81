"""The README is the manual: what it shows works, and what can be done stands in it."""

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import ungarble
from ungarble import config
from ungarble.cli import evaluate, gazetteer, main, names, options
from ungarble.options import APPLY_ABOVE, SUGGEST_ABOVE
from ungarble.pipeline import STAGES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "tests" / "transcripts" / "court"


def blocks(language: str) -> list[str]:
    """The code blocks of a language, without what they are indented by."""
    found = re.findall(r"^( *)```(\w*)\n(.*?)^ *```$", README, re.MULTILINE | re.DOTALL)
    return [re.sub(f"^{indent}", "", text, flags=re.MULTILINE) for indent, name, text in found if name == language]


def section(heading: str) -> str:
    """What stands under a heading, up to the next one."""
    return re.split(r"^#+ ", README.split(f"{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def commands(command: click.Command = main, path: str = "ungarble") -> Iterator[tuple[str, click.Command]]:
    """Every command that is no group, by how it is called."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    with click.Context(command) as context:
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), f"{path} {name}")


def flags(command: click.Command) -> set[str]:
    """Every option of a command, in all its forms."""
    with click.Context(command, help_option_names=["-h", "--help"]) as context:
        forms = [form for param in command.get_params(context) for form in (*param.opts, *param.secondary_opts)]
    return {form for form in forms if form.startswith("-")}


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_every_command_and_option(path, command):
    assert f"`{path}" in README
    here = section(f"### `{' '.join(path.split()[:2])}`")
    assert not {flag for flag in flags(command) if not re.search(rf"(?<![\w-]){flag}(?![\w-])", here)}


def test_no_option_that_does_not_exist():
    known = flags(main).union(*(flags(command) for _, command in commands()))
    shown = README.split("## Commands\n")[1].split("## Gazetteers")[0] + "".join(blocks("sh"))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", shown)) <= known


@pytest.mark.parametrize("epilog", [options.EXIT_CODES, gazetteer.EXIT_CODES, names.EXIT_CODES, evaluate.EXIT_CODES])
def test_every_exit_code(epilog):
    codes = re.findall(r"^ +(\d+) ", epilog, re.MULTILINE)
    assert codes
    assert set(codes) <= set(re.findall(r"^\| (\d+) \|", section("### Exit codes"), re.MULTILINE))


def test_stages_in_their_order():
    assert tuple(re.findall(r"^\| `(\w+)` \|", section("## What it does"), re.MULTILINE)) == STAGES


def test_defaults():
    here = section("### `ungarble clean`")
    assert f"default `{APPLY_ABOVE:g}`" in here
    assert f"default `{SUGGEST_ABOVE:g}`" in here
    assert f"{APPLY_ABOVE:g} sure is applied, what is at least {SUGGEST_ABOVE:g} sure" in " ".join(README.split())


def test_configuration(tmp_path):
    (block,) = blocks("toml")
    (tmp_path / "ungarble.toml").write_text(block, encoding="utf-8")
    (tmp_path / "keep.txt").write_text("so called\n", encoding="utf-8")
    chosen = config.load(tmp_path / "ungarble.toml")
    assert (chosen.apply_above, chosen.suggest_above) == (APPLY_ABOVE, SUGGEST_ABOVE)
    assert set(config._KEYS) <= set(re.findall(r"[a-z-]+(?= = )", block))


def test_schema():
    (block,) = blocks("json")
    assert json.loads(block) == json.loads(Path(ungarble.__file__).with_name("report.schema.json").read_text())


def test_python_examples():
    runner, parser, shared = doctest.DocTestRunner(), doctest.DocTestParser(), {}
    for number, block in enumerate(blocks("python")):
        test = parser.get_doctest(block, shared, f"README {number}", "README.md", 0)
        assert test.examples
        assert runner.run(test, clear_globs=False).failed == 0
        shared |= test.globs


@pytest.fixture
def shell(tmp_path):
    """Run a line of shell where talk.txt is the example's transcript, and talks a folder with it and captions.

    The folder ``said`` has what was said in both.
    """
    shutil.copy(EXAMPLE / "garbled.txt", tmp_path / "talk.txt")
    (tmp_path / "talks").mkdir()
    shutil.copy(EXAMPLE / "garbled.txt", tmp_path / "talks" / "talk.txt")
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nthey met in kabul\n"
    (tmp_path / "talks" / "talk.vtt").write_text(captions, encoding="utf-8")
    shutil.copytree(tmp_path / "talks", tmp_path / "said")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    def run(line: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "PATH": path, "PYTHONPATH": str(Path(ungarble.__file__).parents[1])}
        return subprocess.run(
            line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8"
        )

    return run


needs_command = pytest.mark.skipif(
    os.name == "nt" or shutil.which("ungarble", path=str(Path(sys.executable).parent)) is None,
    reason="the command ungarble is not installed beside this Python, or there is no POSIX shell",
)


@needs_command
def test_commands(shell, tmp_path):
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) > 10
    for line in lines:
        result = shell(f"{line} --answers {os.devnull}" if line.startswith("ungarble review") else line)
        found_something = "check" in line and result.returncode == 1
        assert result.returncode == 0 or found_something, (line, result.stderr)
        assert "Traceback" not in result.stderr
    assert (tmp_path / "talk.txt.orig").read_bytes() == (EXAMPLE / "garbled.txt").read_bytes()
    assert (tmp_path / "talk.txt").read_bytes() != (EXAMPLE / "garbled.txt").read_bytes()


@needs_command
def test_before_and_after(shell):
    before, after = (
        " ".join(quote.replace("> ", "").split()) for quote in re.findall(r"(?:^> .*\n)+", README, re.MULTILINE)
    )
    cleaned = shell(f"ungarble clean talk.txt -q -g '{EXAMPLE / 'gazetteer.tsv'}'").stdout
    assert before in (EXAMPLE / "garbled.txt").read_text(encoding="utf-8")
    assert after in cleaned


@needs_command
def test_diff_that_is_shown(shell):
    (block,) = (block for block in blocks("") if block.startswith("line "))
    shown = shell(f"ungarble clean talk.txt -q -g '{EXAMPLE / 'gazetteer.tsv'}' --diff").stdout
    for line in block.splitlines():
        assert all(part.strip() in shown for part in line.split("…"))


def test_commands_to_start_with():
    """They run as they stand here in ``.ci/run``; here only what they name must exist."""
    starting = [block for block in blocks("") if block.startswith("python3 -m venv")]
    assert len(starting) == 2
    assert all(len(block.splitlines()) == 1 for block in starting)
    assert all((ROOT / path).exists() for path in re.findall(r"tests/[\w/.]+", starting[0]))
