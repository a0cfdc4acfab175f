from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.digest import LOOK_BACK, Digest, DigestLine, build_digest
from bot.digest.schedule import Period
from bot.values import Change, ChangeType, Report, Status, TieKind
from tests.digest.making import WEEK, changes, digest, leads, whole_seed
from tests.relationships.factory import day, report, seed

K, S, T = TieKind, Status, ChangeType


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
