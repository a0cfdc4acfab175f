"""Sums of money as three languages write them."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.money import find_amounts


def read(text: str, lang: str) -> list[tuple[Decimal, str | None]]:
    return [(a.money.amount, a.money.currency) for a in find_amounts(text, lang=lang)]


@pytest.mark.parametrize(
    ("lang", "text", "amount", "currency"),
    [
        ("es", "una inversión de 13,000 millones de dólares", 13_000_000_000, "USD"),
        ("es", "por 13.000 millones de euros", 13_000_000_000, "EUR"),
        ("es", "mil millones de euros", 1_000_000_000, "EUR"),
        ("es", "un billón de dólares", 10**12, "USD"),
        ("es", "dos mil millones de libras", 2_000_000_000, "GBP"),
        ("es", "40 mil millones de dólares", 40_000_000_000, "USD"),
        ("es", "2 mil 500 millones de dólares", 2_500_000_000, "USD"),
        ("es", "3 millones 500 mil dólares", 3_500_000, "USD"),
        ("es", "medio millón de euros", 500_000, "EUR"),
        ("es", "un millón y medio de euros", 1_500_000, "EUR"),
        ("es", "sesenta y cinco millones de euros", 65_000_000, "EUR"),
        ("es", "unos 20 M€", 20_000_000, "EUR"),
        ("es", "unos 5 MM€", 5_000_000, "EUR"),
        ("es", "R$ 1,2 bi", 1_200_000_000, "BRL"),
        ("es", "500 millones de pesos mexicanos", 500_000_000, "MXN"),
        ("es", "500 millones de pesos chilenos", 500_000_000, "CLP"),
        ("es", "80 millones de francos suizos", 80_000_000, "CHF"),
        ("es", "1.000 coronas suecas", 1_000, "SEK"),
        ("es", "12.500 euros", 12_500, "EUR"),
        ("es", "650 M$", 650_000_000, "USD"),
        ("es", "U$S 50 millones", 50_000_000, "USD"),
        ("es", "S/ 12,5 millones", 12_500_000, "PEN"),
        ("es", "S/. 3 millones", 3_000_000, "PEN"),
        ("es", "RD$ 500 millones", 500_000_000, "DOP"),
        ("es", "UF 200.000", 200_000, "CLF"),
        ("es", "4.500 mdd", 4_500_000_000, "USD"),
        ("es", "20 mil mdp", 20_000_000_000, "MXN"),
        ("es", "539 millones de US$", 539_000_000, "USD"),
        ("es", "120 M de euros", 120_000_000, "EUR"),
        ("es", "una empresa de México, por 6.200 millones de dólares", 6_200_000_000, "USD"),
        ("en", "$650m", 650_000_000, "USD"),
        ("en", "US$ 1.2bn", 1_200_000_000, "USD"),
        ("en", "€3.5bn", 3_500_000_000, "EUR"),
        ("en", "$10.5 billion", 10_500_000_000, "USD"),
        ("en", "a trillion dollars", 10**12, "USD"),
        ("en", "two hundred and fifty million euros", 250_000_000, "EUR"),
        ("en", "half a billion dollars", 500_000_000, "USD"),
        ("en", "a 2-billion-dollar deal", 2_000_000_000, "USD"),
        ("en", "A$20m", 20_000_000, "AUD"),
        ("en", "20 million Australian dollars", 20_000_000, "AUD"),
        ("en", "20 million U.S. dollars", 20_000_000, "USD"),
        ("en", "USD$726 million", 726_000_000, "USD"),
        ("en", "CHF 3.5bn", 3_500_000_000, "CHF"),
        ("en", "$US5 million", 5_000_000, "USD"),
        ("en", "a half-billion dollars", 500_000_000, "USD"),
        ("en", "two and a half billion dollars", 2_500_000_000, "USD"),
        ("en", "25 MEUR", 25_000_000, "EUR"),
        ("en", "¥500 billion", 500_000_000_000, "JPY"),
        ("en", "Rs 500 crore", 5_000_000_000, "INR"),
        ("en", "2 lakh crore rupees", 2 * 10**12, "INR"),
        ("en", "$195,155", 195_155, "USD"),
        ("en", "30 billion yuan", 30_000_000_000, "CNY"),
        ("en", "900 billion won", 900_000_000_000, "KRW"),
        ("en", "40 million shekels", 40_000_000, "ILS"),
        ("fr", "3 500 millions d'euros", 3_500_000_000, "EUR"),
        ("fr", "3\u202f500 millions d’euros", 3_500_000_000, "EUR"),
        ("fr", "2\u00a0000\u00a0000 €", 2_000_000, "EUR"),
        ("fr", "deux milliards d'euros", 2_000_000_000, "EUR"),
        ("fr", "3,2 Md€", 3_200_000_000, "EUR"),
        ("fr", "12,5 millions de dollars canadiens", 12_500_000, "CAD"),
        ("fr", "10 000 livres sterling", 10_000, "GBP"),
        ("fr", "un billion d'euros", 10**12, "EUR"),
        ("fr", "un demi-milliard d'euros", 500_000_000, "EUR"),
        ("fr", "quatre-vingts millions d'euros", 80_000_000, "EUR"),
        ("fr", "quatre-vingt-dix millions d'euros", 90_000_000, "EUR"),
        ("fr", "trois cent mille euros", 300_000, "EUR"),
        ("fr", "2,4 M d'euros", 2_400_000, "EUR"),
        ("fr", "450 M$ CA", 450_000_000, "CAD"),
        ("fr", "450 millions de CHF", 450_000_000, "CHF"),
        ("fr", "330 MDH", 330_000_000, "MAD"),
        ("fr", "2 milliards de FCFA", 2_000_000_000, "XOF"),
    ],
)
def test_a_sum_is_read_in_whole_units(lang: str, text: str, amount: int, currency: str) -> None:
    assert read(text, lang) == [(Decimal(amount), currency)]


def test_the_span_holds_number_scale_and_currency() -> None:
    text = "Pagará 650 millones de dólares en efectivo."
    (amount,) = find_amounts(text, lang="es")
    assert text[amount.start : amount.end] == "650 millones de dólares"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "creció un 15% y suma 40 millones de dosis"),
        ("es", "tiene 49 millones de clientes"),
        ("es", "los 3 millones de usuarios"),
        ("es", "vale 0,10 euros por acción"),
        ("en", "5 million shares changed hands"),
        ("en", "it pays $9.25 per share"),
        ("en", "oil at $80 a barrel"),
        ("en", "a $30-a-share offer"),
        ("en", "they get $30 apiece"),
        ("fr", "à 30 euros l'action"),
        ("es", "a 30 euros por cada acción"),
        ("en", "in 2024 the plant gave 500 MW"),
        ("en", "a bag of 5 pounds"),
        ("fr", "une population de 60 millions"),
        ("fr", "elle a lu 500 livres"),
        ("es", "cientos de millones de dólares"),
    ],
)
def test_what_is_no_sum_is_left_alone(lang: str, text: str) -> None:
    assert read(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "entre 200 y 300 millones de euros"),
        ("es", "de 200 a 300 millones de euros"),
        ("en", "$2-3 billion"),
        ("en", "between $2bn and $3bn"),
        ("fr", "200 à 300 millions d'euros"),
    ],
)
def test_a_range_gives_no_amount(lang: str, text: str) -> None:
    assert read(text, lang) == []


def test_a_move_from_one_sum_to_another_keeps_both() -> None:
    assert read("from $2bn to $3bn", "en") == [(Decimal(2 * 10**9), "USD"), (Decimal(3 * 10**9), "USD")]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("cuesta 9,488 millones de euros; antes eran 3,5 millones de euros", Decimal("9488000")),
        ("cuesta 9,488 millones de euros; el total es 1,234,567 euros", Decimal("9488000000")),
        ("cuesta 9.488 millones de euros; antes eran 3,5 millones de euros", Decimal("9488000000")),
    ],
)
def test_the_text_votes_on_its_own_separators(text: str, amount: Decimal) -> None:
    assert read(text, "es")[0] == (amount, "EUR")


def test_sums_alone_in_brackets_may_be_far_from_the_word_of_money() -> None:
    text = (
        "La multa es para Acciona (29,4 millones), para las tres filiales de Orla en Soria (57,1 millones)."
    )
    assert [amount for amount, _ in read(text, "es")] == [29_400_000, 57_100_000]


def test_what_is_counted_in_brackets_is_no_sum() -> None:
    assert read("Orla tiene más clientes que Acciona (29,4 millones).", "es") == []


def test_a_currency_left_out_is_the_one_of_the_sentence() -> None:
    found = read("La compra se cerró por 650 millones, frente a los 500 millones de dólares previstos.", "es")
    assert found == [(Decimal(650_000_000), "USD"), (Decimal(500_000_000), "USD")]


def test_a_bare_sum_without_any_currency_has_none() -> None:
    assert read("La operación tiene un valor de 650 millones.", "es") == [(Decimal(650_000_000), None)]


@pytest.mark.parametrize(
    ("lang", "text", "currency"),
    [
        ("es", "El Gobierno de México pagó 20 millones de pesos.", "MXN"),
        ("es", "En Colombia cuesta 20 millones de pesos.", "COP"),
        ("es", "Cuesta 20 millones de pesos.", None),
        ("en", "Orla Pty Ltd (ASX: ORL) of Sydney, Australia, raised $5m.", "AUD"),
        ("en", "Orla raised $5m in Boston.", "USD"),
        ("en", "Orla of Dubai paid 5 million dirhams.", "AED"),
        ("es", "Orla pagó en Casablanca 5 millones de dirhams.", "MAD"),
    ],
)
def test_pesos_and_dollars_follow_the_hints_of_the_text(lang: str, text: str, currency: str | None) -> None:
    assert [found for _, found in read(text, lang)] == [currency]


def test_an_unknown_language_gives_nothing() -> None:
    assert find_amounts("5 Millionen Euro", lang="de") == ()


@pytest.mark.parametrize(
    "piece", ["1", "1.000", "$", "1 000 ", "mil ", "millones ", "$1-", "1,", "un millón y ", "a and "]
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    find_amounts(text, lang="es")
    assert time.process_time() - start < 2.0


@given(st.text(max_size=80), st.sampled_from(["es", "en", "fr"]))
def test_no_text_breaks_the_reading(text: str, lang: str) -> None:
    for amount in find_amounts(text, lang=lang):
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.money.amount.is_finite()


@given(st.integers(min_value=1, max_value=999))
def test_millions_and_thousand_millions_agree_in_spanish(number: int) -> None:
    assert read(f"{number}.000 millones de euros", "es") == read(f"{number} mil millones de euros", "es")
