"""Text that says who speaks, or when: ``[00:01:23] Name: words``, ``Name: words``, ``**Name:** words``."""

from ungarble.formats import BrokenFormatError, File, Reading
from ungarble.formats.heads import heads_of, is_dialogue
from ungarble.formats.turns import SAMPLE, lines_of, reading


def looks_like(text: str) -> bool:
    """Whether most paragraphs begin with a speaker's label or a time in brackets."""
    lines = lines_of(text[:SAMPLE])
    texts, opens = [line.text for line in lines], [line.opens for line in lines]
    return is_dialogue(texts, opens, heads_of(texts, opens))


def read(file: File) -> Reading:
    """Find the turns. Raises BrokenFormatError where there are none."""
    lines = lines_of(file.text)
    texts, opens = [line.text for line in lines], [line.opens for line in lines]
    heads = heads_of(texts, opens, file.known) or heads_of(texts, opens, file.known, judged=False)
    if not heads:
        raise BrokenFormatError(
            file.name, 1, "no turns: no line begins with a speaker's name or a time, like 'Name: words'"
        )
    return reading(file, lines, heads)
