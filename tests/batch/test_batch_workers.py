"""Workers: what becomes of one task concerns no other."""

import os
import signal
import sys
import time

import pytest

from ungarble.batch.worker import memory
from ungarble.batch.workers import Lost, Processes, WorkerError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="works are functions of this module")


def nothing() -> None:
    pass


def work(task: str) -> str:
    if task == "die":
        os._exit(3)
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "sleep":
        time.sleep(60)
    if task == "grow":
        work.kept = bytearray(os.urandom(1)) * 200_000_000
    if task == "big":
        return "x" * 5_000_000
    return f"{task} {os.getpid()}"


def results(tasks, jobs=2, timeout=None) -> dict[str, str | Lost]:
    return dict(Processes(jobs, timeout).run(work, tasks, nothing))


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_results(monkeypatch, start):
    monkeypatch.setattr("ungarble.batch.workers.START", start)
    tasks = [str(number) for number in range(20)]
    found = results(tasks)
    assert {task: result.split()[0] for task, result in found.items()} == {task: task for task in tasks}
    assert 1 <= len({result.split()[1] for result in found.values()}) <= 2
    assert results([]) == {}
    assert results(["big"])["big"] == "x" * 5_000_000


def test_a_worker_that_dies_is_one_lost_task():
    found = results(["a", "die", "b", "kill", "c", "d"], jobs=1)
    assert found["die"] == Lost("its process ended with code 3")
    assert found["kill"] == Lost("its process was ended by signal 9; perhaps there was not enough memory")
    assert [task for task, result in found.items() if not isinstance(result, Lost)] == ["a", "b", "c", "d"]


def test_a_task_that_takes_too_long_is_lost():
    began = time.monotonic()
    found = results(["sleep", "a", "b"], timeout=2)
    assert found["sleep"] == Lost("it took longer than 2 seconds (--timeout)")
    assert {task for task, result in found.items() if not isinstance(result, Lost)} == {"a", "b"}
    assert time.monotonic() - began < 30


def test_a_worker_that_has_grown_is_replaced():
    if not memory():
        pytest.skip("this system does not tell how much memory a process takes")
    found = results(["a", "grow", "b"], jobs=1)
    pids = [result.split()[1] for result in found.values()]
    assert pids[0] == pids[1] != pids[2]


def test_whoever_looks_on_can_end_it():
    ticks = iter(range(3))

    def tick() -> None:
        if next(ticks, None) is None:
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(Processes(2).run(work, ["sleep", "sleep"], tick))
    assert time.monotonic() - began < 30


def test_closing_it_ends_the_workers():
    running = Processes(2).run(work, ["a", "sleep"], nothing)
    task, result = next(running)
    running.close()
    assert task == "a"
    for _ in range(100):
        try:
            os.kill(int(result.split()[1]), 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a worker lives on")


def test_processes_that_cannot_begin(monkeypatch):
    monkeypatch.setattr("ungarble.batch.worker.signal.signal", lambda *_: os._exit(7))
    with pytest.raises(WorkerError, match="no process can be started to clean files: its process ended with code 7"):
        results(["a"])
