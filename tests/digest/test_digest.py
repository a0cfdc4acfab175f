from collections.abc import Iterable
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.digest import LOOK_BACK, Digest, DigestLine, build_digest
from bot.digest.schedule import Period
from bot.relationships.reconcile import reconcile
from bot.values import Change, ChangeType, Level, Report, Status, TieKind
from tests.relationships.factory import day, report, seed, usd

K, S, L, T = TieKind, Status, Level, ChangeType
WEEK = Period("a week", day(0), day(7))


def changes(*reports: Report) -> list[Change]:
    pairs = {tuple(sorted((r.source_id, r.target_id))) for r in reports}
    return [
        change
        for a_id, b_id in sorted(pairs)
        for change in reconcile(
            a_id, b_id, [r for r in reports if {r.source_id, r.target_id} == {a_id, b_id}]
        ).changes
    ]


def digest(*reports: Report, told: Iterable[str] = (), period: Period = WEEK, limit: int = 20) -> Digest:
    return build_digest(changes(*reports), told=frozenset(told), period=period, limit=limit)


def leads(found: Digest) -> list[tuple[ChangeType, TieKind | None]]:
    return [(line.lead.type, line.lead.kind) for line in found.lines]


def whole_seed() -> list[Report]:
    return [
        *seed(),
        report(K.ACQUISITION, target="inflection", amount=650_000_000, article="seed"),
        report(K.SUPPLY, S.ANNOUNCED, source="oracle", amount=10_000_000_000, article="seed"),
        report(K.INVESTMENT, S.RUMORED, source="nvidia", article="seed"),
        report(K.INVESTMENT, S.RUMORED, source="mgx", article="seed"),
    ]


def test_seed_article_makes_four_lines() -> None:
    assert leads(digest(*whole_seed())) == [
        (T.NEW_DEAL, K.ACQUISITION),
        (T.COOLED, None),
        (T.NEW_DEAL, K.SUPPLY),
        (T.NEW_DEAL, K.INVESTMENT),
    ]


def test_rumours_of_one_kind_about_one_company_are_one_line() -> None:
    line = digest(*whole_seed()).lines[-1]
    assert ({change.source_id for change in line.changes}, line.party) == ({"nvidia", "mgx"}, "openai")


def test_nothing_changed_is_an_empty_digest() -> None:
    assert digest() == Digest(WEEK, (), 0)
    assert digest().is_empty


# Which changes


@pytest.mark.parametrize(("known", "lines"), [(6.99, 1), (7, 0)])
def test_only_what_was_known_before_the_end_is_told(known: float, lines: int) -> None:
    assert len(digest(report(K.SUPPLY, told=0, known=known)).lines) == lines


def test_change_before_the_period_that_was_never_told_is_told() -> None:
    assert len(digest(report(K.SUPPLY, told=-9)).lines) == 1


@pytest.mark.parametrize(("older", "lines"), [(timedelta(), 1), (timedelta(seconds=1), 0)])
def test_switching_on_does_not_pour_out_the_past(older: timedelta, lines: int) -> None:
    age = (WEEK.end - LOOK_BACK - older - day(0)) / timedelta(days=1)
    assert len(digest(report(K.SUPPLY, told=age)).lines) == lines


def test_nothing_is_told_twice() -> None:
    first = digest(*whole_seed())
    assert digest(*whole_seed(), told=first.change_ids).is_empty


def test_schedule_changed_in_midweek_neither_repeats_nor_skips() -> None:
    story = [report(K.SUPPLY, told=1), report(K.LITIGATION, source="oracle", told=5)]
    tuesday = digest(*story, period=Period("Tuesday", day(-5), day(2)))
    friday = digest(*story, told=tuesday.change_ids, period=Period("Friday", day(-1), day(6)))
    assert [leads(tuesday), leads(friday)] == [[(T.NEW_DEAL, K.SUPPLY)], [(T.NEW_BOND, K.LITIGATION)]]


def test_change_without_evidence_left_is_withdrawn() -> None:
    (change,) = changes(report(K.SUPPLY))
    bare = Change(**{field: getattr(change, field) for field in Change.__slots__} | {"tie_ids": ()})
    assert build_digest([bare], told=(), period=WEEK, limit=9).is_empty


# One story, told once


def test_deal_that_is_new_and_completed_within_the_week_is_told_once() -> None:
    story = [report(K.SUPPLY, S.RUMORED, told=1), report(K.SUPPLY, S.COMPLETED, told=4, amount=5)]
    (line,) = digest(*story).lines
    told = line.lead
    assert (told.type, told.status_before, told.status_after, told.money) == (
        T.NEW_DEAL,
        None,
        S.COMPLETED,
        usd(5),
    )


def test_deal_told_as_a_rumour_last_week_moves_this_week() -> None:
    rumour, done = report(K.FINANCING, S.RUMORED, told=-3), report(K.FINANCING, S.COMPLETED, told=3)
    last_week = digest(rumour, period=Period("last week", day(-7), day(0)))
    (line,) = digest(rumour, done, told=last_week.change_ids).lines
    assert (line.lead.type, line.lead.status_before, line.lead.status_after) == (
        T.STATUS_MOVED,
        S.RUMORED,
        S.COMPLETED,
    )


def test_two_moves_in_a_week_are_told_as_one() -> None:
    story = [report(K.FINANCING, status, told=at) for at, status in ((-9, S.RUMORED), (1, S.ANNOUNCED))]
    told = {change.id for change in changes(*story[:1])}
    (line,) = digest(*story, report(K.FINANCING, S.COMPLETED, told=5), told=told).lines
    assert (line.lead.status_before, line.lead.status_after) == (S.RUMORED, S.COMPLETED)


def test_move_at_another_price_says_what_the_price_was() -> None:
    known = report(K.ACQUISITION, S.ANNOUNCED, told=-9, amount=500)
    told = {change.id for change in changes(known)}
    (line,) = digest(known, report(K.ACQUISITION, told=1, amount=650), told=told).lines
    assert (line.lead.type, line.lead.money_before, line.lead.money) == (T.STATUS_MOVED, usd(500), usd(650))


def test_new_deal_has_no_price_before() -> None:
    story = [report(K.ACQUISITION, S.ANNOUNCED, told=1, amount=5), report(K.ACQUISITION, told=2, amount=9)]
    (line,) = digest(*story).lines
    assert (line.lead.type, line.lead.money_before, line.lead.money) == (T.NEW_DEAL, None, usd(9))


def test_rumour_denied_within_the_week_is_told_as_denied() -> None:
    story = report(K.ACQUISITION, S.RUMORED, told=1), report(K.ACQUISITION, S.DENIED, told=2)
    assert leads(digest(*story)) == [(T.DENIED, K.ACQUISITION)]


def test_denial_withdrawn_within_the_week_is_not_told() -> None:
    story = [
        report(K.MERGER, status, told=at)
        for at, status in ((-9, S.ANNOUNCED), (1, S.DENIED), (2, S.ANNOUNCED))
    ]
    told = {change.id for change in changes(*story[:1])}
    assert digest(*story, told=told).is_empty


def test_amount_that_returns_to_what_it_was_is_not_told() -> None:
    amounts = [(-9, 10), (1, 11), (2, 11), (3, 10), (4, 10)]
    story = [report(K.SUPPLY, told=at, amount=amount) for at, amount in amounts]
    told = {change.id for change in changes(*story[:1])}
    assert digest(*story, told=told).is_empty


def test_warming_by_a_deal_is_told_by_the_deal() -> None:
    known = report(K.PARTNERSHIP, told=-9)
    told = {change.id for change in changes(known)}
    assert leads(digest(known, report(K.ACQUISITION, told=1), told=told)) == [(T.NEW_DEAL, K.ACQUISITION)]


def test_cooling_by_an_end_is_told_by_the_end() -> None:
    known = report(K.PARTNERSHIP, told=-9)
    told = {change.id for change in changes(known)}
    assert leads(digest(known, report(K.PARTNERSHIP, S.ENDED, told=1), told=told)) == [
        (T.ENDED, K.PARTNERSHIP)
    ]


def test_warming_by_the_end_of_a_dispute_is_told_as_warming() -> None:
    known = [report(K.PARTNERSHIP, told=-9), report(K.DISPUTE, told=-8)]
    told = {change.id for change in changes(*known)}
    assert leads(digest(*known, report(K.DISPUTE, S.ENDED, told=1), told=told)) == [(T.WARMED, None)]


def test_cooling_and_warming_back_within_the_week_is_no_move_of_the_level() -> None:
    known = report(K.PARTNERSHIP, told=-9)
    told = {change.id for change in changes(known)}
    found = digest(known, report(K.DISPUTE, told=1), report(K.DISPUTE, S.ENDED, told=2), told=told)
    assert T.COOLED not in {line.lead.type for line in found.lines}


def test_takeover_in_the_article_that_cools_keeps_its_own_line() -> None:
    story = report(K.ACQUISITION, article="a"), report(K.DISPUTE, article="a")
    assert {lead for lead, _ in leads(digest(*story))} == {T.NEW_DEAL, T.COOLED}


def test_announcement_in_the_article_that_cools_keeps_its_own_line() -> None:
    story = [report(K.SUPPLY, S.ANNOUNCED, article="a"), report(K.DISPUTE, article="a")]
    assert {lead for lead, _ in leads(digest(*story))} == {T.NEW_DEAL, T.COOLED}


# Lines


def test_round_of_several_investors_is_one_line() -> None:
    story = [report(K.INVESTMENT, source=source, amount=9) for source in ("alpha", "beta", "gamma")]
    (line,) = digest(*story).lines
    assert len(line.changes) == 3


def test_deals_of_other_amounts_are_lines_of_their_own() -> None:
    story = [report(K.ACQUISITION, target=target, amount=a) for target, a in (("alpha", 5), ("beta", 9))]
    assert len(digest(*story).lines) == 2


def test_deals_of_other_statuses_are_lines_of_their_own() -> None:
    story = report(K.SUPPLY, source="alpha"), report(K.SUPPLY, S.RUMORED, source="beta")
    assert len(digest(*story).lines) == 2


def test_partners_of_one_company_are_one_line_whatever_the_order_of_names() -> None:
    story = [report(K.PARTNERSHIP, source=source, target="mistral") for source in ("alpha", "zeta")]
    (line,) = digest(*story).lines
    assert line.party == "mistral"


def test_limit_keeps_the_most_significant_and_counts_the_rest() -> None:
    found = digest(*whole_seed(), limit=3)
    assert (leads(found), found.omitted) == (leads(digest(*whole_seed()))[:3], 1)


def test_omitted_lines_are_not_counted_as_told() -> None:
    short = digest(*whole_seed(), limit=3)
    assert leads(digest(*whole_seed(), told=short.change_ids)) == [(T.NEW_DEAL, K.INVESTMENT)]


def test_limit_of_nothing_omits_everything() -> None:
    assert digest(*whole_seed(), limit=0).omitted == 4


def test_line_knows_everything_it_tells() -> None:
    (line,) = digest(*seed()).lines
    assert line.change_ids == {change.id for change in changes(*seed())}


_many = st.lists(
    st.tuples(
        st.sampled_from(TieKind),
        st.sampled_from(Status),
        st.sampled_from(["alpha", "beta", "gamma"]),
        st.integers(0, 6),
        st.sampled_from([None, 5]),
    ),
    max_size=10,
).map(lambda rows: [report(k, s, source=c, told=t, amount=a) for k, s, c, t, a in rows])


@given(_many, st.randoms(use_true_random=False))
def test_order_of_changes_does_not_matter(reports: list[Report], random: Random) -> None:
    told = changes(*reports)
    shuffled = [*told, *told[::2]]
    random.shuffle(shuffled)
    assert build_digest(shuffled, told=(), period=WEEK, limit=9) == digest(*reports, limit=9)


@given(_many)
def test_no_change_stands_in_two_lines(reports: list[Report]) -> None:
    lines: tuple[DigestLine, ...] = digest(*reports).lines
    ids = [change.id for line in lines for change in (*line.changes, *line.folded)]
    assert len(ids) == len(set(ids))
