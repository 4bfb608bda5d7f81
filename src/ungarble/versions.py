"""What a result depends on besides the text and the options: the tool, every dictionary and model by its content."""

from collections.abc import Iterator
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path

from ungarble import __version__, dictionaries
from ungarble.cache import cached

MODELS = (
    ("symspellpy", "frequency_dictionary_en_82_765.txt"),
    ("pocketsphinx", "model/en-us/cmudict-en-us.dict"),
    ("pocketsphinx", "model/en-us/en-us.lm.bin"),
)
"""Word lists and models that other packages bring: the package, and the file in it."""


def versions() -> dict[str, str]:
    """The tool's version, and a hash of the content of every built-in table and model, by their names.

    Gazetteers are not among them; a loaded one knows its own versions.
    """
    files = dict(_files())
    return {"ungarble": __version__} | cached("versions", files.values(), lambda: _hashes(files))


def _files() -> Iterator[tuple[str, Path]]:
    for path in sorted(dictionaries.english("words").parent.glob("*.tsv")):
        yield f"en/{path.name}", path
    for package, file in MODELS:
        spec = find_spec(package)  # finds the folder without importing the package
        if spec is not None and spec.origin is not None and (path := Path(spec.origin).parent / file).is_file():
            yield f"{package}/{path.name}", path


def _hashes(files: dict[str, Path]) -> dict[str, str]:
    hashes = {}
    for name, path in files.items():
        with path.open("rb") as content:
            hashes[name] = file_digest(content, "blake2b").hexdigest()[:16]
    return hashes
