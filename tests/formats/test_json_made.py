"""JSON files that Hypothesis makes: read, written and edited, with all else as it was."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_json import MADE
from test_every_format import proposals, squeezed

from ungarble import formats
from ungarble.correction import Rendering, render, resolve
from ungarble.document import tokenize
from ungarble.errors import UngarbleError


def test_every_json_format_is_made():
    assert MADE.keys() == {name for name, row in formats.FORMATS.items() if row.family == "json"}


@pytest.mark.parametrize("name", MADE)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_made_files(name, data, seed):
    content = data.draw(MADE[name])
    try:
        source = formats.read(content, "talk.json")
    except UngarbleError as error:
        assert "no transcript of a known layout" in str(error)
        return
    assert formats.write(source, Rendering(source.document.text)) == content
    if not tokenize(source.document.text):
        return
    applied = resolve(proposals(source.document, random.Random(seed))).applied
    rendering = render(source.document.text, applied)
    again = formats.read(formats.write(source, rendering), "talk.json")
    assert squeezed(again.document.text) == squeezed(rendering.text)
    assert again.document.format == source.document.format
