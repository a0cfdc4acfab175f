"""What must hold for any reports whatever."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.relationships.level import level_at
from bot.relationships.reconcile import reconcile
from bot.values import PairRecord, Report, Status, TieKind
from tests.relationships.factory import day, report

_ties = st.tuples(
    st.sampled_from(TieKind),
    st.sampled_from(Status),
    st.booleans(),
    st.sampled_from([None, 10, 11, 20]),
    st.sampled_from([None, "2021", "2023-06", "2024-09-30"]),
)
_articles = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 900), st.lists(_ties, min_size=1, max_size=4)), max_size=8
)


def _reports(
    articles: list[tuple[int, int, list[tuple[TieKind, Status, bool, int | None, str | None]]]],
) -> list[Report]:
    return [
        report(
            kind,
            status,
            told=told,
            known=told + delay,
            source="openai" if reverse else "microsoft",
            target="microsoft" if reverse else "openai",
            article=f"article-{number}",
            amount=amount,
            date=date,
        )
        for number, (told, delay, ties) in enumerate(articles)
        for kind, status, reverse, amount, date in ties
    ]


_any_reports = _articles.map(_reports)


def _record(reports: list[Report]) -> PairRecord:
    return reconcile("microsoft", "openai", reports)


@given(_any_reports, st.randoms(use_true_random=False))
def test_order_and_repetition_of_reports_do_not_matter(reports: list[Report], random: Random) -> None:
    shuffled = [*reports, *reports[::2]]
    random.shuffle(shuffled)
    assert _record(shuffled) == _record(reports)


@given(_any_reports, _any_reports)
def test_what_the_team_learns_later_leaves_every_earlier_change_as_it_was(
    earlier: list[Report], later: list[Report]
) -> None:
    # Told at any time, but learnt after everything else.
    learnt = [
        report(
            r.tie.kind,
            r.tie.status,
            told=(r.told_at - day(0)).days,
            known=5000 + number,
            source=r.source_id,
            target=r.target_id,
            article=f"later-{number}",
            date=r.tie.date,
            amount=int(r.tie.money.amount) if r.tie.money else None,
        )
        for number, r in enumerate(later)
    ]
    before, after = _record(earlier), _record([*earlier, *learnt])
    assert set(before.changes) <= set(after.changes)
    assert {deal.id for deal in before.deals} <= {deal.id for deal in after.deals}


@given(_any_reports)
def test_ids_of_changes_and_deals_are_unique(reports: list[Report]) -> None:
    record = _record(reports)
    assert len({change.id for change in record.changes}) == len(record.changes)
    assert len({deal.id for deal in record.deals}) == len(record.deals)


@given(_any_reports)
def test_every_tie_stands_in_exactly_one_deal_or_bond(reports: list[Report]) -> None:
    record = _record(reports)
    parts = [part.tie_ids for part in record.deals] + [part.tie_ids for part in record.bonds]
    filed = sorted(tie_id for tie_ids in parts for tie_id in tie_ids)
    assert filed == sorted({r.tie_id for r in reports})


@given(_any_reports)
def test_history_runs_forward_and_ends_in_the_present(reports: list[Report]) -> None:
    for deal in _record(reports).deals:
        times = [step.at for step in deal.history]
        assert times == sorted(times)
        assert deal.history[-1].status is deal.status


@given(_any_reports)
def test_changes_know_their_evidence_and_move_something(reports: list[Report]) -> None:
    for change in _record(reports).changes:
        assert change.tie_ids
        before = (change.status_before, change.level_before, change.money_before)
        assert before != (change.status_after, change.level_after, change.money)


@given(_any_reports)
def test_present_level_is_that_of_the_last_state_on_its_day(reports: list[Report]) -> None:
    record = _record(reports)
    if record.states and record.states[-1].since == max(r.told_at for r in reports):
        assert level_at(record, record.states[-1].since) is record.states[-1].level
