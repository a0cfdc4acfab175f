"""The reader must not become worse: floors for its scores on labelled news."""

import json
from collections import Counter

import pytest

from bot.extraction.pipeline import Reader
from tests.gate.scoring import FLOORS, TEXTS, Score, below_floor, labels_hash, raised, score

HELD = json.loads(FLOORS.read_text())
GOOD = Score(Counter({"tie": 8, "missed tie": 2, "false tie": 2, "name": 9, "missed name": 1}))
EMPTY = Score(Counter({"false on empty": 3}))

needs_texts = pytest.mark.skipif(not TEXTS.is_dir(), reason="the labelled texts are not part of the project")


@pytest.fixture(scope="module")
def dev(reader: Reader) -> dict[str, Score]:
    return score("dev", reader)


@needs_texts
@pytest.mark.parametrize("group", HELD["floors"])
def test_the_reader_is_not_below_its_floors(dev: dict[str, Score], group: str) -> None:
    assert below_floor(dev, {group: HELD["floors"][group]}) == []


@needs_texts
def test_every_tie_stands_on_a_sentence_that_is_in_the_article_to_the_letter(dev: dict[str, Score]) -> None:
    assert dev["all"].found["tie"] > 50
    assert dev["all"].found["unproven"] == 0


def test_the_floors_are_for_these_labels() -> None:
    assert HELD["labels"] == labels_hash("dev")


def test_a_score_below_its_floor_is_named() -> None:
    assert below_floor({"es": GOOD}, {"es": {"f1": 0.85, "precision": 0.8}}) == ["es f1 0.800, floor 0.85"]


def test_more_false_ties_than_allowed_on_texts_without_any_are_named() -> None:
    (line,) = below_floor({"all": EMPTY}, {"all": {"false_on_empty": 2.0}})
    assert line.startswith("all false_on_empty 3")


def test_an_update_raises_a_floor_to_what_is_reached_less_the_slack() -> None:
    assert raised({"es": {"f1": 0.5}}, {"es": GOOD})["es"]["f1"] == 0.78


def test_an_update_never_lowers_a_floor() -> None:
    assert raised({"es": {"f1": 0.9}}, {"es": GOOD})["es"]["f1"] == 0.9


def test_an_update_never_allows_more_false_ties_on_texts_without_any() -> None:
    assert raised({"all": {"false_on_empty": 1.0}}, {"all": EMPTY})["all"]["false_on_empty"] == 1.0
