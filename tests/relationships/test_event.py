from decimal import Decimal

import pytest

from bot.values import Status, TieKind
from tests.relationships.factory import only_deal, report, usd

K, S = TieKind, Status


def test_most_often_reported_amount_comes_first_and_all_are_kept() -> None:
    deal = only_deal(*(report(K.SUPPLY, told=at, amount=a) for at, a in enumerate((10, 11, 11))))
    assert [reported.money.amount for reported in deal.amounts] == [Decimal(11), Decimal(10)]


def test_one_article_that_repeats_an_amount_counts_once() -> None:
    twice = [report(K.SUPPLY, told=1, amount=11, article="b", tie_id=tie_id) for tie_id in ("b1", "b2")]
    assert only_deal(report(K.SUPPLY, amount=10), *twice).amounts[0].money == usd(10)


def test_amount_paid_leads_the_amount_rumoured() -> None:
    deal = only_deal(
        report(K.ACQUISITION, S.RUMORED, amount=500), report(K.ACQUISITION, S.COMPLETED, told=30, amount=650)
    )
    assert deal.amounts[0].money == usd(650)


def test_date_is_the_most_precise_of_those_that_agree() -> None:
    dates = ["2024", "2024", "2024-06-15"]
    deal = only_deal(*(report(K.INVESTMENT, told=at, date=date) for at, date in enumerate(dates)))
    assert deal.date == "2024-06-15"


def test_unknown_date_stays_unknown() -> None:
    assert only_deal(report(K.INVESTMENT)).date is None


def test_two_sources_make_surer_than_one() -> None:
    # Both are wrong in a fifth times a half of cases.
    deal = only_deal(report(K.SUPPLY, confidence=0.8), report(K.SUPPLY, told=1, confidence=0.5))
    assert deal.confidence == pytest.approx(0.9)
