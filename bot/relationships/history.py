"""How an event's status moves while articles tell of it.

Reports count in the order in which the articles told them, not in that of their posting: an article posted
late takes its place in the past. A status only moves where `DEAL_MOVES` (or `BOND_MOVES`) allows it, so a
later rumour does not unmake a deal and a denial meets only what was not done yet. Of reports told on one
day the most advanced holds; a weaker one makes a step only when the team knew of it first.

One article can't speak for a future it did not see: an end or a denial told earlier than a report that
the team already had is evidence, and moves nothing.
"""

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.values import Report, Status, StatusStep

_R, _A, _C = Status.RUMORED, Status.ANNOUNCED, Status.COMPLETED
_E, _D = Status.ENDED, Status.DENIED

STRENGTH: Mapping[Status, int] = MappingProxyType({_R: 0, _D: 1, _A: 2, _C: 3, _E: 4})
"""How far a status has advanced; a denial answers a rumour but not an announcement of the same day."""

NEGATIVE = frozenset({_E, _D})

DEAL_MOVES: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        _R: frozenset({_A, _C, _E, _D}),
        _A: frozenset({_C, _E, _D}),
        _C: frozenset({_E}),
        _D: frozenset({_A, _C, _E}),
        _E: frozenset(),  # what comes after the end is another deal
    }
)
BOND_MOVES: Mapping[Status, frozenset[Status]] = MappingProxyType({**DEAL_MOVES, _E: frozenset({_A, _C})})


@dataclass(slots=True)
class _Step:
    status: Status
    at: datetime
    known_at: datetime
    tie_ids: list[str] = field(default_factory=list)


class History:
    """The status of one event, kept right while reports come in any order."""

    def __init__(self, moves: Mapping[Status, frozenset[Status]]) -> None:
        self._moves = moves
        self._reports: list[Report] = []
        self._mute: set[str] = set()
        self._steps: list[_Step] = []

    @property
    def reports(self) -> tuple[Report, ...]:
        """Every report, oldest telling first."""
        return tuple(self._reports)

    @property
    def status(self) -> Status:
        """The present status; a history without reports has none and raises IndexError."""
        return self._steps[-1].status

    @property
    def since(self) -> datetime:
        """When the present status was first told."""
        return self._steps[-1].at

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The status of every step, oldest first."""
        return tuple(step.status for step in self._steps)

    @property
    def steps(self) -> tuple[StatusStep, ...]:
        """The steps, oldest first; the last is the present."""
        return tuple(StatusStep(s.status, s.at, s.known_at, tuple(s.tie_ids)) for s in self._steps)

    def overtaken(self, report: Report) -> bool:
        """Whether the report would end or deny what a report told later already shows alive."""
        return report.tie.status in NEGATIVE and any(
            other.told_at.date() > report.told_at.date() and other.tie.status not in NEGATIVE
            for other in self._reports
        )

    def add(self, report: Report, *, mute: bool = False) -> None:
        """Take in one report; a mute one is evidence and moves nothing."""
        if mute:
            self._mute.add(report.tie_id)
        if not self._reports or _telling(self._reports[-1]) <= _telling(report):
            self._reports.append(report)
            self._advance(report)
            return
        insort(self._reports, report, key=_telling)
        self._steps = []
        for told in self._reports:
            self._advance(told)

    def _advance(self, report: Report) -> None:
        if report.tie_id in self._mute:
            return
        status = report.tie.status
        if not self._steps:
            self._steps.append(_Step(status, report.told_at, report.known_at, [report.tie_id]))
            return
        last = self._steps[-1]
        if status is last.status:
            last.tie_ids.append(report.tie_id)
            last.known_at = min(last.known_at, report.known_at)
            return
        one_day = last.at.date() == report.told_at.date()
        forward = not one_day or STRENGTH[status] > STRENGTH[last.status]
        if forward and status in self._moves[last.status]:
            at = max(last.at, report.told_at)
            self._steps.append(_Step(status, at, report.known_at, [report.tie_id]))


def _telling(report: Report) -> tuple[object, ...]:
    """The order of telling by day; within a day as the team learnt it, the most advanced first."""
    day = report.told_at.date()
    return day, report.known_at, -STRENGTH[report.tie.status], report.article_id, report.tie_id
