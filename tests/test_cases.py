"""Every case of tests/cases/*.toml, twice: it comes out as expected, and cleaning it again changes nothing.

A file is named for its stage, and its cases run that stage alone; files named otherwise run all stages. Of each
``[[case]]``:

- ``label`` says what it shows, and is its id;
- ``text`` and ``expected``, the cleaned text; without ``expected`` the text must not change;
- ``suggested``, where given, is the text as each suggestion alone would leave it, in order; ``[]``: there are none;
- ``options`` are fields of Options (``{ fillers = true }``);
- ``known_failure`` says why it fails today; once it passes, it must go.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ungarble.document import Document
from ungarble.language.lexicon import Lexicon
from ungarble.names.gazetteer import Gazetteer
from ungarble.options import Options
from ungarble.pipeline import STAGES, Result, clean_document
from ungarble.rendering import render
from ungarble.stages import Setting

CASES = Path(__file__).parent / "cases"

Case = dict[str, Any]

FIELDS = {"label", "text", "expected", "suggested", "options", "known_failure"}

LEAST_CASES = 20


def _read(path: Path) -> list[Case]:
    cases: list[Case] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return cases


def _parameters() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for case in _read(path):
            failing = case.get("known_failure")
            marks = [pytest.mark.xfail(reason=failing, strict=True)] if failing else []
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['label']}", marks=marks)


@cache
def _knowledge() -> tuple[Lexicon, Gazetteer]:
    return Lexicon.load(), Gazetteer.load()


def _clean(stage: str, text: str, case: Case) -> Result:
    lexicon, gazetteer = _knowledge()
    only = frozenset({stage}) & frozenset(STAGES)
    options = Options(only=only, **case.get("options", {}))
    return clean_document(Document(text), Setting(lexicon, gazetteer, options))


@pytest.mark.parametrize(("stage", "case"), list(_parameters()))
def test_case(stage: str, case: Case) -> None:
    text, expected = case["text"], case.get("expected", case["text"])
    result = _clean(stage, text, case)
    assert result.text == expected
    if "suggested" in case:
        assert [render(text, [one]).text for one in result.resolution.suggested] == case["suggested"]
    assert _clean(stage, result.text, case).text == result.text, "cleaning again changes something"


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_cases_that_change_and_as_many_that_must_not(stage: str) -> None:
    cases = _read(CASES / f"{stage}.toml")
    changing = sum(case.get("expected", case["text"]) != case["text"] for case in cases)
    assert changing >= LEAST_CASES // 2
    assert len(cases) - changing >= changing


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_cases_have_known_fields_and_labels_of_their_own(path: Path) -> None:
    cases = _read(path)
    labels = [case["label"] for case in cases]
    assert len(set(labels)) == len(labels)
    assert {field for case in cases for field in case} <= FIELDS
