"""What the tests of single formats share: corrections made by hand, and what they change in a file."""

from ungarble import formats
from ungarble.correction import Correction, Edit, Kind, Slot
from ungarble.document import Document, Span
from ungarble.rendering import render


def words(old, new, at=0):
    """Words that become others; ``at`` counts those that stand before them."""
    return (Kind.WORDS, old, new, at)


def mark(before, new, at=0):
    """A mark that comes behind words."""
    return (Kind.GAP, before, new, at)


def case(old, new, at=0):
    """Other capitals."""
    return (Kind.CASE, old, new, at)


def corrected(file, *changes, path=None, name=None):
    """A file, given and returned as text, with corrections made."""
    source = formats.read(file.encode(), path, name)
    made = [Correction((_edit(source.document, *change),), "x", 1.0, "") for change in changes]
    return formats.write(source, render(source.document.text, made)).decode()


def _edit(document: Document, kind, old, new, at):
    start = -1
    for _ in range(at + 1):
        start = document.text.index(old, start + 1)
    end = start + len(old)
    if kind is Kind.GAP:
        return Edit(kind, Span(end, end), "", new, Slot.MARK)
    return Edit(kind, Span(start, end), old, new)


def subrip(*texts, end="\n"):
    """SubRip captions of a second each."""
    rows = (f"{n}\n00:00:{n:02d},000 --> 00:00:{n + 1:02d},000\n{text}\n" for n, text in enumerate(texts, 1))
    return "\n".join(rows).replace("\n", end)


def read(file, path=None, name=None):
    return formats.read(file.encode(), path, name)


def segments(file, path=None):
    """Times, speaker and text of every segment."""
    document = read(file, path).document
    return [(one.start, one.end, one.speaker, document.text[slice(*one.span)]) for one in document.segments]
