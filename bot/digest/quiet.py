"""Quiet hours: when a reader is told nothing at once, by the clock on the wall where the reader lives."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.digest.wording import fold_words, read_clock, read_zone
from bot.errors import UserError
from bot.locale import _

_NONE = frozenset("off no none never aus desactivar desactivado quitar ninguna ninguno nunca apagar".split())
_FILLERS = frozenset("from to until till de del desde a las hasta entre y between and in en h - – —".split())
_JOINED = re.compile(r"(?<=[\dmh])\s*[-–—]\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to before `end`, in minutes after midnight (0..1439); past midnight when start > end."""

    start: int
    end: int

    def holds(self, now: datetime, timezone: str) -> bool:
        """Whether it is quiet at an instant in an IANA zone.

        Only the clock on the wall counts, so that an hour that occurs twice is quiet twice, and quiet hours
        that end within a skipped hour end with it.
        """
        local = now.astimezone(ZoneInfo(timezone))
        minute = local.hour * 60 + local.minute
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True, slots=True)
class QuietWish:
    """What a person asked for: `hours` None switches them off; `timezone` None leaves the zone as it is."""

    hours: QuietHours | None
    timezone: str | None = None


def day_began(now: datetime, timezone: str) -> datetime:
    """When the present day began in a zone, in UTC; where midnight is skipped, when the clock went on."""
    zone = ZoneInfo(timezone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return midnight.astimezone(UTC)


def clock_words(minute: int) -> str:
    """Minutes after midnight as "22:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def parse_quiet(text: str) -> QuietWish:
    """Read "22:00-8:00 Europe/Madrid", "10pm to 7am" or "off"; raises UserError that says what to type."""
    words = [word for word in fold_words(_JOINED.sub(" ", text)) if word not in _FILLERS]
    if words and words[0] in _NONE:
        return QuietWish(None)
    clocks = [clock for word in words if (clock := read_clock(word)) is not None]
    zone = " ".join(word for word in words if read_clock(word) is None)
    if len(clocks) != 2:
        raise UserError(
            _("Type when it begins and ends, as in /watch quiet 22:00-8:00 Madrid, or /watch quiet off"),
            code="quiet_hours",
        )
    start, end = (hour * 60 + minute for hour, minute in clocks)
    if start == end:
        raise UserError(
            _("Those hours begin and end at the same time. To hear nothing at all, choose digest or silent."),
            code="quiet_hours",
        )
    return QuietWish(QuietHours(start, end), read_zone(zone) if zone else None)
