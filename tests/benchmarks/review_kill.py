"""A review that is killed at random keystrokes, and resumed each time: the text must be an undisturbed review's.

    python tests/benchmarks/review_kill.py [--kills 100] [--transcript FILE] [--seed SEED]

Runs ``ungarble review --plain`` in a terminal of its own (a pty; not on Windows), answers every question by what it
shows, and kills the process with SIGKILL some milliseconds after a key, or before. 1 if the texts differ.
"""

import argparse
import os
import pty
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

SCRIPT = "from ungarble.cli import main; main(prog_name='ungarble')"
EXAMPLE = Path(__file__).parents[1] / "transcripts" / "parliament"
OPTIONS = ["--plain", "--suggest-above", "0.02", "--apply-above", "0.97"]
PATIENCE = 60.0
"""Seconds in which an answer of the process must come."""

_COUNTED = re.compile(r"\d of \d")
"""Stands at the head of each question; "of" alone stands in what was said, too."""

_HEARD = re.compile(r"\[([^\]]*)\]", re.DOTALL)


class Review:
    """A review in a terminal of its own."""

    def __init__(self, transcript: Path, options: Sequence[str]) -> None:
        command = [sys.executable, "-c", SCRIPT, "review", str(transcript), *OPTIONS, *options]
        self._terminal, inner = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "COLUMNS": "100"}
        self._process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, env=environment)
        os.close(inner)

    def question(self) -> str | None:
        """What is shown until the next line is wanted; None when the process has ended."""
        shown, began = "", time.monotonic()
        while not shown.endswith(("\n> ", "]: ")):
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError(shown)
            if not select.select([self._terminal], [], [], 0.1)[0]:
                continue
            try:
                data = os.read(self._terminal, 1 << 16)
            except OSError:  # the other side was closed
                return None
            shown += data.decode(errors="replace").replace("\r\n", "\n")
        return shown

    def say(self, line: str) -> None:
        """Type a line."""
        os.write(self._terminal, f"{line}\n".encode())

    def kill(self) -> None:
        """Kill the process, as a power cut does."""
        self._process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> int:
        """Wait for the end, and give the terminal back."""
        code = self._process.wait(PATIENCE)
        os.close(self._terminal)
        return code


def answer(shown: str) -> str:
    """A key for a question, which depends on nothing but what was heard and how often it was asked about."""
    heard = " ".join(_HEARD.findall(_COUNTED.split(shown)[-1])[:1]).split()
    return ("y", "n", "y", "a", "N", "2")[zlib.crc32(" ".join(heard).encode()) % 6]


def follow(transcript: Path, options: Sequence[str], dice: random.Random | None) -> bool:
    """Review to the end, or until it is killed; tell whether it came to the end."""
    review = Review(transcript, options)
    before = dice.randrange(1, 12) if dice else 1 << 30
    last, again = "", 0
    while True:
        shown = review.question()
        if shown is None:
            review.end()
            return True
        is_end = "All is answered" in shown or "The end." in shown or "Write now?" in shown
        key = "y" if "Write now?" in shown else "n" if "keep.txt" in shown else "w" if is_end else answer(shown)
        again = again + 1 if shown == last else 0
        key, last = ("n" if again and not is_end else key), shown
        if before == 0 and dice and dice.random() < 0.5:
            review.kill()
            return False
        review.say(key)
        if before == 0:
            time.sleep(dice.random() * 0.03 if dice else 0)
            review.kill()
            return False
        before -= 1


def main(args: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--transcript", type=Path, default=EXAMPLE / "garbled.txt")
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args(args)
    seed = given.seed if given.seed is not None else random.randrange(2**32)
    dice, kills, rounds = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory(prefix="ungarble-") as name:
        calm, wild = Path(name, "calm.txt"), Path(name, "wild.txt")
        shutil.copyfile(given.transcript, calm)
        follow(calm, [], None)
        shutil.copyfile(given.transcript, wild)
        while kills < given.kills:
            is_done = follow(wild, [], dice)
            kills += not is_done
            if is_done:  # begin another one, with the decisions of this one gone
                rounds += 1
                if wild.read_bytes() != calm.read_bytes():
                    break
                if kills < given.kills:
                    shutil.copyfile(given.transcript, wild)
                    Path(f"{wild}.decisions.tsv").unlink(missing_ok=True)
        follow(wild, [], None)
        same = wild.read_bytes() == calm.read_bytes()
    changed = calm != given.transcript
    print(
        f"{kills} kills, {rounds + 1} reviews, seed {seed}: {'the same text' if same and changed else 'ANOTHER TEXT'}"
    )
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
