"""Times as transcripts write them: seconds, milliseconds, and hours, minutes and seconds."""

import re

TIMESTAMP = r"(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
"""Hours (which may be missing), minutes, seconds, and thousandths after a point or comma."""

_CLOCK = re.compile(
    r"(?:(?:(?P<h>\d{1,12}):)?(?P<m>\d{1,12}):)?(?P<s>\d{1,12})(?:(?P<point>[.,])(?P<f>\d{1,18}))?(?P<unit>s?)"
)


def seconds(written: str) -> float | None:
    """Read a time; None for what is no time.

    >>> seconds("01:02:03,5"), seconds("2:03"), seconds("1.600s"), seconds("soon")
    (3723.5, 123.0, 1.6, None)
    """
    match = _CLOCK.fullmatch(written.strip())
    if not match:
        return None
    whole = int(match["h"] or 0) * 3600 + int(match["m"] or 0) * 60 + int(match["s"])
    return whole + float(f"0.{match['f'] or 0}")


def written(at: float, point: str = ".") -> str:
    """A time in seconds as captions write it.

    >>> written(3723.5), written(3723.5, ",")
    ('01:02:03.500', '01:02:03,500')
    """
    units = round(at * 1000)
    minutes, rest = divmod(units, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def between(start: str, end: str, share: float) -> str:
    """A time between two others, written as they are; at 0 and 1 those themselves.

    >>> between("1.2", "1.80", 0.5), between("1200", "1801", 0.5), between("00:00:01,000", "00:00:02,000", 0.25)
    ('1.50', '1500', '00:00:01,250')
    """
    if share in (0, 1):
        return end if share else start
    first, last = _CLOCK.fullmatch(start), seconds(end)
    if not first or last is None:
        return start
    began = seconds(start) or 0.0
    at = began + (last - began) * share
    decimals = max(len(first["f"] or ""), len(_CLOCK.fullmatch(end)["f"] or ""))  # type: ignore[index]
    return _like(first, at, decimals, first["point"] or ".")


def _like(model: re.Match[str], at: float, decimals: int, point: str) -> str:
    units = int(at * 10**decimals)
    whole, fraction = divmod(units, 10**decimals)
    tail = (f"{point}{fraction:0{decimals}d}" if decimals else "") + model["unit"]
    if model["m"] is None:
        return f"{whole}{tail}"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60) if model["h"] is not None else (0, minutes)
    head = f"{hours:0{len(model['h'])}d}:" if model["h"] is not None else ""
    return f"{head}{minutes:0{len(model['m'])}d}:{rest:0{len(model['s'])}d}{tail}"
