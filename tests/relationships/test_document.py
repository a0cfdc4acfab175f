"""docs/relationships.md says what the code does."""

import re
from pathlib import Path

import pytest

from bot.relationships import level as levels
from bot.relationships.level import HALF_LIFE_DAYS, Standing, reckon
from bot.values import Level, Status, TieKind
from tests.relationships.factory import day

K = TieKind
_PAGE = (Path(__file__).parents[2] / "docs" / "relationships.md").read_text(encoding="utf-8")
_ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in _PAGE.splitlines() if line[:1] == "|"
]


def _row(first_cell: str) -> list[str]:
    (row,) = (row for row in _ROWS if row[0] == first_cell)
    return row[1:]


@pytest.mark.parametrize("kind", list(HALF_LIFE_DAYS))
def test_page_gives_each_weight_and_half_life(kind: TieKind) -> None:
    weight = {**levels.WARMTH, **levels.FRICTION}[kind]
    assert _row(kind.value)[:2] == [str(weight), str(HALF_LIFE_DAYS[kind])]


def test_page_gives_the_rupture_of_an_ended_bond() -> None:
    row = _row("partnership, supply or licensing that ended")
    assert row[:2] == [str(levels.ENDED_RUPTURE), str(levels.ENDED_HALF_LIFE_DAYS)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"Deals that are announced count {levels.SURENESS[Status.ANNOUNCED]} of their weight",
        f"Rumours count {levels.SURENESS[Status.RUMORED]}",
        f"with a half-life of {levels.RUMOUR_HALF_LIFE_DAYS} days",
        f"{levels.RUMOUR_CAP} at most",
        f"friction, and {levels.SUIT_RUPTURE} of rupture",
        f"warmth = at most {levels.WARMTH_CAP:.0f}",
        f"but not below {levels.QUARREL_FLOOR:.0f}",
    ],
)
def test_page_states_the_rule(sentence: str) -> None:
    assert sentence in re.sub(r"\s+", " ", _PAGE)


@pytest.mark.parametrize(
    ("days", "level"), [(0, Level.STRAINED), (365, Level.NEUTRAL), (730, Level.COOPERATING)]
)
def test_worked_example_is_right(days: int, level: Level) -> None:
    kinds = (K.INVESTMENT, K.PARTNERSHIP, K.SUPPLY, K.DISPUTE, K.COMPETITION)
    standings = [Standing(kind, Status.COMPLETED, day(0), day(0)) for kind in kinds]
    found = reckon(standings, day(days))
    numbers = [f"{value:.2f}" for value in (found.warmth, found.friction, found.rupture, found.score)]
    assert _row(str(days)) == [*numbers, level.value]
    assert found.level is level


@pytest.mark.parametrize("score", [1.5, 0.4, -0.7, -1.5])
def test_page_gives_each_threshold(score: float) -> None:
    word = "more" if score > 0 else "less"
    level = {1.5: "allied", 0.4: "cooperating", -0.7: "strained", -1.5: "broken"}[score]
    assert _row(f"{score} and {word}")[0] == level
    assert levels.word_for(score) == level


def test_suit_in_the_example_breaks_the_pair() -> None:
    kinds = (K.INVESTMENT, K.PARTNERSHIP, K.SUPPLY, K.DISPUTE, K.COMPETITION, K.LITIGATION)
    found = reckon([Standing(kind, Status.COMPLETED, day(0), day(0)) for kind in kinds], day(0))
    assert (found.score, found.level) == (-2.0, Level.BROKEN)
