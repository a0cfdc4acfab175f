"""Nouns that stand for a company named before."""

from collections.abc import Callable

import pytest

from bot.extraction.companies import find_companies
from bot.extraction.known import KnownCompanies
from bot.extraction.mentions import MentionKind
from bot.extraction.models import Models
from tests.extraction.company_articles import read_article

Roles = Callable[[str, str], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def roles(models: Models) -> Roles:
    known = KnownCompanies.load()

    def find(lang: str, text: str) -> list[tuple[str, str]]:
        docs = read_article(models, lang, text)
        found = find_companies(docs, text=text, title=None, lang=lang, known=known)
        return [(text[m.start : m.end], m.company) for m in found.mentions if m.kind is MentionKind.ROLE]

    return find


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Repsol creció. La compañía venderá una planta.", [("La compañía", "Repsol")]),
        (
            "es",
            "Google y Microsoft hablan. La tecnológica de Redmond calla.",
            [("La tecnológica de Redmond", "Microsoft")],
        ),
        ("es", "BBVA y Repsol pactan. El banco prestará dinero.", [("El banco", "BBVA")]),
        ("es", "Renault y Siemens pactan. El grupo francés pagará.", [("El grupo francés", "Renault")]),
        ("es", "Siemens y Endesa hablan. La alemana compró una planta.", [("La alemana", "Siemens")]),
        ("fr", "Siemens et Danone discutent. L'allemand veut vendre une usine.", [("L'allemand", "Siemens")]),
        ("en", "Shell met Intel. The London-based group gained.", [("The London-based group", "Shell")]),
        ("en", "IndiGo fell. The Delhi-based airline lost money.", [("The Delhi-based airline", "IndiGo")]),
        ("en", "Boeing sued Intel. The chipmaker denied it.", [("The chipmaker", "Intel")]),
        ("en", "Boeing fell. The company's shares sank.", [("The company", "Boeing")]),
        ("fr", "Danone a grandi. Le groupe vend une usine.", [("Le groupe", "Danone")]),
        ("es", "Repsol creció. Siemens acusó al grupo de ocultar datos.", [("grupo", "Repsol")]),
        ("es", "Repsol creció. La empresa controlada por Siemens vendió más.", [("La empresa", "Repsol")]),
        ("en", "Boeing met Intel. In 2003, the company needed cash.", [("the company", "Boeing")]),
        ("en", "Boeing fell. Intel has bought the company.", [("the company", "Boeing")]),
    ],
)
def test_a_role_means_the_nearest_company_that_fits(
    roles: Roles, lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert roles(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "phrase"),
    [
        ("es", "Repsol y Endesa hablan. Ambas compañías callan.", "Ambas compañías"),
        ("en", "Boeing met Intel. Both companies gained.", "Both companies"),
        ("fr", "Danone a rencontré Airbus. Les deux groupes se taisent.", "Les deux groupes"),
    ],
)
def test_a_plural_role_means_both_companies(roles: Roles, lang: str, text: str, phrase: str) -> None:
    found = roles(lang, text)
    assert {said for said, _ in found} == {phrase}
    assert len({company for _, company in found}) == 2


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "es",
            "OpenAI necesita la nube de Microsoft, este último quiere sus modelos.",
            [("este último", "Microsoft")],
        ),
        ("en", "OpenAI needs Microsoft, and the latter wants its models.", [("the latter", "Microsoft")]),
    ],
)
def test_the_latter_is_the_company_named_last(
    roles: Roles, lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert roles(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Repsol y Endesa hablan con Iberdrola y Cepsa. La planta de la empresa privada cerró."),
        ("es", "Ayer Repsol habló con Endesa y con Naturgy. Luego cayó la compañía."),
        ("es", "La compañía venderá una planta. Repsol calla."),
        ("es", "BBVA creció. El banco central subió los tipos."),
        ("es", "Repsol calla. La empresa Vexalia creció."),
        ("es", "Siemens y Bayer hablan. La alemana compró una planta."),
        ("es", "Siemens creció. El alemán Zverev ganó."),
        ("es", "Siemens creció. La alemana Marta Klein ganó."),
        ("en", "Boeing met Intel. The Madrid-based group gained."),
        ("en", "Boeing met Intel and Pfizer. Both companies gained."),
        ("en", "Boeing fell. The parent company of a rival rose."),
        ("fr", "Danone a grandi. Le groupe de travail se réunit."),
        ("fr", "Danone a grandi. La société réunionnaise Austrélia a racheté une usine."),
        ("es", "Iberdrola creció. La filial pertenece al grupo español Austrélia."),
        ("es", "Siemens creció. Hablan del grupo de expertos."),
        ("en", "Boeing met Intel. Analysts in 2003 praised the company."),
    ],
)
def test_no_company_is_better_than_a_wrong_one(roles: Roles, lang: str, text: str) -> None:
    assert roles(lang, text) == []
