from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.relationships.level import Standing, level_at, reckon
from bot.relationships.reconcile import reconcile
from bot.values import Level, Report, Status, TieKind
from tests.relationships.factory import day, report, seed

K, S, L = TieKind, Status, Level


def level(*reports: Report, at: float = 0) -> Level:
    return level_at(reconcile("microsoft", "openai", reports), day(at))


def test_nothing_known_is_neutral() -> None:
    assert level() is L.NEUTRAL


def test_seed_article_leaves_the_pair_strained() -> None:
    assert level(*seed()) is L.STRAINED


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        (K.ACQUISITION, S.COMPLETED, L.ALLIED),
        (K.MERGER, S.COMPLETED, L.ALLIED),
        (K.ACQUISITION, S.ANNOUNCED, L.COOPERATING),
        (K.PARTNERSHIP, S.COMPLETED, L.COOPERATING),
        (K.PARTNERSHIP, S.ANNOUNCED, L.COOPERATING),
        (K.LICENSING, S.ANNOUNCED, L.COOPERATING),
        (K.INVESTMENT, S.COMPLETED, L.COOPERATING),
        (K.OWNERSHIP, S.COMPLETED, L.NEUTRAL),
        (K.DEPENDENCY, S.COMPLETED, L.NEUTRAL),
        (K.COMPETITION, S.COMPLETED, L.NEUTRAL),
        (K.DISPUTE, S.COMPLETED, L.STRAINED),
        (K.DISPUTE, S.ENDED, L.NEUTRAL),
        (K.LITIGATION, S.COMPLETED, L.BROKEN),
        (K.LITIGATION, S.DENIED, L.NEUTRAL),
        (K.PARTNERSHIP, S.ENDED, L.NEUTRAL),
    ],
)
def test_one_fresh_tie_alone(kind: TieKind, status: Status, expected: Level) -> None:
    assert level(report(kind, status)) is expected


@pytest.mark.parametrize("kind", list(TieKind))
@pytest.mark.parametrize("status", [S.RUMORED, S.DENIED])
def test_rumour_or_denial_alone_leaves_neutral(kind: TieKind, status: Status) -> None:
    assert level(report(kind, status)) is L.NEUTRAL


def test_heap_of_rumours_leaves_neutral() -> None:
    assert level(*(report(kind, S.RUMORED) for kind in TieKind if kind is not K.DISPUTE)) is L.NEUTRAL


def test_two_deals_make_allies() -> None:
    assert level(report(K.PARTNERSHIP), report(K.SUPPLY)) is L.ALLIED


@pytest.mark.parametrize("quarrel", [K.DISPUTE, K.LITIGATION])
def test_fresh_quarrel_outweighs_any_number_of_deals(quarrel: TieKind) -> None:
    deals = (report(kind) for kind in (K.ACQUISITION, K.MERGER, K.INVESTMENT, K.SUPPLY, K.PARTNERSHIP))
    assert level(*deals, report(quarrel)) is L.STRAINED


def test_dispute_and_rivalry_without_a_deal_are_not_broken() -> None:
    assert level(report(K.DISPUTE), report(K.COMPETITION)) is L.STRAINED


@pytest.mark.parametrize("kind", [K.PARTNERSHIP, K.SUPPLY, K.LICENSING])
def test_ended_bond_beside_a_dispute_is_broken(kind: TieKind) -> None:
    assert level(report(kind, S.ENDED), report(K.DISPUTE)) is L.BROKEN


def test_suit_beside_a_dispute_breaks_an_alliance() -> None:
    assert level(report(K.ACQUISITION), report(K.DISPUTE), report(K.LITIGATION)) is L.BROKEN


def test_ended_partnership_among_rivals_is_strained() -> None:
    assert level(report(K.PARTNERSHIP, S.ENDED), report(K.COMPETITION)) is L.STRAINED


def test_bid_that_fell_through_breaks_nothing() -> None:
    assert level(report(K.ACQUISITION, S.ENDED), report(K.DISPUTE)) is L.STRAINED


def test_talks_that_ended_break_nothing() -> None:
    talks = (report(K.PARTNERSHIP, S.RUMORED), report(K.PARTNERSHIP, S.ENDED, told=1))
    assert level(*talks, report(K.DISPUTE, told=1), at=1) is L.STRAINED


@pytest.mark.parametrize(("days", "expected"), [(0, L.STRAINED), (365, L.NEUTRAL), (730, L.COOPERATING)])
def test_quarrel_fades_before_the_deals_do(days: int, expected: Level) -> None:
    assert level(*seed(), at=days) is expected


def test_deal_told_again_is_fresh_again() -> None:
    old, again = report(K.PARTNERSHIP), report(K.PARTNERSHIP, told=3000)
    assert (level(old, at=4000), level(old, again, at=4000)) == (L.NEUTRAL, L.COOPERATING)


def test_round_that_the_text_dates_is_as_old_as_its_date() -> None:
    assert level(report(K.INVESTMENT, date="1997")) is L.NEUTRAL


def test_level_of_the_past_knows_nothing_of_the_future() -> None:
    reports = (report(K.PARTNERSHIP), report(K.PARTNERSHIP, S.ENDED, told=100), report(K.DISPUTE, told=100))
    assert level(*reports, at=50) is L.COOPERATING


_standings = st.builds(
    Standing,
    kind=st.sampled_from(TieKind),
    status=st.sampled_from(Status),
    since=st.integers(0, 2000).map(day),
    last_seen=st.integers(0, 2000).map(day),
)


@given(st.lists(_standings), st.randoms(use_true_random=False))
def test_order_of_standings_does_not_matter(standings: list[Standing], random: Random) -> None:
    shuffled = list(standings)
    random.shuffle(shuffled)
    assert reckon(shuffled, day(2000)) == reckon(standings, day(2000))


@given(st.lists(_standings), st.integers(2000, 9000))
def test_a_quarrel_never_warms_and_a_deal_never_cools(standings: list[Standing], at: int) -> None:
    def with_one(kind: TieKind) -> float:
        return reckon([*standings, Standing(kind, S.COMPLETED, day(at), day(at))], day(at)).score

    assert with_one(K.DISPUTE) <= reckon(standings, day(at)).score <= with_one(K.SUPPLY)


@given(st.lists(_standings))
def test_everything_fades_to_neutral(standings: list[Standing]) -> None:
    assert reckon(standings, day(300_000)).level is L.NEUTRAL


@given(st.lists(_standings.filter(lambda s: s.kind is not K.LITIGATION and s.status is not S.ENDED)))
def test_broken_wants_a_suit_or_an_end(standings: list[Standing]) -> None:
    assert reckon(standings, day(2000)).level is not L.BROKEN
