"""Rolling captions: each word is said once, and put right in every line that shows it."""

import pytest
from by_hand import case, corrected, mark, read, segments, subrip, words

from ungarble import formats
from ungarble.api import Cleaner
from ungarble.convert import convert


def stamp(ms):
    return f"00:00:{ms // 1000:02d}.{ms % 1000:03d}"


def youtube(*lines):
    """Lines as YouTube's automatic captions show them; words have a time each."""
    parts, before = ["WEBVTT\nKind: captions\nLanguage: en\n"], " "
    for number, line in enumerate(lines):
        start = number * 2000
        first, *rest = line.split()
        timed = first + "".join(f"<{stamp(start + 200 * n)}><c> {word}</c>" for n, word in enumerate(rest, 1))
        parts.append(f"{stamp(start)} --> {stamp(start + 1990)} align:start position:0%\n{before}\n{timed}\n")
        parts.append(f"{stamp(start + 1990)} --> {stamp(start + 2000)} align:start position:0%\n{line}\n \n")
        before = line
    return "\n".join(parts)


def rolled(*cues):
    """SubRip captions, of which some have several lines."""
    return subrip(*("\n".join(cue) if isinstance(cue, list) else cue for cue in cues))


TALK = youtube("fighting in badaksha", "and in mazar e", "sharif the the road", "was open")


def test_each_word_is_said_once():
    source = read(TALK)
    assert source.document.text == "fighting in badaksha\nand in mazar e\nsharif the the road\nwas open"
    assert source.is_rolling
    assert [row[:2] for row in segments(TALK)] == [(0.0, 1.99), (2.0, 3.99), (4.0, 5.99), (6.0, 7.99)]
    assert len(source.document.timings) == 13
    assert source.warnings == ()


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        (
            [words("badaksha", "Badakhshan")],
            ("fighting in Badakhshan", "and in mazar e", "sharif the the road", "was open"),
        ),
        (
            [case("and", "And"), mark("badaksha", ".")],
            ("fighting in badaksha.", "And in mazar e", "sharif the the road", "was open"),
        ),
        ([words("the the", "the")], ("fighting in badaksha", "and in mazar e", "sharif the road", "was open")),
        ([words("the", "", 1)], ("fighting in badaksha", "and in mazar e", "sharif the road", "was open")),
        (
            [words("mazar e\nsharif", "Mazar e Sharif")],
            ("fighting in badaksha", "and in Mazar e", "Sharif the the road", "was open"),
        ),
        ([words("fighting in", "in")], ("in badaksha", "and in mazar e", "sharif the the road", "was open")),
    ],
)
def test_corrections_go_to_every_copy(changes, lines):
    # the times of the words that stay are theirs: only the text is compared
    written = corrected(TALK, *changes)
    assert shown(written) == shown(youtube(*lines))
    assert segments(written) == [(*row[:3], text) for row, text in zip(segments(TALK), lines, strict=True)]


def shown(file):
    """What a player shows in each cue."""
    import re

    return [re.sub("<[^>]*>", "", block.partition("%\n")[2]).split() for block in file.split("\n\n")[1:]]


def test_bytes_of_a_correction_across_two_lines():
    written = corrected(TALK, words("mazar e\nsharif", "Mazar-e-Sharif"))
    expected = TALK.replace("mazar e", "Mazar-e-Sharif").replace("\nsharif the", "\nthe")
    expected = expected.replace(
        "<00:00:02.400><c> mazar</c><00:00:02.600><c> e</c>", "<00:00:02.400><c> Mazar-e-Sharif</c>"
    )
    expected = expected.replace("sharif<00:00:04.200><c> the</c>", "<00:00:04.200><c> the</c>")
    assert written == expected
    assert [row[:2] for row in segments(written)] == [row[:2] for row in segments(TALK)]


def test_bytes_of_two_timed_words_that_become_one_and_of_one_that_goes():
    file = youtube("we saw hell mond", "and and left", "at dawn")
    written = corrected(file, words("hell mond", "Helmand"), words("and", "", 1))
    expected = file.replace("<00:00:00.400><c> hell</c><00:00:00.600><c> mond</c>", "<00:00:00.400><c> Helmand</c>")
    expected = expected.replace("hell mond", "Helmand")
    expected = expected.replace("<00:00:02.200><c> and</c>", "").replace("and and", "and")
    assert written == expected


def test_a_line_of_which_nothing_is_left():
    file = youtube("we saw it", "um", "and left", "at dawn", "in rain")
    written = corrected(file, words("um", ""))
    assert read(written).document.text == "we saw it\nand left\nat dawn\nin rain"
    assert len(segments(written)) == len(segments(file)) == 5
    assert "um" not in written


def test_a_line_of_which_nothing_is_left_after_a_silence():
    file = youtube("we saw it", "and left", "um", "at dawn", "in rain")
    file = file.replace(" 00:00:04", " 00:00:05").replace("\n00:00:04", "\n00:00:05")  # later than the one before
    assert read(file).document.text == "we saw it\nand left\num\nat dawn\nin rain"
    written = corrected(file, words("um", ""))
    assert "um" not in written
    assert written.count("and left") == file.count("and left")


def test_a_mark_behind_a_name_across_lines():
    file = youtube("we saw mazar e", "sharif, and left", "at dawn")
    written = corrected(file, words("mazar e\nsharif", "Mazar-e-Sharif"), mark("left", "."))
    assert read(written).document.text == "we saw Mazar-e-Sharif,\nand left.\nat dawn"
    assert written.count("Mazar-e-Sharif,") == 3
    assert written.count("and left.") == 2
    assert written.count("<c> left.</c>") == 1
    assert "mazar" not in written
    assert "sharif" not in written


@pytest.mark.parametrize("lines", [("no", "no", "no"), ("yes i did", "yes i did", "so"), ("no", "no", "go on")])
def test_a_line_that_is_said_twice_is_said_twice(lines):
    assert read(youtube(*lines)).document.text == "\n".join(lines)


@pytest.mark.parametrize(
    ("cues", "said"),
    [
        (["No.", "No.", "Did you?", "I did.", "I did."], "No.\nNo.\nDid you?\nI did.\nI did."),
        (["No.", "No."], "No.\nNo."),
        (["la la", ["la la", "hey"], "we sang", "in rain", "all day"], "la la\nla la\nhey\nwe sang\nin rain\nall day"),
        (["a b", "c d", "e f"], "a b\nc d\ne f"),
        (["a b", ["a b", "c d"]], "a b\na b\nc d"),
    ],
)
def test_ordinary_captions_are_as_they_are(cues, said):
    source = read(rolled(*cues))
    assert source.document.text == said
    assert not source.is_rolling


@pytest.mark.parametrize(
    ("cues", "said"),
    [
        (["a b", ["a b", "c d"], ["c d", "e f"]], "a b\nc d\ne f"),
        (["a b", ["a b", "c d"], ["a b", "c d", "e f"], ["c d", "e f", "g h"]], "a b\nc d\ne f\ng h"),
        ([["a b", "c d"], ["c d", "e f"], ["e f", "g h"]], "a b\nc d\ne f\ng h"),
        (["a b", ["a b", "c d"], "c d", ["c d", "e f"], "e f"], "a b\nc d\ne f"),
        (["<i>a</i> b", ["a  b", "c d"], ["c d", "e f"]], "a b\nc d\ne f"),
        ([">> A: b", [">> A: b", "c d"], ["c d", ">> A: f"]], "b\nc d\n\nf"),
    ],
)
def test_other_rolling_captions(cues, said):
    source = read(rolled(*cues))
    assert source.document.text == said
    assert source.is_rolling


def test_copies_with_other_spaces_are_put_right_too():
    file = rolled("a <i>long</i> road", ["a  long  road", "to herat"], ["to herat", "and back"])
    written = corrected(file, words("a long road", "the road"))
    assert read(written).document.text == "the road\nto herat\nand back"
    assert "long" not in written


def test_captions_far_apart_do_not_roll():
    times = ["00:00:01,000 --> 00:00:02,000", "00:00:09,000 --> 00:00:10,000", "00:00:20,000 --> 00:00:21,000"]
    texts = ["a b", "a b\nc d", "c d\ne f"]
    file = "\n".join(f"{n}\n{time}\n{text}\n" for n, (time, text) in enumerate(zip(times, texts, strict=True), 1))
    assert read(file).document.text == "a b\na b\nc d\nc d\ne f"


def test_overlapping_captions_without_repeats():
    times = ["00:00:01,000 --> 00:00:05,000", "00:00:03,000 --> 00:00:07,000", "00:00:05,000 --> 00:00:09,000"]
    file = "\n".join(f"{time}\n{text}\n" for time, text in zip(times, ["no", "no", "go on"], strict=True))
    assert [row[3] for row in segments(file)] == ["no", "no", "go on"]


def test_labels_in_copies_are_labels_and_put_right():
    file = rolled("Bill: a b", ["Bill: a b", "Jane: c d"], ["Jane: c d", "e f"])
    assert segments(file) == [(1.0, 2.0, "Bill", "a b"), (2.0, 3.0, "Jane", "c d"), (3.0, 4.0, "Jane", "e f")]
    source = read(file)
    assert len(source.layout.labels) == 4
    from ungarble.rendering import render

    written = formats.write(source, render(source.document.text, []), {"Bill": "William"}).decode()
    assert written == file.replace("Bill", "William")


def test_plain_captions_from_rolling_ones():
    plain = convert(read(TALK).document, "srt")
    assert segments(plain) == [
        (0.0, 1.99, None, "fighting in badaksha"),
        (2.0, 3.99, None, "and in mazar e"),
        (4.0, 5.99, None, "sharif the the road"),
        (6.0, 7.99, None, "was open"),
    ]


def test_cleaning():
    cleaned = Cleaner().clean(read(TALK))
    written = cleaned.data.decode()
    assert "in Mazar e\nSharif the road" in cleaned.text
    assert written.count("Mazar") == written.count("Sharif") == 3
    assert "mazar" not in written
    assert "the the" not in written
    assert Cleaner().clean(read(written)).data.decode() == written
