"""Money reads as a person writes it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locale import LANGUAGES, speaking
from bot.values import Money
from bot.views.amounts import format_money


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("13000000000", "USD", "$13 bn"),
        ("650000000", "EUR", "€650 m"),
        ("1250000000", "GBP", "£1.25 bn"),
        ("300000000000", "JPY", "¥300 bn"),
        ("1200000000", "MXN", "1.2 bn MXN"),
        ("300000000000", "CNY", "300 bn CNY"),
        ("13000000000", None, "13 bn"),
        ("9488000000", "EUR", "€9.488 bn"),
        ("1500000000000", "USD", "$1.5 tn"),
        ("999999999.9", "USD", "$1 bn"),
        ("1000000", "USD", "$1 m"),
        ("500000", "USD", "$500,000"),
        ("1234.5", "EUR", "€1,234.5"),
        ("0", "USD", "$0"),
        ("-5000000", "USD", "-$5 m"),
    ],
)
def test_amounts_read_as_people_write_them(amount: str, currency: str | None, shown: str) -> None:
    assert format_money(Money(Decimal(amount), currency)) == shown


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("13000000000", "USD", "13.000 millones de dólares"),
        ("650000000", "EUR", "650 millones de euros"),
        ("9488500000", "EUR", "9.488,5 millones de euros"),
        ("1000000", "USD", "1 millón de dólares"),
        ("999999999.9", "GBP", "1.000 millones de libras"),
        ("1500000000000", "USD", "1,5 billones de dólares"),
        ("1000000000000", None, "1 billón"),
        ("1200000000", "MXN", "1.200 millones de pesos mexicanos"),
        ("5000000", "BAM", "5 millones de BAM"),  # its name is longer than the amount
        ("5000000", "XQQ", "5 millones de XQQ"),
        ("500000", "USD", "500.000 dólares"),
        ("1", "USD", "1 dólar"),
        ("-5000000", "JPY", "-5 millones de yenes"),
    ],
)
def test_amounts_in_spanish_count_in_millions(amount: str, currency: str | None, shown: str) -> None:
    with speaking("es"):
        assert format_money(Money(Decimal(amount), currency)) == shown


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.decimals(allow_nan=False, allow_infinity=True), st.none() | st.text(max_size=3))
def test_every_amount_can_be_shown(language: str, amount: Decimal, currency: str | None) -> None:
    with speaking(language):
        assert len(format_money(Money(amount, currency))) < 60
