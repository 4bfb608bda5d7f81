"""Fields of a JSON transcript that hold the same words hold the same words when these are corrected."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_every_format import proposals

from ungarble import formats
from ungarble.correction import resolve
from ungarble.document import tokenize
from ungarble.rendering import render

FOLDER = Path(__file__).parent / "files"
JSON = sorted(
    path for path in FOLDER.glob("*/*") if path.is_file() and formats.FORMATS[path.parent.name].family == "json"
)


def texts_of(found, *keys):
    """The strings of objects, under the first of the keys that each has."""
    return [next((one[key] for key in keys if one.get(key)), "") for one in found or [] if isinstance(one, dict)]


def whisper(data):
    segments = data if isinstance(data, list) else data.get("segments", data.get("chunks", []))
    segments = [one for one in segments if isinstance(one, dict)]
    yield texts_of(segments, "text")
    yield [word for one in segments for word in texts_of(one.get("words"), "word", "text")]
    if isinstance(data, dict):
        yield [data.get("text", "")]
        yield texts_of(data.get("words"), "word")
        yield texts_of(data.get("word_segments"), "word")


def whisper_cpp(data):
    yield texts_of(data["transcription"], "text")
    tokens = [token for one in data["transcription"] for token in texts_of(one.get("tokens"), "text")]
    yield [token for token in tokens if not token.startswith("[_")]


def contents(items):
    return [(item.get("alternatives") or [item])[0].get("content", "") for item in items]


def aws(data):
    results = data["results"]
    items = results["items"]
    yield texts_of(results["transcripts"], "transcript")
    yield contents(items)
    yield texts_of(results.get("audio_segments"), "transcript")
    numbered = dict(zip((item.get("id") for item in items), contents(items), strict=True))
    yield [numbered[number] for one in results.get("audio_segments", []) for number in one["items"]]
    best = [one["alternatives"][0] for one in results.get("segments", [])]
    yield texts_of(best, "transcript")
    yield [content for one in best for content in contents(one["items"])]
    timed = dict(zip(((item.get("start_time"), item.get("end_time")) for item in items), contents(items), strict=True))
    rows = [row for one in results.get("speaker_labels", {}).get("segments", []) for row in one["items"]]
    yield [timed[row["start_time"], row["end_time"]] for row in rows]
    channels = results.get("channel_labels", {}).get("channels", [])
    listed = [item for channel in channels for item in channel["items"]]
    yield contents(item for label in ("ch_0", "ch_1") for item in items if channels and item["channel_label"] == label)
    yield contents(listed)


def deepgram(data):
    best = [(one["alternatives"] or [{}])[0] for one in data["results"]["channels"]]
    spoken = sorted(data["results"].get("utterances") or [], key=lambda one: one["channel"])
    paragraphs = [part for one in best for part in one.get("paragraphs", {}).get("paragraphs", [])]
    yield texts_of(best, "transcript")
    yield [word for one in best for word in texts_of(one.get("words"), "word")]
    yield [word for one in best for word in texts_of(one.get("words"), "punctuated_word")]
    yield [text for part in paragraphs for text in texts_of(part["sentences"], "text")]
    yield texts_of(spoken, "transcript")
    yield [word for one in spoken for word in texts_of(one["words"], "word")]
    yield [word for one in spoken for word in texts_of(one["words"], "punctuated_word")]
    laid_out = "".join(one.get("paragraphs", {}).get("transcript", "") for one in best)
    yield [laid_out.replace("Speaker 0:", "").replace("Speaker 1:", "")]


def assemblyai(data):
    yield [data.get("text", "")]
    yield texts_of(data.get("words"), "text")
    yield texts_of(data.get("sentiment_analysis_results"), "text")
    for part in ("utterances", "sentences", "paragraphs"):
        yield texts_of(data.get(part), "text")
        yield [word for one in data.get(part) or [] for word in texts_of(one.get("words"), "text")]


def google(data):
    results = data.get("response", data)["results"]
    if isinstance(results, dict):
        return
    best = [one["alternatives"][0] for one in results if one.get("alternatives")]
    yield texts_of(best, "transcript")
    listed = [texts_of(one.get("words"), "word") for one in best]
    repeats = len(best) > 1 and "transcript" not in best[-1]
    yield [word for one in (listed[:-1] if repeats else listed) for word in one]
    yield listed[-1] if repeats else []


ACCOUNTS = {
    "whisper": whisper,
    "whisperx": whisper,
    "whisper-cpp": whisper_cpp,
    "aws": aws,
    "deepgram": deepgram,
    "assemblyai": assemblyai,
    "google": google,
    "json3": lambda _: [],
}


def letters(texts):
    return "".join(character for text in texts for character in text.lower() if character.isalnum())


def accounts(path, data):
    return [letters(texts) for texts in ACCOUNTS[path.parent.name](json.loads(data.decode("utf-8-sig"), strict=False))]


@pytest.mark.parametrize("path", JSON, ids=lambda path: f"{path.parent.name}/{path.name}")
@given(seed=st.integers(0, 2**32))
def test_accounts_that_are_equal_stay_equal(path, seed):
    data = path.read_bytes()
    source = formats.read(data, str(path))
    if not tokenize(source.document.text):
        return
    before = accounts(path, data)
    applied = resolve(proposals(source.document, random.Random(seed))).applied
    written = formats.write(source, render(source.document.text, applied))
    after = accounts(path, written)
    for first in range(len(before)):
        for second in range(first):
            if before[first] and before[first] == before[second]:
                assert after[first] == after[second]


def test_the_accounts_of_most_files_are_equal():
    """Else the test above would show nothing."""
    equal = [
        path
        for path in JSON
        if len(found := [row for row in accounts(path, path.read_bytes()) if row]) > len(set(found))
    ]
    assert len(equal) > len(JSON) // 2
