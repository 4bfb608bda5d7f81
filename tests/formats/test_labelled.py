"""Text with speakers and times: what is a label and what is not, which bytes corrections change, what tells."""

from pathlib import Path

import pytest
from by_hand import case, corrected, mark, read, segments, words
from hypothesis import given
from hypothesis import strategies as st

from ungarble import formats
from ungarble.api import Cleaner
from ungarble.errors import UngarbleError
from ungarble.formats import BrokenFormatError
from ungarble.rendering import Rendering

OTTER = "Bill Roggio  0:03  \nthe the panshir valley\nis quiet\n\nUnknown Speaker  53:34\nin badaksha\n\nTranscribed by https://otter.ai\n"


def format_of(text, path=None):
    return read(text, path).document.format


def test_otter():
    assert segments(OTTER) == [
        (3.0, None, "Bill Roggio", "the the panshir valley\nis quiet"),
        (3214.0, None, "Unknown Speaker", "in badaksha"),
    ]
    assert [segment.line for segment in read(OTTER).document.segments] == [2, 6]


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ([words("the ", "")], "the the", "the"),
        ([words("panshir", "Panjshir")], "panshir", "Panjshir"),
        ([words("valley\nis quiet", "Valley is quiet")], "valley\nis", "Valley\nis"),
        ([words("the the panshir valley", "")], "the the panshir valley\n", ""),
        ([words("is quiet", "")], "is quiet\n", ""),
        ([words("in badaksha", "")], "in badaksha\n", ""),
        (
            [mark("quiet", "."), case("the", "The")],
            "the the panshir valley\nis quiet",
            "The the panshir valley\nis quiet.",
        ),
        ([words("quiet\n\nin badaksha", "quiet in Badakhshan")], "badaksha", "Badakhshan"),
        ([mark("valley", ".”")], "valley", "valley.”"),
    ],
)
def test_corrections_in_otter(changes, old, new):
    assert corrected(OTTER, *changes) == OTTER.replace(old, new)


def test_what_stands_around_the_turns_of_otter_is_left_alone():
    head = "A call about badaksha\nMon, Mar 4\n\nSPEAKERS\nBill Roggio\n\n"
    assert "badaksha" not in read(head + OTTER.replace("badaksha", "x")).document.text
    assert segments(head + OTTER) == segments(OTTER)
    assert "otter.ai" not in read(OTTER).document.text


TURNS = [
    ("[00:01:23] Bill Roggio: hello there", 83.0, "Bill Roggio"),
    ("[00:01:23] [Bill Roggio]: hello there", 83.0, "Bill Roggio"),
    ("[00:01:23.500] Bill Roggio: hello there", 83.5, "Bill Roggio"),
    ("(01:23) Bill Roggio: hello there", 83.0, "Bill Roggio"),
    ("00:01:23 Bill Roggio: hello there", 83.0, "Bill Roggio"),
    ("00:01:23\tBill Roggio:\thello there", 83.0, "Bill Roggio"),
    ("00:01:23 - Bill Roggio: hello there", 83.0, "Bill Roggio"),
    ("[01:23 - 01:25] Bill Roggio: hello there", 83.0, "Bill Roggio"),
    ("00:01:23 Bill Roggio\nhello there", 83.0, "Bill Roggio"),
    ("[00:01:23] Bill Roggio\nhello there", 83.0, "Bill Roggio"),
    ("Bill Roggio (01:23): hello there", 83.0, "Bill Roggio"),
    ("Bill Roggio (01:23):\nhello there", 83.0, "Bill Roggio"),
    ("Bill Roggio: (01:23) hello there", 83.0, "Bill Roggio"),
    ("Bill Roggio: (01:23)\nhello there", 83.0, "Bill Roggio"),
    ("Bill Roggio [01:23] hello there", 83.0, "Bill Roggio"),
    ("Bill Roggio [01:23]\nhello there", 83.0, "Bill Roggio"),
    ("Bill Roggio 1:23\nhello there", 83.0, "Bill Roggio"),
    ("**Bill Roggio** (01:23)\nhello there", 83.0, "Bill Roggio"),
    ("**Bill Roggio [01:23]:** hello there", 83.0, "Bill Roggio"),
    ("**[01:23] Bill Roggio:** hello there", 83.0, "Bill Roggio"),
    ("### Bill Roggio [01:23]\nhello there", 83.0, "Bill Roggio"),
    ("Bill Roggio: hello there", None, "Bill Roggio"),
    ("Bill Roggio:\nhello there", None, "Bill Roggio"),
    ("[Bill Roggio]: hello there", None, "Bill Roggio"),
    ("**Bill Roggio:** hello there", None, "Bill Roggio"),
    ("**Bill Roggio**: hello there", None, "Bill Roggio"),
    ("*Bill Roggio*: hello there", None, "Bill Roggio"),
    ("BILL ROGGIO: hello there", None, "BILL ROGGIO"),
    ("MR. ROGGIO:  hello there", None, "MR. ROGGIO"),
    (">> BILL: hello there", None, "BILL"),
    ("  Bill de la Roggio: hello there", None, "Bill de la Roggio"),
    ("Bill Roggio (FDD): hello there", None, "Bill Roggio (FDD)"),
    ("Roggio, Bill: hello there", None, "Roggio, Bill"),
    ("O’Neil-Żak: hello there", None, "O’Neil-Żak"),
    ("Speaker 1: hello there", None, "Speaker 1"),
    ("SPEAKER_01: hello there", None, "SPEAKER_01"),
    ("[SPEAKER_01] hello there", None, "SPEAKER_01"),
    ("speaker 1: hello there", None, "speaker 1"),
    ("Interviewer: hello there", None, "Interviewer"),
    ("Q: hello there", None, "Q"),
    ("Q    hello there", None, "Q"),
    ("Audience Member 2: hello there", None, "Audience Member 2"),
    ("[00:01:23] hello there", 83.0, None),
    ("**[00:01:23]** hello there", 83.0, None),
]


@pytest.mark.parametrize(("head", "start", "speaker"), TURNS, ids=[row[0] for row in TURNS])
@pytest.mark.parametrize("apart", ["\n", "\n\n", "\r\n\r\n"])
def test_turns(head, start, speaker, apart):
    text = apart.join(
        [
            head.replace("hello there", word).replace("\n", apart[: len(apart) // 2] or "\n")
            for word in ("hello there", "yes", "so badaksha")
        ]
    )
    assert format_of(text) == "labelled"
    found = segments(text)
    assert [row[3] for row in found] == ["hello there", "yes", "so badaksha"]
    assert {(row[0], row[2]) for row in found} == {(start, speaker)}
    assert corrected(text, words("badaksha", "Badakhshan")) == text.replace("badaksha", "Badakhshan")
    assert segments(corrected(text, words("yes", "")))[1] == (found[1][0], found[1][1], speaker, "")


PROSE = [
    "We went to the valley.\n\nNote: it is quiet there.\n\nAnd so on, for a long time.",
    "Note: one thing.\n\nNote: another thing.\n\nNote: a third.",
    "**Overview:** we met.\n\n**Key Points:** roads.\n\n**Next Steps:** none.\n\n**Overview:** again.",
    "Kabul: the capital.\nHerat: a town in the west.\nKandahar: one in the south.",
    "Title: A talk\nAuthor: Bill\nDate: 5 March\n\nNow we begin with what was said.",
    "9:00 Breakfast\n10:00 Talks\n11:30 Lunch\n12:30 Talks",
    "Breakfast 9:00\nTalks 10:00\nLunch 11:30",
    "He said: we must go.\nShe said: we must stay.\nHe said: so be it.",
    "At 10:30 we left.\nAt 11:45 we came back.\n12:15 was lunch.",
    "3:16 For so it is\n3:17 and so it was\n3:18 and so it will be",
    "http://example.com: a page\nhttp://example.org: a page",
    "the first thing: we went\n\nthe second thing: we stayed\n\nthe first thing: again",
    "2.1 Methods\nWe counted.\n2.2 Results\nThere were three.\n2.3 Discussion\nWe talk.",
    "[1] A book.\n[2] Another book.\n[1] A book again.",
    "12:04:11 INFO: started\n12:04:12 WARNING: slow\n12:04:13 INFO: done",
    "Dear Bill:\n\nThank you for the letter.\n\nYours, Jane",
    ":\n:\n:",
    "Bill:",
    "[00:01] hello",
    "-->",
    "0:03",
    "0:03\n0:04\n0:05",
]


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("path", [None, "talk.txt", "talk.md"])
def test_other_text_stays_plain(text, path):
    source = read(text, path)
    assert source.document.format == ("md" if path == "talk.md" else "txt")
    assert source.document.text == text


def test_labels_are_judged_by_the_whole_file():
    text = "Bill: a town.\n\nKabul: so it was called.\n\nJane: yes.\n\nBill: and then\nHerat: was next.\n\nJane: no.\n"
    assert [row[2] for row in segments(text)] == ["Bill", "Kabul", "Jane", "Bill", "Jane"]
    assert segments(text)[3][3] == "and then\nHerat: was next."
    assert segments("Jane: the thing: is quiet\nBill: yes\nJane: no\n")[0][3] == "the thing: is quiet"


def test_turns_of_several_paragraphs():
    text = "A talk\n\nBill: one\ntwo\n\nthree\n\nJane: four\n\n\nBill: five"
    assert read(text).document.text == "A talk\n\none\ntwo\n\nthree\n\nfour\n\nfive"
    assert segments(text) == [
        (None, None, "Bill", "one\ntwo\n\nthree"),
        (None, None, "Jane", "four"),
        (None, None, "Bill", "five"),
    ]
    assert [segment.line for segment in read(text).document.segments] == [3, 8, 11]


WRAPPED = "Bill: we went to mazar e\n  sharif today\n\nJane: and and uh the dam\nBill: yes\n"


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ([words("mazar e\nsharif", "Mazar-e-Sharif")], "mazar e\n  sharif today", "Mazar-e-Sharif\n  today"),
        ([words("mazar e\nsharif", "Mazar e Sharif")], "mazar e\n  sharif", "Mazar e\n  Sharif"),
        ([words("sharif today", "")], "  sharif today\n", ""),
        ([words("and ", "")], "and and", "and"),
        ([words("uh ", "")], "uh the", "the"),
        ([words("yes", "")], "Bill: yes", "Bill: "),
        ([words("dam", "Dahla Dam")], "dam", "Dahla Dam"),
        ([words("the dam", "Dam")], "the dam", "Dam"),
        ([mark("today", "."), case("and", "And")], "today\n\nJane: and", "today.\n\nJane: And"),
        ([words("today\n\nand", "today and")], "", ""),
        ([mark("we", "“")], "we", "we“"),
    ],
)
def test_corrections(changes, old, new):
    assert corrected(WRAPPED, *changes) == WRAPPED.replace(old, new, 1)


def test_labels_can_be_put_right():
    text = "**Bill Roger:** hello\n\n**Jane:** yes\n\n**Bill Roger:** no\n"
    source = read(text)
    assert [label.name for label in source.layout.labels] == ["Bill Roger", "Jane", "Bill Roger"]
    written = formats.write(source, Rendering(source.document.text), {"Bill Roger": "Bill Roggio"})
    assert written.decode() == text.replace("Roger", "Roggio")


def test_cleaning_takes_labels_for_names_and_leaves_them():
    turns = ["Suhail Shaheen: we spoke of it in doha", "Host: suhail shaheen, what did they say"]
    text = "\n\n".join([*turns, "Suhail Shaheen: the the taliban said no\n"])
    cleaned = Cleaner().clean(read(text))
    assert cleaned.data.decode().startswith("Suhail Shaheen: we spoke of it in Doha")
    assert "Suhail Shaheen, what" in cleaned.text
    assert "the the" not in cleaned.text.lower()
    assert Cleaner().clean(formats.read(cleaned.data)).data == cleaned.data


CONSOLE = """Detecting language: English
[00:00.000 --> 00:04.000]  we went to mazar e
[00:04.000 --> 01:00:05,500]  sharif today
 50%|███ | 1/2
"""


def test_whisper_console():
    assert segments(CONSOLE) == [(0.0, 4.0, None, "we went to mazar e"), (4.0, 3605.5, None, "sharif today")]
    assert read(CONSOLE).document.text == "we went to mazar e\nsharif today"
    assert corrected(CONSOLE, words("mazar e\nsharif", "Mazar-e-Sharif")) == CONSOLE.replace(
        "mazar e", "Mazar-e-Sharif"
    ).replace("sharif ", "")
    assert corrected(CONSOLE, words("sharif today", "")) == CONSOLE.replace("sharif today", "")
    assert segments(CONSOLE.replace("  we", "  Host: we").replace("  sharif", "  Guest: sharif"))[1][2] == "Guest"


@pytest.mark.parametrize(
    "line",
    [
        "[0.00s -> 4.00s] {}",
        "[0.00 --> 4.00] {}",
        "Transcript: [0.0 --> 4.0]  {}",
        "[00:00:00.000 --> 00:00:04.000]   {}",
        "[00:00.000 --> 00:04.000]  {}",
    ],
)
def test_whisper_console_layouts(line):
    text = line.format("hello there") + "\n"
    assert segments(text) == [(0.0, 4.0, None, "hello there")]
    assert format_of(text, "talk.log") == "whisper-console"


YOUTUBE = "Introduction\n0:03\nwe went to mazar e\n0:07\nsharif today >> yes\n\n1:02:03\nthe end\n"


def test_youtube_paste():
    assert segments(YOUTUBE) == [
        (3.0, None, None, "we went to mazar e"),
        (7.0, None, None, "sharif today\n\nyes"),
        (3723.0, None, None, "the end"),
    ]
    assert read(YOUTUBE).document.text.startswith("Introduction\nwe went")
    assert corrected(YOUTUBE, words("mazar e\nsharif", "Mazar-e-Sharif")) == YOUTUBE.replace(
        "mazar e", "Mazar-e-Sharif"
    ).replace("sharif ", "")
    assert corrected(YOUTUBE, words("the end", "")) == YOUTUBE.replace("the end\n", "")
    one_line = "0:03 we went\n0:07 home >> yes\n"
    assert [row[3] for row in segments(one_line)] == ["we went", "home\n\nyes"]
    assert corrected(one_line, words("we went", "")) == "0:03 \n0:07 home >> yes\n"


def test_times_in_words_are_no_text():
    text = (
        "0:03\n3 seconds\nwe went\n1:02\n1 minute, 2 seconds\n5 seconds\n1:02:03\n1 hour, 2 minutes, 3 seconds\nhome\n"
    )
    assert [row[3] for row in segments(text)] == ["we went", "5 seconds", "home"]


@pytest.mark.parametrize("name", ["otter", "labelled", "whisper-console", "youtube-paste"])
@pytest.mark.parametrize("text", ["hello", "hello: there", "[[[", "{}", "**", "a\n\nb"])
def test_what_is_nothing_of_the_kind_is_one_clear_line(name, text):
    with pytest.raises(BrokenFormatError) as caught:
        read(text, "a/talk.txt", name)
    assert str(caught.value).startswith("a/talk.txt, line 1: no ")
    assert "\n" not in str(caught.value)


def test_a_format_that_is_asked_for_needs_less():
    text = "Bill: hello\nJane: yes\n"
    assert format_of(text) == "txt"
    assert [row.speaker for row in read(text, None, "labelled").document.segments] == ["Bill", "Jane"]


def test_empty():
    for name in ("otter", "labelled", "whisper-console", "youtube-paste"):
        assert read("", "talk.txt", name).document.text == ""


LINES = st.lists(
    st.sampled_from(
        [
            "Bill: yes",
            "[00:01] no",
            "0:03",
            "0:07 so",
            "Jane  0:03",
            "",
            "[0.0s -> 1.0s] x",
            "a: b",
            ">>",
            "Q   x",
            "**A:** b",
            " ",
            "[X]: y",
            "\x0c",
            "0:0:1.0 --> 0:0:2",
        ]
    )
    | st.text(max_size=9),
    max_size=12,
)


@given(
    lines=LINES,
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    name=st.sampled_from(["otter", "labelled", "whisper-console", "youtube-paste", None]),
)
def test_no_text_is_too_odd(lines, end, name):
    data = end.join(lines).encode("utf-8", "surrogatepass")
    try:
        source = formats.read(data, None, name)
    except UngarbleError:
        return
    assert formats.write(source, Rendering(source.document.text)) == data


HOUSE = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "path", sorted((HOUSE / "transcripts").glob("*/*.txt")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_prose_of_the_house_stays_plain(path):
    assert formats.read(path.read_bytes(), path.name).layout is None
