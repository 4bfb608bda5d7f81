"""What a batch came to, as a table for the terminal."""

from collections.abc import Iterator

from ungarble.batch.totals import Totals
from ungarble.cli.columns import aligned
from ungarble.terminal import visible

MOST_FAILURES = 20
"""Failed files that are listed; a report lists them all."""

MOST_WARNINGS = 10


def shown(totals: Totals) -> str:
    """The table, and what the person should know of single files."""
    return aligned(_rows(totals), right=frozenset({1})) + "".join(_warnings(totals))


def failures(totals: Totals, is_reported: bool) -> str:
    """The files that failed, each with its reason; ``is_reported`` if a report lists them too."""
    lines = [f"failed: {visible(path)}: {visible(reason)}\n" for _, (path, reason) in sorted(totals.failures.items())]
    more = len(lines) - MOST_FAILURES
    if more > 0:
        where = "the report lists them all" if is_reported else "--report lists them all"
        lines = [*lines[:MOST_FAILURES], f"and {more:,} more; {where}\n"]
    return "".join(lines)


def _rows(totals: Totals) -> Iterator[tuple[str, str, str]]:
    done = f"{totals.kept:,} done before" if totals.kept else ""
    yield "files", f"{totals.files:,}", done
    for status in ("changed", "unchanged", "failed", "skipped"):
        yield f"  {status}", f"{totals.status[status]:,}", _why_skipped(totals) if status == "skipped" else ""
    yield "words", f"{totals.words:,}", _speed(totals)
    yield "fixes", f"{totals.fixes.total():,}", ""
    for stage, count in totals.fixes.most_common():
        if count:
            yield f"  {stage}", f"{count:,}", ""
    yield "suggestions", f"{totals.suggestions.total():,}", ""
    if totals.decisions:
        count, files = totals.decisions
        yield "decisions", f"{count:,}", f"on {files:,} of the files" if files else "on none of the files"
    if totals.unstable:
        yield "not stable", f"{totals.unstable:,}", "cleaned again, they would change again"
    yield "time", duration(totals.seconds), ""


def _why_skipped(totals: Totals) -> str:
    return ", ".join(f"{reason} {count:,}" for reason, count in totals.skipped.most_common(5))


def _speed(totals: Totals) -> str:
    return f"{totals.words_now / totals.seconds:,.0f} a second" if totals.words_now and totals.seconds > 0.1 else ""


def _warnings(totals: Totals) -> Iterator[str]:
    found = [(path, warning) for _, (path, warnings) in sorted(totals.warnings.items()) for warning in warnings]
    for path, warning in found[:MOST_WARNINGS]:
        yield f"warning: {visible(path)}: {visible(warning)}\n"
    if len(found) > MOST_WARNINGS:
        yield f"and {len(found) - MOST_WARNINGS:,} warnings more; --report lists them all\n"


def duration(seconds: float) -> str:
    """How long something took, or will.

    >>> duration(7.25), duration(7), duration(200), duration(4000)
    ('7.2 s', '7 s', '3 min 20 s', '1 h 6 min')
    """
    if seconds < 60:
        return f"{seconds} s" if isinstance(seconds, int) else f"{seconds:.1f} s"
    minutes, second = divmod(round(seconds), 60)
    return f"{minutes} min {second} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
