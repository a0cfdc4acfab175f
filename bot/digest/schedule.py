"""When a channel's digest is due: one weekday, one wall-clock time, one time zone.

A wall-clock time becomes an instant by the zone's rules of that very week, so 09:00 stays 09:00 through
every change of clocks. An hour that occurs twice means its first occurrence; an hour that is skipped
means as long after the gap's beginning as it was meant to be (02:30 becomes 03:30), as PEP 495 has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest.wording import read_wish

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Weekly at `hour`:`minute` on `weekday` (0 is Monday) in the IANA zone `timezone`."""

    weekday: int
    hour: int
    minute: int
    timezone: str


DEFAULT_SCHEDULE = Schedule(weekday=0, hour=9, minute=0, timezone="UTC")


@dataclass(frozen=True, slots=True)
class Period:
    """The time a digest speaks for, in UTC: `end` is the scheduled instant, `start` the one before.

    `start` only informs: what was told already is known by its id, so a schedule changed in mid-week
    neither repeats nor skips. `key` names the instant, as ISO week, weekday and UTC time
    ("2026-W47-1T0900Z"): two schedules of one channel share a key only when they share the instant.
    """

    key: str
    start: datetime
    end: datetime


def latest_period(schedule: Schedule, now: datetime) -> Period:
    """The period that ended last: at the latest scheduled instant that is not after `now`."""
    start, end = sorted(at for at in _instants(schedule, now) if at <= now.astimezone(UTC))[-2:]
    return Period(f"{end:%G-W%V-%uT%H%MZ}", start, end)


def next_run(schedule: Schedule, now: datetime) -> datetime:
    """The first scheduled instant after `now`, in UTC."""
    return min(at for at in _instants(schedule, now) if at > now.astimezone(UTC))


def parse_schedule(text: str, current: Schedule) -> Schedule:
    """The current schedule with what `text` says changed; raises UserError that says what to type."""
    wish = read_wish(text)
    hour, minute = wish.clock if wish.clock else (current.hour, current.minute)
    weekday = current.weekday if wish.weekday is None else wish.weekday
    return Schedule(weekday, hour, minute, wish.timezone or current.timezone)


def describe(schedule: Schedule) -> str:
    """The schedule in words: "Mondays 09:00, Europe/Madrid"."""
    return f"{_WEEKDAYS[schedule.weekday]}s {schedule.hour:02}:{schedule.minute:02}, {schedule.timezone}"


def _instants(schedule: Schedule, now: datetime) -> Iterator[datetime]:
    """The scheduled instants from three weeks before `now` to two weeks after, in UTC."""
    zone = ZoneInfo(schedule.timezone)
    today = now.astimezone(zone).date()
    this_week = today + timedelta(days=schedule.weekday - today.weekday())
    wall = time(schedule.hour, schedule.minute)
    for weeks in range(-3, 3):
        yield datetime.combine(this_week + weeks * _WEEK, wall, tzinfo=zone).astimezone(UTC)
