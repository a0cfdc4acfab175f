"""Dates at the precision that a text gives: "2024", "2024-06" or "2024-06-15"."""

from datetime import UTC, date, datetime


def midpoint(iso: str | None) -> date | None:
    """The middle of the year or month, or the day itself; None for no date or one that does not exist.

    Middles make "2021" and "2022" a year apart, and "2021" and "2023" two, as a reader takes them.
    """
    if iso is None:
        return None
    parts = iso.split("-")
    year, month, day = (*parts, "", "")[:3]
    try:
        if day:
            return date(int(year), int(month), int(day))
        return date(int(year), int(month), 16) if month else date(int(year), 7, 2)
    except ValueError:
        return None


def moment(iso: str | None) -> datetime | None:
    """The midpoint as an aware moment in UTC."""
    day = midpoint(iso)
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)
