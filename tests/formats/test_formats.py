"""Reading and writing: what is not corrected stays, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ungarble import formats
from ungarble.correction import Correction, Edit, Kind
from ungarble.document import Span
from ungarble.formats import REFUSED, ByteEdit, UnknownFormatError, UnsafeWriteError, check, from_text, read, write
from ungarble.rendering import Rendering, render

CODECS = [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t“’é")).map(
    lambda text: text.lstrip("\ufeff")
)


def rendering(text: str, *changes: tuple[int, int, str]) -> Rendering:
    edits = (Edit(Kind.GAP, Span(start, end), text[start:end], new) for start, end, new in changes)
    return render(text, [Correction((edit,), "names", 1.0, "") for edit in edits])


@given(TEXTS, st.sampled_from(CODECS))
def test_reading_and_writing_gives_the_same_bytes(text, codec):
    data = codec[1] + text.encode(codec[0])
    source = read(data, "talk.txt", "txt")
    assert source.document.text == text
    assert write(source, Rendering(text)) == data


@given(st.data(), TEXTS, st.sampled_from(CODECS))
def test_what_stands_beside_a_fix_stays(data, text, codec):
    places = sorted(
        data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)) if text else [0, 0]
    )
    changes = [(*pair, data.draw(st.text("xé’", max_size=3))) for pair in zip(places[::2], places[1::2], strict=False)]
    made = rendering(text, *changes)
    source = read(codec[1] + text.encode(codec[0]), "talk.txt", "txt")
    assert write(source, made) == codec[1] + made.text.encode(codec[0])


def test_windows_1252():
    source = read(b"\x93caf\xe9\x94 in kabul\r\n", "talk.txt")
    assert write(source, rendering(source.document.text, (10, 15, "Kabul"))) == b"\x93caf\xe9\x94 in Kabul\r\n"


def test_the_ending_tells_the_format_of_plain_text():
    assert read(b"Hello.", "talk.md").document.format == "md"
    assert read(b"Hello.", "Talk.TXT").document.format == "txt"
    for path in ("talk", "talk.log", None, "a.srt/talk"):
        assert read(b"Hello.", path).document.format == "txt"


@pytest.mark.parametrize("ending", sorted(REFUSED))
def test_what_would_be_damaged_is_refused(ending):
    with pytest.raises(UnknownFormatError) as caught:
        read(b"Hello.", f"a/talk.{ending.upper()}")
    assert str(caught.value).startswith(f"cannot clean a/talk.{ending.upper()}: no '.{ending}' files; known formats: ")


def test_an_empty_file_stays_empty():
    for data in (b"", b"\xef\xbb\xbf", b"\r\n"):
        for path in ("talk.txt", "talk.srt", None):
            source = read(data, path)
            assert write(source, Rendering("")) == data
            assert bool(source.warnings) is (path == "talk.srt")


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        ([ByteEdit(3, 8, b"Kabul")], b"In Kabul today"),  # a byte elsewhere
        ([ByteEdit(3, 8, b"Kabul")], b"in Kabul today "),  # a byte more
        ([ByteEdit(3, 8, b"Kabul")], b"in Kabul toda"),  # a byte less
        ([ByteEdit(3, 8, b"Cabul")], b"in Cabul today"),  # not what was rendered
        ([ByteEdit(3, 9, b"Kabul")], b"in Kabultoday"),  # more than the fix
        ([ByteEdit(3, 8, b"Kabul"), ByteEdit(7, 8, b"l")], b"in Kabull today"),  # twice
        ([], b"in kabul today"),
        ([ByteEdit(3, 8, b"Kabu\xff")], b"in Kabu\xff today"),
    ],
)
def test_what_is_not_as_rendered_is_refused(changes, written):
    source = read(b"in kabul today", "talk.txt")
    with pytest.raises(UnsafeWriteError) as caught:
        check(source, rendering("in kabul today", (3, 8, "Kabul")), changes, written)
    assert str(caught.value).startswith("talk.txt was left as it is: ")
    assert caught.value.exit_code == 1


def test_a_format_that_errs_writes_nothing(monkeypatch):
    wrong = ByteEdit(3, 9, b"Kabul")
    monkeypatch.setattr(formats, "byte_edits", lambda *_: [wrong])
    with pytest.raises(UnsafeWriteError):
        write(from_text("in kabul today"), rendering("in kabul today", (3, 8, "Kabul")))
