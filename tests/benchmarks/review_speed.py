"""How soon a review is there, and how fast it answers: about 2,000 suggestions in 40 transcripts.

    python tests/benchmarks/review_speed.py [--files 40] [--keys 400] [--across]

Prints what ``clean`` takes for the first transcript and a review until its first question, each as a new process
(medians of five), and how long a key takes until the next question stands on the screen: median, 99 in 100, the most.
"""

import argparse
import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from ungarble.api import Cleaner
from ungarble.options import Options
from ungarble.review import screen
from ungarble.review.decisions_file import DecisionsFile, beside
from ungarble.review.keys import Keys
from ungarble.review.plain import say
from ungarble.review.questions import Asked, Order
from ungarble.review.session import Session
from ungarble.review.transcript import Transcript
from ungarble.review.view import view

SCRIPT = "from ungarble.cli import main; main(prog_name='ungarble')"
TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
SUGGEST_ABOVE = 0.1
KEYS = (*"yyyynnnaaNsbu12", "A", "e", "?")


def main(args: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--keys", type=int, default=400)
    parser.add_argument("--across", action="store_true", help="an answer for all is one for all transcripts")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(args)
    with tempfile.TemporaryDirectory(prefix="ungarble-") as name:
        folder = Path(name)
        paths = _write(folder, given.files)
        os.environ.setdefault("UNGARBLE_CACHE", str(folder / "cache"))
        options = ["--suggest-above", str(SUGGEST_ABOVE), "-g", str(folder / "names.tsv")]
        clean = _seconds(["clean", str(paths[0]), "-q", "-o", os.devnull, *options])
        first = _seconds(["review", *map(str, paths), "--answers", os.devnull, *options])
        print(f"clean: {clean:.2f} s; a review until the first question: {first:.2f} s")
        _keys(paths, folder / "names.tsv", given)
    return 0


def _write(folder: Path, count: int) -> list[Path]:
    """Transcripts of some 3,000 words, each another mixture of our own; and one list of all their names."""
    sources = sorted(TRANSCRIPTS.glob("*/garbled.txt"))
    dice, paths = random.Random(0), []
    tables = [path.read_text(encoding="utf-8").splitlines() for path in sorted(TRANSCRIPTS.glob("*/gazetteer.tsv"))]
    names = dict.fromkeys(line.split("\t")[0] for table in tables for line in table[1:])
    (folder / "names.tsv").write_text("name\n" + "".join(f"{name}\n" for name in names), encoding="utf-8")
    for number in range(count):
        parts = [source.read_text(encoding="utf-8") for source in dice.sample(sources, min(3, len(sources)))]
        paths.append(folder / f"talk{number:02}.txt")
        paths[-1].write_text("\n".join(parts), encoding="utf-8")
    return paths


def _seconds(args: list[str]) -> float:
    """The median of five new processes, after one that builds the indexes."""
    found = []
    for _ in range(6):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", SCRIPT, *args], check=True, capture_output=True)
        found.append(time.perf_counter() - began)
    return statistics.median(found[1:])


def _keys(paths: Sequence[Path], names: Path, given: argparse.Namespace) -> None:
    cleaner = Cleaner(Options(suggest_above=SUGGEST_ABOVE), [names])
    transcripts = [Transcript(str(p), None, DecisionsFile(beside(p)), lambda: cleaner, _nobody) for p in paths]
    session, keys, dice = (
        Session(transcripts, Asked(order=Order.FREQUENCY), across=given.across),
        Keys(),
        random.Random(given.seed),
    )
    session.begin()
    suggestions = sum(len(one.sitting.open) for one in transcripts)
    gc.collect()
    gc.freeze()
    taken: list[tuple[float, str]] = []
    while len(taken) < given.keys and session.ending is None:
        key = dice.choice(KEYS) if session.asking is None else "enter"
        began = time.perf_counter()
        say(session, key)
        shown = view(session)
        screen.body(shown, 120, 40)
        screen.keys(shown, keys, 120)
        taken.append((1000 * (time.perf_counter() - began), key))
    times = sorted(taken)
    middle, high = times[len(times) // 2][0], times[len(times) * 99 // 100][0]
    print(f"{suggestions} suggestions in {len(paths)} transcripts, {len(times)} keys: median {middle:.1f} ms, ", end="")
    print(f"99 in 100 within {high:.1f} ms, the most {times[-1][0]:.1f} ms ({times[-1][1]})")


def _nobody() -> object:
    raise NotImplementedError


if __name__ == "__main__":
    sys.exit(main())
