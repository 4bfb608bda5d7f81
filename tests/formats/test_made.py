"""Files made by Hypothesis: read, written, edited, with all else as it was (more in ``benchmarks/round_trip.py``)."""

import random
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import MADE
from test_every_format import proposals, squeezed

from ungarble import formats
from ungarble.correction import resolve
from ungarble.rendering import Rendering, render

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def round_trip(data, name, seed):
    """Whether a file was edited; an AssertionError or UngarbleError where it does not come out right."""
    source = formats.read(data, None, name)
    document = source.document
    if document.text and formats.FORMATS[name].family != "json":
        assert formats.read(data).document.format == name
    assert formats.write(source, Rendering(document.text)) == data
    applied = resolve(proposals(document, random.Random(seed))).applied if any(map(str.isalnum, document.text)) else ()
    rendering = render(document.text, applied)
    written = formats.write(source, rendering)  # checks bytes, words, times and speakers
    changes = formats.byte_edits(source, rendering)
    assert all(before.end <= after.start for before, after in pairwise(changes))
    known = formats.known_of(source, rendering)
    again = formats.read(written, None, document.format, known)
    assert squeezed(again.document.text) == squeezed(rendering.text)
    return bool(applied)


@pytest.mark.parametrize("name", sorted(MADE))
def test_round_trip(name):
    @QUICK
    @given(data=MADE[name], seed=st.integers(0, 2**32))
    def trip(data, seed):
        round_trip(data, name, seed)

    trip()
