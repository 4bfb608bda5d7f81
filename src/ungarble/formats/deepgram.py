"""JSON of Deepgram: ``results.channels[]`` with words, paragraphs and sentences, and ``results.utterances[]``.

A word stands in ``transcript``, in ``word`` (lower case, without marks), in ``punctuated_word``, and once more in the
sentences of ``paragraphs`` and in the utterances. Channels are heard one after the other. Of several alternatives the
first is the text; the others, and what was made of the text (summaries, topics, entities), stay as they are.
"""

import re
from collections.abc import Iterator, Sequence

from ungarble.formats import File, Reading
from ungarble.formats.json_scan import Array, Json, Object, Range, as_array, as_object, look, objects, parse
from ungarble.formats.json_tracks import Line, Stream, assembled, stream, unknown
from ungarble.formats.json_words import Shape, Track, amount_of, seconds_of, speaker_of, timed_words

_WORD = Shape(("punctuated_word", "word"))
_LABEL = re.compile(r"(?:(?<=\")|(?<=\\n))Speaker \d+: ")
_BARE = frozenset({1})
"""``word`` is without marks and capitals."""


def looks_like(text: str) -> bool:
    """Whether it has results with channels."""
    json = look(text)
    return json is not None and _is_deepgram(json)


def _is_deepgram(json: Json) -> bool:
    results = as_object(as_object(json.root).get("results"))
    utterances = objects(results.get("utterances"))
    return isinstance(results.get("channels"), Array) or any("transcript" in one for one in utterances)


def read(file: File) -> Reading:
    """Find the utterances, sentences or transcript of every channel. Raises BrokenFormatError."""
    json = parse(file.text, file.name)
    if not _is_deepgram(json):
        raise unknown(file, json)
    results = as_object(as_object(json.root).get("results"))
    channels = list(objects(results.get("channels"))) or [Object()]
    spoken: list[list[Object]] = [[] for _ in channels]
    for utterance in objects(results.get("utterances")):
        number = amount_of(json, utterance.get("channel")) or 0
        spoken[int(number) if number in range(len(channels)) else 0].append(utterance)
    streams = [_stream(json, *of_channel) for of_channel in zip(channels, spoken, strict=True)]
    return assembled(file, json, streams if len(streams) == 1 else _named(streams))


def _named(streams: Sequence[Stream]) -> list[Stream]:
    """Streams whose lines have the channel for a speaker, where nobody is named."""
    return [
        stream._replace(lines=[line._replace(speaker=line.speaker or f"Channel {n}") for line in stream.lines])
        for n, stream in enumerate(streams)
    ]


def _stream(json: Json, channel: Object, utterances: Sequence[Object]) -> Stream:
    """What is heard in a channel."""
    best = as_object(next(iter(as_array(channel.get("alternatives"))), None))
    paragraphs = as_object(best.get("paragraphs"))
    spoken = [_line(json, one, "transcript", one) for one in utterances]
    sentences = [
        _line(json, sentence, "text", paragraph)._replace(is_paragraph=not n)
        for paragraph in objects(paragraphs.get("paragraphs"))
        for n, sentence in enumerate(objects(paragraph.get("sentences")))
    ]
    transcript = [Line(string) for string in [json.string(best.get("transcript"))] if string]
    accounts = [lines for lines in (spoken, sentences, transcript) if lines]
    laid_out = list(_unlabelled(json, json.string(paragraphs.get("transcript"))))
    lists = [[as_array(best.get("words"))], [as_array(one.get("words")) for one in utterances]]
    tracks = [Track(words, bare=_BARE) for arrays in lists if (words := timed_words(json, arrays, _WORD))]
    return stream(json, accounts, tracks, [laid_out] if laid_out else [])


def _unlabelled(json: Json, string: Range | None) -> Iterator[Range]:
    """The parts of a string between the labels of speakers, which are no words."""
    at = string.start if string else 0
    for label in _LABEL.finditer(json.text, *string) if string else ():
        yield Range(at, label.start())
        at = label.end()
    if string:
        yield Range(at, string.end)


def _line(json: Json, value: Object, text: str, of_speaker: Object) -> Line:
    """An utterance, or a sentence of a paragraph, which says who speaks."""
    start, end = (seconds_of(json, value.get(name)) for name in ("start", "end"))
    return Line(json.string(value.get(text)), start, end, speaker_of(json, of_speaker.get("speaker")))
