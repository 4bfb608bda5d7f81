"""Every file below ``files``, a folder a format: read, written and edited, with all else as it was."""

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ungarble import formats
from ungarble.api import Cleaner
from ungarble.correction import Correction, Edit, Kind, Slot, resolve
from ungarble.document import Document, Span, tokenize
from ungarble.errors import UngarbleError
from ungarble.formats import FORMATS
from ungarble.rendering import Rendering, render

FILES = sorted(path for path in (Path(__file__).parent / "files").glob("*/*") if path.is_file())
WRITTEN = ("Xanthippe", "Qal'a-i-Naw", "Ismail Khan", "“Zürich”", "")

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")


def source_of(path: Path) -> formats.Source:
    return formats.read(path.read_bytes(), str(path))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_format_has_files():
    assert {path.parent.name for path in FILES} == set(FORMATS)


@every_file
def test_the_content_tells_the_format(path):
    assert source_of(path).document.format == path.parent.name
    if FORMATS[path.parent.name].family != "any":
        assert formats.read(path.read_bytes()).document.format == path.parent.name


@every_file
def test_unedited_is_identical(path):
    source = source_of(path)
    assert formats.write(source, Rendering(source.document.text)) == path.read_bytes()
    edits = [Edit(Kind.WORDS, Span(w.start, w.end), w.form, w.form) for w in words(source.document)]
    claims = [Correction((edit,), "x", 1.0, "") for edit in edits]
    assert formats.write(source, render(source.document.text, claims)) == path.read_bytes()


@every_file
def test_the_document_is_well_formed(path):
    document = source_of(path).document
    assert document.format == "md" or document.format == "txt" or document.text == document.text.strip()
    for before, after in pairwise(document.segments):
        assert before.span.end <= after.span.start
        assert not document.text[before.span.end : after.span.start].strip()
    spans = [Span(timing.at, timing.until) for timing in document.timings]
    assert all(0 <= span.start < span.end <= len(document.text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(0 <= timing.confidence <= 1 for timing in document.timings if timing.confidence is not None)


def words(document: Document) -> list:
    return tokenize(document.text)


def proposals(document: Document, chance: random.Random) -> list[Correction]:
    """Words that become others, run together, are parted, lost; marks that come between them; other capitals."""
    found = words(document)
    made: list[Correction] = []
    for _ in range(chance.randint(1, 12)):
        first = chance.randrange(len(found))
        last = min(len(found) - 1, first + chance.choice([0, 0, 0, 1, 1, 2, 4]))
        span = Span(found[first].start, found[last].end)
        kind = chance.random()
        if kind < 0.6:
            new = chance.choice(WRITTEN)
            edit = Edit(Kind.WORDS, span, document.text[slice(*span)], new)
        elif kind < 0.7:
            edit = Edit(Kind.CASE, Span(*found[first][:2]), found[first].form, found[first].form.upper())
        elif kind < 0.85:
            edit = Edit(Kind.GAP, Span(span.end, span.end), "", chance.choice(".,?”"), Slot.MARK)
        else:
            edit = Edit(Kind.GAP, Span(span.start, span.start), "", "“", Slot.OPEN)
        made.append(Correction((edit,), "x", chance.random(), ""))
    return made


@every_file
@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_edited_holds_the_words_and_all_else_as_it_was(path, seed):
    source = source_of(path)
    if not words(source.document):
        return
    applied = resolve(proposals(source.document, random.Random(seed))).applied
    rendering = render(source.document.text, applied)
    written = formats.write(source, rendering)  # checks bytes, words, times and speakers
    known = formats.known_of(source, rendering)  # a made-up "Name:" in the words is no label
    again = formats.read(written, str(path), source.document.format, known)
    assert squeezed(again.document.text) == squeezed(rendering.text)
    assert len(again.document.segments) == len(source.document.segments)
    assert formats.write(again, Rendering(again.document.text)) == written


@every_file
@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_every_copy_of_a_word_changes(path, seed):
    """A word that stands in the text once and becomes another is nowhere in the file any more."""
    source = source_of(path)
    if source.file is None:
        return
    found = [word for word in words(source.document) if len(word.form) > 4 and word.kind == "word"]
    outside = re.findall(r"\w+", re.sub(r"\\u[0-9a-f]{4}", "", source.file).lower())
    once = [word for word in found if len(re.findall(rf"\b{word.key}\b", source.document.text.lower())) == 1]
    if not once:
        return
    word = random.Random(seed).choice(once)
    edit = Edit(Kind.WORDS, Span(word.start, word.end), word.form, "Xanthippe")
    written = formats.write(source, render(source.document.text, [Correction((edit,), "x", 1.0, "")]))
    text = (formats.read(written, str(path)).file or "").lower()
    copies = outside.count(word.key)
    assert text.count("xanthippe") >= copies, f"{word.form} stood {copies} times"


@every_file
def test_cleaning_and_cleaning_again(path):
    cleaner = Cleaner()
    once = cleaner.clean(source_of(path))
    twice = cleaner.clean(formats.read(once.data, str(path)))
    assert twice.data == once.data


@every_file
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_damaged_file_is_an_error_or_a_document(path, data):
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
    try:
        source = formats.read(bytes(content), str(path))
    except UngarbleError:
        return
    assert formats.write(source, Rendering(source.document.text)) == bytes(content)
