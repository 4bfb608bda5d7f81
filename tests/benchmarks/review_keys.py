"""How many keys a review takes: three YouTube recordings, and a reviewer who knows what was said.

    python tests/benchmarks/review_keys.py [--videos ID,…] [--order frequency] [--suggest-above FLOAT] [--list]

The reviewer looks up every question in the reference. Keys are counted as a person presses them: a line that is typed
counts each character that is changed, and Enter. Printed: questions, keys, the places that were
put right by them, keys a fix, and the names that are wrong before and after it.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from accuracy import data_folder
from rapidfuzz.distance import Levenshtein

from ungarble.api import Cleaner
from ungarble.options import Options
from ungarble.review.answers import suggestion_of
from ungarble.review.asking import Pick
from ungarble.review.decisions_file import DecisionsFile, beside
from ungarble.review.questions import Asked, Order
from ungarble.review.session import Session
from ungarble.review.transcript import Question, Transcript

MOST_MISHEARD = 3
"""So many recordings are taken, those with the most names that were misheard."""

_WORD = re.compile(r"\S+")


class Reference:
    """What was said, for any range of what was heard."""

    def __init__(self, heard: str, said: str) -> None:
        self._heard = [(match.start(), match.end()) for match in _WORD.finditer(heard)]
        self._said = [match[0] for match in _WORD.finditer(said)]
        keys = [_letters(heard[slice(*span)]) for span in self._heard]
        self._to = _aligned(keys, [_letters(word) for word in self._said])

    def of(self, start: int, end: int) -> str:
        """The words that were said where text[start:end] was heard."""
        rows = [n for n, (first, last) in enumerate(self._heard) if first < end and start < last]
        return " ".join(self._said[self._to[rows[0]] : self._to[rows[-1] + 1]]) if rows else ""


class Reviewer:
    """Answers every question by the reference, with as few keys as the screen offers."""

    def __init__(self, session: Session, reference: Reference) -> None:
        self.session, self._reference = session, reference
        self.keys: Counter[str] = Counter()

    def answer(self) -> None:
        """Answer the present question."""
        question = self.session.now
        assert question is not None
        said = suggestion_of(question)
        proposals = [said.wanted, *(other.written for other in said.others)]
        fitting = next((n for n, text in enumerate(proposals) if self._is_right(question, text)), None)
        if fitting is None and (typed := self._name(question)):
            self._press("e")
            self._type(said.heard, typed)
            if isinstance(self.session.asking, Pick):
                self._press("enter")
        elif fitting is None:
            self._press("N" if self._like(question) > 1 and not self._any_is_wrong(question) else "n")
        elif fitting > 0:
            self._press(str(fitting + 1))
        elif self._similar(question):
            pass
        else:
            self._press("a" if self._like(question) > 1 and self._all_are(question, said.wanted) else "y")

    def _press(self, key: str) -> None:
        self.keys[key] += 1
        self.session.press(key)

    def _type(self, before: str, text: str) -> None:
        self.keys["typed"] += Levenshtein.distance(before, text) + 1
        self.session.enter(text)

    def _similar(self, question: Question) -> bool:
        """Take similar forms, where that settles two questions or more besides."""
        said, sitting = suggestion_of(question), question.transcript.sitting
        forms = sitting.similar(question.correction, said.wanted)[:9]
        right = [form for form in forms if self._form_is(question, form.heard, said.wanted)]
        wrong = [form for form in forms if form not in right]
        if len(right) < 2 + len(wrong) or not self._all_are(question, said.wanted):
            return False
        self._press("A")
        for form in wrong:
            asking = self.session.asking
            assert isinstance(asking, Pick)
            self._press(next(row[0] for row in asking.rows if f"“{form.heard}”" in row and row[0].isdigit()))
        self._press("enter")
        return True

    def _like(self, question: Question) -> int:
        sitting, said = question.transcript.sitting, suggestion_of(question)
        return sitting.count_form(said.heard, said.wanted, question.correction.corrector)

    def _places(self, question: Question, form: str) -> Iterator[tuple[int, int]]:
        from ungarble.review.changes import phrase

        finder = question.transcript.sitting.finder
        for at in finder.every(phrase(form), exactly=False):
            yield finder.words[at].start, finder.words[at + len(phrase(form).words) - 1].end

    def _all_are(self, question: Question, wanted: str) -> bool:
        return self._form_is(question, suggestion_of(question).heard, wanted)

    def _form_is(self, question: Question, form: str, wanted: str) -> bool:
        places = list(self._places(question, form))
        return bool(places) and all(_same(self._reference.of(*place), wanted) for place in places)

    def _any_is_wrong(self, question: Question) -> bool:
        form = suggestion_of(question).heard
        return any(not _same(self._reference.of(*place), form) for place in self._places(question, form))

    def _is_right(self, question: Question, text: str) -> bool:
        said = suggestion_of(question)
        return _same(self._reference.of(*said.span), text) and _letters(text) != "" and text != said.heard

    def _name(self, question: Question) -> str:
        """What was said, if that is a name and was misheard."""
        said = suggestion_of(question)
        right = self._reference.of(*said.span).strip('.,?!;:"”“')
        misheard = question.correction.corrector == "names" and _letters(right) != _letters(said.heard)
        return right if misheard and right[:1].isupper() and len(right.split()) <= 4 else ""


def main(args: Sequence[str] | None = None) -> int:
    """Run the benchmark; 2 where the set is missing."""
    options = _options(args)
    source = data_folder() / "youtube-captions" / "dev.jsonl"
    if not source.is_file():
        print(f"no captions in {source}: set UNGARBLE_DATA", file=sys.stderr)
        return 2
    rows = []
    for document in _chosen(source, options.videos):
        rows.append(_review(document, options))
        print(_line(rows[-1]), flush=True)
    print(_line({"video": "all", **{name: sum(row[name] for row in rows) for name in rows[0] if name != "video"}}))
    return 0


def _options(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--videos", default="", help="their ids, with commas between; default: the three worst heard")
    parser.add_argument("--order", default="frequency", choices=[order.value for order in Order])
    parser.add_argument("--suggest-above", type=float, default=Options().suggest_above)
    parser.add_argument("--stage", default="", help="only questions of this stage")
    parser.add_argument("--list", action="store_true", help="list every question and its answer")
    return parser.parse_args(args)


def _chosen(source: Path, videos: str) -> list[dict[str, Any]]:
    with source.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    if videos:
        return [document for document in documents if document["id"] in videos.split(",")]
    return sorted(documents, key=lambda document: -len(_misheard(document)))[:MOST_MISHEARD]


def _misheard(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [mention for mention in document["mentions"] if not mention["correct"]]


def _review(document: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="ungarble-") as name:
        folder = Path(name)
        talk, names = folder / "talk.txt", folder / "names.txt"
        talk.write_text(document["hyp"], encoding="utf-8")
        names.write_text("".join(f"{entry}\n" for entry in document["gazetteer"]), encoding="utf-8")
        cleaner = Cleaner(Options(suggest_above=options.suggest_above), [names], [])
        transcript = Transcript(str(talk), None, DecisionsFile(beside(talk)), lambda: cleaner, _nobody)
        stages = frozenset(filter(None, [options.stage]))
        session = Session([transcript], Asked(order=Order(options.order), stages=stages))
        session.begin()
        before = _misses(document, transcript.cleaned.text)
        questions = 0
        reviewer = Reviewer(session, Reference(document["hyp"], document["ref"]))
        while session.now is not None:
            said, count = suggestion_of(session.now), sum(reviewer.keys.values())
            questions += 1
            reviewer.answer()
            if options.list:
                print(f"  {sum(reviewer.keys.values()) - count} {session.history[-1:] and said.heard} → {said.wanted}")
        fixes = transcript.write().decided
        after = _misses(document, talk.read_text(encoding="utf-8"))
    return {
        "video": document["id"],
        "questions": questions,
        "keys": sum(reviewer.keys.values()),
        "typed": reviewer.keys["typed"],
        "fixes": fixes,
        "misheard": len(_misheard(document)),
        "names wrong before": before,
        "names wrong after": after,
    }


def _nobody() -> Any:
    raise NotImplementedError


def _misses(document: dict[str, Any], text: str) -> int:
    """Names that are not what was said, by the alignment of a text with the reference."""
    reference = Reference(document["ref"], text)
    return sum(
        not _same(reference.of(*mention["ref_span"]), document["ref"][slice(*mention["ref_span"])])
        for mention in document["mentions"]
    )


def _line(row: dict[str, Any]) -> str:
    per = row["keys"] / row["fixes"] if row["fixes"] else float("nan")
    numbers = "  ".join(f"{name} {value}" for name, value in row.items() if name != "video")
    return f"{row['video']:<12} {numbers}  keys a fix {per:.2f}"


def _same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _aligned(heard: Sequence[str], said: Sequence[str]) -> list[int]:
    """For every word heard, and the end, the index of the word said there."""
    to = [0] * (len(heard) + 1)
    for code in Levenshtein.opcodes(heard, said):
        length = code.src_end - code.src_start
        for n in range(length):
            to[code.src_start + n] = code.dest_start + round(n * (code.dest_end - code.dest_start) / length)
    to[len(heard)] = len(said)
    return to


if __name__ == "__main__":
    sys.exit(main())
