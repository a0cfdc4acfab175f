import pytest

from bot.values import Status, TieKind
from tests.relationships.factory import day, only_deal, report, statuses

K, S = TieKind, Status


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


def test_old_end_that_a_later_article_overtakes_stays_evidence() -> None:
    deal = only_deal(
        report(K.PARTNERSHIP, S.COMPLETED, told=50, tie_id="new"),
        report(K.PARTNERSHIP, S.ENDED, told=10, known=60, tie_id="old"),
    )
    assert (deal.tie_ids, [step.tie_ids for step in deal.history]) == (("old", "new"), [("new",)])


def test_weaker_report_of_the_same_day_is_a_step_only_when_known_before() -> None:
    rumour, done = report(K.SUPPLY, S.RUMORED, known=1), report(K.SUPPLY, S.COMPLETED, known=2)
    assert statuses(rumour, done) == [S.RUMORED, S.COMPLETED]


def test_weaker_report_of_the_same_day_known_later_is_no_step() -> None:
    rumour, done = report(K.SUPPLY, S.RUMORED, known=2), report(K.SUPPLY, S.COMPLETED, known=1)
    assert statuses(rumour, done) == [S.COMPLETED]
