"""The words that numbers are said with."""

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LARGE = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))

_UNITS = frozenset(ONES[1:10])
_ORDINALS = frozenset(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"))
_TENS = frozenset(TENS)
_CENTURIES = frozenset((*ONES[13:], "twenty"))
"""What a year begins with: "nineteen ninety"."""

_SMALL = frozenset((*ONES[1:], *TENS))
_LARGE = frozenset(("hundred", *(word for _, word in LARGE)))
_WITHIN = frozenset(("oh", "point"))
"""What is said for a zero or a decimal point between two numbers."""


def are_one_number(one: str, other: str) -> bool:
    """Whether two words that follow on one another are part of one number, rather than two.

    >>> are_one_number("ninety", "five"), are_one_number("thirty", "first"), are_one_number("five", "six")
    (True, True, False)
    """
    return (
        (one in _TENS and other in _UNITS | _ORDINALS)
        or (one in _CENTURIES and other in _CENTURIES | _TENS)
        or (one in _SMALL | _LARGE and other in _LARGE)
        or (one in _LARGE and other in _SMALL)
    )


def joins_numbers(before: str, word: str, after: str) -> bool:
    """Whether a word stands within a number: "four point two", "seven oh two".

    >>> joins_numbers("four", "point", "two"), joins_numbers("this", "point", "two")
    (True, False)
    """
    return word in _WITHIN and before in _SMALL and (after in _SMALL or after == ONES[0])


def is_part_of_number(before: str, word: str, after: str) -> bool:
    """Whether a word is part of a number of several words.

    >>> is_part_of_number("december", "thirty", "first"), is_part_of_number("the", "one", "who")
    (True, False)
    """
    numbers = _SMALL | _LARGE
    return word in numbers and (before in numbers or after in numbers or are_one_number(word, after))
