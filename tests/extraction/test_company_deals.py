"""What a deal says of the names in it."""

from collections.abc import Callable

import pytest

from bot.extraction.companies import find_companies
from bot.extraction.known import KnownCompanies
from bot.extraction.models import Models
from tests.extraction.company_articles import read_article

Names = Callable[[str, str], set[str]]


@pytest.fixture(scope="module")
def names(models: Models) -> Names:
    known = KnownCompanies.load()

    def find(lang: str, text: str) -> set[str]:
        docs = read_article(models, lang, text)
        found = find_companies(docs, text=text, title=None, lang=lang, known=known)
        return {company.name for company in found.names}

    return find


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Google bought Mandalora for $2 billion.", "Mandalora"),
        ("en", "Nestlé said it would sell Corvalis, which it bought for $3bn in 2021.", "Corvalis"),
        ("es", "Repsol compró Pravedisco por 20 millones de dólares.", "Pravedisco"),
        ("es", "Endesa acordó comprar el 100% de Pravedisco por 490 millones.", "Pravedisco"),
        ("es", "Iberdrola compró una participación del 20% de Voltamera.", "Voltamera"),
        ("fr", "Danone a racheté Brivelle pour 3 millions d'euros.", "Brivelle"),
        ("fr", "Danone avait acheté l'américain Brivelle pour 3 milliards de dollars.", "Brivelle"),
    ],
)
def test_what_is_bought_beside_a_company_is_one(names: Names, lang: str, text: str, name: str) -> None:
    found = names(lang, text)
    assert name in found


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Tom bought Picasso's Guernica for $2 million."),
        ("en", "She bought a Fender for $900 in Nashville."),
        ("es", "El Real Madrid compró a Mbappé por 100 millones."),
        ("es", "El alemán Zverev ganó a Alcaraz."),
        ("fr", "Le français Mbappé signe au Real Madrid pour 100 millions."),
    ],
)
def test_a_deal_without_a_company_makes_none(names: Names, lang: str, text: str) -> None:
    assert names(lang, text) == set()


@pytest.mark.parametrize(
    ("lang", "text", "company"),
    [
        ("es", "Iberdrola vendió a Pérez su casa.", "Iberdrola"),
        ("es", "Repsol vendió una planta en Cartagena a Ruiz Mateos por 10 millones.", "Repsol"),
        ("en", "Microsoft sold Windows licences to Brazil for $2 billion.", "Microsoft"),
        ("en", "Pfizer sold its vaccine Comirnaty to Germany.", "Pfizer"),
        ("es", "Repsol invertirá 10.000 millones en Aragón y en Zaragoza.", "Repsol"),
        ("en", "Pfizer invested $2 billion in Hampshire and Essex.", "Pfizer"),
    ],
)
def test_people_places_and_products_in_a_deal_are_no_companies(
    names: Names, lang: str, text: str, company: str
) -> None:
    assert names(lang, text) == {company}


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("es", "Con Shell, en tanto, YPF firmó un acuerdo. Chevron y Petronas siguen.", "Shell"),
        ("es", "United tiene una alianza con Avianca desde 2018. Gol y Latam callan.", "United Airlines"),
        ("es", "Claro y VTR compiten con Entel y Movistar.", "Claro"),
        ("es", "Santander sumó un 1,6%, BBVA un 1,9% y Telefónica cedió un 0,2%.", "Banco Santander"),
        ("es", "Repsol cerró un préstamo con Santander y BBVA por 100 millones.", "Banco Santander"),
        ("en", "BHP has a joint venture with Vale in Brazil.", "Vale"),
    ],
)
def test_a_name_that_is_a_word_or_a_place_is_a_company_in_a_deal(
    names: Names, lang: str, text: str, name: str
) -> None:
    found = names(lang, text)
    assert any(name in company for company in found)


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("es", "Repsol invierte en Santander 20 millones. BBVA y Endesa callan.", "Banco Santander"),
        ("en", "Pfizer is buying land in Aurora. Merck and Intel are not.", "Aurora"),
    ],
)
def test_a_place_in_a_deal_stays_a_place(names: Names, lang: str, text: str, name: str) -> None:
    assert name not in {company.split(" Innovation")[0] for company in names(lang, text)}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "IHC invested $700 million in Adani Enterprises in May.", "Adani Enterprises"),
        ("es", "Glovo vendió su negocio a Uber Eats por 900 millones.", "Uber Eats"),
        ("fr", "Air France-KLM a commandé 50 Airbus A350.", "Air France-KLM"),
    ],
)
def test_a_listed_family_member_is_not_cut_to_its_head(
    names: Names, lang: str, text: str, expected: str
) -> None:
    assert expected in names(lang, text)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Endesa vendió su planta a Pfizer Paraguay.", "Pfizer Paraguay"),
        ("en", "Barclays and Danone Logistics closed the plant.", "Danone Logistics"),
    ],
)
def test_a_listed_name_with_a_trade_or_a_place_is_a_firm_of_its_own(
    names: Names, lang: str, text: str, expected: str
) -> None:
    assert expected in names(lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It would hurt Apple, said analysts at Kestrivane. Intel fell."),
        ("es", "Apple subirá, según los analistas de Kestrivane."),
    ],
)
def test_the_house_of_an_analyst_is_a_company(names: Names, lang: str, text: str) -> None:
    assert "Kestrivane" in names(lang, text)


def test_a_currency_code_is_no_company(names: Names) -> None:
    assert names("en", "State Bank of India has lent Rs 21,000 crore to Infosys.") == {
        "State Bank of India",
        "Infosys",
    }
