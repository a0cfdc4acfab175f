"""All reports of one pair of companies -> its deals, bonds, states and changes.

Two orders of time run through it. *States* and each deal's history tell what happened, in the order in
which the articles told it. *Changes* tell what the team learnt, in the order in which it learnt it; see
`bot.relationships.changes`. Both orders are properties of the reports, so theirs of arrival can't matter.
"""

from collections.abc import Iterable

from bot.relationships.changes import Ledger, learnt_together
from bot.relationships.clusters import Board
from bot.relationships.states import tell_states
from bot.values import PairRecord, Report


def reconcile(a_id: str, b_id: str, reports: Iterable[Report]) -> PairRecord:
    """Everything between two companies; a report told twice counts once.

    Raises ValueError for a report that is not of this pair.
    """
    a_id, b_id = sorted((a_id, b_id))
    told = _distinct(a_id, b_id, reports)
    ledger = Ledger(a_id, b_id, Board())
    for article in learnt_together(told):
        ledger.learn(article)
    events = ledger.board.events()
    return PairRecord(
        a_id=a_id,
        b_id=b_id,
        deals=tuple(event.deal() for event in events if event.is_deal),
        bonds=tuple(event.bond() for event in events if not event.is_deal),
        states=tell_states(told, ledger.filed, ledger.mute),
        changes=tuple(sorted(ledger.changes, key=lambda change: (change.happened_at, change.known_at))),
    )


def _distinct(a_id: str, b_id: str, reports: Iterable[Report]) -> list[Report]:
    if a_id == b_id:
        raise ValueError("A company has no relationship with itself")
    told: dict[str, Report] = {}
    for report in sorted(reports, key=lambda report: (report.known_at, report.told_at, repr(report))):
        if {report.source_id, report.target_id} != {a_id, b_id}:
            raise ValueError(f"Report {report.tie_id} is not of this pair")
        told.setdefault(report.tie_id, report)
    return list(told.values())
