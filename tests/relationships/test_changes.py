import pytest

from bot.relationships.reconcile import reconcile
from bot.values import Change, ChangeType, Level, Report, Status, TieKind
from tests.relationships.factory import day, report, seed, usd

K, S, L, T = TieKind, Status, Level, ChangeType


def changes(*reports: Report) -> tuple[Change, ...]:
    return reconcile("microsoft", "openai", reports).changes


def types(*reports: Report) -> list[ChangeType]:
    return [change.type for change in changes(*reports)]


# Changes of the level


def test_seed_cools_from_allied_to_strained() -> None:
    (cooled,) = (change for change in changes(*seed()) if change.type is T.COOLED)
    assert (cooled.level_before, cooled.level_after) == (L.ALLIED, L.STRAINED)


def test_seed_tells_each_deal_and_bond_once() -> None:
    told = types(*seed())
    assert [told.count(kind) for kind in (T.NEW_DEAL, T.NEW_BOND, T.COOLED, T.WARMED)] == [3, 4, 1, 0]


def test_first_deal_is_not_told_twice_as_a_warming() -> None:
    assert types(report(K.PARTNERSHIP)) == [T.NEW_DEAL]


def test_first_dispute_is_not_told_twice_as_a_cooling() -> None:
    assert types(report(K.DISPUTE)) == [T.NEW_BOND]


def test_second_deal_warms() -> None:
    assert types(report(K.PARTNERSHIP), report(K.SUPPLY, told=5)) == [T.NEW_DEAL, T.NEW_DEAL, T.WARMED]


def test_dispute_that_ended_warms() -> None:
    story = (report(K.PARTNERSHIP), report(K.DISPUTE, told=5), report(K.DISPUTE, S.ENDED, told=9))
    assert types(*story) == [T.NEW_DEAL, T.NEW_BOND, T.COOLED, T.ENDED, T.WARMED]


def test_move_is_measured_against_the_faded_level() -> None:
    # Two deals of nine years ago have faded to nothing; a new one is a warming, not a cooling from allied.
    story = (report(K.PARTNERSHIP), report(K.SUPPLY), report(K.LICENSING, told=3300))
    (warmed,) = (c for c in changes(*story) if c.type is T.WARMED)
    assert (warmed.level_before, warmed.level_after) == (L.NEUTRAL, L.COOPERATING)


def test_time_alone_makes_no_change() -> None:
    assert types(report(K.PARTNERSHIP), report(K.PARTNERSHIP, told=2000)) == [T.NEW_DEAL, T.WARMED]
    assert types(report(K.PARTNERSHIP), report(K.OWNERSHIP, told=2000)) == [T.NEW_DEAL, T.NEW_BOND]


# Changes of deals


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (S.RUMORED, S.ANNOUNCED, T.STATUS_MOVED),
        (S.ANNOUNCED, S.COMPLETED, T.STATUS_MOVED),
        (S.RUMORED, S.DENIED, T.DENIED),
        (S.DENIED, S.ANNOUNCED, T.STATUS_MOVED),
        (S.COMPLETED, S.ENDED, T.ENDED),
    ],
)
def test_status_that_moved_is_a_change(first: Status, then: Status, expected: ChangeType) -> None:
    moved = [
        change
        for change in changes(report(K.FINANCING, first), report(K.FINANCING, then, told=9))
        if change.status_before is first
    ]
    assert [(change.type, change.status_after, change.happened_at) for change in moved] == [
        (expected, then, day(9))
    ]


@pytest.mark.parametrize(("status", "expected"), [(S.ENDED, T.ENDED), (S.DENIED, T.DENIED)])
def test_deal_first_heard_of_at_its_end_is_no_new_deal(status: Status, expected: ChangeType) -> None:
    assert types(report(K.ACQUISITION, status)) == [expected]


def test_report_without_news_is_no_change() -> None:
    assert types(report(K.SUPPLY), report(K.SUPPLY, told=9), report(K.SUPPLY, S.RUMORED, told=20)) == [
        T.NEW_DEAL
    ]


def test_new_most_reported_amount_is_a_change() -> None:
    told = [report(K.SUPPLY, told=at, amount=amount) for at, amount in enumerate((10, 11, 11))]
    revised = [change for change in changes(*told) if change.type is T.AMOUNT_REVISED]
    assert [(c.money_before, c.money, c.happened_at) for c in revised] == [(usd(10), usd(11), day(2))]


def test_first_amount_of_a_known_deal_is_a_change() -> None:
    (_, revised) = changes(report(K.SUPPLY), report(K.SUPPLY, told=3, amount=10))
    assert (revised.type, revised.money_before, revised.money) == (T.AMOUNT_REVISED, None, usd(10))


def test_status_that_moves_at_the_same_price_names_no_price_before() -> None:
    moved = changes(report(K.SUPPLY, S.ANNOUNCED, amount=10), report(K.SUPPLY, told=3, amount=10))[1]
    assert (moved.type, moved.money, moved.money_before) == (T.STATUS_MOVED, usd(10), None)


def test_amount_of_a_new_deal_is_told_with_it() -> None:
    (new,) = changes(report(K.SUPPLY, amount=10))
    assert (new.type, new.money, new.money_before) == (T.NEW_DEAL, usd(10), None)


def test_change_keeps_the_direction_of_its_deal() -> None:
    (new,) = changes(report(K.SUPPLY, source="openai", target="microsoft"))
    assert (new.a_id, new.b_id, new.source_id, new.target_id) == (
        "microsoft",
        "openai",
        "openai",
        "microsoft",
    )


def test_bond_announced_and_then_in_force_is_one_fact() -> None:
    assert types(report(K.LITIGATION, S.ANNOUNCED), report(K.LITIGATION, told=4)) == [T.NEW_BOND]


def test_suit_that_comes_back_is_new() -> None:
    story = [S.COMPLETED, S.ENDED, S.ANNOUNCED]
    bonds = [c for c in changes(*(report(K.LITIGATION, s, told=at) for at, s in enumerate(story))) if c.kind]
    assert [change.type for change in bonds] == [T.NEW_BOND, T.ENDED, T.NEW_BOND]


# What is known, and when


def test_change_tells_when_articles_said_so_and_when_the_team_learnt_it() -> None:
    (new,) = changes(report(K.SUPPLY, told=3, known=8), report(K.SUPPLY, told=2, known=9))
    assert (new.happened_at, new.known_at) == (day(3), day(8))


def test_old_article_that_fills_in_the_past_is_no_change() -> None:
    done = report(K.SUPPLY, S.COMPLETED, told=50)
    assert changes(done, report(K.SUPPLY, S.RUMORED, told=1, known=60)) == changes(done)


def test_old_article_that_brings_the_end_is_a_change() -> None:
    story = report(K.SUPPLY, S.ANNOUNCED, told=1), report(K.SUPPLY, S.ENDED, told=5, known=60)
    (ended,) = (change for change in changes(*story) if change.type is T.ENDED)
    assert (ended.happened_at, ended.known_at) == (day(5), day(60))


def test_changes_run_oldest_first() -> None:
    told = changes(report(K.DISPUTE, told=50), report(K.PARTNERSHIP, told=0, known=90))
    assert [change.happened_at for change in told] == sorted(change.happened_at for change in told)


def test_id_of_a_new_deal_does_not_depend_on_the_article_that_told_it() -> None:
    first, second = report(K.SUPPLY), report(K.SUPPLY, S.RUMORED, told=4)
    assert changes(first)[0].id == changes(second)[0].id
