"""Which reports of a deal kind, between the same two companies in the same direction, are one event.

Reports are placed one by one in the order in which the team learnt them, and never moved again; so a
later article can join or open an event but can't rearrange what was already told. A report opens a new
event when it fits none:

* acquisition, merger: explicit dates lie more than a year apart. A bid and its completion may lie up to
  three years apart, since authorities take their time (Microsoft and Activision took 21 months);
* the other kinds: explicit dates lie more than 370 days apart, or the amount differs by more than a
  quarter from the one that leads (and is not one already reported);
* any kind: a bid, told after the event ended; a rumour, told more than 370 days after a denial;
* the other kinds: news (a bid, or a completion with a date) more than 370 days after the event was done.

Of several events that it fits, a report joins the one whose amount it shares, then the nearest in time.

A deal's id hashes kind, source, target and the event's number among those three, counted as the team
learnt of them. An older article posted late can't move it, nor the withdrawal of an article while another
supports the event. It moves when an earlier-known event of the same three is withdrawn altogether, when
older postings are imported that split events otherwise, and when a company's id moves.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.relationships.amounts import agree
from bot.relationships.event import Event
from bot.relationships.history import NEGATIVE, STRENGTH
from bot.relationships.ids import stable_id
from bot.relationships.partial_dates import midpoint, moment
from bot.values import DEAL_KINDS, SYMMETRIC_KINDS, Report, Status, TieKind

SAME_EVENT_DAYS = 370
SAME_BID_DAYS = 366
LONGEST_BID_DAYS = 3 * 366
_TAKEOVERS = frozenset({TieKind.ACQUISITION, TieKind.MERGER})
_BIDS = frozenset({Status.RUMORED, Status.ANNOUNCED})

Key = tuple[TieKind, str, str]


def key_of(report: Report) -> Key:
    """Kind, source and target; the smaller id first where the kind has no direction."""
    parties = (report.source_id, report.target_id)
    source, target = sorted(parties) if report.tie.kind in SYMMETRIC_KINDS else parties
    return report.tie.kind, source, target


class Board:
    """The events of one pair of companies."""

    def __init__(self) -> None:
        self._events: dict[Key, list[Event]] = {}

    def events(self) -> list[Event]:
        """Every event, in an order that does not depend on the reports' order."""
        return [event for _, events in sorted(self._events.items()) for event in events]

    def place(self, report: Report) -> Event:
        """The event that the report speaks of, opened where there is none; the report is not yet added."""
        key = key_of(report)
        events = self._events.setdefault(key, [])
        if key[0] in DEAL_KINDS:
            fitting = [event for event in events if _fits(event, report)]
        else:
            fitting = list(events)  # a bond is one, however often it ends and comes back
        if fitting:
            return min(fitting, key=lambda event: (*_distance(event, report), events.index(event)))
        number = str(len(events))
        events.append(Event(stable_id("deal", *key, number), *key))
        return events[-1]


def filing_order(reports: Iterable[Report]) -> Sequence[Report]:
    """Reports of one article in the order to place them: those that say most about their event first."""
    return sorted(reports, key=lambda r: (-_specifics(r), -STRENGTH[r.tie.status], r.tie_id))


def _specifics(report: Report) -> int:
    return (report.tie.money is not None) + (report.tie.date is not None)


def _fits(event: Event, report: Report) -> bool:
    if event.kind in _TAKEOVERS:
        return not (_is_another_bid(event, report) or _is_renewed(event, report))
    return not (
        _is_otherwise_dated(event, report)
        or _is_otherwise_priced(event, report)
        or _is_renewed(event, report)
        or _is_news_of_a_done_deal(event, report)
    )


def _is_another_bid(event: Event, report: Report) -> bool:
    if not event.dates or midpoint(report.tie.date) is None:
        return False
    return not any(_may_be_one_bid(status, told, report) for status, told in event.dates)


def _may_be_one_bid(status: Status, told: str, report: Report) -> bool:
    days = _days_between(told, report.tie.date)
    if days is None:
        return False
    # Positive when the more advanced of the two came later, as a bid's completion does.
    progress = days * (STRENGTH[report.tie.status] - STRENGTH[status])
    return abs(days) <= (LONGEST_BID_DAYS if progress > 0 else SAME_BID_DAYS)


def _is_otherwise_dated(event: Event, report: Report) -> bool:
    gaps = (_days_between(told, report.tie.date) for _, told in event.dates)
    return any(gap is not None and abs(gap) > SAME_EVENT_DAYS for gap in gaps)


def _is_otherwise_priced(event: Event, report: Report) -> bool:
    money = report.tie.money
    if money is None or any(money == reported.money for reported in event.amounts):
        return False
    comparable = [r.money for r in event.amounts if r.money.currency == money.currency]
    return bool(comparable) and not agree(comparable[0], money)


def _is_renewed(event: Event, report: Report) -> bool:
    """Whether the report tells of a new attempt after the event had ended or been denied."""
    days_after = (report.told_at.date() - event.history.since.date()).days
    if days_after <= 0:
        return False
    status = report.tie.status
    if event.history.status is Status.DENIED:
        return status is Status.RUMORED and days_after > SAME_EVENT_DAYS
    if event.history.status is not Status.ENDED or status in NEGATIVE:
        return False
    dated = moment(report.tie.date)
    if dated is not None:
        return dated > event.history.since
    # Undated, a finished deal is most often the story retold, unless it never had been finished.
    return status in _BIDS or (event.kind in _TAKEOVERS and Status.COMPLETED not in event.history.statuses)


def _is_news_of_a_done_deal(event: Event, report: Report) -> bool:
    if event.history.status is not Status.COMPLETED:
        return False
    day = midpoint(report.tie.date) or (report.told_at.date() if report.tie.status in _BIDS else None)
    return day is not None and (day - event.history.since.date()).days > SAME_EVENT_DAYS


def _distance(event: Event, report: Report) -> tuple[int, int, int]:
    """How far the report is from the event: by whether it can still end, by amount, by days."""
    over = report.tie.status in NEGATIVE and event.history.status in NEGATIVE
    same = report.tie.money is not None and any(report.tie.money == told.money for told in event.amounts)
    near = report.tie.money is not None and event.money is not None
    price = 0 if same else 1 if near else 2
    return int(over), price, _days_from(event, report)


def _days_from(event: Event, report: Report) -> int:
    gaps = [_days_between(told, report.tie.date) for _, told in event.dates]
    known = [abs(gap) for gap in gaps if gap is not None]
    if known:
        return min(known)
    told: date = report.told_at.date()
    return max(0, (event.first_seen.date() - told).days, (told - event.last_seen.date()).days)


def _days_between(one: str | None, other: str | None) -> int | None:
    start, end = midpoint(one), midpoint(other)
    return None if start is None or end is None else (end - start).days
