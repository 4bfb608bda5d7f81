"""Whatever is decided about captions, JSON and documents: what is written can be read, and nothing else has changed."""

import random
from functools import cache
from pathlib import Path

import pytest

from ungarble import Cleaner
from ungarble.api import read_file
from ungarble.options import Options
from ungarble.review.decisions import Decision, latest
from ungarble.review.matching import place
from ungarble.review.sitting import Sitting

FILES = Path(__file__).resolve().parents[1] / "formats" / "files"
FORMATS = ["srt", "vtt", "sbv", "ttml", "srv3", "json3", "whisper", "deepgram", "aws", "docx", "otter", "labelled"]
OWN = ["Xyzzy", "one two three", "a, b. c", "", "I", "“no”", "x"]


@cache
def cleaner() -> Cleaner:
    return Cleaner(Options(apply_above=0.9, suggest_above=0.01, fillers=True))


def files() -> list[Path]:
    return [path for name in FORMATS for path in sorted((FILES / name).iterdir())[:3]]


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_any_answers(path):
    source = read_file(path)
    result = cleaner().clean(source).result
    dice = random.Random(path.name)
    for _ in range(4):
        sitting = Sitting(result, (), cleaner().setting.options, cleaner().setting.lexicon)
        rows: list[Decision] = []
        for correction in sitting.walk():
            verb = dice.choice(["accept", "reject", "typed"])
            own = [dice.choice(OWN)] if verb == "typed" else []
            rows += getattr(sitting, verb)(correction, *own)
        placed = place(source.document, latest(rows))
        cleaned = cleaner().clean(source, rulings=placed.rulings)
        assert cleaned.data  # which is checked
        assert cleaner().clean(source, rulings=sitting.rulings).text == cleaned.text
