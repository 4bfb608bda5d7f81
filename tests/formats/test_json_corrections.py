"""Corrections of JSON transcripts, as exact text: a ``-`` line of the expected changes is gone, a ``+`` line is new."""

import difflib
import json

import pytest

from ungarble import formats
from ungarble.api import Cleaner
from ungarble.correction import Correction, Edit, Kind, Slot
from ungarble.document import Span
from ungarble.rendering import render


def corrected(source, *changes):
    """The file with words replaced; (old, "") takes words out, ("word|", ".") adds a mark behind a word."""
    text = source.document.text
    made = []
    for old, new in changes:
        at = text.index(old.rstrip("|")) + (len(old) - 1 if old.endswith("|") else 0)
        end = at if old.endswith("|") else at + len(old)
        kind = Kind.GAP if old.endswith("|") else Kind.WORDS
        made.append(Correction((Edit(kind, Span(at, end), text[at:end], new, Slot.MARK),), "names", 1.0, ""))
    return formats.write(source, render(text, made))


def changes(before, after):
    """What differs, line by line, without the space around it."""
    rows = difflib.ndiff(before.splitlines(), after.splitlines())
    return [row[0] + row[2:].strip() for row in rows if row[0] in "+-"]


def differences(data, *fixes, indent=1):
    """The changed lines of a value that is written with a value a line."""
    before = json.dumps(data, indent=indent, ensure_ascii=False)
    return changes(before, corrected(formats.read(before.encode(), "talk.json"), *fixes).decode())


def word(text, start, end, **more):
    return {"word": text, "start": start, "end": end, **more}


WHISPER = {
    "text": " In badaksha and Mazar e Sharif they met",
    "segments": [
        {
            "id": 0,
            "start": 0.0,
            "end": 2.0,
            "text": " In badaksha and Mazar e",
            "tokens": [1, 2, 3],
            "words": [
                word(" In", 0.0, 0.25, probability=0.9),
                word(" badaksha", 0.25, 1.00, probability=0.4),
                word(" and", 1.0, 1.2, probability=0.9),
                word(" Mazar", 1.2, 1.6, probability=0.5),
                word(" e", 1.6, 2.0, probability=0.5),
            ],
        },
        {
            "id": 1,
            "start": 2.0,
            "end": 3.5,
            "text": " Sharif they met",
            "words": [word(" Sharif", 2.0, 2.5), word(" they", 2.5, 3.0), word(" met", 3.0, 3.5)],
        },
    ],
}


def test_whisper_every_copy_of_a_word():
    assert differences(WHISPER, ("badaksha", "Badakhshan")) == [
        '-"text": " In badaksha and Mazar e Sharif they met",',
        '+"text": " In Badakhshan and Mazar e Sharif they met",',
        '-"text": " In badaksha and Mazar e",',
        '+"text": " In Badakhshan and Mazar e",',
        '-"word": " badaksha",',
        '+"word": " Badakhshan",',
    ]


def test_whisper_words_run_together_over_the_end_of_a_segment():
    raw = json.dumps(WHISPER)
    expected = raw.replace("Mazar e Sharif", "Mazar-e-Sharif").replace(
        '" In badaksha and Mazar e"', '" In badaksha and Mazar-e-Sharif"'
    )
    expected = expected.replace('" Sharif they met"', '" they met"')
    expected = expected.replace(
        '{"word": " Mazar", "start": 1.2, "end": 1.6', '{"word": " Mazar-e-Sharif", "start": 1.2, "end": 2.5'
    )
    expected = expected.replace(', {"word": " e", "start": 1.6, "end": 2.0, "probability": 0.5}', "")
    expected = expected.replace('{"word": " Sharif", "start": 2.0, "end": 2.5}, ', "")
    source = formats.read(raw.encode(), "talk.json")
    assert corrected(source, ("Mazar e\nSharif", "Mazar-e-Sharif")).decode() == expected


def test_whisper_a_word_parted_shares_its_time():
    raw = json.dumps(WHISPER).replace('"end": 1.0,', '"end": 1.00,', 1)
    word = '{"word": " badaksha", "start": 0.25, "end": 1.00, "probability": 0.4}'
    parted = (
        '{"word": " Ismail", "start": 0.25, "end": 0.70, "probability": 0.4}, '
        '{"word": " Khan", "start": 0.70, "end": 1.00, "probability": 0.4}'
    )
    assert word in raw
    expected = raw.replace(word, parted).replace(" badaksha", " Ismail Khan")
    assert corrected(formats.read(raw.encode(), "talk.json"), ("badaksha", "Ismail Khan")).decode() == expected


def test_whisper_words_lost_and_marks_added():
    assert differences(WHISPER, ("and ", ""), ("met|", ".")) == [
        '-"text": " In badaksha and Mazar e Sharif they met",',
        '+"text": " In badaksha Mazar e Sharif they met.",',
        '-"text": " In badaksha and Mazar e",',
        '+"text": " In badaksha Mazar e",',
        '-"word": " and",',
        '-"start": 1.0,',
        '-"end": 1.2,',
        '-"probability": 0.9',
        "-},",
        "-{",
        '-"text": " Sharif they met",',
        '+"text": " Sharif they met.",',
        '-"word": " met",',
        '+"word": " met.",',
    ]


def test_whisper_all_words_of_a_segment_lost():
    raw = json.dumps(WHISPER)
    written = json.loads(corrected(formats.read(raw.encode(), "talk.json"), ("Sharif they met", "")))
    assert written["text"] == " In badaksha and Mazar e"
    assert written["segments"][1] == {"id": 1, "start": 2.0, "end": 3.5, "text": "", "words": []}


def test_the_api_writes_words_without_marks():
    data = {
        "duration": 2.0,
        "text": "In badaksha, they met.",
        "words": [word("In", 0, 0.2), word("badaksha", 0.2, 1), word("they", 1, 1.5), word("met", 1.5, 2)],
    }
    assert differences(data, ("badaksha", "Badakhshan"), ("they|", ",")) == [
        '-"text": "In badaksha, they met.",',
        '+"text": "In Badakhshan, they, met.",',
        '-"word": "badaksha",',
        '+"word": "Badakhshan",',
    ]


ITEMS = [
    {"type": "pronunciation", "alternatives": [{"confidence": "0.9", "content": "In"}], "start_time": "0.0"},
    {"type": "pronunciation", "alternatives": [{"confidence": "0.4", "content": "badaksha"}], "start_time": "0.3"},
    {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": ","}]},
    {"type": "pronunciation", "alternatives": [{"confidence": "0.9", "content": "today"}], "start_time": "1.6"},
]
ENDS = ["0.3", "1.6", None, "2.0"]
AWS = {
    "results": {
        "transcripts": [{"transcript": "In badaksha, today"}],
        "items": [
            {"id": n} | item | ({"end_time": end} if end else {})
            for n, (item, end) in enumerate(zip(ITEMS, ENDS, strict=True))
        ],
        "audio_segments": [
            {"id": 0, "transcript": "In badaksha, today", "start_time": "0.0", "end_time": "2.0", "items": [0, 1, 2, 3]}
        ],
    }
}


def aws(*fixes):
    data = json.dumps(AWS, separators=(",", ":"))
    written = corrected(formats.read(data.encode(), "talk.json"), *fixes).decode()
    return written, json.loads(written)["results"]


def test_aws_a_mark_added_is_an_item():
    written, results = aws(("today|", "."))
    assert results["transcripts"][0]["transcript"] == "In badaksha, today."
    assert results["items"][4:] == [
        {"id": 4, "type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]}
    ]
    assert results["audio_segments"][0]["items"] == [0, 1, 2, 3, 4]
    assert ',{"id":4,"type":"punctuation","alternatives":[{"confidence":"0.0","content":"."}]}]' in written


def test_aws_a_mark_that_goes_is_an_item_that_goes():
    _, results = aws((", ", " "))
    assert [item["id"] for item in results["items"]] == [0, 1, 3]
    assert results["audio_segments"][0]["items"] == [0, 1, 3]
    assert results["audio_segments"][0]["transcript"] == "In badaksha today"


def test_aws_a_mark_that_becomes_another():
    written, results = aws((",", "."))
    assert written == json.dumps(AWS, separators=(",", ":")).replace("badaksha,", "badaksha.").replace(
        '","content":","', '","content":"."'
    )
    assert results["items"][2]["alternatives"][0]["content"] == "."


def test_aws_a_word_parted_has_two_numbers():
    _, results = aws(("badaksha", "Ismail Khan"))
    found = [(item["id"], item["start_time"], item["end_time"]) for item in results["items"] if "end_time" in item]
    assert found == [(0, "0.0", "0.3"), (1, "0.3", "1.0"), (4, "1.0", "1.6"), (3, "1.6", "2.0")]
    assert results["audio_segments"][0]["items"] == [0, 1, 4, 2, 3]


def test_aws_rows_of_speakers_go_along():
    data = json.loads(json.dumps(AWS))
    rows = [
        {"start_time": item["start_time"], "end_time": item["end_time"]}
        for item in AWS["results"]["items"]
        if "end_time" in item
    ]
    data["results"].pop("audio_segments")
    data["results"]["speaker_labels"] = {
        "segments": [{"start_time": "0.0", "end_time": "2.0", "speaker_label": "spk_0", "items": rows}]
    }
    source = formats.read(json.dumps(data, indent=4).encode(), "talk.json")
    assert [segment.speaker for segment in source.document.segments] == ["spk_0"]
    results = json.loads(corrected(source, ("In badaksha", "Indabad"), ("today", "to day")))["results"]
    assert results["speaker_labels"]["segments"][0]["items"] == [
        {"start_time": "0.0", "end_time": "1.6"},
        {"start_time": "1.6", "end_time": "1.7"},
        {"start_time": "1.7", "end_time": "2.0"},
    ]


DEEPGRAM = {
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "Bill roger, in Kunduz.",
                        "words": [
                            word("bill", 0.0, 0.3, punctuated_word="Bill"),
                            word("roger", 0.3, 0.8, punctuated_word="roger,"),
                            word("in", 0.8, 0.9, punctuated_word="in"),
                            word("kunduz", 0.9, 1.5, punctuated_word="Kunduz."),
                        ],
                    },
                    {"transcript": "bill rogers in"},
                ]
            }
        ]
    }
}


def test_deepgram_both_forms_of_a_word():
    assert differences(DEEPGRAM, ("Bill roger", "Bill Roggio"), ("Kunduz|", "?")) == [
        '-"transcript": "Bill roger, in Kunduz.",',
        '+"transcript": "Bill Roggio, in Kunduz?.",',
        '-"word": "roger",',
        '+"word": "roggio",',
        '-"punctuated_word": "roger,"',
        '+"punctuated_word": "Roggio,"',
        '-"punctuated_word": "Kunduz."',
        '+"punctuated_word": "Kunduz?."',
    ]


def test_deepgram_words_become_one():
    source = formats.read(json.dumps(DEEPGRAM).encode(), "talk.json")
    best, other = json.loads(corrected(source, ("Bill roger", "Bilroger")))["results"]["channels"][0]["alternatives"]
    assert best["transcript"] == "Bilroger, in Kunduz."
    assert best["words"][0] == word("bilroger", 0.0, 0.8, punctuated_word="Bilroger,")
    assert len(best["words"]) == 3
    assert other == {"transcript": "bill rogers in"}


def test_deepgram_channels_are_heard_one_after_the_other(request):
    path = request.path.parent / "files" / "deepgram" / "two-channels.json"
    document = formats.read(path.read_bytes(), str(path)).document
    assert document.speakers == ("Channel 0", "Channel 1")
    first, second = document.text.split("\n\n")
    assert "Sharif and Kunduz." in first
    assert "they tell us.\nYes, but" in second


def test_deepgram_turns_that_only_the_words_tell(request):
    path = request.path.parent / "files" / "deepgram" / "diarized-words-min.json"
    source = formats.read(path.read_bytes(), str(path))
    assert [segment.speaker for segment in source.document.segments] == ["Speaker 0", "Speaker 1"]
    assert source.document.text.count("\n\n") == 1
    first, last = source.document.timings[0], source.document.timings[-1]
    assert (source.document.segments[0].start, source.document.segments[1].end) == (first.start, last.end)
    assert corrected(source, ("We walked", "")).count(b'"We"') == 0  # the first turn's time is another then


def test_assemblyai_milliseconds_and_sentences_that_were_judged():
    data = {
        "text": "In badaksha, today.",
        "words": [
            {"text": "In", "start": 0, "end": 300},
            {"text": "badaksha,", "start": 300, "end": 1601},
            {"text": "today.", "start": 1601, "end": 2000},
        ],
        "utterances": [{"speaker": "A", "text": "In badaksha, today.", "start": 0, "end": 2000}],
        "sentiment_analysis_results": [{"text": "In badaksha, today.", "sentiment": "NEUTRAL"}],
    }
    source = formats.read(json.dumps(data).encode(), "talk.json")
    assert source.document.timings[1][2:4] == (0.3, 1.601)
    found = json.loads(corrected(source, ("badaksha", "Ismail Khan")))
    assert found["sentiment_analysis_results"][0]["text"] == found["text"] == "In Ismail Khan, today."
    assert [tuple(row.values()) for row in found["words"][1:3]] == [("Ismail", 300, 1080), ("Khan,", 1080, 1601)]


def test_json3_a_lost_word_takes_its_seg_along():
    data = {
        "events": [
            {
                "tStartMs": 0,
                "dDurationMs": 10,
                "segs": [{"utf8": "the"}, {"utf8": " the", "tOffsetMs": 5}, {"utf8": " dog"}],
            },
            {"tStartMs": 10, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        ]
    }
    raw = json.dumps(data, separators=(",", ":"))
    written = corrected(formats.read(raw.encode(), "talk.json3"), ("the ", "")).decode()
    assert written in (raw.replace('{"utf8":"the"},', ""), raw.replace(',{"utf8":" the","tOffsetMs":5}', ""))
    written = corrected(formats.read(raw.encode(), "talk.json3"), ("dog", "old dog")).decode()
    assert written == raw.replace(" dog", " old dog")


def test_json3_lines_of_a_caption():
    raw = r'{"events":[{"tStartMs":0,"segs":[{"utf8":"Mazar e\nSharif\nfell"}]}]}'
    source = formats.read(raw.encode())
    assert source.document.text == "Mazar e\nSharif\nfell"
    written = corrected(source, ("Mazar e\nSharif", "Mazar-e-Sharif")).decode()
    assert json.loads(written)["events"][0]["segs"][0]["utf8"].split() == ["Mazar-e-Sharif", "fell"]


def test_google_words_of_the_last_result_are_the_same_words():
    words = [{"word": "In", "endTime": "0.300s"}, {"word": "badaksha", "startTime": "0.300s", "endTime": "1.600s"}]
    data = {
        "results": [
            {"alternatives": [{"transcript": "In badaksha", "words": words}]},
            {"alternatives": [{"words": [one | {"speakerTag": 1} for one in words]}]},
        ]
    }
    source = formats.read(json.dumps(data).encode(), "talk.json")
    assert source.document.text == "In badaksha"
    found = json.loads(corrected(source, ("badaksha", "Ismail Khan")))["results"]
    for result in found:
        said = [tuple(one.values())[:3] for one in result["alternatives"][0]["words"][1:]]
        assert said == [("Ismail", "0.300s", "1.080s"), ("Khan", "1.080s", "1.600s")]


def test_whisper_cpp_both_times_of_a_token():
    def both(start, end):
        return {
            "timestamps": {"from": f"00:00:0{start},000", "to": f"00:00:0{end},000"},
            "offsets": {"from": start * 1000, "to": end * 1000},
        }

    pieces = [("[_BEG_]", 0, 0), (" In", 0, 1), (" bad", 1, 2), ("aksha", 2, 4), (".", 4, 4)]
    tokens = [both(start, end) | {"text": text, "id": 7} for text, start, end in pieces]
    data = {"transcription": [both(0, 4) | {"text": " In badaksha.", "tokens": tokens}]}
    source = formats.read(json.dumps(data).encode(), "talk.json")
    assert [timing[:4] for timing in source.document.timings] == [(0, 2, 0.0, 1.0), (3, 12, 1.0, 4.0)]
    found = json.loads(corrected(source, ("badaksha", "Badakhshan")))["transcription"][0]
    assert found["text"] == " In Badakhshan."
    assert [token["text"] for token in found["tokens"]] == ["[_BEG_]", " In", " Badakhshan", "."]
    assert found["tokens"][2] == both(1, 4) | {"text": " Badakhshan", "id": 7}
    cased = json.loads(corrected(source, ("badaksha", "Badaksha")))["transcription"][0]
    assert [token["text"] for token in cased["tokens"]] == ["[_BEG_]", " In", " Bad", "aksha", "."]


@pytest.mark.parametrize(
    ("raw", "fixes", "expected"),
    [
        (r'{"text":"caf\u00e9 in zurich"}', [("zurich", "Zürich")], r'{"text":"caf\u00e9 in Z\u00fcrich"}'),
        ('{"text":"a pub in zurich"}', [("zurich", "Zürich")], '{"text":"a pub in Zürich"}'),
        ('{"text":"café, zurich"}', [("zurich", "“Zürich”")], '{"text":"café, “Zürich”"}'),
        (r'{"text":"say \"so\" in c:\\temp\/zurich"}', [("zurich", 'Z"')], r'{"text":"say \"so\" in c:\\temp\/Z\""}'),
        (r'{"text":"a \ud83d\ude8c to zurich"}', [("zurich", "🚌")], r'{"text":"a \ud83d\ude8c to \ud83d\ude8c"}'),
        ('{ "text" :\t"in zurich"\r\n}', [("zurich", "Zug")], '{ "text" :\t"in Zug"\r\n}'),
    ],
)
def test_escapes(raw, fixes, expected):
    assert corrected(formats.read(raw.encode(), "talk.json"), *fixes).decode() == expected


def test_a_mark_goes_with_its_word():
    """Also where the word is in the next segment, and where it is lost."""
    data = {"segments": [{"text": " to Mazar e"}, {"text": " Sharif, “and and” home."}], "language": "en"}
    words = [" to", " Mazar", " e", " Sharif,", " “and", " and”", " home."]
    data["segments"][0]["words"] = [word(text, n, n + 1) for n, text in enumerate(words[:3])]
    data["segments"][1]["words"] = [word(text, n + 3, n + 4) for n, text in enumerate(words[3:])]
    source = formats.read(json.dumps(data).encode(), "talk.json")
    found = json.loads(corrected(source, ("Mazar e\nSharif", "Mazar-e-Sharif"), ("and ", "")))["segments"]
    assert [segment["text"] for segment in found] == [" to Mazar-e-Sharif,", " “and” home."]
    assert [row["word"] for row in found[0]["words"]] == [" to", " Mazar-e-Sharif,"]
    assert [row["word"] for row in found[1]["words"]] == [" “and”", " home."]
    assert found[0]["words"][1]["end"] == 4


@pytest.mark.parametrize(
    "value",
    [
        "9" * 5000,
        "1e99999",
        "-0",
        "0." + "1" * 5000,
        '"' + "9" * 5000 + '"',
        '"0.' + "1" * 5000 + '"',
        "null",
        '"soon"',
        "{}",
    ],
)
def test_odd_times_and_numbers(value):
    """Nothing is known of them, or they are kept; a word can still be parted."""
    raw = f'{{"text":"in Kunduz","words":[{{"word":"in"}},{{"word":"Kunduz","start":{value},"end":{value}}}]}}'
    written = corrected(formats.read(raw.encode(), "talk.json"), ("Kunduz", "Ismail Khan")).decode()
    assert '"word":"Ismail"' in written
    assert '"word":"Khan"' in written
    item = f'{{"id":{value},"alternatives":[{{"content":"Kunduz"}}],"start_time":{value},"end_time":{value}}}'
    raw = f'{{"results":{{"transcripts":[{{"transcript":"Kunduz"}}],"items":[{item}]}}}}'
    written = corrected(formats.read(raw.encode(), "talk.json"), ("Kunduz", "Ismail Khan.")).decode()
    assert '"transcript":"Ismail Khan."' in written


def test_names_of_speakers_are_labels(request):
    path = request.path.parent / "files" / "whisperx" / "unaligned.json"
    source = formats.read(path.read_bytes(), str(path))
    assert source.document.speakers == ("Amina Farouk", "Bill Roggio")
    cleaned = render(source.document.text, [])
    written = formats.write(source, cleaned, {"Amina Farouk": "Amina Faruk"})
    assert written == path.read_bytes().replace(b"Amina Farouk", b"Amina Faruk")


def test_the_cleaner_mends_every_copy(request):
    path = request.path.parent / "files" / "deepgram" / "full.json"
    cleaned = Cleaner().clean(formats.read(path.read_bytes(), str(path)))
    assert b"badaksha" not in cleaned.data
    assert b"the the" not in cleaned.data
    assert cleaned.data.count(b"Badakhshan,") == path.read_bytes().count(b"badaksha,")


@pytest.mark.parametrize(
    ("raw", "path", "name"),
    [
        ('{"segments":[{"start":0,"end":1,"text":"Hello."}]}', "talk.txt", "whisper"),
        ('[{"start":0,"end":1,"text":"Hello."}]', None, "whisper"),
        ('{"segments":[{"text":"Hi.","words":[{"word":"Hi.","score":0.5}]}]}', "talk.srt", "whisperx"),
        ('{"transcription":[{"offsets":{"from":0,"to":1},"text":"Hi."}]}', None, "whisper-cpp"),
        ('{"results":{"transcripts":[{"transcript":"Hi."}],"items":[]}}', "talk", "aws"),
        ('{"results":{"channels":[{"alternatives":[{"transcript":"Hi."}]}]}}', "talk.vtt", "deepgram"),
        ('{"text":"Hi.","words":[{"text":"Hi.","start":0,"end":9}]}', None, "assemblyai"),
        ('{"events":[{"tStartMs":0,"segs":[{"utf8":"Hi."}]}]}', "talk.json", "json3"),
        ('{"results":[{"alternatives":[{"transcript":"Hi."}]}]}', None, "google"),
        ("[00:01] Hi.", "talk.txt", None),
        ("{ hello }", "talk.txt", "txt"),
    ],
)
def test_the_content_tells(raw, path, name):
    source = formats.read(raw.encode(), path)
    assert source.document.format == name or name is None
    assert formats.FORMATS[source.document.format].family != "json" or name


@pytest.mark.parametrize(
    ("raw", "path", "name", "message"),
    [
        (
            '{"a":1,"b":2}',
            None,
            None,
            "standard input, line 1: no transcript of a known layout: it has 'a', 'b'; known are ",
        ),
        ("[{}]", "x.json", None, "x.json, line 1: no transcript of a known layout: it is a list; known are "),
        ("{}", "x.txt", None, "x.txt, line 1: no transcript of a known layout: it is empty; known are "),
        ('{"a":1,\n"b"', None, None, "standard input, line 2: not valid JSON: the file ends before its brackets close"),
        ("words", "x.json", None, "x.json, line 1: no JSON: that begins with { or ["),
        ('{"text":"Hi."}', "x.json", "aws", "x.json, line 1: this is JSON of Whisper, not of Amazon Transcribe"),
        ("words", None, "google", "standard input, line 1: no JSON: that begins with { or ["),
    ],
)
def test_what_is_no_transcript_is_refused(raw, path, name, message):
    with pytest.raises(formats.BrokenFormatError) as caught:
        formats.read(raw.encode(), path, name)
    assert str(caught.value).startswith(message)
