"""Where the work runs: processes of this machine. Each has one task at a time; what becomes of it concerns no other.

To run it elsewhere (a cluster), write another class with ``run``, as ``Workers`` describes it.
"""

import gc
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from multiprocessing import connection, get_context
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from ungarble.batch.worker import serve
from ungarble.errors import UngarbleError

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

T = TypeVar("T")
R = TypeVar("R")

TICK = 0.1
"""Seconds after which the one who waits for results hears that time has passed."""


START = "fork" if sys.platform == "linux" else "spawn"
"""How processes begin: as copies that share what is loaded, where no library of the system forbids that."""


class Lost(NamedTuple):
    """A task without a result: its worker died, or it took too long."""

    reason: str


class Workers(Protocol):
    """A place where work is done."""

    def run(
        self, work: Callable[[T], R], tasks: Iterable[T], tick: Callable[[], None]
    ) -> Generator[tuple[T, R | Lost], None, None]:
        """Do tasks, and give the results as they come. ``work``, tasks and results can be pickled.

        ``tick`` is called ten times a second and more; what it raises ends all work, and so does closing the iterator.
        """
        ...


class WorkerError(UngarbleError):
    """Processes that cannot even begin."""

    exit_code = 1

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"no process can be started to clean files: {self.problem}"


class Processes:
    """``jobs`` processes. A task that takes longer than ``timeout`` seconds is lost, as is one whose process dies."""

    def __init__(self, jobs: int, timeout: float | None = None) -> None:
        self.jobs, self.timeout = jobs, timeout

    def run(
        self, work: Callable[[T], R], tasks: Iterable[T], tick: Callable[[], None]
    ) -> Generator[tuple[T, R | Lost], None, None]:
        """Do tasks, and give the results as they come. Forked processes share what is loaded; others load it."""
        pool: _Pool[T, R] = _Pool(work, deque(tasks), self.jobs, self.timeout)
        try:
            while pool.is_busy():
                tick()
                yield from pool.wait()
        finally:
            pool.stop()


def usable_cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(Generic[T]):
    """A process, and the task that it has."""

    def __init__(self, context: "BaseContext", work: Callable[[T], object]) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: Any = context.Process(target=serve, args=(theirs, work), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.is_ready = False
        self.task: T | None = None
        self.until: float | None = None

    def give(self, task: T, timeout: float | None) -> None:
        self.task = task
        self.until = None if timeout is None else time.monotonic() + timeout
        with suppress(OSError):  # it died just now, which its silence will tell
            self.pipe.send(task)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def why_it_died(self) -> str:
        """In words, from the exit code."""
        self.process.join()
        code = self.process.exitcode
        if code is not None and code < 0:
            perhaps = "; perhaps there was not enough memory" if code == -9 else ""
            return f"its process was ended by signal {-code}{perhaps}"
        return f"its process ended with code {code}"


class _Pool(Generic[T, R]):
    """Workers, and the tasks that none has yet."""

    def __init__(self, work: Callable[[T], R], tasks: deque[T], jobs: int, timeout: float | None) -> None:
        self._work, self._tasks, self._timeout = work, tasks, timeout
        self._context = get_context(START)
        self._workers: list[_Worker[T]] = []
        gc.freeze()  # what is loaded by now is shared by all: collecting in a worker must not touch it
        while len(self._workers) < min(jobs, len(tasks)):
            self._start()

    def is_busy(self) -> bool:
        return bool(self._tasks) or any(worker.task is not None for worker in self._workers)

    def wait(self) -> list[tuple[T, R | Lost]]:
        """The results that came within a short time, and the tasks that were lost."""
        by_pipe = {worker.pipe: worker for worker in self._workers}
        ready = connection.wait(list(by_pipe), TICK)
        found = [result for pipe in ready for result in self._hear(by_pipe[pipe])]  # type: ignore[index]
        now = time.monotonic()
        late = [worker for worker in self._workers if worker.until is not None and worker.until < now]
        for worker in late:
            found += self._lose(worker, f"it took longer than {self._timeout:g} seconds (--timeout)")
        return found

    def stop(self) -> None:
        """End all workers at once: whatever they are at is as if it had not been begun."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        gc.unfreeze()

    def _start(self) -> None:
        try:
            self._workers.append(_Worker(self._context, self._work))
        except OSError as error:  # no memory, or too many processes
            if not self._workers:
                raise WorkerError(error.strerror or str(error)) from error

    def _hear(self, worker: "_Worker[T]") -> Iterator[tuple[T, R | Lost]]:
        """Take what a worker says: that it is ready, or a result; its silence means that it died."""
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            if not worker.is_ready:
                raise WorkerError(worker.why_it_died()) from None
            yield from self._lose(worker, worker.why_it_died())
            return
        task, worker.task, worker.until = worker.task, None, None
        if worker.is_ready and task is not None:
            result, is_worn = said
            if is_worn:
                self._replace(worker)
            yield task, result
        worker.is_ready = True
        if worker in self._workers and self._tasks:
            worker.give(self._tasks.popleft(), self._timeout)

    def _lose(self, worker: "_Worker[T]", reason: str) -> list[tuple[T, R | Lost]]:
        task = worker.task
        self._replace(worker)
        return [] if task is None else [(task, Lost(reason))]

    def _replace(self, worker: "_Worker[T]") -> None:
        """End a worker, and start another one if there is work for it."""
        self._workers.remove(worker)
        worker.end()
        if self._tasks:
            self._start()
