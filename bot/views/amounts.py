"""Money as a person writes it: "$13 bn", "€650 m", "1.2 bn MXN"; in Spanish "13.000 millones de dólares"."""

from decimal import ROUND_HALF_EVEN, Decimal

from babel.numbers import format_decimal, get_currency_name

from bot.locale import region, spoken
from bot.values import Money

# Signs that mean one currency to everybody here; any other is named by its code.
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
# Of these the Spanish press leaves out whose they are.
_SPANISH_NAMES = {"USD": ("dólar", "dólares"), "GBP": ("libra", "libras"), "JPY": ("yen", "yenes")}
_LONGEST_NAME = 24
_ABSURD = Decimal(10) ** 24
_THOUSANDTH = Decimal("0.001")
_UNITS = ((Decimal(10) ** 12, " tn"), (Decimal(10) ** 9, " bn"), (Decimal(10) ** 6, " m"))
# A thousand million has no word of its own that is used for money; a "billón" is a million million.
_SPANISH_UNITS = (
    (Decimal(10) ** 12, "billón", "billones"),
    (Decimal(10) ** 6, "millón", "millones"),
)


def format_money(money: Money) -> str:
    """An amount in words, to at most three decimals; without a currency when none was said."""
    write = _in_spanish if spoken() == "es" else _in_english
    minus = "-" if money.amount < 0 else ""
    return minus + write(abs(money.amount), money.currency)


def _in_english(amount: Decimal, currency: str | None) -> str:
    number = _english_number(amount)
    sign = _SIGNS.get(currency or "")
    if sign:
        return f"{sign}{number}"
    return f"{number} {currency}" if currency else number


def _english_number(amount: Decimal) -> str:
    if not amount.is_finite() or amount >= _ABSURD:
        return f"{amount:.3g}"
    for unit, word in _UNITS:
        # Rounded before it is compared: 999,999,999 is 1 bn, not 1,000 m.
        shown = _in_units(amount, unit)
        if shown >= 1:
            return _decimal(shown) + word
    return _decimal(amount, "#,##0.##")


def _in_spanish(amount: Decimal, currency: str | None) -> str:
    if not amount.is_finite() or amount >= _ABSURD:
        return f"{amount:.3g} {currency or ''}".rstrip()
    for unit, one, many in _SPANISH_UNITS:
        shown = _in_units(amount, unit)
        if shown >= 1:
            named = f" de {_spanish_name(currency, several=True)}" if currency else ""
            return f"{_decimal(shown)} {one if shown == 1 else many}{named}"
    several = _decimal(amount, "#,##0.##") != "1"
    return f"{_decimal(amount, '#,##0.##')} {_spanish_name(currency, several=several)}".rstrip()


def _spanish_name(currency: str | None, *, several: bool) -> str:
    if not currency:
        return ""
    if currency in _SPANISH_NAMES:
        return _SPANISH_NAMES[currency][several]
    name = str(get_currency_name(currency, count=2 if several else 1, locale="es"))
    return name if len(name) <= _LONGEST_NAME else currency


def _in_units(amount: Decimal, unit: Decimal) -> Decimal:
    return (amount / unit).quantize(_THOUSANDTH, ROUND_HALF_EVEN)


def _decimal(amount: Decimal, pattern: str = "#,##0.###") -> str:
    return str(format_decimal(amount, format=pattern, locale=region()))
