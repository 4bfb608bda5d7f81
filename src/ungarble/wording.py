"""Numbers and lists of things in words."""

from collections.abc import Sequence

_PLURALS = {"fix": "fixes"}


def many(count: int, what: str, none: str = "0") -> str:
    """How many there are of something; ``none`` is what is said for nought.

    >>> many(1, "fix"), many(1200, "fix"), many(0, "question", none="no")
    ('1 fix', '1,200 fixes', 'no questions')
    """
    return f"{f'{count:,}' if count else none} {what if count == 1 else _PLURALS.get(what, f'{what}s')}"


def some(names: Sequence[str], shown: int = 3) -> str:
    """A few names, and how many more there are.

    >>> some(["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"])
    'a.txt, b.txt, c.txt and 2 more'
    """
    rest = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + rest
