"""The levels that a relationship went through, in the order in which articles told of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from bot.relationships.event import Event
from bot.relationships.level import lifts, reckon
from bot.values import DEAL_KINDS, Level, RelationshipState, Report, Status

_STANDING = frozenset({Status.ANNOUNCED, Status.COMPLETED})


def phases(reports: Sequence[Report]) -> tuple[list[Report], list[Report]]:
    """What one telling takes for granted, and what it tells of the present.

    An article on a quarrel recalls the deals before it. So deals that stand and neutral bonds come first,
    then quarrels, rumours, ends and denials: one article can tell of an alliance and of its strain.
    """
    background = [r for r in reports if _is_background(r)]
    return background, [r for r in reports if not _is_background(r)]


def movers(reports: Sequence[Report], before: Level | None, after: Level) -> list[Report]:
    """The reports of a telling that pull the way the level went; all of them when none does."""
    way = after.number - (before.number if before else 0)
    pulling = [r for r in reports if lifts(r.tie.kind, r.tie.status) * way > 0]
    return pulling or list(reports)


def level_of(events: Iterable[Event], at: datetime) -> Level:
    """The level that a set of events gives at a moment; one with nothing but mute reports has no say yet."""
    return reckon((event.standing() for event in events if event.history.statuses), at).level


def tell_states(
    reports: Sequence[Report], filed: Mapping[str, Event], mute: frozenset[str] | set[str]
) -> tuple[RelationshipState, ...]:
    """Every move of the level, oldest first; `filed` gives each tie's event, `mute` those that move nothing.

    A move is measured against the level as it had faded by then, so time alone makes no state.
    """
    replay: dict[str, Event] = {}
    states: list[RelationshipState] = []
    for at, told in groupby(sorted(reports, key=_telling), key=lambda report: report.told_at):
        for phase in phases(list(told)):
            before = level_of(replay.values(), at) if replay else None
            for report in phase:
                _again(replay, filed[report.tie_id]).add(report, mute=report.tie_id in mute)
            after = level_of(replay.values(), at)
            if phase and after is not before:
                states.append(_state(movers(phase, before, after), after, at))
    return tuple(states)


def _is_background(report: Report) -> bool:
    kind, status = report.tie.kind, report.tie.status
    return status in _STANDING and (kind in DEAL_KINDS or lifts(kind, status) == 0)


def _again(replay: dict[str, Event], event: Event) -> Event:
    if event.id not in replay:
        replay[event.id] = Event(event.id, event.kind, event.source_id, event.target_id)
    return replay[event.id]


def _state(moving: Sequence[Report], level: Level, at: datetime) -> RelationshipState:
    known_at = min(report.known_at for report in moving)
    return RelationshipState(level, at, known_at, tuple(report.tie_id for report in moving))


def _telling(report: Report) -> tuple[object, ...]:
    return report.told_at, report.known_at, report.article_id, report.tie_id
