"""Plain text and Markdown: the document's text is the whole file, line ends included."""

from ungarble.document import Document
from ungarble.formats import File, Reading


def looks_like(text: str) -> bool:  # noqa: ARG001 - the protocol's
    """Every text does, if it is nothing else."""
    return True


def read(file: File) -> Reading:
    """Take the file as it is."""
    return Reading(Document(file.text, path=file.path, format=file.format))
