"""What a person may choose when cleaning, with the defaults."""

from dataclasses import dataclass

APPLY_ABOVE = 0.9
SUGGEST_ABOVE = 0.15
PUNCTUATE = ("auto", "always", "never")
LAYOUTS = ("keep", "sentences", "paragraphs")


@dataclass(frozen=True, slots=True)
class Options:
    """How to clean. Confidences lie between 0 and 1."""

    apply_above: float = APPLY_ABOVE
    """What is at least this confident is applied."""
    suggest_above: float = SUGGEST_ABOVE
    """What is at least this confident, but not enough to be applied, is suggested."""
    only: frozenset[str] = frozenset()
    """Names of the stages to run; empty: all."""
    skip: frozenset[str] = frozenset()
    """Names of the stages not to run."""
    fillers: bool = False
    """Also take "uh" and "um" out."""
    verbatim: bool = False
    """Take nothing out that was said: no repetitions, no fillers, no dictated marks."""
    keep: tuple[str, ...] = ()
    """Words and phrases that stay as they are, whatever a stage thinks; upper and lower case are the same."""
    fix_speakers: bool = False
    """Also put right the names in speakers' labels."""
    punctuate: str = "auto"
    """Where marks and capitals are restored: "auto", where a text has few; "always", as if it had few; "never"."""
