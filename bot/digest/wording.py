"""What a person types for a schedule: "monday 9:00 Europe/Madrid", "lunes 9", "9am"."""

import re
import unicodedata
from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from bot.errors import UserError
from bot.locale import N_, _

_HINT = N_('Type a weekday, a time and a time zone, in any order: "monday 9:00 Europe/Madrid" or "lunes 9".')
_DAY_NAMES = (
    "mon monday lun lunes",
    "tue tues tuesday mar martes",
    "wed weds wednesday mie miercoles",
    "thu thur thurs thursday jue jueves",
    "fri friday vie viernes",
    "sat saturday sab sabado",
    "sun sunday dom domingo",
)
_FILLERS = frozenset(
    "a al at cada de el en every h hora horas hrs in la las los on on: the time timezone weekly y".split()
)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:(am|pm)|h|hs|hrs)?")
_NOT_ZONES = frozenset({"factory", "localtime", "posixrules"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text says of a schedule; None where it says nothing. `clock` is (hour, minute)."""

    weekday: int | None = None
    clock: tuple[int, int] | None = None
    timezone: str | None = None


def read_wish(text: str) -> Wish:
    """The weekday, time and zone that `text` names; raises UserError that says what to type."""
    wish = Wish()
    for word in _words(text):
        wish = _with_word(wish, word)
    if wish == Wish():
        raise UserError(_(_HINT))
    return wish


def read_clock(word: str) -> tuple[int, int] | None:
    """The (hour, minute) that a folded word means; None when it is no time. Raises UserError for 25:00."""
    match = _TIME.fullmatch(word)
    return _clock(match) if match else None


def read_zone(text: str) -> str:
    """The time zone that a text names: "Europe/Madrid", "madrid", "New York". Raises UserError."""
    return _timezone("_".join(fold_words(text)))


def fold_words(text: str) -> list[str]:
    """The words of a text, folded, without those that say nothing; "9 p.m." is one word, "9pm"."""
    return _words(text)


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    bare = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", bare)
    bare = re.sub(r"(\d)\s+(am|pm|hrs|hs|h)\b", r"\1\2", bare)
    words = (word.strip(",;.()\"'") for word in re.split(r"[\s,;]+", bare))
    return [word for word in words if word and word not in _FILLERS]


def _with_word(wish: Wish, word: str) -> Wish:
    weekday = _weekday(word)
    if weekday is not None:
        _expect_first(wish.weekday, N_("I read two weekdays; give one."))
        return replace(wish, weekday=weekday)
    if match := _TIME.fullmatch(word):
        _expect_first(wish.clock, N_("I read two times; give one."))
        return replace(wish, clock=_clock(match))
    _expect_first(wish.timezone, N_("I read two time zones; give one."))
    return replace(wish, timezone=_timezone(word))


def _expect_first(earlier: object, otherwise: str) -> None:
    if earlier is not None:
        raise UserError(f"{_(otherwise)} {_(_HINT)}")


def _weekday(word: str) -> int | None:
    for number, names in enumerate(_DAY_NAMES):
        if {word, word.removesuffix("s")} & set(names.split()):
            return number
    return None


def _clock(match: re.Match[str]) -> tuple[int, int]:
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        raise UserError(_('"{time}" is no time of day. Type "9:00", "9am" or "21:30".').format(time=match[0]))
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise UserError(
            _('"{time}" is no time of day. Type a time from 0:00 to 23:59.').format(time=match[0])
        )
    return hour, minute


def _timezone(word: str) -> str:
    """The zone's own spelling, from its name in any case or from its city when only one zone has it."""
    zones = sorted(zone for zone in available_timezones() if zone.casefold() not in _NOT_ZONES)
    named = [zone for zone in zones if zone.casefold() == word]
    if named:
        return named[0]
    city = [zone for zone in zones if "/" in zone and zone.casefold().rpartition("/")[2] == word]
    if len(city) == 1:
        return city[0]
    if city:
        raise UserError(
            _('"{word}" may be one of these time zones: {zones}. Type one of them.').format(
                word=word[:40], zones=", ".join(city[:4])
            )
        )
    said = _('I do not know "{word}" as a weekday, a time or a time zone such as Europe/Madrid.')
    raise UserError(f"{said.format(word=word[:40])} {_(_HINT)}")
