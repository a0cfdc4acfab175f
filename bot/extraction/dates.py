"""Dates in news text as ISO 8601, at the precision the text gives and no finer.

Quarters and halves of a year give the year; an English 06/07/2024, which Americans and Britons read apart,
gives the year too. What is relative ("ayer", "last month", "15 de junio" without a year) needs the day of
publication; without one it gives nothing. A day or month without a year is the one nearest to it.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from bot.extraction import dates_words as lexicon
from bot.extraction.dates_rules import RULES, YEAR
from bot.extraction.mentions import Day

_MAX_DAYS_AGO, _MAX_MONTHS_AGO, _MAX_YEARS_AGO = 366, 120, 200


@dataclass(frozen=True, slots=True)
class _Context:
    """What a match is read with."""

    lang: str
    side: int  # -1: before publication, 1: after it, 0: unsaid
    published: date | None


def find_days(text: str, *, lang: str, published: date | None) -> tuple[Day, ...]:
    """Find the dates in `text` (lang "es", "en" or "fr"), in its order; overlapping ones never both."""
    if lang not in RULES:
        return ()
    if published is not None and not 1900 <= published.year <= 2100:
        published = None  # a page's nonsense
    taken = bytearray(len(text))
    days: list[Day] = []
    for start, end, iso in _matches(text, lang, published):
        if taken.find(1, start, end) >= 0:
            continue
        taken[start:end] = b"\x01" * (end - start)
        if iso is not None:
            days.append(Day(start, end, iso))
    return tuple(sorted(days, key=lambda d: d.start))


def _matches(text: str, lang: str, published: date | None) -> Iterator[tuple[int, int, str | None]]:
    for kind, side, pattern in _patterns(lang):
        read = _READERS[kind]
        context = _Context(lang, side, published)
        for match in pattern.finditer(text):
            yield match.start(), match.end(), read(_groups(match), context)


def _groups(match: re.Match[str]) -> dict[str, str]:
    """The named groups that took part, lower case; "weekday2" counts as "weekday"."""
    return {
        name.rstrip("23"): value.lower() for name, value in match.groupdict().items() if value is not None
    }


@cache
def _patterns(lang: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Compile the rules of one language, once."""
    words = {
        "month": _any(lexicon.MONTHS[lang]),
        "weekday": _any(lexicon.WEEKDAYS[lang]),
        "near": _any(lexicon.NEAR_DAYS[lang]),
        "count": _any(lexicon.COUNTS[lang]) + r"|\d{1,3}",
        "unit": _any(lexicon.UNITS[lang]),
        "year": YEAR,
    }
    if lang == "en":  # "may" and "march" are verbs: only a capital makes them months
        words["month"] = "|".join(f"{w.capitalize()}|{w.upper()}" for w in words["month"].split("|"))
        words["weekday"] = "|".join(w.capitalize() for w in words["weekday"].split("|"))
        words |= {name: f"(?i:{words[name]})" for name in ("near", "count", "unit")}
    compiled = []
    for kind, rule in RULES[lang]:
        name, _, side = kind.partition(":")
        for word, pattern in words.items():
            rule = rule.replace("{" + word + "}", pattern)
        flags = re.NOFLAG if lang == "en" else re.IGNORECASE
        compiled.append((name, int(side or 0), re.compile(rf"(?<![\w.,/-])(?:{rule})(?!\w)", flags)))
    return tuple(compiled)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _full(groups: dict[str, str], context: _Context) -> str:
    year, month = int(groups["year"]), lexicon.MONTHS[context.lang][groups["month"]]
    day = int(groups.get("day", 1))
    if not 1 <= day <= monthrange(year, month)[1]:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"


def _month_year(groups: dict[str, str], context: _Context) -> str:
    return f"{int(groups['year']):04d}-{lexicon.MONTHS[context.lang][groups['month']]:02d}"


def _year(groups: dict[str, str], context: _Context) -> str:
    del context
    return groups["year"]


def _iso(groups: dict[str, str], context: _Context) -> str | None:
    del context
    try:
        return date.fromisoformat(groups["iso"]).isoformat()
    except ValueError:
        return None


def _numeric(groups: dict[str, str], context: _Context) -> str | None:
    """Read 15/06/2024 day first in Spanish and French; in English only where one reading is possible."""
    day, month, year = int(groups["a"]), int(groups["b"]), int(groups["c"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if context.lang == "en":
        if day <= 12 and month <= 12 and day != month:
            return f"{year:04d}"
        if day <= 12 < month:
            day, month = month, day
    if not (1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _day_month(groups: dict[str, str], context: _Context) -> str | None:
    """The day of that name nearest to publication."""
    if context.published is None:
        return None
    published, day = context.published, int(groups["day"])
    month = lexicon.MONTHS[context.lang][groups["month"]]
    years = range(published.year - 1, published.year + 2)
    days = [date(year, month, day) for year in years if 1 <= day <= monthrange(year, month)[1]]
    return min(days, key=lambda d: abs(d - published)).isoformat() if days else None


def _month(groups: dict[str, str], context: _Context) -> str | None:
    """The month of that name: the last one, the next one, or the nearest."""
    if context.published is None:
        return None
    ahead = lexicon.MONTHS[context.lang][groups["month"]] - context.published.month
    if context.side < 0:
        ahead -= 12 * (ahead >= 0)
    elif context.side > 0:
        ahead += 12 * (ahead <= 0)
    else:
        ahead += -12 if ahead >= 6 else 12 if ahead < -6 else 0
    return _shifted(context.published, ahead)


def _weekday(groups: dict[str, str], context: _Context) -> str | None:
    """The named weekday: on or before publication, strictly before it ("last"), or after it ("next")."""
    if context.published is None:
        return None
    back = (context.published.isoweekday() - lexicon.WEEKDAYS[context.lang][groups["weekday"]]) % 7
    if context.side > 0:
        back -= 7
    elif context.side < 0 and back == 0:
        back = 7
    return _moved(context.published, -back)


def _near(groups: dict[str, str], context: _Context) -> str | None:
    if context.published is None:
        return None
    return _moved(context.published, lexicon.NEAR_DAYS[context.lang][groups["near"]])


def _ago(groups: dict[str, str], context: _Context) -> str | None:
    if context.published is None:
        return None
    count = groups["count"]
    number = int(count) if count.isdigit() else lexicon.COUNTS[context.lang][count]
    unit = lexicon.UNITS[context.lang][groups["unit"]]
    if unit == "day":
        return _moved(context.published, -number) if number <= _MAX_DAYS_AGO else None
    if unit == "month":
        return _shifted(context.published, -number) if number <= _MAX_MONTHS_AGO else None
    return f"{context.published.year - number:04d}" if number <= _MAX_YEARS_AGO else None


def _span(groups: dict[str, str], context: _Context) -> str | None:
    """ "last month", "el próximo año": a month or a year."""
    if context.published is None:
        return None
    if groups["span"].startswith(("mes", "month", "mois")):
        return _shifted(context.published, context.side)
    return f"{context.published.year + context.side:04d}"


def _moved(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def _shifted(day: date, months: int) -> str:
    total = day.year * 12 + day.month - 1 + months
    return f"{total // 12:04d}-{total % 12 + 1:02d}"


_READERS: MappingProxyType[str, Callable[[dict[str, str], _Context], str | None]] = MappingProxyType(
    {
        "full": _full,
        "month_year": _month_year,
        "year": _year,
        "iso": _iso,
        "numeric": _numeric,
        "day_month": _day_month,
        "month": _month,
        "weekday": _weekday,
        "near": _near,
        "ago": _ago,
        "span": _span,
    }
)
