"""Days at the precision at which they are known."""

from datetime import date, datetime

from babel.dates import format_skeleton

from bot.locale import region


def format_day(day: date | datetime) -> str:
    """A day: "15 Jun 2024"."""
    return str(format_skeleton("yMMMd", _noon(day), locale=region()))


def format_short_day(day: date | datetime) -> str:
    """A day whose year is clear from what stands around it: "15 Jun"."""
    return str(format_skeleton("MMMd", _noon(day), locale=region()))


def format_partial(iso: str) -> str:
    """An ISO date at its own precision: "2024", "Jun 2024" or "15 Jun 2024"; anything else as it is."""
    try:
        match [int(part) for part in iso.split("-")]:
            case [year, month, day]:
                return format_day(date(year, month, day))
            case [year, month]:
                return str(format_skeleton("yMMM", _noon(date(year, month, 1)), locale=region()))
    except ValueError:
        pass
    return iso


def _noon(day: date | datetime) -> datetime:
    # Babel shifts a bare midnight by the machine's time zone; noon without a zone stays on its day.
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
