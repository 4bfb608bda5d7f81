"""Kills a batch at random moments, resumes it each time, and compares what it leaves with an undisturbed run.

    python tests/benchmarks/batch_crash.py [--files 2000] [--kills 50] [--seed 1] [--in-place]

After every kill each output must be absent, old (with ``--in-place``) or complete; at the end the outputs must be those
of the undisturbed run, byte for byte, and nothing else may lie among them. In place, each original is kept as a backup.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import batch_files

BACKUP = ".orig"
SCRIPT = "from ungarble.cli import main; main(prog_name='ungarble')"


def crash(files: int, kills: int, seed: int, in_place: bool, folder: Path) -> dict[str, float]:
    """Do it in an empty folder; returns what happened in numbers. Raises AssertionError where anything is lost."""
    chance = random.Random(seed)
    inputs, right, out = folder / "in", folder / "right", folder / "out"
    batch_files.make(inputs, files, seed=seed)
    before = contents(inputs)
    began = time.perf_counter()
    assert start([str(inputs), "-o", str(right)]).wait() == 0
    undisturbed = time.perf_counter() - began
    complete = contents(right)
    if in_place:
        shutil.copytree(inputs, out)
    args = [str(out), "-i", "--backup", BACKUP] if in_place else [str(inputs), "-o", str(out)]
    killed = 0
    for _ in range(kills):
        process = start([*args, "--resume"])
        killed += not _ends_within(process, chance.uniform(0.1, 2 * undisturbed / kills + 0.8))
        process.send_signal(signal.SIGKILL)
        process.wait()
        _check(contents(out), before if in_place else {}, complete)
    done = len(contents(out)) if not in_place else sum(complete[p] == data for p, data in contents(out).items())
    began = time.perf_counter()
    assert start([*args, "--resume"]).wait() == 0
    assert contents(out) == complete, "the outputs are not those of an undisturbed run"
    changed = {path: data for path, data in before.items() if complete[path] != data and in_place}
    assert contents(out, backups=True) == changed, "the backups are not the originals"
    assert not list(folder.rglob("*.tmp")), "temporary files were left"
    return {
        "files": files,
        "kills while it ran": killed,
        "seconds of an undisturbed run": undisturbed,
        "files done before the last run": done,
        "seconds of the last run": time.perf_counter() - began,
    }


def start(args: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a batch, all that it prints dropped."""
    command = [sys.executable, "-c", SCRIPT, "batch", *args, "-q"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contents(folder: Path, backups: bool = False) -> dict[str, bytes]:
    """What the files in a folder hold that are no batch's own, or the backups, by the files' paths."""
    paths = [path for path in folder.rglob("[!.]*") if path.is_file() and ".ungarble" not in path.parts]
    return {
        str(path.relative_to(folder)).removesuffix(BACKUP): path.read_bytes()
        for path in paths
        if path.name.endswith(BACKUP) == backups
    }


def _ends_within(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _check(found: dict[str, bytes], old: dict[str, bytes], complete: dict[str, bytes]) -> None:
    for path, data in found.items():
        assert data in (complete.get(path), old.get(path)), f"{path} is neither old nor complete"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in-place", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = crash(given.files, given.kills, given.seed, given.in_place, Path(os.path.realpath(folder)))
    for name, value in found.items():
        print(f"{name}: {value:.1f}" if isinstance(value, float) else f"{name}: {value}")
    print("outputs equal, none missing, nothing left over")


if __name__ == "__main__":
    main()
