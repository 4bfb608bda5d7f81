"""The sentence model: it splits bare words, knows names by their place, and reads long text as it does short."""

import numpy as np
import pytest

from ungarble.document import tokenize
from ungarble.language.sentence_model import stored
from ungarble.language.sentence_model.around import written
from ungarble.language.sentence_model.marks import Case, Mark
from ungarble.language.sentence_model.network import sentence_model

BARE = (
    "thank you all for coming this morning i want to start with a few words about the new hospital in leeds "
    "do you have any questions about the budget we will publish the report next week and send it to everyone"
)


def predicted(text):
    words = tokenize(text)
    keys = [word.key for word in words]
    return keys, sentence_model().predict(keys, written(text, words).around(has_marks=False, has_capitals=False))


def test_bare_words_are_parted_where_sentences_end():
    keys, found = predicted(BARE)
    assert found.ends[keys.index("morning")] > 0.5
    assert found.ends[keys.index("budget")] > 0.5
    assert found.ends[keys.index("the")] < 0.05
    assert found.marks[keys.index("budget"), Mark.QUESTION] > found.marks[keys.index("budget"), Mark.STOP]


def test_a_name_is_known_by_its_place_when_its_word_is_hidden():
    text = "we spoke with john and mary smith of boston massachusetts about the price of a new car"
    words = tokenize(text)
    keys = [word.key for word in words]
    around = written(text, words).around(has_marks=False, has_capitals=False)
    name, thing = sentence_model().capital_when_hidden(keys, around, [keys.index("smith"), keys.index("price")])
    assert name > thing + 0.2


def test_text_longer_than_a_block_is_read_as_in_one_piece():
    keys, whole = predicted(" ".join([BARE] * 120))
    assert len(keys) > 4096
    long = sentence_model().predict(keys[2000:2300], np.full(300, Case.CASELESS * 8))
    assert whole.marks[2100:2200] == pytest.approx(long.marks[100:200], abs=1e-4)


def test_no_words_no_answer():
    assert sentence_model().predict([], np.zeros(0, np.int64)).marks.shape == (0, 4)


def test_marks_and_case_are_read_from_the_text():
    text = "Dr. Hill came. Who? “Well,” she said - NATO and iPhone 7..."
    words = tokenize(text)
    marks = {word.form: Mark(int(mark)).name for word, mark in zip(words, written(text, words).marks, strict=True)}
    assert marks["Dr"] == "OTHER"
    assert (marks["came"], marks["Who"], marks["Well"], marks["said"]) == ("STOP", "QUESTION", "COMMA", "OTHER")
    cases = {word.form: Case(int(case)).name for word, case in zip(words, written(text, words).cases, strict=True)}
    assert (cases["Hill"], cases["NATO"], cases["iPhone"], cases["7"]) == ("CAPITALISED", "UPPER", "UPPER", "CASELESS")


def test_a_stored_table_is_near_the_matrix(tmp_path):
    matrix = np.random.default_rng(1).normal(size=(5, 8)).astype(np.float32)
    table = stored.quantized(matrix)
    stored.write(tmp_path / "file", {"rows": table.rows, "scales": table.scales}, {"answer": 42})
    arrays, facts = stored.read(tmp_path / "file")
    assert facts == {"answer": 42}
    assert stored.Table(arrays["rows"], arrays["scales"]).whole() == pytest.approx(matrix, abs=0.02)


def test_another_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("something else\n")
    with pytest.raises(ValueError, match="no sentence model"):
        stored.read(tmp_path / "file")
