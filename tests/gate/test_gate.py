"""The reader must not become worse: floors for its scores on labelled news."""

import json
from pathlib import Path

import pytest

from bot.extraction.pipeline import Reader
from tests.gate.scoring import TEXTS, Score, score

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text())

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the labelled texts are not part of the project")


@pytest.fixture(scope="module")
def dev() -> dict[str, Score]:
    return score("dev", Reader())


@pytest.mark.parametrize(
    ("lang", "figure"), [(lang, figure) for lang, floors in FLOORS.items() for figure in floors]
)
def test_the_reader_is_not_below_its_floor(dev: dict[str, Score], lang: str, figure: str) -> None:
    assert dev[lang].figures[figure] >= FLOORS[lang][figure]


def test_texts_without_ties_give_none(dev: dict[str, Score]) -> None:
    assert dev["all"].figures["false_on_empty"] == 0
