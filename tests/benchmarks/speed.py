"""How fast ungarble is, and how much memory it takes, beside codespell in the same run.

    python tests/benchmarks/speed.py [--runs N] [--json]

Every figure is the median of whole new processes. The indexes lie in a temporary folder, so nobody's cache is touched.
Texts are those of the development sets where they are present (see ``accuracy.py``), else our own transcripts.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from accuracy import TRANSCRIPTS, data_folder

FEW_WORDS, MANY_WORDS = 675, 100_000


class Run(NamedTuple):
    """One process: seconds from start to end, seconds of processor time, and its memory at the most, in MB.

    The last two are None where the system does not tell them.
    """

    seconds: float
    processor: float | None
    megabytes: float | None


class Limits(NamedTuple):
    """What a measure must not exceed; None: no limit."""

    seconds: float | None = None
    megabytes: float | None = None
    ratio: float | None = None


class Figure(NamedTuple):
    """A measure: medians, and beside them the seconds that codespell takes for the same."""

    name: str
    seconds: float
    processor: float | None
    megabytes: float | None
    codespell: float
    limits: Limits

    @property
    def ratio(self) -> float:
        """How many times as long as codespell it takes."""
        return self.seconds / self.codespell

    @property
    def is_within(self) -> bool:
        """Whether every limit is kept."""
        values = (self.seconds, self.megabytes, self.ratio)
        return all(None in pair or pair[0] <= pair[1] for pair in zip(values, self.limits, strict=True))


def measure(runs: int = 9, long_runs: int = 3) -> list[Figure]:
    """Measure everything; what takes long fewer times."""
    with tempfile.TemporaryDirectory(prefix="ungarble-") as name:
        folder = Path(name)
        few, many = _texts(folder)
        cache = folder / "cache"
        version, few_words = ["--version"], ["clean", str(few)]
        first = [_run("ungarble", few_words, folder / f"cache-{number}") for number in range(long_runs)]
        _run("ungarble", few_words, cache)
        few_by_codespell = [str(few)]
        return [
            _figure("--version", version, version, cache, runs, Limits(ratio=2.5)),
            _figure("--help", ["--help"], version, cache, runs, Limits(ratio=2.5)),
            _figure(f"{FEW_WORDS} words", few_words, few_by_codespell, cache, runs, Limits(0.5, 200)),
            _medians(f"{FEW_WORDS} words, the first time", first, [_run("codespell", few_by_codespell)], Limits(5)),
            _figure(f"{MANY_WORDS:,} words", ["clean", str(many)], [str(many)], cache, long_runs, Limits(4)),
        ]


def with_slack(figure: Figure, times: float) -> Figure:
    """The same figure, its limits of time widened; memory does not depend on what else runs."""
    seconds, megabytes, ratio = figure.limits
    return figure._replace(limits=Limits(seconds and seconds * times, megabytes, ratio and ratio * times))


def main() -> int:
    """Print the figures; exit 1 where a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="processes for each of the short measures; default: 9")
    parser.add_argument("--long-runs", type=int, default=3, help="processes for each of the long ones; default: 3")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args()
    figures = measure(given.runs, given.long_runs)
    if given.json:
        rows = [{**figure._asdict(), "limits": figure.limits._asdict(), "ratio": figure.ratio} for figure in figures]
        print(json.dumps({"python": platform.python_version(), "machine": platform.machine(), "figures": rows}))
    else:
        print(_table(figures))
    return int(not all(figure.is_within for figure in figures))


def _figure(name: str, command: Sequence[str], beside: Sequence[str], cache: Path, runs: int, limits: Limits) -> Figure:
    """Run ungarble and codespell in turn, so that what else the machine does weighs on both."""
    pairs = [(_run("ungarble", command, cache), _run("codespell", beside)) for _ in range(runs)]
    return _medians(name, [pair[0] for pair in pairs], [pair[1] for pair in pairs], limits)


def _medians(name: str, ours: Sequence[Run], theirs: Sequence[Run], limits: Limits) -> Figure:
    seconds, processor, megabytes = (
        median(values) if (values := [value for value in column if value is not None]) else None
        for column in zip(*ours, strict=True)
    )
    return Figure(name, seconds or 0.0, processor, megabytes, median(run.seconds for run in theirs), limits)


def _run(program: str, arguments: Sequence[str], cache: Path | None = None) -> Run:
    environment = {**os.environ} | ({"UNGARBLE_CACHE": str(cache)} if cache else {})
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what pip installs is compiled
    command = [sys.executable, "-S", str(Path(__file__).with_name("run_apart.py")), _script(program), *arguments]
    printed = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    code, seconds, processor, memory = json.loads(printed)
    if code and program == "ungarble":
        raise RuntimeError(f"{program} {' '.join(arguments)} ended with {code}")
    return Run(seconds, processor, memory and memory / 1e6)


def _script(program: str) -> str:
    """A program beside this Python, or else on the path."""
    found = shutil.which(program, path=str(Path(sys.executable).parent)) or shutil.which(program)
    if found is None:
        raise SystemExit(f"{program} is not installed; pip install -e '.[test]'")
    return found


def _texts(folder: Path) -> tuple[Path, Path]:
    """A transcript, and a long text: files of so many words."""
    data = data_folder()
    ours = [path.read_text(encoding="utf-8") for path in sorted(TRANSCRIPTS.glob("*/garbled.txt"))]
    few, many = folder / "few.txt", folder / "many.txt"
    transcript, clean = data / "user-transcript" / "transcript.txt", data / "clean-text"
    few.write_text(
        transcript.read_text(encoding="utf-8") if transcript.is_file() else _cut("\n".join(ours), FEW_WORDS),
        encoding="utf-8",
    )
    lines = [line for path in sorted(clean.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").split("\n")]
    documents = [json.loads(line)["text"] for line in lines if line]
    many.write_text(_cut("\n\n".join(documents or _shuffled(ours)), MANY_WORDS), encoding="utf-8")
    return few, many


def _shuffled(texts: Sequence[str]) -> list[str]:
    """Many lines, each one of the texts' in some order: enough for a long text."""
    lines = [line for text in texts for line in text.splitlines() if line]
    chance = random.Random(1)
    return [line for _ in range(40) for line in chance.sample(lines, len(lines))]


def _cut(text: str, words: int) -> str:
    """A text's first words, its lines as they are."""
    left, lines = words, []
    for line in text.splitlines():
        lines.append(" ".join(line.split()[:left]))
        left -= len(line.split())
        if left <= 0:
            break
    return "\n".join(lines) + "\n"


def _table(figures: Sequence[Figure]) -> str:
    columns = ("measure", "seconds", "processor", "MB", "codespell, seconds", "times codespell", "limit")
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    for figure in figures:
        limits = figure.limits
        wanted = [
            f"{value:g} {unit}"
            for value, unit in zip(limits, ("s", "MB", "× codespell"), strict=True)
            if value is not None
        ]
        limit = ", ".join(wanted) + ("" if figure.is_within else " **exceeded**")
        processor = "" if figure.processor is None else f"{figure.processor:.2f}"
        memory = "" if figure.megabytes is None else f"{figure.megabytes:.0f}"
        times = f"{figure.seconds:.2f} | {processor} | {memory} | {figure.codespell:.2f} | {figure.ratio:.1f}"
        lines.append(f"| {figure.name} | {times} | {limit} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
