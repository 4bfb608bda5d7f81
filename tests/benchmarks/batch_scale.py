"""How much memory a batch's processes take and how fast they are, with many small files or one that is huge.

    python tests/benchmarks/batch_scale.py [--files 10000] [--words 150] [--jobs 1,2]
    python tests/benchmarks/batch_scale.py --huge 200        one file of 200 MB

Memory is the most that any one process had resident (VmHWM); pages that processes share count in each. Linux only.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import batch_files

SCRIPT = "from ungarble.cli import main; main(prog_name='ungarble')"


class Run(NamedTuple):
    """A whole batch: its exit code, seconds, and megabytes at the most, of the parent and of each worker.

    On a machine that does other work, seconds of processor time tell what two workers would take on two idle cores.
    """

    code: int
    seconds: float
    processor: float
    parent: float
    workers: list[float]


def measure(args: list[str]) -> Run:
    """Run a batch and look at its processes ten times a second."""
    command = [sys.executable, "-c", SCRIPT, "batch", *args, "-q"]
    peaks: defaultdict[int, float] = defaultdict(float)
    began, used = time.perf_counter(), _processor()
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            for pid in (process.pid, *_children(process.pid)):
                peaks[pid] = max(peaks[pid], _peak(pid))
            time.sleep(0.1)
    seconds = time.perf_counter() - began
    parent = peaks.pop(process.pid)
    return Run(process.returncode, seconds, _processor() - used, parent, [peak for peak in peaks.values() if peak])


def _processor() -> float:
    """Seconds of processor time of all children so far, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (OSError, ValueError):
        return []


def _peak(pid: int) -> float:
    """Megabytes that a process had resident at the most."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _small(folder: Path, files: int, words: int, jobs: list[int]) -> None:
    size = batch_files.make(folder / "in", files, words)
    print(f"{files} files of {words} words, {size / 1e6:.0f} MB")
    seconds = {}
    for number in jobs:
        run = measure([str(folder / "in"), "-o", str(folder / f"out{number}"), "-j", str(number)])
        seconds[number] = run.seconds
        print(
            f"{number} workers: {run.seconds:.1f} s ({run.processor:.1f} s of processor time), "
            f"{files * words / run.seconds:,.0f} words/s, exit code {run.code}, "
            f"parent {run.parent:.0f} MB, workers at most {max(run.workers):.0f} MB ({len(run.workers)} processes)"
        )
    first, last = jobs[0], jobs[-1]
    if first != last:
        print(f"{last} workers over {first}: {seconds[first] / seconds[last]:.2f}")


def _huge(folder: Path, megabytes: int) -> None:
    text = (batch_files.TRANSCRIPTS / "radio" / "garbled.txt").read_bytes() + b"\n"
    (folder / "huge.txt").write_bytes(text * (megabytes * 1_000_000 // len(text)))
    run = measure([str(folder / "huge.txt"), "-o", str(folder / "out"), "-j", "1"])
    print(
        f"one file of {megabytes} MB: {run.seconds:.0f} s, {megabytes / run.seconds:.2f} MB/s, exit code {run.code}, "
        f"parent {run.parent:.0f} MB, worker {max(run.workers):.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=150)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--huge", type=int, metavar="MB")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.huge:
            _huge(Path(folder), given.huge)
        else:
            _small(Path(folder), given.files, given.words, [int(number) for number in given.jobs.split(",")])


if __name__ == "__main__":
    main()
