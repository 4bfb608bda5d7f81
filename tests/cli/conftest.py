"""What the tests of the command line share: stand-in stages, and ways to run a command."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stand_in
from click.testing import CliRunner, Result

import ungarble as package
from ungarble.cli import main

STAND_IN = Path(stand_in.__file__)


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of its own, no colour settings from outside, and stages that find fixed things."""
    modules: dict[str, object] = {}
    stand_in.install(modules)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(package.__file__).parents[1]))
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ungarble():
    """Run a command line in this process: arguments and input in; exit code, stdout and stderr out."""

    def run(*args: str, stdin: bytes | str | None = None) -> Result:
        result = CliRunner().invoke(main, ["clean", "--no-packs", *args], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def command() -> list[str]:
    """The start of a command line for a process of its own, with the stand-in stages."""
    return [sys.executable, str(STAND_IN), "clean", "--no-packs"]


@pytest.fixture
def process(command: list[str]):
    """Run it in a process of its own."""

    def run(*args: str, **more) -> "subprocess.CompletedProcess[bytes]":
        environment = {**os.environ, **more.pop("env", {})}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        return subprocess.run([*command, *args], env=environment, timeout=60, check=False, **streams)

    return run


@pytest.fixture
def started(command: list[str]):
    """Start it in a process that goes on; whatever becomes of the test, it ends with it."""
    children = []

    def start(*args: str) -> "subprocess.Popen[bytes]":
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        children.append(
            subprocess.Popen(
                [*command, *args], **pipes, preexec_fn=None if sys.platform == "win32" else _heed_interrupts
            )
        )
        return children[-1]

    yield start
    for child in children:
        with child:  # closes its pipes and waits for it
            child.kill()


def _heed_interrupts() -> None:
    """Ctrl-C ends a program; what a shell starts in the background inherits that it does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
