"""JSON of WhisperX: Whisper's, aligned anew: ``score`` with every word, ``word_segments``, and mostly speakers.

Words that could not be aligned have no times. ``chars``, the letters with their times, stay as they are.
"""

from ungarble.formats import File, Reading
from ungarble.formats.json_scan import Json, as_array, as_object, look, objects, parse
from ungarble.formats.json_tracks import unknown
from ungarble.formats.whisper import read_segments


def looks_like(text: str) -> bool:
    """Whether it has segments, and what Whisper itself does not write: scores, speakers or all words in one list."""
    json = look(text)
    return json is not None and _is_whisperx(json)


def _is_whisperx(json: Json) -> bool:
    root = as_object(json.root)
    if "segments" not in root or "word_segments" in root:
        return "segments" in root
    segments = [one for one in objects(root["segments"]) if json.string(one.get("text")) is not None]
    words = (word for segment in segments for word in objects(as_array(segment.get("words"))))
    speaks = any("speaker" in segment for segment in segments) and "text" not in root
    return speaks or any("score" in word for word in words)


def read(file: File) -> Reading:
    """Find the segments. Raises BrokenFormatError."""
    json = parse(file.text, file.name)
    if not _is_whisperx(json):
        raise unknown(file, json)
    return read_segments(file, json)
