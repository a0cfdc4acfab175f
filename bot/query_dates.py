"""What may stand after since: and until:, in English, Spanish and French."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from bot.query_words import fold

_UNIT_DAYS = {"d": 1, "day": 1, "dia": 1, "jour": 1, "w": 7, "s": 7, "week": 7, "semana": 7, "semaine": 7}
_UNIT_MONTHS = {
    "m": 1, "month": 1, "mes": 1, "mese": 1, "moi": 1, "mois": 1, "quarter": 3, "trimestre": 3,
    "y": 12, "a": 12, "year": 12, "ano": 12, "an": 12, "annee": 12,
}  # fmt: skip
_AGO = re.compile(r"(?:hace |last |past |ultim[oa]s |il y a )?(\d{1,5}) ?([a-z]+?)(?:s|es)?(?: ago| atras)?")
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")
_QUARTER = re.compile(r"(?:[qt]([1-4])[ -]?(\d{4})|(\d{4})[ -]?[qt]([1-4]))")
_NAMED = re.compile(r"(?:(\d{1,2}) )?([a-z]+)\.?(?: (\d{1,2}))?(?: (\d{4}))?")
_LAST = re.compile(r"(?:last|previous|past) (\w+)|(\w+) (?:pasad[oa]|anterior|dernier|derniere|passee?)")
_THIS = re.compile(r"(?:this|current|est[ea]|ce|cette|cet) (\w+)")
_FILLERS = frozenset("the of de del en el la los las le du l a partir since from on in desde".split())


def read_period(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of what the text names: a day, month, quarter, year or "30d" until today."""
    words = re.sub(r"(\d)(?:st|nd|rd|th|er|º|o)\b", r"\1", fold(text).replace(",", " "))
    written = " ".join(w for w in words.split() if w not in _FILLERS or len(words.split()) == 1)
    for reader in (_iso, _day_first, _quarter, _relative, _ago, _named):
        try:
            period = reader(written, today)
        except (ValueError, OverflowError):  # no such day, or before the first year
            return None
        if period and 1900 <= period[0].year <= 2200:
            return period
    return None


def _iso(text: str, _today: date) -> tuple[date, date] | None:
    match = _ISO.fullmatch(text)
    return _span(int(match[1]), _int(match[2]), _int(match[3])) if match else None


def _day_first(text: str, _today: date) -> tuple[date, date] | None:
    match = _DAY_FIRST.fullmatch(text)
    return _span(int(match[3]), int(match[2]), _int(match[1])) if match else None


def _quarter(text: str, _today: date) -> tuple[date, date] | None:
    match = _QUARTER.fullmatch(text)
    if not match:
        return None
    year, quarter = int(match[2] or match[3]), int(match[1] or match[4])
    return date(year, 3 * quarter - 2, 1), _span(year, 3 * quarter, None)[1]


def _relative(text: str, today: date) -> tuple[date, date] | None:
    if text in ("today", "hoy", "now", "ahora", "aujourd'hui"):
        return today, today
    if text in ("yesterday", "ayer", "hier"):
        return today - timedelta(days=1), today - timedelta(days=1)
    last, this = _LAST.fullmatch(text), _THIS.fullmatch(text)
    if not last and not this:
        return None
    word = next(w for match in (last, this) if match for w in match.groups() if w)
    if word in _months():
        return _named(word, today)
    step = 1 if last else 0
    if _UNIT_DAYS.get(word) == 7:
        monday = today - timedelta(days=today.weekday() + 7 * step)
        return monday, monday + timedelta(days=6)
    months = _UNIT_MONTHS.get(word, 0)
    if not months or len(word) < 2:
        return None
    first = date(today.year, today.month - (today.month - 1) % months, 1)
    first = _months_before(first, months * step)
    return first, _months_before(first, -months) - timedelta(days=1)


def _ago(text: str, today: date) -> tuple[date, date] | None:
    match = _AGO.fullmatch(text)
    if not match:
        return None
    count, word = int(match[1]), match[2]
    if word in _UNIT_DAYS:
        return today - timedelta(days=count * _UNIT_DAYS[word]), today
    if word in _UNIT_MONTHS:
        return _months_before(today, count * _UNIT_MONTHS[word]), today
    return None


def _named(text: str, today: date) -> tuple[date, date] | None:
    match = _NAMED.fullmatch(text)
    month = _months().get(match[2]) if match else None
    if not match or not month or (match[1] and match[3]):
        return None
    day = _int(match[1] or match[3])
    year = _int(match[4]) or today.year
    period = _span(year, month, day)
    # "june" without a year is the last one that has begun.
    return period if match[4] or period[0] <= today else _span(year - 1, month, day)


def _span(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, month, day or 1)
    return first, first if day else _months_before(first, -1) - timedelta(days=1)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    """Names of months and their abbreviations in the three languages."""
    months = {}
    for language in ("fr", "es", "en"):
        for width in ("wide", "abbreviated"):
            for number, word in Locale(language).months["format"][width].items():
                months[fold(word).rstrip(".")] = number
    return months | {"sept": 9, "set": 9}


@lru_cache(maxsize=1)
def weekdays() -> frozenset[str]:
    """Names of days and their abbreviations in the three languages, folded."""
    formats = [Locale(language).days["format"] for language in ("fr", "es", "en")]
    return frozenset(
        fold(word).rstrip(".")
        for days in formats
        for width in ("wide", "abbreviated")
        for word in days[width].values()
    )
