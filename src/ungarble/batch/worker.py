"""What a worker process does: take a task, do it, give the result back, until it is ended."""

import gc
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

MOST_GROWTH = 150_000_000
"""Bytes that a worker may grow by before another takes its place. A hundred thousand words of memory for names and
their sounds are 50 MB."""

COLLECT_AFTER = 20_000_000
"""Bytes that it may grow by before it looks for garbage."""


def serve(pipe: Connection, work: Callable[[Any], object]) -> None:
    """Do what comes through a pipe, one task after the other; with each result, tell whether this process is worn."""
    _leave_signals_to_the_parent()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    gc.disable()
    first = last = memory()
    with suppress(BrokenPipeError, EOFError, ConnectionResetError):
        pipe.send(None)
        while True:
            result = work(pipe.recv())
            if memory() - last > COLLECT_AFTER:
                gc.collect()
                last = memory()
            pipe.send((result, last - first > MOST_GROWTH))
            del result


def memory() -> int:
    """Bytes of memory that this process takes now; at the most so far, where only that is known; else 0."""
    with suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    with suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0


def _leave_signals_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal, and SIGTERM those of a service; the parent ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _end_with_the_parent() -> None:
    """A worker whose parent was killed has nobody to work for."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
