"""Which sum and which date a tie takes where several stand by, in three languages."""

import pytest

from bot.extraction.dates import find_days
from bot.extraction.models import Models
from bot.extraction.money import find_amounts
from bot.extraction.pipeline import find_ties
from tests.extraction.test_ties import companies_in
from tests.extraction.tie_cases import NAMES


def _told(models: Models, lang: str, text: str) -> dict[str, tuple[str | None, str | None]]:
    """Sum with currency, and date, by the company that is bought, funded, ordered from or sued."""
    amounts, days = find_amounts(text, lang=lang), find_days(text, lang=lang, published=None)
    ties = find_ties(text, companies_in(text, NAMES), amounts, days, nlp=models.load(lang), lang=lang)
    return {t.target: (f"{t.money.amount:.0f} {t.money.currency}" if t.money else None, t.date) for t in ties}


@pytest.mark.parametrize(
    ("lang", "text", "amount"),
    [
        ("en", "Acme is buying Globex for $75 a share in a deal valued at $69bn.", "69000000000 USD"),
        ("en", "Acme will buy Globex for $30 per share in cash.", None),
        ("en", "Acme bought Globex, a shop with $5 billion in annual sales.", None),
        ("en", "Acme, with $12bn under management, bought Globex in a $300 million deal.", "300000000 USD"),
        ("en", "Acme, the $30 billion software group, bought Globex for $1.3 billion.", "1300000000 USD"),
        ("en", "Acme is buying Globex for a fee of $60 million to its bank.", None),
        ("en", "Acme bought Globex for HK$3.2 billion ($410 million).", "3200000000 HKD"),
        ("en", "Acme sued Globex, which owes it $40 million.", "40000000 USD"),
        ("es", "Acme compró Globex por 650 M$.", "650000000 USD"),
        ("es", "Acme compró Globex en una operación valorada en 700 millones de euros.", "700000000 EUR"),
        ("es", "Acme lanza una opa de 34 M€ sobre Globex, cuyo valor ronda los 29 M€.", "34000000 EUR"),
        ("es", "Acme, con 12.000 M€ bajo gestión, compró Globex por 820 M€.", "820000000 EUR"),
        ("es", "Acme compró el 25% de Globex por 500 M€, lo que la valora en 2.000 M€.", "500000000 EUR"),
        ("es", "Acme compró Globex por 2.000 millones de euros (unos 2.150 M$).", "2000000000 EUR"),
        ("es", "Acme demandó a Globex por 500 millones de dólares.", "500000000 USD"),
        ("fr", "Acme a racheté Globex pour un demi-milliard d'euros.", "500000000 EUR"),
        ("fr", "Acme lance une offre sur Globex à 30 euros l'action.", None),
        ("fr", "Acme a racheté Globex, qui réalise 5 milliards d'euros de chiffre d'affaires.", None),
        ("fr", "Acme a racheté Globex dans une opération valorisée à 700 millions d'euros.", "700000000 EUR"),
        ("fr", "Acme, qui gère 12 Md€ d'actifs, a racheté Globex pour 820 M€.", "820000000 EUR"),
    ],
)  # fmt: skip
def test_a_tie_takes_what_was_paid(models: Models, lang: str, text: str, amount: str | None) -> None:
    assert _told(models, lang, text)["Globex"][0] == amount


@pytest.mark.parametrize(
    ("lang", "text", "date"),
    [
        ("en", "Founded in 1998, Acme bought Globex.", None),
        ("en", "Acme, founded in 1998, bought Globex in 2015.", "2015"),
        ("en", "Acme sold Globex to Initech, for less than the sum it paid in 2015.", None),
        ("en", "Acme bought Globex, a shop, in May 2020.", "2020-05"),
        ("en", "In May 2020, after months of talks, Acme bought Globex.", "2020-05"),
        ("en", "Acme, which had sales of $5 million in 2021, bought Globex.", None),
        ("en", "Acme launched in May 2024 a bid for Globex.", "2024-05"),
        ("en", "Acme's 2017 purchase of Globex was its best.", "2017"),
        ("en", "2017: Acme buys Globex.", "2017"),
        ("en", "All will be flown by Acme after it bought Globex, ending the deal agreed in 2013.", "2013"),
        ("es", "Fundada en 1998, Acme compró Globex.", None),
        ("es", "En 2019, tras la compra de Globex por Acme, cerraron tiendas.", None),
        ("es", "Acme, que facturó 35.527 millones en 2023, compró Globex.", None),
        ("es", "La compra de Globex por Acme, ha reducido su plantilla desde 18.700 en 1996.", None),
        ("fr", "Acme, fondée en 1998, a racheté Globex en 2015.", "2015"),
        ("fr", "En 2019, après le rachat de Globex par Acme, des magasins ont fermé.", None),
    ],
)
def test_a_tie_takes_no_date_of_something_else(
    models: Models, lang: str, text: str, date: str | None
) -> None:
    assert _told(models, lang, text)["Globex"][1] == date


def test_of_several_sums_each_tie_takes_its_own(models: Models) -> None:
    told = _told(models, "en", "Acme bought Globex and Initech for $1bn and $2bn, respectively.")
    assert (told["Globex"][0], told["Initech"][0]) == ("1000000000 USD", "2000000000 USD")


def test_a_sum_for_several_is_taken_by_all(models: Models) -> None:
    told = _told(models, "en", "Acme bought Globex and Initech for $3bn.")
    assert (told["Globex"][0], told["Initech"][0]) == ("3000000000 USD", "3000000000 USD")


def test_dates_of_something_else_are_not_dealt_out(models: Models) -> None:
    told = _told(models, "en", "In 2015 Acme bought Globex, founded in 1998, and Initech, founded in 2001.")
    assert told["Globex"][1] == "2015"


def test_the_only_deal_takes_the_price_that_a_later_sentence_tells(models: Models) -> None:
    text = "Acme compró Globex. Ambas son de Soria. La operación, por un importe de 3.900 M€, se cerró ayer."
    assert _told(models, "es", text)["Globex"][0] == "3900000000 EUR"


def test_of_two_deals_none_takes_a_price_told_far_off(models: Models) -> None:
    text = "Acme compró Globex. Acme compró Initech. Son de Soria. La operación, por 3.900 M€, se cerró ayer."
    assert [sum_ for sum_, _ in _told(models, "es", text).values()] == [None, None]


def test_each_of_those_fined_takes_the_fine_beside_its_name(models: Models) -> None:
    text = "Acme demanda a Globex (29,4 M€), Initech (57,1 M€) y Kestrel (40,4 M€)."
    assert {name: sum_ for name, (sum_, _) in _told(models, "es", text).items()} == {
        "Globex": "29400000 EUR",
        "Initech": "57100000 EUR",
        "Kestrel": "40400000 EUR",
    }
