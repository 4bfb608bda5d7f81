"""What rolling captions repeat, where that is known: lines that lost their words mislead who looks at them."""

from collections.abc import Callable, Iterator, Sequence

from ungarble.formats.cue_text import Line
from ungarble.formats.rolling import MOST_LINES, Shown, newly_repeated, pairs

MOST_STEPS = 20
"""So many tries a caption at most, before the likeliest is taken."""


def counts_that_say(text: str, captions: Sequence[Shown], spoken: Callable[[Line], str]) -> list[int]:
    """How many lines each caption with words repeats, if all others together say a text, which has no space.

    ``spoken`` gives what a line says of it. Where nothing fits, it is what the lines look like.
    """
    rows = list(pairs(captions))
    says = [[spoken(line) for line in now.lines] for _, now in rows]
    found = _search(text, rows, says)
    return [newly_repeated(*row) for row in rows] if found is None else found


Rows = Sequence[tuple[Shown | None, Shown]]


def _search(text: str, rows: Rows, says: Sequence[Sequence[str]]) -> list[int] | None:
    """The first counts that fit, the likeliest tried first; what led nowhere is not tried again."""
    dead: set[tuple[int, int]] = set()
    taken: list[tuple[int, int]] = []  # how many lines each repeats, and where in the text it begins
    tries: list[Iterator[tuple[int, int]]] = []
    at = 0
    for _ in range(MOST_STEPS * len(rows) + MOST_STEPS):
        number = len(taken)
        if number == len(rows) and at == len(text):
            return [count for count, _ in taken]
        if number == len(tries):
            tries.append(_tries(text, at, *rows[number], says[number]) if number < len(rows) else iter(()))
        fitting = next((step for step in tries[-1] if (number + 1, step[1]) not in dead), None)
        if fitting:
            taken.append((fitting[0], at))
            at = fitting[1]
        elif not taken:
            return None
        else:
            dead.add((number, at))
            tries.pop()
            at = taken.pop()[1]
    return None


def _tries(text: str, at: int, before: Shown | None, now: Shown, says: Sequence[str]) -> Iterator[tuple[int, int]]:
    """How many lines a caption may repeat, and up to where the text is said then; the likeliest first."""
    most = min(len(before.said), len(now.said), MOST_LINES) if before else 0
    counts = [n for n in range(most + 1) if not n or (before and before.said[-n:] == now.said[:n])]
    likely = newly_repeated(before, now)
    for count in sorted(counts, key=lambda n: (n == len(says) and not now.is_held, n != likely, n)):
        new = "".join(says[count:])
        if text.startswith(new, at):
            yield count, at + len(new)
