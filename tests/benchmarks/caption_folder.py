"""A folder of captions through ``ungarble batch``: the development set of YouTube captions in four formats.

    python tests/benchmarks/caption_folder.py [--jobs N] [--videos N] [--json]

Writes each video as plain WebVTT, rolling WebVTT with word times as YouTube makes it, SubRip and json3; cleans the
folder; and checks that every time is as it was, that all bytes outside the fixes are, and that the four formats of a
video hold the same words. Prints how many words a second, and what was fixed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from accuracy import data_folder

from ungarble import formats

Cue = dict[str, Any]
"""A caption of the set: text, start and duration in seconds."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the benchmark. 1 if anything but fixes changed, 2 where the set is missing."""
    options = _options(args)
    source = data_folder() / "youtube-captions" / "dev.jsonl"
    if not source.is_file():
        print(f"no captions in {source}: set UNGARBLE_DATA", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="ungarble-") as name:
        folder = Path(name)
        count = _write(source, folder / "in", options.videos)
        began = time.perf_counter()
        command = ["batch", str(folder / "in"), "-o", str(folder / "out"), "-j", str(options.jobs), "-q"]
        report = folder / "report.json"
        done = subprocess.run([sys.executable, "-m", "ungarble", *command, "--report", str(report)], check=False)
        seconds = time.perf_counter() - began
        wrong = [] if done.returncode else [*_wrong_times(folder), *_different_words(folder, count)]
        totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    figures = {"exit": done.returncode, "seconds": round(seconds, 1), "wrong": wrong, **totals}
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    return int(bool(wrong) or done.returncode != 0)


def _options(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--videos", type=int, default=None, help="only the first so many")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(args)


def _write(source: Path, folder: Path, videos: int | None) -> int:
    with source.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][:videos]
    for number, row in enumerate(rows):
        for ending, written in FORMATS.items():
            path = folder / f"video{number:03d}" / ending
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written(row["captions"]), encoding="utf-8", newline="")
    return len(rows)


def _wrong_times(folder: Path) -> Iterator[str]:
    """Files whose times are not what they were."""
    for path in sorted((folder / "in").glob("*/*")):
        before = formats.read(path.read_bytes(), str(path)).document
        again = folder / "out" / path.relative_to(folder / "in")
        after = formats.read(again.read_bytes(), str(again)).document
        if [segment[1:3] for segment in _rows(before)] != [segment[1:3] for segment in _rows(after)]:
            yield f"{path.parent.name}/{path.name}: times"


def _rows(document: Any) -> list[tuple[str, float | None, float | None]]:
    return [(document.text[slice(*s.span)], s.start, s.end) for s in document.segments]


def _different_words(folder: Path, videos: int) -> Iterator[str]:
    """Videos whose formats do not hold the same words after cleaning."""
    for number in range(videos):
        texts = {
            path.name: "".join(formats.read(path.read_bytes(), str(path)).document.text.split())
            for path in sorted((folder / "out" / f"video{number:03d}").iterdir())
        }
        if len(set(texts.values())) > 1:
            yield f"video{number:03d}: words differ between {', '.join(texts)}"


def _clock(seconds: float, point: str) -> str:
    units = round(seconds * 1000)
    return f"{units // 3_600_000:02d}:{units // 60_000 % 60:02d}:{units // 1000 % 60:02d}{point}{units % 1000:03d}"


def _times(cue: Cue, point: str) -> str:
    return f"{_clock(cue['start'], point)} --> {_clock(cue['start'] + cue['duration'], point)}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain_vtt(cues: Sequence[Cue]) -> str:
    return "WEBVTT\n\n" + "\n".join(f"{_times(cue, '.')}\n{_escaped(cue['text'])}\n" for cue in cues)


def _srt(cues: Sequence[Cue]) -> str:
    rows = (f"{n}\r\n{_times(cue, ',')}\r\n{_escaped(cue['text'])}\r\n" for n, cue in enumerate(cues, 1))
    return "\ufeff" + "\r\n".join(rows)


def _rolling_vtt(cues: Sequence[Cue]) -> str:
    """Every line appears word by word, is held for an instant, and stands above the next one."""
    parts = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    above = " "
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        end = min(cue["start"] + cue["duration"], following["start"] if following else 1e9) - 0.01
        end = max(end, cue["start"] + 0.01)
        settings = " align:start position:0%"
        words = cue["text"].split()
        step = max(end - cue["start"], 0.01) / len(words)
        timed = "".join(
            f"<{_clock(cue['start'] + n * step, '.')}><c> {_escaped(word)}</c>" for n, word in enumerate(words) if n
        )
        parts.append(
            f"{_clock(cue['start'], '.')} --> {_clock(end, '.')}{settings}\n{above}\n{_escaped(words[0])}{timed}\n"
        )
        above = _escaped(" ".join(words))
        parts.append(f"{_clock(end, '.')} --> {_clock(end + 0.01, '.')}{settings}\n{above}\n \n")
    return "\n".join(parts)


def _json3(cues: Sequence[Cue]) -> str:
    events: list[dict[str, Any]] = [{"tStartMs": 0, "dDurationMs": 1, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1}]
    for cue in cues:
        words = cue["text"].split()
        step = int(cue["duration"] * 1000 / len(words))
        segs = [
            {"utf8": f" {word}", "tOffsetMs": n * step, "acAsrConf": 200} if n else {"utf8": word, "acAsrConf": 200}
            for n, word in enumerate(words)
        ]
        start, duration = round(cue["start"] * 1000), round(cue["duration"] * 1000)
        events.append({"tStartMs": start, "dDurationMs": duration, "wWinId": 1, "segs": segs})
        events.append({"tStartMs": start + duration, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]})
    return json.dumps({"wireMagic": "pb3", "pens": [{}], "events": events}, indent=1)


FORMATS: dict[str, Callable[[Sequence[Cue]], str]] = {
    "plain.vtt": _plain_vtt,
    "rolling.vtt": _rolling_vtt,
    "plain.srt": _srt,
    "youtube.json": _json3,
}


def _table(figures: dict[str, Any]) -> str:
    names = ("files", "changed", "failed", "words", "fixes", "suggestions", "seconds")
    rows = [f"{name}: {figures[name]}" for name in names]
    rate = f"words a second: {figures['words'] / figures['seconds']:.0f}"
    return "\n".join([*rows, rate, "as it was outside the fixes: " + ("no" if figures["wrong"] else "yes")])


if __name__ == "__main__":
    sys.exit(main())
