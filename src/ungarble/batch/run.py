"""A batch from its first file to its report: the one place where selection, workers, journal and storage meet."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any, TypeVar

from ungarble.batch import across, rows
from ungarble.batch.cleaners import Cleaners, hash_of, said_in
from ungarble.batch.cleaning import Cleaning, reason_of
from ungarble.batch.decided import Decided, decided
from ungarble.batch.differing import Form, Standing, forms_corrected, treated_differently
from ungarble.batch.interrupts import Interrupts
from ungarble.batch.journal import Said
from ungarble.batch.order import Ordered
from ungarble.batch.plan import Plan, common_folder, plan
from ungarble.batch.report import as_file, report
from ungarble.batch.request import CLEANING, COMPARING, LISTENING, Request, Watch
from ungarble.batch.selection import Left, folders, select
from ungarble.batch.state import State
from ungarble.batch.storage import LocalDisk, Storage
from ungarble.batch.tasks import FAILED, SKIPPED, Before, Outcome, Task
from ungarble.batch.totals import DISK_FULL, INTERRUPTED, Totals
from ungarble.batch.workers import Lost, Processes, Workers
from ungarble.files import DiskFullError, FileError

R = TypeVar("R")

SYNC_EVERY = 1.0
"""Seconds after which journal and folders are flushed to the disk. What a power cut takes of them is cleaned again."""


def run(request: Request, watch: Watch, workers: Workers | None = None, storage: Storage | None = None) -> Totals:
    """Clean all files. What goes wrong with one is in the totals; what is raised stops the batch before it begins.

    Raises PlanError, LockedError, FileError, and errors of configuration files, gazetteers and decisions files.
    """
    storage = storage or LocalDisk()
    base = common_folder(folders(request.wanted, storage)) if request.in_place else None
    found = select(request.wanted, storage)
    todo = plan(found, storage, request.chosen, request.output, base, request.to)
    said = _decided(request, todo)
    cleaners = Cleaners(todo.choices)
    cleaners.load()
    workers = workers or Processes(min(request.jobs, len(todo.tasks)), request.timeout)
    with State(request, todo, base, storage) as state:
        return _Batch(request, todo, cleaners, said, workers, storage, state, watch).run()


def _decided(request: Request, todo: Plan) -> Decided:
    if request.decisions is None:
        return Decided()
    from ungarble.review.applying import load

    return decided(load(Path(request.decisions)), [task.path for task in todo.tasks])


class _Batch:
    """A batch under way."""

    def __init__(
        self,
        request: Request,
        todo: Plan,
        cleaners: Cleaners,
        said: Decided,
        workers: Workers,
        storage: Storage,
        state: State,
        watch: Watch,
    ) -> None:
        self._request, self._plan, self._cleaners, self._decided = request, todo, cleaners, said
        self._workers, self._storage, self._state, self._watch = workers, storage, state, watch
        self._totals = Totals(decisions=None if said.said is None else (said.count, len(said.names)))
        self._ordered = Ordered(watch.show)
        self._ended: dict[int, Outcome | None] = {}
        self._hashes: list[str] = []
        self._interrupts = Interrupts()
        self._synced = monotonic()

    def run(self) -> Totals:
        """Go through all files, and write the reports."""
        began = perf_counter()
        with self._interrupts:
            try:
                self._pass_over()
                if self._request.across:
                    self._listen()
                self._clean()
                self._totals.seconds = perf_counter() - began
                if self._request.reports and not self._totals.stopped:
                    self._report()
            except KeyboardInterrupt:
                self._totals.stopped = INTERRUPTED
            except DiskFullError:
                self._totals.stopped = DISK_FULL
            finally:
                self._totals.seconds = self._totals.seconds or perf_counter() - began
                self._end()
        return self._totals

    def _pass_over(self) -> None:
        """Count what is left out."""
        for number, item in enumerate(self._plan.items):
            if isinstance(item, Left):
                self._count(number, item.path, Outcome(number, item.status, item.reason))

    def _listen(self) -> None:
        """The first pass of ``--across``: find the names that are evidence in all files."""
        journal, tasks = self._state.journal, self._plan.tasks
        hashes = self._cleaners.hashes({**self._request.how, "across": across.SURELY})
        known, form = self._heard_before(hashes), self._request.format
        listening = across.Listening(self._cleaners, self._storage, form, known, self._decided)

        heard: dict[str, tuple[str, ...]] = {}

        def take(task: Task, result: across.Names | Lost) -> None:
            if isinstance(result, Lost) or (result.names is None and not result.kept):
                return
            if result.names is not None:
                journal.add_said(task.key, Said(result.input, self._hash(task, hashes), result.names))
            heard[task.key] = journal.said[task.key].names

        self._go_through(LISTENING, listening, tasks, take)
        self._cleaners.tell(said_in(heard.items()))
        self._state.keep_evidence(across.evidence(self._cleaners.said))

    def _heard_before(self, hashes: list[str]) -> frozenset[tuple[str, str]]:
        """Keys and digests of files whose names an earlier run found: as they were, and as it left them."""
        journal = self._state.journal
        known = set()
        for task in self._plan.tasks:
            said, done = journal.said.get(task.key), journal.done.get(task.key)
            if said and said.settings == self._hash(task, hashes):
                known.add((task.key, said.input))
                if self._request.in_place and done and done.input == said.input:
                    known.add((task.key, done.output))
        return frozenset(known)

    def _clean(self) -> None:
        """Clean every file, and put what comes of it in place."""
        request = self._request
        work = Cleaning(
            self._cleaners,
            self._storage,
            request.showing,
            request.format,
            request.to,
            request.dedupe_captions,
            request.verify,
            self._decided,
        )
        self._hashes = self._cleaners.hashes(request.how)
        self._go_through(CLEANING, work, [self._with_before(task) for task in self._plan.tasks], self._take)

    def _take(self, task: Task, result: Outcome | Lost) -> None:
        if isinstance(result, Lost):
            result = Outcome(task.number, FAILED, result.reason)
        outcome = self._settled(task, result)
        self._count(task.number, task.path, outcome)
        if outcome.disk_full:
            self._totals.stopped = DISK_FULL

    def _with_before(self, task: Task) -> Task:
        """The task with what an earlier run did by the same settings."""
        done = self._state.journal.done.get(task.key)
        if done is None or done.settings != self._hash(task, self._hashes):
            return task
        return task._replace(before=Before(done.input, done.output))

    def _hash(self, task: Task, hashes: Sequence[str]) -> str:
        """A hash of all that a result depends on besides the file: of the settings, and of the decisions on it."""
        own = self._decided.hashes.get(task.path)
        return hash_of([hashes[task.cleaner], own]) if own else hashes[task.cleaner]

    def _go_through(
        self, what: str, work: Callable[[Task], R], tasks: Sequence[Task], take: Callable[[Task, R | Lost], None]
    ) -> None:
        """Have work done on files, and take the results as they come, until the batch is stopped."""
        self._watch.begin(what, len(tasks))
        with closing(self._workers.run(work, tasks, self._tick)) as results:
            for task, result in results:
                take(task, result)
                self._watch.done(self._totals)
                if self._totals.stopped:
                    break

    def _settled(self, task: Task, outcome: Outcome) -> Outcome:
        """Put a result in place, once the journal knows of it."""
        journal = self._state.journal
        if outcome.kept:
            earlier = journal.outcome(task.key, task.number)
            earlier.kept = True
            return earlier
        if not outcome.corrections or not (self._request.writes or self._request.reports):
            return outcome
        try:
            journal.add_done(task.key, self._hash(task, self._hashes), outcome)
            if outcome.staged and task.target:
                before = outcome.input if self._request.in_place else None
                self._storage.commit(outcome.staged, task.target, before, self._request.backup)
        except FileError as error:
            failed = Outcome(task.number, FAILED, reason_of(error, task.target or task.path))
            failed.disk_full = isinstance(error, DiskFullError)
            return failed
        return outcome

    def _count(self, number: int, path: str, outcome: Outcome) -> None:
        self._totals.count(path, outcome)
        is_left = outcome.status in (FAILED, SKIPPED)
        self._ended[number] = Outcome(number, outcome.status, outcome.reason) if is_left else None
        self._ordered.put(number, self._request.showing.left(path, outcome) if is_left else outcome.shown)

    def _tick(self) -> None:
        self._interrupts.check()
        self._watch.tick()
        if monotonic() - self._synced > SYNC_EVERY:
            self._state.sync()
            self._synced = monotonic()

    def _report(self) -> None:
        """Write the reports, and look first for what was heard the same and treated differently."""
        request, files = self._request, list(self._files())
        tasks = [task for task in self._plan.tasks if self._ended[task.number] is None]
        left: dict[str, dict[Form, int]] = {}

        def take(task: Task, result: dict[Form, int] | Lost) -> None:
            left[task.path] = {} if isinstance(result, Lost) else result

        forms = forms_corrected(files)
        if forms:
            self._go_through(COMPARING, Standing(forms, self._storage, request.format), tasks, take)
        differently = treated_differently(files, left, request.writes)
        made = report(files, differently, self._totals, request, self._cleaners, self._decided)
        try:
            for path in request.reports:
                self._storage.write(path, as_file(made, path))
        except FileError as error:
            self._totals.problem = error

    def _files(self) -> Iterator[dict[str, Any]]:
        """Every file in the report, in the order of the input."""
        for number, item in enumerate(self._plan.items):
            left = self._ended[number]
            if isinstance(item, Left) or left is not None:
                yield rows.row(item.path, None, left or Outcome(number, FAILED))
            else:
                yield rows.row(item.path, item.target, self._state.journal.outcome(item.key, number))

    def _end(self) -> None:
        """Make all safe, and leave nothing half done behind."""
        self._ordered.close()
        with suppress(FileError):  # it has been told by now
            self._state.sync()
        self._state.clear()
