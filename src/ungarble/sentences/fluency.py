"""What the n-gram LM says of a sentence's end: it knows nothing of the network, and so can bear it out or not."""

from collections.abc import Sequence

from ungarble.language.ngram import log_probs

NEVER_LAST = frozenset({"a", "an", "and", "every", "my", "of", "or", "our", "than", "the", "their", "your"})
"""Words that end no sentence: a full stop after one of them is wrong, or somebody broke off there."""


def end_fit(keys: Sequence[str], index: int) -> float:
    """How much likelier a sentence's end before the word at an index is than none, as log10 of the ratio."""
    if index < 2:
        return 0.0
    end = log_probs([*keys[index - 2 : index], "</s>"])[-1]
    apart = log_probs(keys[index : index + 2])
    together = log_probs(keys[index - 2 : index + 2])[2:]
    return end + sum(apart) - sum(together)
