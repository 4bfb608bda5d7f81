"""JSON of Google Speech-to-Text, versions 1, 1p1beta1 and 2: ``results[]``; of alternatives, the first is the text.

Names are as in the service's own JSON (``startTime``) or as the libraries write them (``start_time``); times like
"1.600s", or seconds and nanoseconds. With diarization, the last result repeats all words with their speakers.
"""

from collections.abc import Sequence

from ungarble.formats import File, Reading
from ungarble.formats.json_scan import Array, Json, Object, as_array, as_object, look, objects, parse
from ungarble.formats.json_tracks import Line, Stream, assembled, stream, strings, unknown
from ungarble.formats.json_words import Shape, TimedWord, Track, amount_of, member, seconds_of, timed_words

_WORD = Shape(
    ("word",),
    ("startTime", "startOffset", "start_time", "start_offset"),
    ("endTime", "endOffset", "end_time", "end_offset"),
    speaker=("speakerLabel", "speaker_label", "speakerTag", "speaker_tag"),
)
_END = ("resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset")
_CHANNEL = ("channelTag", "channel_tag")
_KEYS = ("@type", "totalBilledTime", "total_billed_time", "requestId", "request_id")
"""What an answer has beside its results, even where nothing was said."""

_INLINE = ("inlineResult", "inline_result")


def looks_like(text: str) -> bool:
    """Whether it has a list of results with alternatives."""
    json = look(text)
    return json is not None and bool(_files(json))


def _files(json: Json) -> list[Array]:
    """The lists of results: one, or of a batch one for every file."""
    root = as_object(json.root)
    answer = as_object(root.get("response", root))
    results = answer.get("results")
    if isinstance(results, Array) and not results and not answer.keys().isdisjoint(_KEYS):
        return [results]
    if isinstance(results, Object):
        wrapped = (as_object(member(as_object(one), _INLINE) or one).get("transcript") for one in results.values())
        lists = [as_array(as_object(one).get("results")) for one in wrapped]
    else:
        lists = [as_array(results)]
    return [results for results in lists if any("alternatives" in one for one in objects(results))]


def read(file: File) -> Reading:
    """Find the results. Raises BrokenFormatError."""
    json = parse(file.text, file.name)
    found = _files(json)
    if not found:
        raise unknown(file, json)
    return assembled(file, json, [_stream(json, list(objects(results))) for results in found])


def _best(result: Object) -> Object:
    return as_object(next(iter(as_array(result.get("alternatives"))), None))


def _stream(json: Json, results: Sequence[Object]) -> Stream:
    """The results of a file, each a line; what repeats them all is a copy."""
    words = [_words(json, result) for result in results]
    texts = [json.read(_best(result).get("transcript")) or "" for result in results]
    repeats = _repeats(texts, words[-1]) if words else False
    lines = _lines(json, results[:-1] if repeats else results, words)
    copy = strings([Line(json.string(_best(results[-1]).get("transcript")))]) if repeats else []
    lists = [words[-1], *words[:-1]] if repeats else words
    tracks = [lists[0], [word for own in lists[1:] for word in own]] if repeats else [[w for own in lists for w in own]]
    made = stream(json, [lines], [Track(track) for track in tracks if track], [copy] if copy else [])
    return made._replace(is_derived=any(lists))


def _words(json: Json, result: Object) -> list[TimedWord]:
    """The words of a result; the speaker 0 is nobody."""
    words = timed_words(json, [as_array(_best(result).get("words"))], _WORD)
    return [word._replace(speaker=None) if word.speaker == "Speaker 0" else word for word in words]


def _repeats(texts: Sequence[str], words: Sequence[TimedWord]) -> bool:
    """Whether the words of the last result, which have speakers, are those of the results before it."""
    before, own = sum(map(_words_in, texts[:-1])), _words_in(texts[-1])
    has_speakers = any(word.speaker for word in words)
    return has_speakers and before > 0 and 2 * len(words) > 2 * own + before


def _words_in(text: str) -> int:
    return len(text.split())


def _lines(json: Json, results: Sequence[Object], words: Sequence[Sequence[TimedWord]]) -> list[Line]:
    """A line for every result: from its first word, or the end of the one before, to its own end."""
    channels = {amount_of(json, member(result, _CHANNEL)) for result in results} - {None}
    lines: list[Line] = []
    before = 0.0
    for result, own in zip(results, words, strict=False):
        end = seconds_of(json, member(result, _END))
        end = own[-1].ended if end is None and own else end
        start = own[0].began if own else before if end is not None else None
        channel = amount_of(json, member(result, _CHANNEL)) if len(channels) > 1 else None
        speaker = None if channel is None else f"Channel {channel:g}"
        lines.append(Line(json.string(_best(result).get("transcript")), start, end, speaker))
        before = end if end is not None else before
    return lines
