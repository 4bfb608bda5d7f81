"""JSON is read with the place of every value; what is no JSON is refused with the line and the reason."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_json import written

from ungarble.formats import BrokenFormatError
from ungarble.formats.json_scan import MOST_DEPTH, Array, Object, look, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
ROOTS = st.lists(VALUES, max_size=4) | st.dictionaries(st.text(), VALUES, max_size=4)


def rebuilt(found, value):
    """What the places of a file's values say."""
    if isinstance(value, Object):
        return {key: rebuilt(found, child) for key, child in value.items()}
    if isinstance(value, Array):
        return [rebuilt(found, child) for child in value]
    return json.loads(found.text[value : found.end(value)])


def same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


@given(st.data(), ROOTS)
def test_every_value_is_found(data, value):
    raw = data.draw(written(value))
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "surrogatepass")
    found = parse(text, "x.json")
    assert same(rebuilt(found, found.root), json.loads(text))
    ends = text.rstrip()
    assert (found.root.start, found.root.end) == (0, len(ends))


@given(ROOTS, st.data())
def test_what_is_no_json_is_refused_as_python_refuses_it(value, data):
    text = json.dumps(value)
    at = data.draw(st.integers(0, len(text)))
    text = (
        text[:at]
        + data.draw(st.text('{}[]",:\\ue1-. \n\x00x', max_size=3))
        + text[data.draw(st.integers(at, len(text))) :]
    )
    try:
        expected = isinstance(json.loads(text), dict | list)
    except ValueError:
        expected = False
    assert (look(text) is not None) == expected
    if not expected:
        with pytest.raises(BrokenFormatError) as caught:
            parse(text, "x.json")
        assert "\n" not in str(caught.value)
        assert 1 <= caught.value.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "line 1: no JSON: that begins with { or ["),
        ('"text"', "line 1: no JSON: that begins with { or ["),
        ('{"a": 1,\n "b": 2,\n}', "line 3: not valid JSON: a name in double quotes is missing"),
        ("{'a': 1}", "line 1: not valid JSON: a name in double quotes is missing"),
        ('{"a" 1}', "line 1: not valid JSON: ':' is missing after a name"),
        ('{"a": [1 2]}', "line 1: not valid JSON: ',' or a closing bracket is missing"),
        ('{"a": 01}', "line 1: not valid JSON: ',' or a closing bracket is missing"),
        ('{"a":\r\n tru}', "line 2: not valid JSON: a value is missing"),
        ('{"a": "x\ny"}', "line 1: not valid JSON: a line end or control character stands in a string"),
        ('{"a":\r"x}', "line 2: not valid JSON: a string begins that does not end"),
        ('{"a": "\\x"}', "line 1: not valid JSON: invalid \\escape"),
        ('{\n"a": {\n"b": 1\n\n', "line 3: not valid JSON: the file ends before its brackets close"),
        ('{"a": 1}\nand so on', "line 2: not valid JSON: something follows behind the end"),
        ('{"a": 1}}', "line 1: not valid JSON: something follows behind the end"),
        (
            '{"a": 1}\n{"a": 2}\n',
            "line 2: a second JSON value begins here: make it a file for each (these seem to be JSON lines)",
        ),
        ('{"a":' * 300 + "1" + "}" * 300, f"line 1: not a transcript: values are nested more than {MOST_DEPTH} deep"),
        ("[" * 200_000, f"line 1: not a transcript: values are nested more than {MOST_DEPTH} deep"),
    ],
)
def test_the_line_and_the_reason(text, message):
    with pytest.raises(BrokenFormatError) as caught:
        parse(text, "talk.json")
    assert str(caught.value) == f"talk.json, {message}"


def test_of_members_of_one_name_the_last_counts():
    found = parse('{"a": 1, "a": {"b": 2}, "\\u0061": "x"}', "x.json")
    assert found.read(found.root["a"]) == "x"


def test_what_python_takes_for_numbers():
    found = parse('{"a": NaN, "b": -Infinity, "c": 1e999, "d": -0.5E-2, "e": "5"}', "x.json")
    values = [found.number(found.root[key]) for key in "abcde"]
    assert values[:3] == [None] * 3
    assert values[3].value == -0.005
    assert values[4] is None
