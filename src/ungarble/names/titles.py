"""Words before a name that are no part of it."""

from functools import cache

from ungarble import dictionaries


@cache
def titles() -> frozenset[str]:
    """Folded words before a name that are no half of it: many a president is right and Najibullah's name is not."""
    return frozenset(
        key for _, row in dictionaries.rows(dictionaries.english("titles")) for key in row["title"].split()
    )
