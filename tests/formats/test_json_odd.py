"""JSON of a known layout with something else in it than is expected: read or refused, and never damaged."""

import json
import random
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_every_format import proposals

from ungarble import formats
from ungarble.correction import resolve
from ungarble.document import tokenize
from ungarble.errors import UngarbleError
from ungarble.rendering import Rendering, render

FOLDER = Path(__file__).parent / "files"
JSON = sorted(
    path for path in FOLDER.glob("*/*") if path.is_file() and formats.FORMATS[path.parent.name].family == "json"
)
ODD = st.sampled_from(
    [
        *(None, True, 0, -1, 1.5, 1e300, 2**70, "", "x", "0.5", "-1", "9" * 400, "\ud800", "a\nb\r\n\nc"),
        *([], {}, [None], [[]], [0], [{}], {"a": 1}, {"text": "x"}, {"word": 5}, [{"text": []}]),
        *({"seconds": "x"}, {"nanos": 1}),
    ]
).map(deepcopy)  # what is put in may be changed in its turn


def nodes(value):
    """Every object and list of a value, with the keys of what is in it."""
    rows = [(value, key) for key in (value if isinstance(value, dict) else range(len(value)))]
    return rows + [row for parent, key in rows if isinstance(parent[key], dict | list) for row in nodes(parent[key])]


@pytest.mark.parametrize("path", JSON, ids=lambda path: f"{path.parent.name}/{path.name}")
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_anything_anywhere(path, data, seed):
    value = json.loads(path.read_bytes().decode("utf-8-sig"), strict=False)
    for _ in range(data.draw(st.integers(1, 3))):
        parent, key = data.draw(st.sampled_from(nodes(value)))
        parent[key] = data.draw(ODD)
    content = json.dumps(value, indent=data.draw(st.sampled_from([None, 1]))).encode()
    try:
        source = formats.read(content, path.name)
    except UngarbleError:
        return
    assert formats.write(source, Rendering(source.document.text)) == content
    if tokenize(source.document.text):
        applied = resolve(proposals(source.document, random.Random(seed))).applied
        formats.write(source, render(source.document.text, applied))


def test_what_is_no_space_in_json_is_told_behind_the_end():
    with pytest.raises(UngarbleError, match="something follows behind the end"):
        formats.read(b'{"text": "We met in Kunduz.", "words": []}\x0b', "a.json")


@pytest.mark.parametrize("first", [None, {}, {"text": None}])
def test_a_first_word_that_is_none(first):
    words = [first, {"text": "Kunduz.", "start": 500, "end": 900}]
    content = json.dumps({"id": "x", "text": "Kunduz.", "words": words}).encode()
    assert formats.read(content, "a.json").document.format == "assemblyai"
