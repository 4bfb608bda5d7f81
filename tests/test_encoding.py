"""Bytes to text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ungarble.encoding import BrokenTextError, Encoding, NotTextError, decode
from ungarble.errors import UngarbleError


@pytest.mark.parametrize(
    ("data", "text", "codec"),
    [
        (b"", "", "utf-8"),
        (b"plain\r\n", "plain\r\n", "utf-8"),
        ("“so”".encode(), "“so”", "utf-8"),
        (b"\xef\xbb\xbfone", "one", "utf-8"),
        (b"\xef\xbb\xbf", "", "utf-8"),
        (b"\xff\xfeo\0\n\0", "o\n", "utf-16-le"),
        (b"\xfe\xff\0o", "o", "utf-16-be"),
        (b"\x93so\x94 \x96 it\x92s 5 \x80", "“so” – it’s 5 €", "cp1252"),
        (
            "vis-à-vis Ålesund, £3 ça coûte à Zoë SÃO".encode("cp1252"),
            "vis-à-vis Ålesund, £3 ça coûte à Zoë SÃO",
            "cp1252",
        ),
        (b"CAF\xc9\x94 \x93so\x94 it\x92s", "CAFÉ” “so” it’s", "cp1252"),  # two bytes are UTF-8 by accident
        (b"\x1b[31mred\x07", "\x1b[31mred\x07", "utf-8"),
    ],
)
def test_known_encodings(data, text, codec):
    decoded, encoding = decode(data, "talk.txt")
    assert (decoded, encoding.codec) == (text, codec)
    assert encoding.bom + encoding.encode(text) == data


@pytest.mark.parametrize(
    ("data", "line", "offset"),
    [
        (b"fine\nhello \xff\xfe world", 2, 11),
        (b"abc\xc3\x28", 1, 3),  # half a character
        (b"abc \x80\x81", 1, 4),
        (b"it\xe2\x28\xa1", 1, 2),
        ("“so” he said — “no”".encode()[:-1], 1, 26),  # cut off
        ("“so” ".encode() + b"caf\xe9", 1, 12),  # two encodings in one file
        ("Привет, мир".encode("cp1251"), 1, 0),
        ("東京の会議".encode("shift-jis"), 1, 0),
        (b"\xff\xfeo\0\n\0x", 2, 6),
        (b"\xfe\xff\xd8\x00\0x", 1, 2),
        (b"\xff\xfe\0\0o\0\0\0", 1, 0),
    ],
)
def test_broken_text_names_line_and_byte(data, line, offset):
    with pytest.raises(BrokenTextError, match=r"^talk\.txt, line ") as caught:
        decode(data, "talk.txt")
    assert (caught.value.line, caught.value.offset) == (line, offset)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"one\0two", "a NUL byte at byte 3"),
        ("no mark".encode("utf-16-le"), "a NUL byte, as UTF-16 without byte order mark has, at byte 1"),
        (b"\x1f\x01\x02\x03 gz", "control characters at byte 0"),
        (b"\xef\xbb\xbfone\0", "a NUL byte at byte 6"),
    ],
)
def test_binary_is_refused(data, problem):
    with pytest.raises(NotTextError) as caught:
        decode(data, "talk.bin")
    assert str(caught.value) == f"talk.bin is not text ({problem}): export the transcript as plain text"


@given(st.binary(max_size=200) | st.builds(bytes.__add__, st.sampled_from([b"\xff\xfe", b"\xfe\xff"]), st.binary()))
def test_what_is_decoded_is_encoded_the_same(data):
    try:
        text, encoding = decode(data, "talk.txt")
    except UngarbleError:
        return
    assert encoding.bom + encoding.encode(text) == data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_text_is_never_refused(text):
    for encoding in (Encoding(), Encoding("utf-8", b"\xef\xbb\xbf"), Encoding("utf-16-le", b"\xff\xfe")):
        data = encoding.bom + encoding.encode(text.lstrip("\ufeff"))
        assert decode(data, "talk.txt")[0] == text.lstrip("\ufeff")


def test_errors_survive_pickling():
    import pickle

    for error in (NotTextError("a", 3, "so"), BrokenTextError("a", 1, 2, "UTF-8")):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
