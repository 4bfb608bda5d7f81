"""JSON transcripts of every layout, made by Hypothesis: ``MADE`` gives the bytes of files by the name of the format."""

import json
import re

from hypothesis import strategies as st

_SAID = """
    the the and and in badaksha hillman Kunduz panshir valley they said Tuesday, today. quiet? “so” it's don’t café
    naïve Zürich, mid-week 1,000 $20 50% U.S. a.m. 北京 北 京 ♪ — … back\\front a/b say"so" 🚌 x Ünal İstanbul ﬁne K.
"""
SAID = st.sampled_from(_SAID.split())
ODD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).filter(lambda text: text.strip())
WORD = st.one_of(SAID, SAID, SAID, SAID, SAID, SAID, SAID, SAID, SAID, ODD.map(lambda text: "".join(text.split())))
TURN = st.lists(WORD, max_size=8)
TURNS = st.lists(TURN, max_size=5)
SPEAKER = st.sampled_from(["A", "B", "Amina Farouk", None])
EXTRA = st.sampled_from([{}, {}, {"extra": None}, {"x": {"deep": [1, {"y": []}]}}, {"note": 'a "b" \\ c'}, {"n": 1e-7}])
CONFIDENCE = st.sampled_from([0, 1, 0.5, 0.9876543210123, None])


class Clock:
    """Gives times that go up."""

    def __init__(self, draw):
        self.draw, self.now = draw, 0.0

    def next(self):
        start = round(self.now + self.draw(st.sampled_from([0, 0, 0.02, 0.3, 1.5])), 3)
        self.now = round(start + self.draw(st.sampled_from([0, 0.08, 0.123, 0.4])), 3)
        return start, self.now


def bare(word):
    return re.sub(r"^\W+|\W+$", "", word).lower()


@st.composite
def written(draw, value):
    """A value as some program writes it: with other spaces, escapes, line ends, order of members."""
    if draw(st.booleans()):
        value = shuffled(value, draw(st.randoms(use_true_random=False)))
    indent = draw(st.sampled_from([None, None, 1, 2, 4, "\t"]))
    separators = draw(st.sampled_from([None, (",", ":"), (", ", ": "), (" , ", " : ")]))
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
    if draw(st.booleans()):
        text = re.sub(r"\\u[0-9a-f]{4}", lambda match: match[0][:2] + match[0][2:].upper(), text)
    text = text.replace("/", draw(st.sampled_from(["/", "\\/"]))) + draw(st.sampled_from(["", "\n", "\n\n ", "\t"]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    codec = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"]))
    return text.encode(codec)


def shuffled(value, chance):
    """The same value with the members of objects in another order."""
    if isinstance(value, dict):
        rows = list(value.items())
        chance.shuffle(rows)
        return {key: shuffled(child, chance) for key, child in rows}
    return [shuffled(child, chance) for child in value] if isinstance(value, list) else value


def some(draw, value):
    """An object, perhaps without one of its members."""
    if value and draw(st.integers(0, 9)) == 0:
        value.pop(draw(st.sampled_from(sorted(value))))
    return value


@st.composite
def whisper(draw, with_scores=False):
    clock = Clock(draw)
    segments = []
    glue = draw(st.sampled_from([" ", " ", ""]))
    for number, turn in enumerate(draw(TURNS)):
        start = clock.now
        words = []
        for word in turn:
            began, ended = clock.next()
            row = {"word": glue + word, "start": began, "end": ended}
            row |= {"score" if with_scores else "probability": draw(CONFIDENCE)}
            words.append(some(draw, row) | draw(EXTRA))
        segment = {"id": number, "start": start, "end": clock.now, "text": "".join(" " + word for word in turn)}
        segment |= {"tokens": [50364, 7], "words": words} if draw(st.booleans()) else {}
        segment |= {"speaker": draw(SPEAKER)} if with_scores else {}
        segments.append(some(draw, segment) | draw(EXTRA))
    data = {"segments": segments, "language": "en"} | draw(EXTRA)
    if with_scores:
        data["word_segments"] = [word for segment in segments for word in segment.get("words", [])]
    elif draw(st.booleans()):
        data["text"] = "".join(segment.get("text", "") for segment in segments)
    is_list = not with_scores and segments and all("text" in segment for segment in segments) and draw(st.booleans())
    return draw(written(segments if is_list else data))


def stamp(at):
    units = round(at * 1000)
    return f"{units // 3600000:02d}:{units // 60000 % 60:02d}:{units // 1000 % 60:02d},{units % 1000:03d}"


def both(start, end):
    return {
        "timestamps": {"from": stamp(start), "to": stamp(end)},
        "offsets": {"from": round(start * 1000), "to": round(end * 1000)},
    }


def cpp_token(draw, clock, piece):
    return some(draw, both(*clock.next()) | {"text": piece, "id": 1, "p": draw(CONFIDENCE)})


@st.composite
def whisper_cpp(draw):
    clock = Clock(draw)
    rows = []
    for turn in draw(TURNS):
        start = clock.now
        tokens = [both(start, start) | {"text": "[_BEG_]", "id": 50363, "p": 0.9}]
        for word in turn:
            cut = draw(st.integers(0, len(word)))
            tokens += [cpp_token(draw, clock, piece) for piece in (" " + word[:cut], word[cut:])]
        row = both(start, clock.now) | {"text": "".join(" " + word for word in turn)}
        rows.append(some(draw, row | ({"tokens": tokens} if draw(st.booleans()) else {})) | draw(EXTRA))
    return draw(written({"model": {"type": "base"}, "result": {"language": "en"}, "transcription": rows} | draw(EXTRA)))


@st.composite
def aws(draw):
    clock = Clock(draw)
    turns = draw(TURNS)
    numbered, speakers, channels = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    items, rows, audio = [], [], []
    for number, turn in enumerate(turns):
        label = f"spk_{number % 2}"
        start, first = clock.now, len(items)
        timed = []
        for word in turn:
            core = word.rstrip(",.?") or word
            began, ended = map(str, clock.next())
            said = [{"content": core, "confidence": "0.91"}, {"content": "x", "confidence": "0.1"}]
            item = {"type": "pronunciation", "alternatives": said[: draw(st.integers(1, 2))]}
            items.append(item | {"start_time": began, "end_time": ended, "speaker_label": label})
            timed.append({"start_time": began, "end_time": ended, "speaker_label": label})
            if word != core:
                mark = {"content": word[len(core) :], "confidence": "0.0"}
                items.append({"type": "punctuation", "alternatives": [mark], "speaker_label": label})
        rows.append({"start_time": str(start), "end_time": str(clock.now), "speaker_label": label, "items": timed})
        own = {"id": number, "transcript": " ".join(turn), "items": list(range(first, len(items)))}
        audio.append(own | {key: rows[-1][key] for key in ("start_time", "end_time", "speaker_label")})
    if numbered:
        items = [{"id": number} | item for number, item in enumerate(items)]
    results = {"transcripts": [{"transcript": " ".join(word for turn in turns for word in turn)}], "items": items}
    results |= {"speaker_labels": {"speakers": 2, "segments": rows}} if speakers else {}
    results |= {"audio_segments": audio} if numbered and draw(st.booleans()) else {}
    if channels:
        own = {n: [item for item in items if item["speaker_label"] == f"spk_{n}"] for n in (0, 1)}
        listed = [{"channel_label": f"ch_{n}", "items": own[n]} for n in (0, 1)]
        results["channel_labels"] = {"channels": listed, "number_of_channels": 2}
    return draw(written(some(draw, {"jobName": "j", "status": "COMPLETED"}) | {"results": results} | draw(EXTRA)))


@st.composite
def deepgram(draw):
    clock = Clock(draw)
    channels, utterances = [], []
    for number in range(draw(st.integers(1, 2))):
        turns, listed, sentences = draw(TURNS), [], []
        for turn in turns:
            start, own = clock.now, []
            for word in turn:
                began, ended = clock.next()
                row = {"word": bare(word), "start": began, "end": ended, "confidence": draw(CONFIDENCE), "speaker": 0}
                own.append(some(draw, row | {"punctuated_word": word}))
            listed += own
            times = {"start": start, "end": clock.now}
            sentences.append(times | {"text": " ".join(turn)})
            spoken = times | {"channel": number, "transcript": " ".join(turn), "words": own, "speaker": len(turn) % 2}
            utterances.append(some(draw, spoken))
        best = {"transcript": " ".join(word for turn in turns for word in turn), "confidence": 0.9, "words": listed}
        if draw(st.booleans()):
            text = "\n" + "\n\n".join(f"Speaker 0: {row['text']}" for row in sentences)
            best["paragraphs"] = {"transcript": text, "paragraphs": [{"sentences": sentences, "speaker": 0}]}
        channels.append({"alternatives": [some(draw, best), {"transcript": "x y"}][: draw(st.integers(0, 2))]})
    results = {"channels": channels} | ({"utterances": utterances} if draw(st.booleans()) else {})
    return draw(written({"metadata": {"channels": len(channels)}, "results": results} | draw(EXTRA)))


@st.composite
def assemblyai(draw):
    clock = Clock(draw)
    parts = []
    for turn in draw(TURNS):
        start = clock.now
        words = [timed_text(draw, word, *clock.next()) for word in turn]
        part = {"text": " ".join(turn), "start": round(start * 1000), "end": round(clock.now * 1000), "words": words}
        parts.append(part | {"speaker": draw(SPEAKER), "confidence": 0.9})
    name = draw(st.sampled_from(["utterances", "sentences", "paragraphs", "nothing"]))
    data = {"id": "x", "language_code": "en", "text": " ".join(part["text"] for part in parts)}
    data |= {"words": [word for part in parts for word in part["words"]], name: parts}
    return draw(written(data | draw(EXTRA)))


def timed_text(draw, word, start, end):
    row = {"text": word, "start": round(start * 1000), "end": round(end * 1000), "confidence": draw(CONFIDENCE)}
    return some(draw, row) | draw(EXTRA)


@st.composite
def json3(draw):
    clock = Clock(draw)
    events = [{"tStartMs": 0, "dDurationMs": 9000, "id": 1, "wpWinPosId": 1}]
    for turn in draw(TURNS):
        start = clock.now
        if draw(st.booleans()):
            segs = [{"utf8": draw(st.sampled_from([" ", "\n"])).join(turn)}]
        else:
            offsets = [round((clock.next()[0] - start) * 1000) for _ in turn]
            segs = [
                {"utf8": (" " if at else "") + word, "tOffsetMs": offset, "acAsrConf": draw(st.integers(0, 255))}
                for at, (word, offset) in enumerate(zip(turn, offsets, strict=True))
            ]
        events.append({"tStartMs": round(start * 1000), "dDurationMs": 900, "segs": [some(draw, seg) for seg in segs]})
        events.append({"tStartMs": round(clock.now * 1000), "aAppend": 1, "segs": [{"utf8": "\n"}]})
    return draw(written({"wireMagic": "pb3", "pens": [{}], "events": events} | draw(EXTRA)))


def in_seconds(at):
    return f"{at:.3f}s"


def in_nanoseconds(at):
    return {"seconds": str(int(at)), "nanos": round(at % 1 * 1e9)}


@st.composite
def google(draw):
    clock = Clock(draw)
    names = st.sampled_from([("startTime", "endTime"), ("startOffset", "endOffset"), ("start_time", "end_time")])
    (start_name, end_name), duration = draw(names), draw(st.sampled_from([in_seconds, in_nanoseconds]))
    results, every = [], []
    for number, turn in enumerate(draw(TURNS)):
        words = []
        for word in turn:
            began, ended = clock.next()
            words.append(some(draw, {"word": word, start_name: duration(began), end_name: duration(ended)}))
            every.append(words[-1] | {"speakerTag": 1 + number % 2})
        best = {"transcript": (" " if number else "") + " ".join(turn), "confidence": 0.9}
        best |= {"words": words} if draw(st.booleans()) else {}
        result = {"alternatives": [best, {"transcript": "x"}][: draw(st.integers(1, 2))], "languageCode": "en"}
        results.append(result | ({"resultEndTime": f"{clock.now}s"} if draw(st.booleans()) else {}))
    if draw(st.booleans()):
        results.append({"alternatives": [{"words": every}]})
    data = {"results": results or [{"alternatives": []}]} | draw(EXTRA)
    return draw(written({"name": "1", "done": True, "response": data} if draw(st.booleans()) else data))


MADE = {
    "whisper": whisper(),
    "whisperx": whisper(with_scores=True),
    "whisper-cpp": whisper_cpp(),
    "aws": aws(),
    "deepgram": deepgram(),
    "assemblyai": assemblyai(),
    "json3": json3(),
    "google": google(),
}
