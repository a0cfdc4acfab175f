"""Object pronouns that mean the company of the sentence before."""

import pytest

from bot.extraction.models import Models
from bot.extraction.pipeline import find_ties
from tests.extraction.test_ties import companies_in

NAMES = ["Alba", "Boreal", "Cobalto"]


def _told(models: Models, text: str) -> set[str]:
    ties = find_ties(text, companies_in(text, NAMES), (), (), nlp=models.load("es"), lang="es")
    return {f"{t.kind} {t.source} > {t.target} {t.status}" for t in ties}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Boreal cae. Alba le concedió un crédito.", {"financing Alba > Boreal completed"}),
        ("Boreal cae. Alba, su casero, le concedió un crédito.", {"financing Alba > Boreal completed"}),
        ("Boreal crece. Alba le suministrará los servidores.", {"supply Alba > Boreal announced"}),
        ("Boreal calla. Alba la demandó en 2006 por plagio.", {"litigation Alba > Boreal completed"}),
        (
            "Boreal crece. Alba la vendió en 2009 a Cobalto.",
            {"acquisition Cobalto > Boreal completed", "ownership Alba > Boreal ended"},
        ),
        (
            "Boreal y Cobalto crecen. Alba les suministrará los servidores.",
            {"supply Alba > Boreal announced", "supply Alba > Cobalto announced"},
        ),
    ],
)
def test_a_pronoun_before_a_verb_stands_for_the_company_of_the_sentence_before(
    models: Models, text: str, told: set[str]
) -> None:
    assert _told(models, text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Boreal y Cobalto crecen. Alba le concedió un crédito.",  # to which of them?
        "Boreal cae. Alba y Boreal callan, y Cobalto le concedió un crédito.",
        "Boreal cae. Alba no le concedió un crédito.",
        "Boreal crece. Alba la tienda la abrió en mayo.",
        "El sector cae. Alba le concedió un crédito.",
        "Boreal cae. Alba, que creó la marca Nevada, la vendió a Cobalto.",
    ],
)
def test_a_pronoun_that_may_mean_another_tells_nothing(models: Models, text: str) -> None:
    assert not _told(models, text)


def test_a_pronoun_that_repeats_who_is_named_means_nobody_else(models: Models) -> None:
    text = "Boreal cae. Alba le compra a Cobalto los servidores."
    assert _told(models, text) == {"supply Cobalto > Alba completed"}
