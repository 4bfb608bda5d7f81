"""Thousands of odd but legal files of every format: read, written unedited, edited at random, written, read again.

    python tests/benchmarks/round_trip.py [-n N] [--formats vtt,srt] [--seed SEED] [--json]

Files are made by Hypothesis (``tests/formats/made_*.py``). Unedited, the bytes must be the same; edited, every byte
outside the fixes, all times and speakers; and the words must be those of the edited text. 1 if any file failed.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from made import MADE
from test_made import round_trip


def main(args: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=10_000, help="files a format (10,000)")
    parser.add_argument("--formats", default=",".join(sorted(MADE)), help="by name, with commas between")
    parser.add_argument("--seed", type=int, default=None, help="the same files each time")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(args)
    chosen = options.seed if options.seed is not None else random.randrange(2**32)
    rows = []
    for name in options.formats.split(","):
        rows.append(_row(name, options.n, chosen))
        if not options.json:
            print(_line(rows[-1]), flush=True)
    if options.json:
        print(json.dumps({"seed": chosen, "formats": rows}, indent=2))
    return int(any(row["problem"] for row in rows))


def _row(name: str, count: int, chosen: int) -> dict[str, Any]:
    row = {"format": name, "files": 0, "edited": 0, "bytes": 0, "problem": "", "seconds": 0.0}

    @seed(chosen)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=MADE[name], number=st.integers(0, 2**32))
    def trip(data: bytes, number: int) -> None:
        if not row["problem"]:
            row["files"] += 1
            row["bytes"] += len(data)
        row["problem"] = f"seed {number}, {data!r}"
        row["edited"] += round_trip(data, name, number)
        row["problem"] = ""

    began = time.perf_counter()
    try:
        trip()
    except Exception as error:  # whatever is raised is what it looks for
        row["problem"] = f"{type(error).__name__}: {str(error).splitlines()[0]}: {row['problem']}"
    row["seconds"] = round(time.perf_counter() - began, 1)
    return row


def _line(row: dict[str, Any]) -> str:
    figures = f"{row['format']:16} {row['files']:6} files {row['edited']:6} edited {row['bytes']:10} bytes"
    return f"{figures} {row['seconds']:7} s  {row['problem'] or 'all right'}"


if __name__ == "__main__":
    sys.exit(main())
