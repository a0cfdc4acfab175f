"""The threshold of a kind is as low as its precision allows."""

from bot.values import TieKind
from training.thresholds import GRID, Told, choose


def _told(kind: TieKind, *, right: int, wrong: int, at: float) -> list[Told]:
    return [Told(kind, at, True)] * right + [Told(kind, at, False)] * wrong


def test_a_kind_that_is_always_right_is_told_early() -> None:
    assert choose(_told(TieKind.SUPPLY, right=50, wrong=0, at=0.3))["supply"] == GRID[0]


def test_a_kind_that_is_wrong_below_a_probability_is_told_above_it() -> None:
    found = _told(TieKind.SUPPLY, right=40, wrong=2, at=0.8) + _told(
        TieKind.SUPPLY, right=10, wrong=40, at=0.5
    )
    assert 0.5 < choose(found)["supply"] <= 0.8


def test_a_kind_that_is_mostly_wrong_is_told_last() -> None:
    assert choose(_told(TieKind.SUPPLY, right=1, wrong=40, at=0.99))["supply"] == GRID[-1]


def test_a_kind_without_examples_leans_on_the_others() -> None:
    found = _told(TieKind.SUPPLY, right=40, wrong=2, at=0.8) + _told(
        TieKind.SUPPLY, right=10, wrong=40, at=0.5
    )
    chosen = choose(found)
    assert chosen["merger"] == chosen["supply"]
