"""The same heard form treated differently in two files: corrected here, left or corrected otherwise there."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ungarble import formats
from ungarble.batch.storage import Storage
from ungarble.batch.tasks import Task
from ungarble.errors import UngarbleError

Form = tuple[str, ...]
"""A heard form: its words, without capitals and marks."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def form_of(text: str) -> Form:
    """The words of a heard form.

    >>> form_of("Darren past,")
    ('darren', 'past')
    """
    return tuple(_WORD.findall(text.casefold()))


def forms_corrected(files: Iterable[Mapping[str, Any]]) -> frozenset[Form]:
    """The forms that were corrected to a name anywhere."""
    found = (form_of(row["heard"]) for file in files for row in file["corrections"] if _is_name(row))
    return frozenset(form for form in found if form)


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts how often forms stand in a file as it was left. It goes to every worker."""

    forms: frozenset[Form]
    storage: Storage
    format: str | None = None

    def __call__(self, task: Task) -> dict[Form, int]:
        """Count them in the result; where none was written, in the file itself."""
        path = task.target or task.path
        try:
            text = formats.read(self.storage.read(path), path, None if task.target else self.format).document.text
        except UngarbleError:
            return {}
        return dict(standing(self.forms, text))


def standing(forms: Iterable[Form], text: str) -> Counter[Form]:
    """How often each form stands in a text.

    >>> standing({("darren", "past")}, "Darren past the past of Darren Past.")
    Counter({('darren', 'past'): 2})
    """
    by_first = defaultdict(list)
    for form in forms:
        by_first[form[0]].append(form)
    words = _WORD.findall(text.casefold())
    found: Counter[Form] = Counter()
    for at, word in enumerate(words):
        for form in by_first.get(word, ()):
            found[form] += tuple(words[at : at + len(form)]) == form
    return +found


def treated_differently(
    files: Sequence[Mapping[str, Any]], left: Mapping[str, Mapping[Form, int]], is_written: bool
) -> list[dict[str, Any]]:
    """The forms that became one thing in one file and another, or nothing, in another; the most frequent first.

    ``left`` counts by path how often forms stand in the results, or, where none ``is_written``, in the files as read.
    """
    forms = forms_corrected(files)
    ways: dict[Form, dict[str | None, Counter[str]]] = {form: defaultdict(Counter) for form in forms}
    heard: dict[Form, Counter[str]] = {form: Counter() for form in forms}
    for file in files:
        counts = Counter(left.get(file["path"], {}))
        for row in file["corrections"]:
            form = form_of(row["heard"])
            if row["applied"] and form in ways and form_of(row["written"]) != form:
                ways[form][row["written"]][file["path"]] += 1
                heard[form][row["heard"]] += 1
                counts[form] -= not is_written
        for form, count in (+counts).items():
            ways[form][None][file["path"]] += count
    found = [_listed(heard[form], ways[form]) for form in forms if _differs(ways[form])]
    return sorted(found, key=lambda row: (-sum(_count(way) for way in row["ways"]), row["heard"]))


def _is_name(row: Mapping[str, Any]) -> bool:
    return bool(row["applied"]) and row["corrector"] == "names" and form_of(row["written"]) != form_of(row["heard"])


def _differs(ways: Mapping[str | None, Counter[str]]) -> bool:
    """Whether two files have different ways."""
    return len({path for files in ways.values() for path in files}) > 1 and len(ways) > 1


def _listed(heard: Counter[str], ways: Mapping[str | None, Counter[str]]) -> dict[str, Any]:
    rows: Iterator[dict[str, Any]] = (
        {"written": written, "files": [{"path": path, "count": count} for path, count in sorted(files.items())]}
        for written, files in ways.items()
    )
    return {
        "heard": heard.most_common(1)[0][0],
        "ways": sorted(rows, key=lambda way: (-_count(way), way["written"] or "")),
    }


def _count(way: Mapping[str, Any]) -> int:
    return sum(file["count"] for file in way["files"])
