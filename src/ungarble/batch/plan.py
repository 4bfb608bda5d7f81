"""What a batch will do, checked before anything is written: where each result goes, and by which settings."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ungarble.batch.selection import Found, Left
from ungarble.batch.storage import Storage
from ungarble.batch.tasks import SKIPPED, Task
from ungarble.config import Choices
from ungarble.errors import UngarbleError

MOST_TOLD = 3
"""Files that a message names as examples."""


class PlanError(UngarbleError):
    """A batch that is not begun: it would do harm."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


@dataclass(frozen=True, slots=True)
class Plan:
    """Every file in the order of the input: what to do with it, or why it is left; and the settings that are needed."""

    items: tuple[Task | Left, ...]
    choices: tuple[Choices, ...]

    @property
    def tasks(self) -> list[Task]:
        """The files to clean."""
        return [item for item in self.items if isinstance(item, Task)]


def plan(
    found: Iterable[Found | Left],
    storage: Storage,
    chosen: Callable[[str], Choices],
    output: str | None,
    base: str | None,
    to: str | None = None,
) -> Plan:
    """Decide where each result goes. ``chosen`` tells the settings that hold in a folder; ``to`` is another ending.

    The files are known by their paths below the output folder; those that are changed in place, below ``base``.

    Raises PlanError where two results would go to one place, or over an input; and what ``chosen`` raises.
    """
    items = list(found if base is None else _each_once(found, storage))
    numbers: dict[Choices, int] = {}

    def task(number: int, item: Found) -> Task:
        choices = chosen(os.path.dirname(item.path))  # noqa: PTH120 - a path as it was named
        key = _renamed(item.below, to) if base is None else _key(item.path, base)
        target = item.path if base is not None else str(PurePath(output, key)) if output else None
        return Task(number, item.path, key, target, numbers.setdefault(choices, len(numbers)), item.named)

    planned = tuple(item if isinstance(item, Left) else task(number, item) for number, item in enumerate(items))
    plan = Plan(planned, tuple(numbers))
    if output:
        _refuse_same_target(plan.tasks)
        _refuse_inputs(plan.tasks, storage)
    return plan


def common_folder(folders: Iterable[str]) -> str:
    """The folder that several folders have in common; the working folder where there is none."""
    try:
        return os.path.commonpath([os.path.abspath(folder) for folder in folders])  # noqa: PTH100 - as text
    except ValueError:  # none at all, or on several drives
        return os.getcwd()  # noqa: PTH109


def _renamed(key: str, ending: str | None) -> str:
    return PurePath(key).with_suffix(f".{ending}").as_posix() if ending else key


def _key(path: str, base: str) -> str:
    try:
        return PurePath(os.path.relpath(path, base)).as_posix()
    except ValueError:  # on another drive
        return os.path.abspath(path)  # noqa: PTH100


def refuse_foreign(tasks: Iterable[Task], own: set[str], storage: Storage, output: str) -> None:
    """Refuse to overwrite what no batch wrote. Raises PlanError."""
    foreign = [task.target for task in tasks if task.target and task.key not in own and storage.kind(task.target)]
    if foreign:
        what = f"{len(foreign)} files" if len(foreign) > 1 else "a file"
        raise PlanError(
            f"{output} has {what} that no batch wrote ({_some(foreign)}), and would be overwritten; "
            "choose another folder, or --force"
        )


def _each_once(found: Iterable[Found | Left], storage: Storage) -> Iterable[Found | Left]:
    """Leave out a file that was reached in another way before: to change it twice is no use."""
    seen: dict[str, str] = {}
    for item in found:
        if isinstance(item, Found):
            first = seen.setdefault(storage.real(item.path), item.path)
            if first != item.path:
                yield Left(item.path, SKIPPED, f"the same file as {first}")
                continue
        yield item


def _refuse_same_target(tasks: Sequence[Task]) -> None:
    by_target: dict[str, Task] = {}
    for task in tasks:
        target = task.key.casefold() if sys.platform in ("win32", "darwin") else task.key
        other = by_target.setdefault(target, task)
        if other is not task:
            raise PlanError(f"{other.path} and {task.path} would both be written to {task.target}; clean them apart")


def _refuse_inputs(tasks: Sequence[Task], storage: Storage) -> None:
    inputs = {storage.real(task.path): task.path for task in tasks}
    for task in tasks:
        over = inputs.get(storage.real(task.target)) if task.target else None
        if over:
            raise PlanError(f"-o would overwrite {over} itself; use --in-place, or choose another folder")


def _some(names: Sequence[str]) -> str:
    more = [f"and {len(names) - MOST_TOLD} more"] if len(names) > MOST_TOLD else []
    return ", ".join([*names[:MOST_TOLD], *more])
