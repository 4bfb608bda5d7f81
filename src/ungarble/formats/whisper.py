"""JSON of Whisper: openai-whisper, the API's ``verbose_json``, faster-whisper, stable-ts and the transformers pipeline.

The words stand in ``text``, in ``segments[].text`` and in ``segments[].words[].word`` (or ``words[].word``), mostly
with a space before them. ``tokens`` are what the model emitted, and stay. The pipeline's segments, or words, are called
``chunks``.
"""

from ungarble.formats import File, Reading
from ungarble.formats.json_scan import Array, Json, Object, as_array, as_object, look, objects, parse
from ungarble.formats.json_tracks import Line, assembled, stream, unknown
from ungarble.formats.json_words import Shape, Track, seconds_of, speaker_of, start_and_end, timed_words

_WORD = Shape(("word", "text"), confidence=("probability", "score", "confidence"))
_KEYS = frozenset({"segments", "chunks", "words", "language", "duration", "task", "usage"})


def looks_like(text: str) -> bool:
    """Whether it has segments with text, or a text and what goes with it."""
    json = look(text)
    return json is not None and _is_whisper(json)


def _is_whisper(json: Json) -> bool:
    root = json.root
    texts = [json.string(as_object(one).get("text")) is not None for one in _segments(root)]
    if isinstance(root, Array):
        return all(texts)
    if json.string(root.get("text")) is None:
        return any(texts) or {"segments", "language"} <= root.keys()
    return len(root) == 1 or not root.keys().isdisjoint(_KEYS)


def read(file: File) -> Reading:
    """Find the segments, or the text where there are none. Raises BrokenFormatError."""
    json = parse(file.text, file.name)
    if not _is_whisper(json):
        raise unknown(file, json)
    return read_segments(file, json)


def read_segments(file: File, json: Json) -> Reading:
    """The document of a file with segments, which WhisperX has, too."""
    root = as_object(json.root)
    segments = _segments(json.root)
    whole = json.string(root.get("text"))
    lines = [_line(json, segment) for segment in objects(segments)]
    text = [Line(whole, *_duration(json, root))] if whole else []
    if whole and _is_words(json, segments):
        return assembled(file, json, [stream(json, [text], [Track(timed_words(json, [segments], _WORD))])])
    arrays = [as_array(segment.get("words")) for segment in objects(segments)]
    lists = [arrays, [as_array(root.get("word_segments"))], [as_array(root.get("words"))]]
    tracks = [Track(words) for arrays in lists if (words := timed_words(json, arrays, _WORD))]
    return assembled(file, json, [stream(json, [lines, text] if text else [lines], tracks)])


def _segments(root: Object | Array) -> Array:
    if isinstance(root, Array):
        return root
    return as_array(root.get("segments" if "segments" in root else "chunks"))


def _line(json: Json, segment: Object) -> Line:
    start, end = (seconds_of(json, time) for time in start_and_end(segment, _WORD))
    return Line(json.string(segment.get("text")), start, end, speaker_of(json, segment.get("speaker")))


def _duration(json: Json, root: Object) -> tuple[float | None, float | None]:
    lasts = seconds_of(json, root.get("duration"))
    return (None, None) if lasts is None else (0.0, lasts)


def _is_words(json: Json, chunks: Array) -> bool:
    """Whether the pipeline's chunks are words, and no segments."""
    texts = [json.read(chunk.get("text")) or "" for chunk in objects(chunks) if "timestamp" in chunk]
    return bool(texts) and all(len(text.split()) <= 1 for text in texts)
