"""What a result means, in one sentence."""

from collections.abc import Mapping
from typing import Any

from ungarble.metrics.bootstrap import FEWEST
from ungarble.wording import many

Json = Mapping[str, Any]


def meaning(result: Json) -> str:
    """One sentence for a person who wants to know whether cleaning helps."""
    totals = result["totals"]
    who = "cleaning" if result["settings"].get("cleaned") else "ungarble"
    if not totals["words"]:
        return _right_text(totals, who) if totals["clean_words"] else "There were no words to compare."
    parts = [f"On {_these(totals)} {who} {_names(result)} and {_broken(totals)}", _rate(result)]
    return "; ".join(parts) + "."


def _these(totals: Json) -> str:
    count = totals["documents"]
    return "this transcript" if count == 1 else f"these {count:,} transcripts"


def _names(result: Json) -> str:
    names = result["names"].get("all")
    if not names or not names["misheard"]:
        fixed = result["totals"]["fixed"]
        return f"put {many(fixed, 'misheard word')} right" if fixed else "put no word right"
    wrong = names["made_wrong"]
    harm = f", made {many(wrong, 'right name')} wrong" if wrong else ""
    return f"put {names['made_right']:,} of {many(names['misheard'], 'misheard name')} right{harm}"


def _broken(totals: Json) -> str:
    broken = totals["broken"]
    return f"broke {many(broken, 'word')} that {'was' if broken == 1 else 'were'} right" if broken else "broke no word"


def _rate(result: Json) -> str:
    """How the word error rate changed, and whether other transcripts would say the same."""
    figures = result["figures"]
    before, after = figures["WER before"]["value"], figures["WER after"]["value"]
    if before == after:
        return f"{100 * after:.1f} % of the words are wrong, as before"
    went = f"the share of wrong words went from {100 * before:.2f} % to {100 * after:.2f} %"
    change = figures["WER change"]
    if result["totals"]["documents"] < FEWEST:
        return f"{went}; {FEWEST} transcripts or more would tell whether others do the same"
    if change["low"] > 0 or change["high"] < 0:
        return f"{went}, which is more than chance from one transcript to another"
    return f"{went}, which may be chance"


def _right_text(totals: Json, who: str) -> str:
    changed, words = totals["clean_changed"], totals["clean_words"]
    texts = "this text" if totals["documents"] == 1 else f"these {totals['documents']:,} texts"
    if not changed:
        return f"On {texts}, right already, {who} changed none of {words:,} words."
    share = 10_000 * changed / words
    return f"On {texts}, right already, {who} changed {changed:,} of {words:,} words, {share:.2f} in 10,000."
