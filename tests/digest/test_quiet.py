"""Quiet hours go by the clock on the wall, through midnight and through every change of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.quiet import QuietHours, QuietWish, day_began, parse_quiet
from bot.errors import UserError

MADRID = "Europe/Madrid"
NIGHT = QuietHours(22 * 60, 8 * 60)
ZONES = st.sampled_from(
    [MADRID, "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Apia", "UTC"]
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
MINUTES = st.integers(0, 1439)


def at(hour: int, minute: int = 0, *, day: int = 2, month: int = 3, zone: str = MADRID) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [
        (21, 59, False),
        (22, 0, True),
        (23, 59, True),
        (0, 0, True),
        (7, 59, True),
        (8, 0, False),
        (12, 0, False),
    ],
)
def test_a_night_crosses_midnight(hour: int, minute: int, quiet: bool) -> None:
    assert NIGHT.holds(at(hour, minute), MADRID) is quiet


def test_hours_within_a_day_end_in_it() -> None:
    siesta = QuietHours(14 * 60, 16 * 60)
    assert [siesta.holds(at(hour), MADRID) for hour in (13, 14, 15, 16)] == [False, True, True, False]


def test_they_are_those_of_the_readers_zone() -> None:
    assert NIGHT.holds(datetime(2026, 3, 2, 21, 30, tzinfo=UTC), MADRID)  # 22:30 there
    assert not NIGHT.holds(datetime(2026, 3, 2, 21, 30, tzinfo=UTC), "UTC")


def test_the_night_on_which_clocks_go_forward_ends_at_eight_all_the_same() -> None:
    # 29 March 2026, 02:00 becomes 03:00: eight o'clock is 06:00 UTC and no more 07:00.
    assert NIGHT.holds(datetime(2026, 3, 29, 5, 59, tzinfo=UTC), MADRID)
    assert not NIGHT.holds(datetime(2026, 3, 29, 6, 0, tzinfo=UTC), MADRID)


def test_an_end_within_the_skipped_hour_comes_when_the_hour_is_skipped() -> None:
    until_half_past_two = QuietHours(0, 150)
    assert until_half_past_two.holds(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), MADRID)  # 01:59
    assert not until_half_past_two.holds(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), MADRID)  # 03:00


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    small_hours = QuietHours(120, 180)  # 25 October 2026, 02:00 to 03:00 comes at 00:00 and at 01:00 UTC
    found = [small_hours.holds(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), MADRID) for hour in (0, 1, 2)]
    assert found == [True, True, False]


@given(MINUTES, MINUTES, MOMENTS, ZONES)
def test_it_is_quiet_in_the_hours_or_in_their_complement(
    start: int, end: int, now: datetime, zone: str
) -> None:
    if start != end:
        assert QuietHours(start, end).holds(now, zone) is not QuietHours(end, start).holds(now, zone)


@given(MOMENTS, ZONES)
def test_a_day_began_at_its_own_first_moment(now: datetime, zone: str) -> None:
    began, there = day_began(now, zone), ZoneInfo(zone)
    assert began <= now < began + timedelta(hours=26)
    assert began.astimezone(there).date() == now.astimezone(there).date()
    assert (began - timedelta(minutes=1)).astimezone(there).date() < now.astimezone(there).date()


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("22:00-8:00", QuietWish(NIGHT)),
        ("22-8", QuietWish(NIGHT)),
        ("10pm to 8am", QuietWish(NIGHT)),
        ("10 p.m. – 8 a.m.", QuietWish(NIGHT)),
        ("from 22:00 until 8:00", QuietWish(NIGHT)),
        ("de 22:00 a 8:00 Madrid", QuietWish(NIGHT, MADRID)),
        ("22:00-08:00 europe/madrid", QuietWish(NIGHT, MADRID)),
        ("22h-8h New York", QuietWish(NIGHT, "America/New_York")),
        ("off", QuietWish(None)),
        ("nunca", QuietWish(None)),
    ],
)
def test_what_people_type_is_understood(text: str, wish: QuietWish) -> None:
    assert parse_quiet(text) == wish


@pytest.mark.parametrize(
    "text", ["", "22:00", "22:00-8:00-9:00", "25:00-8:00", "8-8", "22-8 Atlantis", "soon"]
)
def test_what_is_no_hours_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError):
        parse_quiet(text)
