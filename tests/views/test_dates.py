"""Days show at the precision at which they are known, on the same day in every time zone."""

from datetime import UTC, date, datetime

import pytest

from bot.locale import speaking
from bot.views.dates import format_day, format_partial, format_short_day


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2024", "2024"),
        ("2024-06", "Jun 2024"),
        ("2024-06-15", "15 Jun 2024"),
        ("2024-13", "2024-13"),
        ("2024-02-30", "2024-02-30"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_dates_keep_their_precision(iso: str, shown: str) -> None:
    assert format_partial(iso) == shown


def test_dates_in_spanish() -> None:
    with speaking("es"):
        assert [format_partial(iso) for iso in ("2024", "2024-06", "2024-06-15")] == [
            "2024",
            "jun 2024",
            "15 jun 2024",
        ]
        assert format_short_day(date(2024, 1, 1)) == "1 ene"


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_an_instant_shows_its_own_day(hour: int) -> None:
    assert format_day(datetime(2024, 12, 31, hour, 59, tzinfo=UTC)) == "31 Dec 2024"


def test_short_days_leave_out_the_year() -> None:
    assert format_short_day(date(2024, 1, 1)) == "1 Jan"
