"""Writing in another format: sentences as paragraphs, and captions no longer than the source's."""

from itertools import pairwise

import pytest

from ungarble import formats
from ungarble.api import Cleaner
from ungarble.convert import ConversionError, convert
from ungarble.document import Document, Segment, Span, Timing

TEXT = "We left. They stayed & wept.\nNobody knew\n\nWho left?"
CUES = (
    Segment(Span(0, 28), 1.0, 3.5, "Ann"),
    Segment(Span(29, 40), 3.5, 5.0, "Ann"),
    Segment(Span(42, 51), 3600.25, 3601.0, "Bob <b>"),
)
TALK = Document(TEXT, CUES, "talk.json")


def test_a_paragraph_for_every_sentence():
    assert convert(TALK, "txt") == ("Ann: We left.\n\nThey stayed & wept.\n\nNobody knew\n\nBob <b>: Who left?\n")
    assert convert(TALK, "md").startswith("**Ann:** We left.\n\nThey stayed")


def test_srt():
    assert convert(TALK, "srt") == (
        "1\n00:00:01,000 --> 00:00:03,500\nAnn: We left. They stayed & wept.\n\n"
        "2\n00:00:03,500 --> 00:00:05,000\nNobody knew\n\n"
        "3\n01:00:00,250 --> 01:00:01,000\nBob <b>: Who left?\n"
    )


def test_vtt():
    assert convert(TALK, "vtt") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n<v Ann>We left. They stayed &amp; wept.\n\n"
        "00:00:03.500 --> 00:00:05.000\nNobody knew\n\n"
        "01:00:00.250 --> 01:00:01.000\n<v Bob &lt;b&gt;>Who left?\n"
    )


@pytest.mark.parametrize("target", ["srt", "vtt"])
def test_what_is_written_reads_again(target):
    source = formats.read(convert(TALK, target).encode())
    assert source.document.format == target
    assert [(s.start, s.end) for s in source.document.segments] == [(s.start, s.end) for s in CUES]


def test_captions_of_what_has_no_times():
    with pytest.raises(ConversionError) as caught:
        convert(Document("We left.", path="talk.txt"), "srt")
    assert str(caught.value) == "cannot write talk.txt as srt: it has no times; write it as txt or md"
    assert convert(Document(""), "srt") == ""


def test_a_long_turn_is_parted_by_its_words_times():
    words = [f"word{n}." if n % 9 == 8 else f"word{n}" for n in range(60)]
    text, timings, at = " ".join(words), [], 0
    for n, word in enumerate(words):
        timings.append(Timing(at, at + len(word), n * 0.4, n * 0.4 + 0.35))
        at += len(word) + 1
    turn = Segment(Span(0, len(text)), 0.0, 24.0, "Ann")
    source = formats.read(convert(Document(text, (turn,), timings=tuple(timings)), "srt").encode())
    cues = source.document.segments
    assert source.document.text.split()[1:] == words or source.document.text.split() == words
    assert all(cue.end - cue.start <= 7.0 for cue in cues)
    assert (cues[0].start, cues[-1].end) == (0.0, 24.0)
    assert all(before.end <= after.start for before, after in pairwise(cues))
    assert all(len(line) <= 42 for line in source.file.splitlines())


def test_a_cleaned_transcript_in_another_format():
    data = (
        b"1\n00:00:01,000 --> 00:00:02,000\nthey met in badaksha\n\n2\n00:00:02,000 --> 00:00:03,000\nand left kabul\n"
    )
    cleaned = Cleaner().clean(formats.read(data, "talk.srt"))
    assert "\nand left Kabul\n" in cleaned.as_format("vtt")
    assert cleaned.as_format("txt") == "they met in badaksha and left Kabul\n"
