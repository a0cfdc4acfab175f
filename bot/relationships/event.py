"""One deal or bond while its reports come in."""

from collections import Counter
from datetime import datetime

from bot.relationships.amounts import rank_amounts
from bot.relationships.history import BOND_MOVES, DEAL_MOVES, History
from bot.relationships.level import Standing, is_firm
from bot.relationships.partial_dates import moment
from bot.values import DEAL_KINDS, Bond, Deal, Money, Report, ReportedMoney, Status, TieKind

_DATED_QUARRELS = frozenset({TieKind.DISPUTE, TieKind.LITIGATION})
_MOST_SURE = 0.99


class Event:
    """The reports that speak of one thing between two companies."""

    first_seen: datetime  # set by the first report; an event has at least one
    last_seen: datetime

    def __init__(self, event_id: str, kind: TieKind, source_id: str, target_id: str) -> None:
        self.id = event_id
        self.kind, self.source_id, self.target_id = kind, source_id, target_id
        self.history = History(DEAL_MOVES if kind in DEAL_KINDS else BOND_MOVES)
        self.dates: Counter[tuple[Status, str]] = Counter()
        self.amounts: tuple[ReportedMoney, ...] = ()

    @property
    def is_deal(self) -> bool:
        """Whether it is a deal; else it is a bond."""
        return self.kind in DEAL_KINDS

    @property
    def money(self) -> Money | None:
        """The amount that leads, if any was told."""
        return self.amounts[0].money if self.amounts else None

    def add(self, report: Report, *, mute: bool = False) -> None:
        """Take in one report; a mute one moves no status."""
        first = not self.history.reports
        seen = self._seen(report)
        self.first_seen = seen if first else min(self.first_seen, seen)
        self.last_seen = seen if first else max(self.last_seen, seen)
        self.history.add(report, mute=mute)
        if moment(report.tie.date) is not None and report.tie.date is not None:
            self.dates[report.tie.status, report.tie.date] += 1
        if report.tie.money is not None:
            self.amounts = rank_amounts(self.history.reports)

    def standing(self) -> Standing:
        """The event as the level sees it."""
        firm = is_firm(self.history.statuses)
        history = self.history
        return Standing(self.kind, history.status, history.since, self.last_seen, self._date(), firm)

    def deal(self) -> Deal:
        """The event as a deal."""
        steps = self.history.steps
        return Deal(
            id=self.id,
            kind=self.kind,
            source_id=self.source_id,
            target_id=self.target_id,
            status=steps[-1].status,
            amounts=self.amounts,
            date=self._date(),
            history=steps,
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            confidence=self._confidence(),
            tie_ids=self._tie_ids(),
        )

    def bond(self) -> Bond:
        """The event as a bond."""
        return Bond(
            kind=self.kind,
            source_id=self.source_id,
            target_id=self.target_id,
            status=self.history.status,
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            tie_ids=self._tie_ids(),
        )

    def _seen(self, report: Report) -> datetime:
        """When the report saw it: a quarrel that the text dates in the past was seen then."""
        dated = moment(report.tie.date) if self.kind in _DATED_QUARRELS else None
        return report.told_at if dated is None else min(dated, report.told_at)

    def _date(self) -> str | None:
        """The date with the most support among those of the present status, else among all.

        "2024" supports "2024-06" too, so a more precise date wins over a vague one it agrees with.
        """
        present = self.history.status
        own = [date for (status, date) in self.dates if status is present]
        among = own or [date for (_, date) in self.dates]
        if not among:
            return None
        return min(set(among), key=lambda date: (-self._support(date), -len(date), date))

    def _support(self, date: str) -> int:
        return sum(times for (_, other), times in self.dates.items() if date.startswith(other))

    def _confidence(self) -> float:
        """How sure the articles make us together, each by its surest tie: 1 - (1-p)(1-q)..., below 1."""
        surest: dict[str, float] = {}
        for report in self.history.reports:
            surest[report.article_id] = max(surest.get(report.article_id, 0.0), report.tie.confidence)
        doubt = 1.0
        for _, sure in sorted(surest.items()):
            doubt *= 1.0 - sure
        return round(min(_MOST_SURE, 1.0 - doubt), 4)

    def _tie_ids(self) -> tuple[str, ...]:
        return tuple(report.tie_id for report in self.history.reports)
