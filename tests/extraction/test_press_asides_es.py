"""Bids, shares, consortia and owners as the Spanish press tells them in nouns, participles and asides."""

import pytest

from bot.extraction.models import Models
from bot.extraction.pipeline import find_ties
from bot.values import SYMMETRIC_KINDS
from tests.extraction.test_ties import companies_in
from tests.extraction.tie_cases import NAMES

TOLD = (
    # bids that bind nobody, or that somebody received
    ("Alba ha presentado una oferta no vinculante por Boreal.", "acquisition Alba > Boreal announced"),
    ("La oferta no vinculante de Alba sobre Boreal expira hoy.", "acquisition Alba > Boreal announced"),
    ("Boreal ha recibido una oferta no vinculante de Alba.", "acquisition Alba > Boreal announced"),
    ("Boreal recibió una oferta de compra de Alba por 40 millones.", "acquisition Alba > Boreal announced"),
    ("Boreal rechazó una opa hostil de Alba.", "acquisition Alba > Boreal ended"),
    (
        "Alba remitió a Boreal una oferta no vinculante para adquirir la totalidad de sus acciones.",
        "acquisition Alba > Boreal announced",
    ),
    ("Alba compra por 90 millones el 80% de Boreal.", "acquisition Alba > Boreal announced"),
    ("La absorción de Boreal por Alba dejará 300 despidos.", "acquisition Alba > Boreal announced"),
    ("Boreal pasó en 2012 al grupo portugués Alba.", "acquisition Alba > Boreal completed"),
    # shares
    ("La salida de Alba del capital de Boreal sorprendió.", "investment Alba > Boreal ended"),
    ("Boreal crece. El 31% sigue en poder de Alba.", "investment Alba > Boreal completed"),
    ("Boreal crece. El 61% del capital está en manos de Alba.", "ownership Alba > Boreal completed"),
    ("Boreal pertenece en un 24% a Alba.", "investment Alba > Boreal completed"),
    ("Boreal, de la que Alba controla un 17, subió.", "investment Alba > Boreal completed"),
    ("Boreal está participada por Alba.", "investment Alba > Boreal completed"),
    ("Boreal está participada mayoritariamente por Alba.", "ownership Alba > Boreal completed"),
    ("Boreal, filial al 99 por ciento de Alba, subió.", "ownership Alba > Boreal completed"),
    ("Alba, titular del 51% de Boreal, votó no.", "ownership Alba > Boreal completed"),
    ("Boreal, en la que Alba tiene la mayoría, subió.", "ownership Alba > Boreal completed"),
    ("Boreal es de Alba desde 2017.", "ownership Alba > Boreal completed"),
    ("Boreal fue de Alba hasta 2017.", "ownership Alba > Boreal ended"),
    ("Alba acaba de desprenderse de Boreal.", "ownership Alba > Boreal ended"),
    ("Boreal, comprada a Alba en 2014, subió.", "ownership Alba > Boreal ended"),
    # contracts and loans
    ("El contrato, adjudicado por Boreal a Alba, vence hoy.", "supply Alba > Boreal completed"),
    ("Las obras, adjudicadas a Alba por Boreal, empiezan hoy.", "supply Alba > Boreal completed"),
    ("Boreal encargó en otoño a Alba que buscara comprador.", "supply Alba > Boreal completed"),
    ("Boreal distribuye en Lugo los tractores de Alba.", "supply Alba > Boreal completed"),
    ("Boreal será el distribuidor exclusivo de los tractores de Alba.", "supply Alba > Boreal announced"),
    ("Alba nombró a Boreal distribuidor para España.", "supply Alba > Boreal completed"),
    (
        "Boreal llegó a un acuerdo con Alba para refinanciar su deuda.",
        "financing Alba > Boreal announced",
    ),
    ("Boreal devolvió el crédito que le concedió Alba.", "financing Alba > Boreal completed"),
    ("Los acreedores de Boreal, encabezados por Alba, callan.", "financing Alba > Boreal completed"),
    # together
    ("Alba, asociada con Boreal, vendió su parte.", "partnership Alba - Boreal completed"),
    ("Alba y Boreal retiraron su oferta conjunta.", "partnership Alba - Boreal completed"),
    ("La UTE de Alba con Boreal quedó segunda.", "partnership Alba - Boreal completed"),
    ("El consorcio que integran Alba y Boreal hará el puente.", "partnership Alba - Boreal completed"),
    ("Alba y Boreal, que comparten a medias un solar, callan.", "partnership Alba - Boreal completed"),
)
SEVERAL = (
    (
        "Alba compró a Boreal su filial portuguesa Cobalto.",
        {"acquisition Alba > Cobalto completed", "ownership Boreal > Cobalto ended"},
    ),
    (
        "Alba le compra a Boreal su filial Cobalto.",
        {"acquisition Alba > Cobalto announced", "ownership Boreal > Cobalto completed"},
    ),
    (
        "Boreal crece. En marzo vendió a Alba su filial Cobalto.",
        {"ownership Boreal > Cobalto ended"},
    ),
    (
        "Cobalto, vendida por Boreal a Alba en 2014, subió.",
        {"acquisition Alba > Cobalto completed", "ownership Boreal > Cobalto ended"},
    ),
    (
        "Cobalto, que Boreal vendió a un consorcio encabezado por Alba, subió.",
        {"acquisition Alba > Cobalto completed", "ownership Boreal > Cobalto ended"},
    ),
    (
        "Cobalto, participada por Alba (60%) y Boreal (40%), crece.",
        {"ownership Alba > Cobalto completed", "investment Boreal > Cobalto completed"},
    ),
    (
        "Entre los accionistas de Cobalto figuran Alba, con un 52%, y Boreal, con un 5.",
        {"ownership Alba > Cobalto completed", "investment Boreal > Cobalto completed"},
    ),
    (
        "El capital de Cobalto se reparte entre Alba (51%) y Boreal (49%).",
        {"ownership Alba > Cobalto completed", "investment Boreal > Cobalto completed"},
    ),
    (
        "Cobalto, de la que Alba tiene el 23,4% y Boreal el 18, subió.",
        {"investment Alba > Cobalto completed", "investment Boreal > Cobalto completed"},
    ),
    (
        "Alba posee el 49% de la belga Boreal y el 20 de la sudafricana Cobalto.",
        {"investment Alba > Boreal completed", "investment Alba > Cobalto completed"},
    ),
    (
        "Alba es dueña de la chilena Boreal y de la italiana Cobalto.",
        {"ownership Alba > Boreal completed", "ownership Alba > Cobalto completed"},
    ),
    (
        "Cobalto ha encargado a la unión temporal que integran Alba y Boreal la renovación de la red.",
        {
            "partnership Alba - Boreal completed",
            "supply Alba > Cobalto completed",
            "supply Boreal > Cobalto completed",
        },
    ),
)
SILENT = (
    "Alba no presentó una oferta vinculante por Boreal.",
    "Boreal recibió ofertas de Alba y Cobalto para suministrar trenes.",
    "Boreal recibió una oferta de empleo de Alba.",
    "Boreal crece. El 31% del tráfico está en manos de Alba.",
    "Alba quiere desprenderse de Boreal.",
    "Alba ofrece créditos a clientes con Boreal.",
    "El premio, adjudicado por un jurado a Alba, honra a Boreal.",
    "Alba distribuye juguetes en la sede de Boreal.",
    "La UTE de Alba venció con holgura a Boreal.",
    "Alba y Boreal, que comparten acera, callan.",
)


def _told(models: Models, text: str) -> set[str]:
    ties = find_ties(text, companies_in(text, NAMES), (), (), nlp=models.load("es"), lang="es")
    return {
        f"{tie.kind} {tie.source} {'-' if tie.kind in SYMMETRIC_KINDS else '>'} {tie.target} {tie.status}"
        for tie in ties
    }


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_a_noun_a_participle_or_an_aside_tells_its_tie(models: Models, text: str, told: str) -> None:
    assert told in _told(models, text)


@pytest.mark.parametrize(("text", "told"), SEVERAL)
def test_of_three_companies_each_stands_in_its_place(models: Models, text: str, told: set[str]) -> None:
    assert _told(models, text) == told


@pytest.mark.parametrize("text", SILENT)
def test_what_only_resembles_such_words_tells_nothing(models: Models, text: str) -> None:
    assert not _told(models, text)
