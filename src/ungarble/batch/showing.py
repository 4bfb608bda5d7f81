"""What a batch prints for each file: the fixes, a patch, a line of JSON, or that it would change."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ungarble.batch.tasks import FAILED, Outcome, Task
from ungarble.terminal import visible, visible_lines

if TYPE_CHECKING:
    from ungarble.api import Cleaned

NOTHING, WORDS, UNIFIED, JSON, CHECK = "", "words", "unified", "json", "check"


@dataclass(frozen=True, slots=True)
class Showing:
    """What to print, and for whom: in colour, and whether a terminal would obey what stands in it."""

    what: str = NOTHING
    color: bool = False
    terminal: bool = False

    def cleaned(self, task: Task, cleaned: "Cleaned") -> bytes:
        """What is printed of a cleaned file; nothing where there is nothing to see."""
        if self.what == JSON:
            return _json(cleaned.report())
        if self.what == UNIFIED:
            return self._patch(task, cleaned)
        if self.what == WORDS:
            return self._words(task, cleaned)
        if self.what == CHECK and cleaned.changed:
            count = len(cleaned.applied)
            return f"{visible(task.path)}: {count} {'fix' if count == 1 else 'fixes'}\n".encode(errors="replace")
        return b""

    def left(self, path: str, outcome: Outcome) -> bytes:
        """What is printed of one that was not cleaned: with ``--json`` there is a line for every file that failed."""
        if self.what != JSON or outcome.status != FAILED:
            return b""
        return _json({"path": path, "error": outcome.reason})

    def _words(self, task: Task, cleaned: "Cleaned") -> bytes:
        from ungarble.diff import show
        from ungarble.names.speakers import label_fixes

        shown = show(cleaned.result, self.color, label_fixes(cleaned.labels))
        if not shown:
            return b""
        path = visible(task.path)
        title = f"\x1b[1m{path}\x1b[0m" if self.color else path
        return f"{title}\n{shown}\n".encode(errors="replace")

    def _patch(self, task: Task, cleaned: "Cleaned") -> bytes:
        from ungarble import formats
        from ungarble.patch import unified_diff

        source = cleaned.source
        if not source.is_text:
            return f"Binary file {visible(task.path)} differs\n".encode(errors="replace") if cleaned.changed else b""
        edits = formats.byte_edits(source, cleaned.result.rendering, cleaned.speakers)
        patch = unified_diff(source.data, edits, source.document.path)
        if not self.terminal:
            return patch
        return visible_lines(patch.decode(source.encoding.codec, "backslashreplace")).encode()


def _json(value: object) -> bytes:
    from ungarble.report import to_json

    return (to_json(value, indent=None) + "\n").encode()
