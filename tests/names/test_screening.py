"""The quick look at candidates leaves out none that would be shown."""

import random
from math import inf
from pathlib import Path

import pytest

from ungarble.document import Document
from ungarble.draft import Draft
from ungarble.language.lexicon import Lexicon
from ungarble.names.evidence import weigh
from ungarble.names.gazetteer import Gazetteer
from ungarble.names.index import TOO_MANY
from ungarble.names.phonetics import features, most_similar, sound_similarity
from ungarble.names.scoring import confidence
from ungarble.names.screening import promising
from ungarble.names.search import search
from ungarble.options import SUGGEST_ABOVE

TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*/gazetteer.tsv"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.parent.name)
def test_what_would_be_shown_is_promising(path):
    draft = Draft(Document(path.with_name("garbled.txt").read_text(encoding="utf-8")))
    found = search(draft, Lexicon.load(), Gazetteer.load([path], None), least=-inf)
    chosen = kept = 0
    for candidates in found.windows.values():
        left = promising(found.heard, candidates)
        chosen += sum(one.pack.chosen for one in candidates)
        kept += sum(one.pack.chosen for one in left)
        for one in candidates:
            if one not in left:
                assert one.pack.chosen
                evidence = weigh(found.heard, one, found.windows, found.known, found.covered)
                assert confidence(evidence) < SUGGEST_ABOVE
    assert 0 < kept <= 0.8 * chosen


def test_the_look_is_learned_from_what_the_whole_model_says(training_arguments, capsys):
    pytest.importorskip("scipy")
    from ungarble.names.training import screen

    assert screen.main(training_arguments) == 0
    assert "'sound'" in capsys.readouterr().out


def test_the_most_similar_are_those_that_are_each_by_itself():
    heard = features("hɪlmən")
    others = [features(said) for said in ("hɛlmənd", "pændʒʃɪr", "hɛlmən", "kɑbul")]
    each = {index: sound_similarity(heard, other) for index, other in enumerate(others)}
    found = most_similar(heard, others, 0.5, 10)
    assert dict(found) == {index: score for index, score in each.items() if score >= 0.5}
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert most_similar(heard, others, 0.5, 1) == found[:1]


def test_in_a_list_of_thousands_only_strange_words_are_looked_up(tmp_path):
    draw = random.Random(4)
    parts = ("bar", "ken", "dol", "mi", "ru", "tas", "vel", "or", "gan", "lu", "shi", "pet")
    names = {"".join(draw.choice(parts) for _ in range(draw.randint(2, 4))).capitalize() for _ in range(9000)}
    path = tmp_path / "names.txt"
    path.write_text("\n".join([*sorted(names)[:TOO_MANY], "Badakhshan", "Ann Marsh"]), encoding="utf-8")
    gazetteer = Gazetteer.load([path], [])
    said = "the governor of badaksha said that the old man came to the market and went home"
    windows = search(Draft(Document(said)), Lexicon.load(), gazetteer).windows
    assert "badakhshan" in {one.name for candidates in windows.values() for one in candidates}
    assert {said.split()[first] for first, _ in windows} <= {"of", "badaksha"}
