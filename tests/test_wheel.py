"""The package as people get it: built from a source distribution, installed with nothing but what it runs with."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from ungarble import __version__

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]

UNREACHABLE = ("No matching distribution found for", "Connection", "Temporary failure")
"""What pip says where it finds nothing to install the run-time dependencies from."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the source distribution, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    pytest.importorskip("build", reason="build is not installed; pip install -e '.[test]'")
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT], check=True)
    return folder


@pytest.fixture(scope="module")
def bare(built, tmp_path_factory):
    """The programs' folder of a new virtual environment in which only the wheel is installed."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = built.glob("*.whl")
    command = [programs / "python", "-m", "pip", "install", "--disable-pip-version-check", wheel]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode and any(said in result.stderr for said in UNREACHABLE):
        pytest.skip(f"pip reaches no package index: {result.stderr.strip().splitlines()[-1]}")
    assert result.returncode == 0, result.stderr
    return programs


@pytest.fixture
def run(bare, tmp_path):
    """Run a program of the bare environment far from the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["UNGARBLE_CACHE"] = str(tmp_path / "cache")

    def run(program: str, *arguments: str) -> str:
        command = [bare / program, *arguments]
        result = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def test_source_distribution_holds_what_the_tests_need(built):
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = [ROOT / name for name in ("README.md", "LICENSE", "pyproject.toml")]
    wanted += [*ROOT.glob("dictionaries/**/*.tsv"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("tests/transcripts/**/*.*")]
    assert {path.relative_to(ROOT).as_posix() for path in wanted if "__pycache__" not in path.parts} <= held


def test_wheel_holds_the_dictionaries(built):
    (wheel,) = built.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    tables = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("dictionaries/**/*.tsv")}
    assert tables
    assert {f"ungarble/{table}" for table in tables} <= held
    assert {"ungarble/py.typed", "ungarble/report.schema.json"} <= held
    assert not [name for name in held if name.startswith("tests")]


def test_nothing_but_what_it_runs_with(run):
    listed = run("python", "-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check").lower()
    assert not [name for name in ("pytest", "hypothesis", "codespell", "pycountry") if f"\n{name}==" in listed]


def test_version(run):
    assert run("ungarble", "--version") == f"ungarble {__version__}\n"


def test_cleans_a_file(run, tmp_path):
    talk = tmp_path / "talk.txt"
    talk.write_text("We met Sohail shaheen on on monday , near kabul.\n", encoding="utf-8")
    assert run("ungarble", "clean", "talk.txt") == "We met Suhail Shaheen on Monday, near Kabul.\n"
    assert "afghanistan: " in run("ungarble", "gazetteer", "list")
    assert '"en/words.tsv"' in run("ungarble", "clean", "talk.txt", "--json")


def test_evaluates_and_writes_a_page(run, tmp_path):
    (tmp_path / "heard.txt").write_text("They met in kabul.\n", encoding="utf-8")
    (tmp_path / "said.txt").write_text("They met in Kabul.\n", encoding="utf-8")
    shown = run("ungarble", "evaluate", "--hyp", "heard.txt", "--ref", "said.txt", "--report", "report.html")
    assert "broke no word" in shown
    assert "<table>" in (tmp_path / "report.html").read_text(encoding="utf-8")
