"""Ctrl-C and a polite request to end, heard of only where a batch can stop."""

import signal
import threading
from types import FrameType
from typing import Any


class Interrupts:
    """While it is entered, SIGINT and SIGTERM only set a flag, for which ``check`` raises KeyboardInterrupt.

    Whoever asks twice is heard at once: nothing is lost by that either.
    """

    def __init__(self) -> None:
        self._came = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._come)
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def check(self) -> None:
        """Raise KeyboardInterrupt if one came."""
        if self._came:
            raise KeyboardInterrupt

    def _come(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signal calls it
        if self._came:
            raise KeyboardInterrupt
        self._came = True
