"""The words that numbers are said with."""

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LARGE = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))

_UNITS = frozenset(ONES[1:10])
_TENS = frozenset(TENS)
_CENTURIES = frozenset((*ONES[13:], "twenty"))
"""What a year begins with: "nineteen ninety"."""

_SMALL = frozenset((*ONES[1:], *TENS))
_LARGE = frozenset(("hundred", *(word for _, word in LARGE)))


def are_one_number(one: str, other: str) -> bool:
    """Whether two words that follow on one another are part of one number, rather than two.

    >>> are_one_number("ninety", "five"), are_one_number("two", "thousand"), are_one_number("five", "six")
    (True, True, False)
    """
    return (
        (one in _TENS and other in _UNITS)
        or (one in _CENTURIES and other in _CENTURIES | _TENS)
        or (one in _SMALL | _LARGE and other in _LARGE)
        or (one in _LARGE and other in _SMALL)
    )
