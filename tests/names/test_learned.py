"""The model of names: where names stand, what may speak for them, and how both are learned."""

import lzma
import random

import pytest

from ungarble.names.evidence import Evidence
from ungarble.names.features import DIRECTIONS, features
from ungarble.names.learned import NameModel, interpolated, name_model, probability, read, write
from ungarble.names.slots import slots


def evidence(**more):
    plain = dict.fromkeys(Evidence._fields, 0.0) | {"sound": 0.8, "spelling": 0.7, "words": 1.0, "fluency": -4.0}
    return Evidence(**(plain | more))


def odds(**more):
    return name_model().log_odds(features(evidence(**more), 0.0))


@pytest.mark.parametrize(
    ("before", "after", "is_name"),
    [
        ("our next question comes from the line of", "with morgan stanley please", True),
        ("thank you very much", "for your question", True),
        ("a meeting with president", "of ukraine", True),
        ("and that is why", "need to do more", False),
        ("we want to", "sure that it is done", False),
        ("it is a very", "day for all of us", False),
    ],
)
def test_what_stands_around_tells_where_a_name_is(before, after, is_name):
    keys = [*before.split(), "x", *after.split()]
    at = len(before.split())
    assert (slots().log_odds(keys, at, at + 1) > 0) == is_name


def test_the_words_at_the_place_have_no_say():
    keys = ["thank", "you", "kandahar", "and", "good", "morning"]
    other = ["thank", "you", "the", "and", "good", "morning"]
    assert slots().log_odds(keys, 2, 3) == slots().log_odds(other, 2, 3)


def test_there_are_places_at_both_ends():
    assert slots().log_odds(["well"], 0, 1) == pytest.approx(slots().log_odds(["so"], 0, 1))


@pytest.mark.parametrize(("name", "direction"), [row for row in DIRECTIONS.items() if row[1]])
def test_each_weight_speaks_in_its_direction(name, direction):
    weight = name_model().weights[list(DIRECTIONS).index(name)]
    assert weight * direction >= 0


def test_more_likeness_is_never_an_argument_against():
    rising = [odds(sound=sound, spelling=0.6) for sound in (0.62, 0.7, 0.8, 0.9, 1.0)]
    assert rising == sorted(rising)
    assert odds(slot=3.0) > odds(slot=-3.0)


def test_confidence_rises_with_the_odds():
    model = name_model()
    assert list(model.right) == sorted(model.right)
    assert list(model.odds) == sorted(model.odds)
    assert probability(model.calibrated(9.0)) > 0.99
    assert probability(model.calibrated(-9.0)) < 0.01


def test_beyond_the_knots_the_line_goes_on():
    assert interpolated(10.0, (0.0, 1.0), (0.0, 3.0)) == 12.0
    assert interpolated(-1.0, (0.0, 1.0), (0.0, 3.0)) == -1.0


def test_weights_are_read_as_they_were_written(tmp_path):
    model = NameModel(-1.5, tuple(float(n) for n in range(len(DIRECTIONS))), (-1.0, 1.0), (-2.0, 2.0))
    write(tmp_path / "weights.json", model)
    assert read(tmp_path / "weights.json") == model


def test_slots_are_learned_from_capitals(tmp_path):
    pytest.importorskip("sklearn")
    from ungarble.names.slots import Slots
    from ungarble.names.training import slots as training

    generator = random.Random(1)
    names, things = ["Anna", "Boris", "Carla", "Deniz"], ["tables", "houses", "letters", "boats"]
    lines = []
    for _ in range(400):
        name, thing = generator.choice(names), generator.choice(things)
        lines.append(f"This question comes from {name} with the bank. We then bought some {thing} for the town.\n\n")
    with lzma.open(tmp_path / "speech.txt.xz", "wt", encoding="utf-8") as file:
        file.writelines(lines)
    weights, bias, score = training.learn([tmp_path / "speech.txt.xz"], 10_000)
    assert score > 0.95
    training.write(tmp_path / "slots.bin", weights, bias)
    learned = Slots(tmp_path / "slots.bin")
    keys = ["this", "question", "comes", "from", "x", "with", "the", "bank"]
    other = ["we", "then", "bought", "some", "x", "for", "the", "town"]
    assert learned.log_odds(keys, 4, 5) > learned.log_odds(other, 4, 5)


def test_the_model_is_learned_from_what_was_said(tmp_path, training_arguments, capsys):
    pytest.importorskip("scipy")
    from ungarble.names.training import fit

    assert fit.main([*training_arguments, "--out", str(tmp_path / "weights.json")]) == 0
    assert "right" in capsys.readouterr().out
    assert len(read(tmp_path / "weights.json").weights) == len(DIRECTIONS)
