from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.schedule import (
    DEFAULT_SCHEDULE,
    Period,
    Schedule,
    describe,
    latest_period,
    next_run,
    parse_schedule,
)

MADRID = Schedule(0, 9, 0, "Europe/Madrid")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_default_is_monday_nine_utc() -> None:
    assert describe(DEFAULT_SCHEDULE) == "Mondays 09:00, UTC"


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-16T09:00:00", "2026-11-16T09:00:00"),
        ("2026-11-16T08:59:59", "2026-11-09T09:00:00"),
        ("2026-11-22T23:59:00", "2026-11-16T09:00:00"),
    ],
)
def test_period_ends_at_the_last_scheduled_instant(now: str, end: str) -> None:
    assert latest_period(DEFAULT_SCHEDULE, utc(now)).end == utc(end)


def test_next_run_is_after_now_even_on_the_instant() -> None:
    assert next_run(DEFAULT_SCHEDULE, utc("2026-11-16T09:00:00")) == utc("2026-11-23T09:00:00")


def test_period_starts_where_the_one_before_ended() -> None:
    period = latest_period(DEFAULT_SCHEDULE, utc("2026-11-18T00:00:00"))
    assert period == Period("2026-W47-1T0900Z", utc("2026-11-09T09:00:00"), utc("2026-11-16T09:00:00"))


@pytest.mark.parametrize(
    ("now", "end", "hours"),
    [
        # Madrid leaves UTC+1 for UTC+2 on 29 March 2026 and returns on 25 October 2026.
        ("2026-03-31T00:00:00", "2026-03-30T07:00:00", 167),
        ("2026-10-27T00:00:00", "2026-10-26T08:00:00", 169),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(now: str, end: str, hours: int) -> None:
    period = latest_period(MADRID, utc(now))
    assert (period.end, period.end - period.start) == (utc(end), timedelta(hours=hours))


@pytest.mark.parametrize(
    ("zone", "last_before", "first_after"),
    [
        # Monday 00:00 in Auckland (UTC+13 in November) is Sunday 11:00 UTC; in Bogota (UTC-5) Monday 05:00.
        ("Pacific/Auckland", "2026-11-15T10:59:59", "2026-11-15T11:00:00"),
        ("America/Bogota", "2026-11-16T04:59:59", "2026-11-16T05:00:00"),
    ],
)
def test_week_turns_at_local_midnight(zone: str, last_before: str, first_after: str) -> None:
    schedule = Schedule(0, 0, 0, zone)
    turns = [latest_period(schedule, utc(now)).end for now in (last_before, first_after)]
    assert turns == [utc(first_after) - timedelta(days=7), utc(first_after)]


def test_hour_that_does_not_exist_comes_as_much_later() -> None:
    # On Sunday 29 March 2026 Madrid's clocks go from 02:00 to 03:00 (01:00 UTC): 02:30 is 03:30, 01:30 UTC.
    schedule = Schedule(6, 2, 30, "Europe/Madrid")
    assert latest_period(schedule, utc("2026-03-29T12:00:00")).end == utc("2026-03-29T01:30:00")


@pytest.mark.parametrize("minute", [10, 40, 59])
def test_hour_that_exists_twice_runs_once(minute: int) -> None:
    # On Sunday 25 October 2026 Madrid has 02:30 twice: at 00:30 and at 01:30 UTC.
    schedule = Schedule(6, 2, 30, "Europe/Madrid")
    first = utc("2026-10-25T00:30:00")
    assert next_run(schedule, first) == utc("2026-11-01T01:30:00")
    assert latest_period(schedule, utc(f"2026-10-25T01:{minute}:00")).end == first


def test_day_that_a_country_skipped_does_not_stop_the_weeks() -> None:
    # Samoa crossed the date line: there was no Friday 30 December 2011.
    schedule = Schedule(4, 9, 0, "Pacific/Apia")
    assert next_run(schedule, utc("2011-12-31T12:00:00")) == utc("2012-01-05T19:00:00")


def test_schedule_changed_in_midweek_gets_a_period_of_its_own() -> None:
    monday = latest_period(DEFAULT_SCHEDULE, utc("2026-11-17T12:00:00"))
    friday = latest_period(Schedule(4, 9, 0, "UTC"), utc("2026-11-20T12:00:00"))
    assert monday.key != friday.key


def test_same_instant_in_other_words_is_the_same_period() -> None:
    # 09:00 in Madrid is 08:00 in London all year round.
    keys = {
        latest_period(schedule, utc("2026-07-01T00:00:00")).key
        for schedule in (MADRID, Schedule(0, 8, 0, "Europe/London"))
    }
    assert len(keys) == 1


_schedules = st.builds(
    Schedule,
    st.integers(0, 6),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["UTC", "Europe/Madrid", "Pacific/Auckland", "America/Bogota", "Australia/Lord_Howe"]),
)
_moments = st.datetimes(datetime(2001, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(_schedules, _moments)
def test_now_lies_between_the_last_and_the_next_run(schedule: Schedule, now: datetime) -> None:
    period = latest_period(schedule, now)
    assert period.start < period.end <= now < next_run(schedule, now)


@given(_schedules, _moments)
def test_next_run_ends_the_next_period_and_begins_where_this_ended(schedule: Schedule, now: datetime) -> None:
    following = latest_period(schedule, next_run(schedule, now))
    assert (following.start, following.end) == (latest_period(schedule, now).end, next_run(schedule, now))


@given(_schedules, _moments)
def test_runs_fall_on_the_local_weekday(schedule: Schedule, now: datetime) -> None:
    assert next_run(schedule, now).astimezone(ZoneInfo(schedule.timezone)).weekday() == schedule.weekday


@given(_schedules)
def test_description_can_be_typed_back(schedule: Schedule) -> None:
    assert parse_schedule(describe(schedule), DEFAULT_SCHEDULE) == schedule
