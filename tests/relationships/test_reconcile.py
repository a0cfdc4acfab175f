import pytest

from bot.relationships.reconcile import reconcile
from bot.values import PairRecord, Status, TieKind
from tests.relationships.factory import day, only_deal, pair, report, seed, usd

K, S = TieKind, Status


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
