"""Times as TTML writes them: clock times with fractions or frames, and amounts of hours to ticks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ungarble.formats.clock import seconds

_FRAMES = re.compile(r"(?P<clock>\d{1,9}:\d{1,2}:\d{1,2}):(?P<frames>\d{1,9})(?:\.\d{1,9})?")
_AMOUNT = re.compile(r"(?P<number>\d{1,18}(?:\.\d{1,18})?)(?P<unit>ms|[hmsft]?)")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Rates:
    """How many frames and ticks a second has."""

    frames: float = 30.0
    ticks: float = 1.0

    @classmethod
    def of(cls, attributes: Mapping[str, str]) -> "Rates":
        """The rates that a file's first tag gives."""
        frames = _number(attributes.get("frameRate", "")) or 30.0
        parts = [_number(part) for part in re.split(r"[\s:]+", attributes.get("frameRateMultiplier", "").strip())]
        if len(parts) == 2 and parts[0] and parts[1]:
            frames *= parts[0] / parts[1]
        given = "frameRate" in attributes
        return cls(frames, _number(attributes.get("tickRate", "")) or (frames if given else 1.0))

    def times(self, attributes: Mapping[str, str], base: float | None) -> tuple[float | None, float | None]:
        """When an element begins and ends; ``base`` is when the one around it begins."""
        start = self._after(base, attributes["begin"]) if "begin" in attributes else base
        if "end" in attributes:
            return start, self._after(base, attributes["end"])
        return start, self._after(start, attributes["dur"]) if "dur" in attributes else None

    def _after(self, base: float | None, written: str) -> float | None:
        amount = self.read(written.strip())
        return None if amount is None else (base or 0.0) + amount

    def read(self, written: str) -> float | None:
        """A time in seconds; None for what is no time.

        >>> [Rates(25.0, 1000.0).read(time) for time in ("00:00:01:05", "1.5s", "2500t", "00:01:01.5", "2m", "soon")]
        [1.2, 1.5, 2.5, 61.5, 120.0, None]
        """
        frames = _FRAMES.fullmatch(written)
        if frames:
            return (seconds(frames["clock"]) or 0.0) + int(frames["frames"]) / self.frames
        amount = _AMOUNT.fullmatch(written)
        if amount is None:
            return seconds(written)
        unit = {"h": 3600.0, "m": 60.0, "s": 1.0, "": 1.0, "ms": 0.001, "f": 1 / self.frames, "t": 1 / self.ticks}
        return float(amount["number"]) * unit[amount["unit"]]


def _number(written: str) -> float | None:
    return float(written) if _NUMBER.fullmatch(written.strip()) else None
