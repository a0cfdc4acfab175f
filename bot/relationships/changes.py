"""What the team learnt, article by article: the dated changes that a digest tells.

| type | what it means |
|---|---|
| NEW_DEAL | the first word of a deal, whatever its status (rumoured, announced, completed) |
| STATUS_MOVED | a known deal (or a rumoured bond) now stands at another status |
| AMOUNT_REVISED | another value is now the most reported one, or the first value became known |
| ENDED, DENIED | a deal or bond is over, or its parties deny it; also when that is the first word of it |
| NEW_BOND | a first dispute, suit, rivalry, dependency or ownership, or one that came back |
| WARMED, COOLED | the level moved. The first level of a pair is no move: its deals and bonds tell it |

CORRECTED is made by people's corrections, not here. `happened_at` is when the article told it, `known_at`
when the team first had that article, `tie_ids` what the article said of it. Every change of a deal carries
the amount that leads; only a revised amount says what it was before.

Articles are taken in the order in which the team learnt them; a change is the difference that one makes to
what was known. So whatever is posted later, be it of an older date, leaves all earlier changes as they
are. An old article that merely fills in the past makes no change.

Ids hash what moved, never wording: the deal's id (see `bot.relationships.clusters`) with the status or
amount reached and how often it was reached before; for a level the pair, the article and the level. They
move when company or deal ids move, when an article learnt EARLIER is added or withdrawn and other articles
thereby become the ones that moved things, and for a level when its article is withdrawn.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.relationships.clusters import Board, filing_order
from bot.relationships.event import Event
from bot.relationships.history import NEGATIVE
from bot.relationships.ids import stable_id
from bot.relationships.states import level_of, movers, phases
from bot.values import Change, ChangeType, Level, Money, Report, Status

_FIRM = frozenset({Status.ANNOUNCED, Status.COMPLETED})


def learnt_together(reports: Sequence[Report]) -> Iterator[list[Report]]:
    """The reports of one article after the other, in the order in which the team learnt them."""

    def article(report: Report) -> tuple[datetime, datetime, str]:
        return report.known_at, report.told_at, report.article_id

    for _, group in groupby(sorted(reports, key=article), key=article):
        yield list(group)


@dataclass(frozen=True, slots=True)
class _Before:
    status: Status | None
    money: Money | None


class Ledger:
    """Takes in articles one by one, and writes down what each changes."""

    def __init__(self, a_id: str, b_id: str, board: Board) -> None:
        self.a_id, self.b_id = a_id, b_id
        self.board = board
        self.filed: dict[str, Event] = {}
        self.mute: set[str] = set()
        self.changes: list[Change] = []
        self._told_until: datetime | None = None
        self._reached: Counter[tuple[object, ...]] = Counter()

    def learn(self, article: Sequence[Report]) -> None:
        """Take in one article's reports."""
        told_at = article[0].told_at
        now = told_at if self._told_until is None else max(told_at, self._told_until)
        before = {event.id: _Before(event.history.status, event.money) for event in self.board.events()}
        levels: list[Change] = []
        for phase in phases(article):
            levels += self._learn_phase(phase, now)
        self._told_until = now
        touched = {self.filed[report.tie_id].id for report in article}
        for event in self.board.events():
            if event.id in touched:
                said = [report for report in article if self.filed[report.tie_id] is event]
                self._note(event, before.get(event.id, _Before(None, None)), said)
        self.changes += levels

    def _learn_phase(self, phase: Sequence[Report], now: datetime) -> list[Change]:
        if not phase:
            return []
        events = self.board.events()
        before = level_of(events, now) if events else None
        for report in filing_order(phase):
            event = self.board.place(report)
            if event.history.overtaken(report):
                self.mute.add(report.tie_id)
            event.add(report, mute=report.tie_id in self.mute)
            self.filed[report.tie_id] = event
        after = level_of(self.board.events(), now)
        if before is None or after is before:
            return []
        return [self._level_change(before, after, movers(phase, before, after))]

    def _note(self, event: Event, before: _Before, said: Sequence[Report]) -> None:
        status = event.history.status
        if before.status is None:
            self._write_status(event, before, said, _first_type(event))
        elif status is not before.status and _is_news(event, before.status):
            self._write_status(event, before, said, _move_type(event, before.status))
        if before.status is not None and event.is_deal and event.money != before.money:
            self._write_amount(event, before, said)

    def _write_status(
        self, event: Event, before: _Before, said: Sequence[Report], change_type: ChangeType
    ) -> None:
        status = event.history.status
        word = "first" if before.status is None else status.value
        change_id = stable_id("status", event.id, word, self._count("status", event.id, word))
        moving = [report for report in said if report.tie.status is status] or list(said)
        self.changes.append(_of_event(event, change_type, change_id, _Before(before.status, None), moving))

    def _write_amount(self, event: Event, before: _Before, said: Sequence[Report]) -> None:
        money = event.money
        if money is None:
            return
        value = (format(money.amount.normalize(), "f"), money.currency or "")
        change_id = stable_id("amount", event.id, *value, self._count("amount", event.id, *value))
        saying = [report for report in said if report.tie.money == money] or list(said)
        unmoved = _Before(event.history.status, before.money)
        self.changes.append(_of_event(event, ChangeType.AMOUNT_REVISED, change_id, unmoved, saying))

    def _level_change(self, before: Level, after: Level, moving: Sequence[Report]) -> Change:
        article_id = moving[0].article_id
        return Change(
            id=stable_id("level", self.a_id, self.b_id, article_id, after.value),
            type=ChangeType.WARMED if after.number > before.number else ChangeType.COOLED,
            a_id=self.a_id,
            b_id=self.b_id,
            kind=None,
            source_id=None,
            target_id=None,
            deal_id=None,
            status_before=None,
            status_after=None,
            level_before=before,
            level_after=after,
            money=None,
            money_before=None,
            confidence=max(report.tie.confidence for report in moving),
            happened_at=moving[0].told_at,
            known_at=moving[0].known_at,
            tie_ids=tuple(sorted(report.tie_id for report in moving)),
        )

    def _count(self, *what: object) -> str:
        self._reached[what] += 1
        return str(self._reached[what])


def _first_type(event: Event) -> ChangeType:
    status = event.history.status
    if status in NEGATIVE:
        return ChangeType.ENDED if status is Status.ENDED else ChangeType.DENIED
    return ChangeType.NEW_DEAL if event.is_deal else ChangeType.NEW_BOND


def _is_news(event: Event, before: Status) -> bool:
    """A bond announced and then in force is one fact; every other move of a status is news."""
    return event.is_deal or not (before in _FIRM and event.history.status in _FIRM)


def _move_type(event: Event, before: Status) -> ChangeType:
    status = event.history.status
    if status in NEGATIVE:
        return ChangeType.ENDED if status is Status.ENDED else ChangeType.DENIED
    came_back = not event.is_deal and before in NEGATIVE
    return ChangeType.NEW_BOND if came_back else ChangeType.STATUS_MOVED


def _of_event(
    event: Event, change_type: ChangeType, change_id: str, before: _Before, moving: Sequence[Report]
) -> Change:
    a_id, b_id = sorted((event.source_id, event.target_id))
    return Change(
        id=change_id,
        type=change_type,
        a_id=a_id,
        b_id=b_id,
        kind=event.kind,
        source_id=event.source_id,
        target_id=event.target_id,
        deal_id=event.id if event.is_deal else None,
        status_before=before.status,
        status_after=event.history.status,
        level_before=None,
        level_after=None,
        money=event.money,
        money_before=before.money,
        confidence=max(report.tie.confidence for report in moving),
        happened_at=moving[0].told_at,
        known_at=moving[0].known_at,
        tie_ids=tuple(sorted(report.tie_id for report in moving)),
    )
