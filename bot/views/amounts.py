"""Money as a person writes it: "$13 bn", "€650 m", "1.2 bn MXN"."""

from decimal import ROUND_HALF_EVEN, Decimal

from babel.numbers import format_decimal

from bot.values import Money

LOCALE = "en_GB"
# Signs that mean one currency to everybody here; any other is named by its code.
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_ABSURD = Decimal(10) ** 24
_UNITS = ((Decimal(10) ** 12, " tn"), (Decimal(10) ** 9, " bn"), (Decimal(10) ** 6, " m"))


def format_money(money: Money) -> str:
    """An amount in words, to at most three decimals; without a currency when none was said."""
    number = _format_number(abs(money.amount))
    minus = "-" if money.amount < 0 else ""
    sign = _SIGNS.get(money.currency or "")
    if sign:
        return f"{minus}{sign}{number}"
    return f"{minus}{number} {money.currency}" if money.currency else f"{minus}{number}"


def _format_number(amount: Decimal) -> str:
    if not amount.is_finite() or amount >= _ABSURD:
        return f"{amount:.3g}"
    for unit, word in _UNITS:
        # Rounded before it is compared: 999,999,999 is 1 bn, not 1,000 m.
        shown = (amount / unit).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
        if shown >= 1:
            return format_decimal(shown, format="#,##0.###", locale=LOCALE) + word
    return str(format_decimal(amount, format="#,##0.##", locale=LOCALE))
