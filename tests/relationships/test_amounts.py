import pytest

from bot.relationships.amounts import agree, rank_amounts
from bot.values import TieKind
from tests.relationships.factory import report, usd


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(100, 100, True), (100, 75, True), (100, 74, False), (0, 0, True)],
)
def test_amounts_within_a_quarter_of_the_larger_agree(one: int, other: int, expected: bool) -> None:
    left, right = usd(one), usd(other)
    assert left is not None
    assert right is not None
    assert agree(left, right) is agree(right, left) is expected


def test_of_equals_the_amount_told_first_leads() -> None:
    told = [report(TieKind.SUPPLY, told=at, amount=amount) for at, amount in ((0, 9), (1, 11))]
    assert [reported.money for reported in rank_amounts(told)] == [usd(9), usd(11)]


def test_amount_without_a_currency_is_a_value_of_its_own() -> None:
    told = [report(TieKind.SUPPLY, told=at, amount=9, currency=c) for at, c in ((0, "USD"), (1, None))]
    assert len(rank_amounts(told)) == 2


def test_reports_without_amounts_rank_nothing() -> None:
    assert rank_amounts([report(TieKind.SUPPLY)]) == ()
