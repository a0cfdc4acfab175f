from decimal import Decimal

import pytest

from bot.relationships.reconcile import reconcile
from bot.values import Deal, PairRecord, Report, Status, TieKind
from tests.relationships.factory import day, report, seed, usd

K, S = TieKind, Status


def pair(*reports: Report) -> PairRecord:
    return reconcile("microsoft", "openai", reports)


def only_deal(*reports: Report) -> Deal:
    (deal,) = pair(*reports).deals
    return deal


def statuses(*reports: Report) -> list[Status]:
    return [step.status for step in only_deal(*reports).history]


def test_no_reports_make_an_empty_record() -> None:
    assert pair() == PairRecord(a_id="microsoft", b_id="openai", deals=(), bonds=(), states=(), changes=())


def test_record_names_the_smaller_id_first() -> None:
    record = reconcile("openai", "microsoft", [])
    assert (record.a_id, record.b_id) == ("microsoft", "openai")


def test_report_of_another_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="not of this pair"):
        pair(report(K.SUPPLY, source="oracle"))


def test_company_has_no_relationship_with_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        reconcile("openai", "openai", [])


# Which reports are one deal


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


# Amounts, dates, confidence


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


# Statuses


@pytest.mark.parametrize(
    ("told", "history"),
    [
        ([S.RUMORED, S.ANNOUNCED, S.COMPLETED, S.ENDED], [S.RUMORED, S.ANNOUNCED, S.COMPLETED, S.ENDED]),
        ([S.COMPLETED, S.RUMORED], [S.COMPLETED]),
        ([S.COMPLETED, S.ANNOUNCED], [S.COMPLETED]),
        ([S.COMPLETED, S.DENIED], [S.COMPLETED]),
        ([S.RUMORED, S.DENIED], [S.RUMORED, S.DENIED]),
        ([S.ANNOUNCED, S.DENIED], [S.ANNOUNCED, S.DENIED]),
        ([S.RUMORED, S.DENIED, S.RUMORED], [S.RUMORED, S.DENIED]),
        ([S.DENIED, S.ANNOUNCED], [S.DENIED, S.ANNOUNCED]),
        ([S.DENIED, S.ENDED], [S.DENIED, S.ENDED]),
        ([S.RUMORED, S.ENDED], [S.RUMORED, S.ENDED]),
    ],
)
def test_status_moves_as_articles_tell(told: list[Status], history: list[Status]) -> None:
    assert statuses(*(report(K.MERGER, status, told=at) for at, status in enumerate(told))) == history


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        (S.RUMORED, S.COMPLETED, S.COMPLETED),
        (S.RUMORED, S.DENIED, S.DENIED),
        (S.DENIED, S.ANNOUNCED, S.ANNOUNCED),
        (S.COMPLETED, S.ENDED, S.ENDED),
    ],
)
def test_most_advanced_report_of_a_day_holds(one: Status, other: Status, holds: Status) -> None:
    first, second = report(K.SUPPLY, one, article="a"), report(K.SUPPLY, other, article="b")
    assert only_deal(first, second).status is only_deal(second, first).status is holds


def test_old_article_posted_late_takes_its_place_in_the_past() -> None:
    deal = only_deal(report(K.SUPPLY, S.COMPLETED, told=50), report(K.SUPPLY, S.RUMORED, told=10, known=60))
    assert [(step.status, step.at) for step in deal.history] == [(S.RUMORED, day(10)), (S.COMPLETED, day(50))]


@pytest.mark.parametrize("old", list(Status))
def test_old_article_posted_late_does_not_unmake_the_present(old: Status) -> None:
    fresh = report(K.PARTNERSHIP, S.COMPLETED, told=50)
    assert only_deal(fresh, report(K.PARTNERSHIP, old, told=10, known=60)).status is S.COMPLETED


def test_step_names_all_who_say_so_and_the_earliest_knowledge() -> None:
    step = only_deal(
        report(K.SUPPLY, told=5, known=9, tie_id="x"), report(K.SUPPLY, told=6, known=7, tie_id="y")
    ).history[0]
    assert (step.tie_ids, step.at, step.known_at) == (("x", "y"), day(5), day(7))


# Bonds


def test_bond_is_one_however_often_it_is_told() -> None:
    bonds = pair(report(K.DISPUTE), report(K.DISPUTE, told=700), report(K.DISPUTE, told=9)).bonds
    assert [(bond.first_seen, bond.last_seen) for bond in bonds] == [(day(0), day(700))]


def test_mutual_dependency_is_two_bonds() -> None:
    assert len([bond for bond in pair(*seed()).bonds if bond.kind is K.DEPENDENCY]) == 2


def test_suit_that_ended_can_come_back() -> None:
    story = [S.COMPLETED, S.ENDED, S.ANNOUNCED]
    (bond,) = pair(*(report(K.LITIGATION, s, told=at) for at, s in enumerate(story))).bonds
    assert bond.status is S.ANNOUNCED


def test_suit_dated_in_the_past_was_seen_then() -> None:
    (bond,) = pair(report(K.LITIGATION, date="2010")).bonds
    assert bond.last_seen.year == 2010


# Ids


def test_deal_id_stays_when_an_older_article_of_the_deal_is_posted_late() -> None:
    known = report(K.SUPPLY, S.COMPLETED, told=50)
    assert only_deal(known).id == only_deal(known, report(K.SUPPLY, S.RUMORED, told=1, known=90)).id


def test_deal_id_stays_when_an_older_deal_becomes_known_late() -> None:
    known = report(K.INVESTMENT, told=50, amount=1000)
    late = report(K.INVESTMENT, told=1, known=90, amount=5)
    assert only_deal(known).id == next(
        d.id for d in pair(known, late).deals if d.amounts[0].money == usd(1000)
    )


def test_deal_id_stays_when_the_first_article_is_withdrawn_and_another_supports_it() -> None:
    first, second = report(K.SUPPLY), report(K.SUPPLY, told=4)
    assert only_deal(first, second).id == only_deal(second).id
