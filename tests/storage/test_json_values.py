"""Values as JSON and back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from storage.json_values import read_many, read_one, write_many, write_one


@dataclass(frozen=True)
class Kept:
    """A value with times in it."""

    at: datetime
    until: datetime | None = None


def test_times_come_back_as_they_were() -> None:
    """Whatever their zone, and without one."""
    east = timezone(timedelta(hours=2))
    kept = [
        Kept(datetime(2026, 3, 2, 9, tzinfo=east), datetime(2026, 3, 2, 9, tzinfo=UTC)),
        Kept(datetime(2026, 3, 2, 9, tzinfo=UTC).replace(tzinfo=None)),
    ]
    found = read_many(Kept, write_many(kept))
    assert list(found) == kept
    assert found[0].at.utcoffset() == timedelta(hours=2)
    assert found[1].at.tzinfo is None


def test_times_in_utc_share_one_zone() -> None:
    """So that they are soon compared."""
    kept = Kept(datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC))
    found = read_one(Kept, write_one(kept))
    assert found == kept
    assert found.at.tzinfo is UTC
    assert found.until is not None
    assert found.until.tzinfo is UTC
