import pytest

from bot.values import Status, TieKind
from tests.relationships.factory import only_deal, pair, report, usd

K, S = TieKind, Status


def test_two_articles_on_one_takeover_are_one_deal_whatever_the_amounts() -> None:
    deal = only_deal(report(K.ACQUISITION, amount=650), report(K.ACQUISITION, told=40, amount=1000))
    assert len(deal.tie_ids) == 2


@pytest.mark.parametrize(("date", "deals"), [("2023-05", 1), ("2024-05-01", 1), ("2024-06", 2), ("2025", 2)])
def test_takeovers_more_than_a_year_apart_are_two_deals(date: str, deals: int) -> None:
    record = pair(report(K.ACQUISITION, date="2023-05-02"), report(K.ACQUISITION, told=1, date=date))
    assert len(record.deals) == deals


def test_bid_that_took_21_months_to_complete_is_one_deal() -> None:
    bid = report(K.ACQUISITION, S.ANNOUNCED, date="2022-01-18")
    done = report(K.ACQUISITION, S.COMPLETED, told=635, date="2023-10-13")
    assert only_deal(bid, done).status is S.COMPLETED


def test_rumour_years_after_a_dated_takeover_is_another_deal() -> None:
    done = report(K.ACQUISITION, S.COMPLETED, date="2022-01-18")
    assert len(pair(done, report(K.ACQUISITION, S.RUMORED, told=635, date="2023-10")).deals) == 2


def test_new_bid_after_the_end_is_another_deal() -> None:
    story = [S.ANNOUNCED, S.ENDED, S.RUMORED]
    record = pair(*(report(K.ACQUISITION, status, told=at) for at, status in enumerate(story)))
    assert [deal.status for deal in record.deals] == [S.ENDED, S.RUMORED]


def test_takeover_retold_after_the_unit_was_sold_is_no_new_deal() -> None:
    story = [S.COMPLETED, S.ENDED, S.COMPLETED]
    assert only_deal(*(report(K.ACQUISITION, s, told=at) for at, s in enumerate(story))).status is S.ENDED


@pytest.mark.parametrize(("amount", "deals"), [(100, 1), (125, 1), (134, 2), (75, 1), (74, 2)])
def test_rounds_are_one_deal_while_amounts_differ_by_a_quarter_at_most(amount: int, deals: int) -> None:
    # The difference is measured against the larger of the two, so 133.33 is the first above 100.
    record = pair(report(K.INVESTMENT, amount=100), report(K.INVESTMENT, told=1, amount=amount))
    assert len(record.deals) == deals


def test_amounts_in_other_currencies_do_not_part_a_deal() -> None:
    deal = only_deal(report(K.SUPPLY, amount=100), report(K.SUPPLY, told=1, amount=15_000, currency="JPY"))
    assert [reported.money for reported in deal.amounts] == [usd(100), usd(15_000, "JPY")]


@pytest.mark.parametrize(("date", "deals"), [("2024-06", 1), ("2023", 1), ("2022", 2)])
def test_rounds_dated_more_than_a_year_apart_are_two_deals(date: str, deals: int) -> None:
    record = pair(report(K.INVESTMENT, date="2024"), report(K.INVESTMENT, told=1, date=date))
    assert len(record.deals) == deals


def test_bare_report_joins_the_nearest_deal_in_time() -> None:
    first = report(K.INVESTMENT, told=0, amount=100)
    second = report(K.INVESTMENT, told=200, amount=1000)
    bare = report(K.INVESTMENT, told=210)
    deals = pair(first, second, bare).deals
    assert [len(deal.tie_ids) for deal in deals] == [1, 2]


def test_amount_decides_before_time() -> None:
    first = report(K.INVESTMENT, told=0, amount=100)
    second = report(K.INVESTMENT, told=200, amount=1000)
    deals = pair(first, second, report(K.INVESTMENT, told=210, amount=100)).deals
    assert [len(deal.tie_ids) for deal in deals] == [2, 1]


def test_talks_long_after_a_round_was_closed_are_another_round() -> None:
    record = pair(report(K.INVESTMENT), report(K.INVESTMENT, S.RUMORED, told=500))
    assert [deal.status for deal in record.deals] == [S.COMPLETED, S.RUMORED]


def test_investment_and_acquisition_of_one_event_stay_two_deals() -> None:
    assert len(pair(report(K.INVESTMENT, amount=5), report(K.ACQUISITION, amount=5)).deals) == 2


def test_opposite_directions_are_two_deals() -> None:
    record = pair(report(K.SUPPLY), report(K.SUPPLY, source="openai", target="microsoft"))
    assert len(record.deals) == 2


def test_partners_named_the_other_way_round_are_one_deal() -> None:
    deal = only_deal(
        report(K.PARTNERSHIP, source="openai", target="microsoft"), report(K.PARTNERSHIP, told=1)
    )
    assert (deal.source_id, deal.target_id) == ("microsoft", "openai")


@pytest.mark.parametrize(("told", "deals"), [(370, 1), (371, 2)])
def test_rumour_long_after_a_denial_is_another_deal(told: int, deals: int) -> None:
    denied = report(K.ACQUISITION, S.DENIED)
    assert len(pair(denied, report(K.ACQUISITION, S.RUMORED, told=told)).deals) == deals


def test_blocked_bid_that_is_done_after_all_is_another_deal() -> None:
    story = [S.ANNOUNCED, S.ENDED, S.COMPLETED]
    record = pair(*(report(K.MERGER, status, told=at) for at, status in enumerate(story)))
    assert [deal.status for deal in record.deals] == [S.ENDED, S.COMPLETED]


def test_round_dated_after_one_that_was_done_is_another_round() -> None:
    record = pair(report(K.INVESTMENT), report(K.INVESTMENT, told=800, date="2026-11"))
    assert len(record.deals) == 2


def test_partnership_renewed_soon_is_the_same_deal() -> None:
    assert len(pair(report(K.PARTNERSHIP), report(K.PARTNERSHIP, S.ANNOUNCED, told=300)).deals) == 1


def test_end_goes_to_the_deal_that_is_still_open() -> None:
    story = [(S.ANNOUNCED, 0), (S.ENDED, 10), (S.ANNOUNCED, 20), (S.ENDED, 21)]
    record = pair(*(report(K.SUPPLY, status, told=told) for status, told in story))
    assert [deal.status for deal in record.deals] == [S.ENDED, S.ENDED]


def test_date_that_does_not_exist_parts_nothing() -> None:
    record = pair(report(K.INVESTMENT, date="2024-02-30"), report(K.INVESTMENT, told=1, date="2020"))
    assert len(record.deals) == 1
