from datetime import UTC, date, datetime

import pytest

from bot.relationships.partial_dates import midpoint, moment


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2024", date(2024, 7, 2)),
        ("2024-02", date(2024, 2, 16)),
        ("2024-02-29", date(2024, 2, 29)),
        (None, None),
        ("", None),
        ("2023-02-29", None),
        ("2024-13", None),
        ("last year", None),
        ("2024-01-01-01", date(2024, 1, 1)),
    ],
)
def test_middle_of_what_the_text_gives(iso: str | None, expected: date | None) -> None:
    assert midpoint(iso) == expected


def test_moment_is_midnight_utc() -> None:
    assert moment("2024-02-29") == datetime(2024, 2, 29, tzinfo=UTC)


def test_no_date_is_no_moment() -> None:
    assert moment(None) is None
