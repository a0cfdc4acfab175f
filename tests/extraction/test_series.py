"""What a verb said once tells of several companies, each with its own sum or its own buyer."""

import re

import pytest

from bot.extraction.models import Models
from bot.extraction.money import find_amounts
from bot.extraction.pipeline import find_ties
from tests.extraction.test_ties import companies_in

NAMES = ["Nortia", "Tessel", "Marlow", "Brimstead", "Corvane"]


def _told(models: Models, lang: str, text: str) -> set[str]:
    names = [name for name in NAMES if re.search(rf"\b{name}\b", text)]
    amounts = find_amounts(text, lang=lang)
    ties = find_ties(text, companies_in(text, names), amounts, (), nlp=models.load(lang), lang=lang)
    return {f"{t.kind} {t.source} > {t.target} {t.money.amount if t.money else '-'}" for t in ties}


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "en",
            "Nortia bought Tessel for $1.2bn and Marlow for $300m.",
            {"acquisition Nortia > Tessel 1200000000", "acquisition Nortia > Marlow 300000000"},
        ),
        (
            "en",
            "Nortia bought Tessel for $5m, Marlow for $3m and Brimstead for $2m.",
            {
                "acquisition Nortia > Tessel 5000000",
                "acquisition Nortia > Marlow 3000000",
                "acquisition Nortia > Brimstead 2000000",
            },
        ),
        (
            "en",
            "Nortia acquired Tessel, Marlow and Brimstead for $5, $7 and $9 million respectively.",
            {
                "acquisition Nortia > Tessel 5000000",
                "acquisition Nortia > Marlow 7000000",
                "acquisition Nortia > Brimstead 9000000",
            },
        ),
        (
            "en",
            "Nortia bought 20% of Tessel for $5m and 60% of Marlow for $3m.",
            {"investment Nortia > Tessel 5000000", "acquisition Nortia > Marlow 3000000"},
        ),
        (
            "en",
            "Nortia bought Tessel for $5m and 30% of Marlow for $3m.",
            {"acquisition Nortia > Tessel 5000000", "investment Nortia > Marlow 3000000"},
        ),
        (
            "es",
            "Nortia compró el 20% de Tessel por 5 millones de euros y el 60% de Marlow por 3 millones.",
            {"investment Nortia > Tessel 5000000", "acquisition Nortia > Marlow 3000000"},
        ),
        (
            "fr",
            "Nortia a acquis 20 % de Tessel pour 5 millions d'euros et 60 % de Marlow pour 3 millions.",
            {"investment Nortia > Tessel 5000000", "acquisition Nortia > Marlow 3000000"},
        ),
        (
            "en",
            "Nortia lent $5m to Tessel and $3m to Marlow.",
            {"financing Nortia > Tessel 5000000", "financing Nortia > Marlow 3000000"},
        ),
        (
            "en",
            "Nortia ordered jets from Tessel for $5m and Marlow for $3m.",
            {"supply Tessel > Nortia 5000000", "supply Marlow > Nortia 3000000"},
        ),
        (
            "en",
            "Nortia sold Tessel to Corvane for $20 million and Marlow to Brimstead for $30 million.",
            {
                "acquisition Corvane > Tessel 20000000",
                "acquisition Brimstead > Marlow 30000000",
                "ownership Nortia > Tessel -",
                "ownership Nortia > Marlow -",
            },
        ),
        (
            "en",
            "Nortia won contracts from Tessel ($5m) and Marlow.",
            {"supply Nortia > Tessel 5000000", "supply Nortia > Marlow -"},
        ),
        (
            "es",
            "Nortia compró Tessel por 10 millones de euros y Marlow por 5.",
            {"acquisition Nortia > Tessel 10000000", "acquisition Nortia > Marlow 5000000"},
        ),
        (
            "es",
            "Nortia adquirió Tessel, Marlow y Corvane por 5, 7 y 9 millones de euros respectivamente.",
            {
                "acquisition Nortia > Tessel 5000000",
                "acquisition Nortia > Marlow 7000000",
                "acquisition Nortia > Corvane 9000000",
            },
        ),
        (
            "es",
            "Nortia invirtió 5 millones de euros en Tessel y 3 millones en Marlow.",
            {"investment Nortia > Tessel 5000000", "investment Nortia > Marlow 3000000"},
        ),
        (
            "es",
            "Nortia vendió Tessel a Corvane y Marlow a Brimstead.",
            {
                "acquisition Corvane > Tessel -",
                "acquisition Brimstead > Marlow -",
                "ownership Nortia > Tessel -",
                "ownership Nortia > Marlow -",
            },
        ),
        (
            "fr",
            "Nortia a racheté Tessel pour 10 M€ et Marlow pour 5 M€.",
            {"acquisition Nortia > Tessel 10000000", "acquisition Nortia > Marlow 5000000"},
        ),
        (
            "fr",
            "Nortia a investi 5 millions d'euros dans Tessel et 3 millions dans Marlow.",
            {"investment Nortia > Tessel 5000000", "investment Nortia > Marlow 3000000"},
        ),
        (
            "fr",
            "Nortia a acquis Tessel, Marlow et Corvane pour respectivement 5, 7 et 9 millions d'euros.",
            {
                "acquisition Nortia > Tessel 5000000",
                "acquisition Nortia > Marlow 7000000",
                "acquisition Nortia > Corvane 9000000",
            },
        ),
        (
            "fr",
            "Nortia a vendu Tessel à Corvane et Marlow à Brimstead.",
            {
                "acquisition Corvane > Tessel -",
                "acquisition Brimstead > Marlow -",
                "ownership Nortia > Tessel -",
                "ownership Nortia > Marlow -",
            },
        ),
    ],
)
def test_each_further_company_of_a_series_is_told_like_the_first(
    models: Models, lang: str, text: str, told: set[str]
) -> None:
    assert _told(models, lang, text) == told


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "en",
            "Nortia bought Tessel for $5m and rival Marlow fell 3% to $9.",
            {"acquisition Nortia > Tessel 5000000"},
        ),
        ("en", "Nortia moved its seat from Tessel to Corvane and Marlow to Brimstead.", set()),
        (
            "en",
            "Nortia sold chips to Tessel for $5m and Marlow for $3m.",
            {"supply Nortia > Tessel 5000000", "supply Nortia > Marlow 3000000"},
        ),
        (
            "es",
            "Nortia compró Tessel por 10 millones de euros y felicitó a Marlow por 5 premios.",
            {"acquisition Nortia > Tessel 10000000"},
        ),
        (
            "fr",
            "Nortia a racheté Tessel pour 10 M€ et félicité Marlow pour 5 prix.",
            {"acquisition Nortia > Tessel 10000000"},
        ),
    ],
)
def test_what_has_a_verb_of_its_own_is_no_member_of_a_series(
    models: Models, lang: str, text: str, told: set[str]
) -> None:
    assert _told(models, lang, text) == told


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "es",
            "Nortia compró el 20% de Tessel por 5 millones de euros y el 60% de Marlow por 3 millones.",
            {"investment Nortia > Tessel 5000000", "acquisition Nortia > Marlow 3000000"},
        ),
        (
            "es",
            "Nortia adquirió Tessel en 2001, Marlow en 2003 y el 40% de Corvane en 2005.",
            {
                "acquisition Nortia > Tessel -",
                "acquisition Nortia > Marlow -",
                "investment Nortia > Corvane -",
            },
        ),
        (
            "es",
            "Nortia posee el 20% de Tessel y el 60% de Marlow.",
            {"investment Nortia > Tessel -", "ownership Nortia > Marlow -"},
        ),
        (
            "en",
            "Nortia bought 20% of Tessel for $5m and 60% of Marlow for $3m.",
            {"investment Nortia > Tessel 5000000", "acquisition Nortia > Marlow 3000000"},
        ),
        (
            "fr",
            "Nortia a acquis 20 % de Tessel pour 5 M€ et 60 % de Marlow pour 3 M€.",
            {"investment Nortia > Tessel 5000000", "acquisition Nortia > Marlow 3000000"},
        ),
    ],
)
def test_each_share_of_a_series_says_for_itself_how_much_is_bought(
    models: Models, lang: str, text: str, told: set[str]
) -> None:
    assert _told(models, lang, text) == told
