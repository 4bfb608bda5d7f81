"""ungarble: clean garbled speech-to-text transcripts, and show every fix.

>>> from ungarble import clean
>>> clean("We met on monday.").text
'We met on Monday.'
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ungarble.api import Cleaned as Cleaned
    from ungarble.api import Cleaner as Cleaner
    from ungarble.api import clean as clean
    from ungarble.errors import UngarbleError as UngarbleError

__version__ = "0.1.0"
__all__ = ["Cleaned", "Cleaner", "UngarbleError", "__version__", "clean"]


def __getattr__(name: str) -> object:
    """Import what is asked for only then, so that the command starts quickly."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("ungarble.errors" if name == "UngarbleError" else "ungarble.api"), name)
