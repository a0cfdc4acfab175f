"""Where a company's name begins and ends, and what is no company though it looks like one."""

from collections.abc import Callable

import pytest

from bot.extraction.companies import find_companies
from bot.extraction.encoder.names import NameSpan
from bot.extraction.known import KnownCompanies
from bot.extraction.models import Models
from tests.extraction.company_articles import read_article

Find = Callable[..., set[str]]


@pytest.fixture(scope="module")
def find(models: Models) -> Find:
    known = KnownCompanies.load()

    def named(lang: str, text: str, *tagged: str, probability: float = 0.97) -> set[str]:
        spans = [NameSpan(text.index(t), text.index(t) + len(t), probability) for t in tagged]
        found = find_companies(
            read_article(models, lang, text), text=text, title=None, lang=lang, known=known, tagged=spans
        )
        return {company.name for company in found.names}

    return named


@pytest.mark.parametrize(
    "name", ["468 Tralva", "Quorenda 3 Media", "Tralva's Milk", "Internet Tralva", "tralva.com"]
)
def test_a_name_that_its_capitals_do_not_span_is_taken_whole_when_the_tagger_is_sure(
    find: Find, name: str
) -> None:
    text = f"Yesterday {name} spoke about the harvest."
    assert find("en", text, name) == {name}
    assert find("en", text, name, probability=0.6) != {name}


@pytest.mark.parametrize(("name", "names"), [("tralvix", {"tralvix"}), ("cosecha", set())])
def test_a_name_without_capitals_is_one_when_the_tagger_has_no_doubt(
    find: Find, name: str, names: set[str]
) -> None:
    assert find("es", f"Ayer {name} habló de trigo.", name, probability=0.97 if names else 0.9) == names


def test_the_ending_of_an_address_is_no_name(find: Find) -> None:
    assert find("es", "Ayer Quorenda y tralva.net hablaron.", "Quorenda", "net") == {"Quorenda"}


def test_a_letter_that_the_tagger_parts_from_its_name_stays_with_it(find: Find) -> None:
    assert find("es", "Ayer Quorenda y e-Vántica hablaron.", "Quorenda", "Vántica") == {
        "Quorenda",
        "e-Vántica",
    }


def test_ex_is_no_part_of_a_name(find: Find) -> None:
    assert find("fr", "Hier l'ex-Tralvane a vendu son usine.", "Tralvane") == {"Tralvane"}


def test_a_listed_word_that_opens_the_sentence_is_no_part_of_the_name(find: Find) -> None:
    assert find("en", "As Tralvix grew, its rivals slept.", "Tralvix") == {"Tralvix"}


@pytest.mark.parametrize("name", ["Telecom", "Mobile"])
def test_a_common_head_word_is_a_name_when_the_tagger_has_no_doubt(find: Find, name: str) -> None:
    text = f"El regulador aprobó la fusión de {name} con Quorenda."
    assert find("es", text, name, "Quorenda") >= {"Quorenda"}
    assert len(find("es", text, name, "Quorenda")) == 2
    assert find("es", text, "Quorenda") == {"Quorenda"}


@pytest.mark.parametrize(
    "name", ["Ocean Tralva", "Promotora Tralva del Centro", "Tralva Office", "Tralva Clinic"]
)
def test_a_place_word_may_head_a_company_s_name(find: Find, name: str) -> None:
    text = f"Ayer {name} habló de trigo."
    assert find("es", text, name) == {name}
    assert find("es", text) == set()


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "Germany's Tralva AG bought a mill from Airbus.", {"Tralva AG", "Airbus"}),
        ("en", "Howard's Tralva Inc bought a mill from Airbus.", {"Howard's Tralva Inc", "Airbus"}),
        ("es", "La obra es de Tralva S.A. sucursal Colombia.", {"Tralva S.A. sucursal Colombia"}),
        ("en", "Rupert Roe's 21st Century Fox sold a studio to Disney.", {"Fox Corporation", "Walt Disney"}),
        ("en", "The United Arab Emirates bought jets from Airbus.", {"Airbus"}),
        ("en", "The Boeing-Lockheed Martin team won.", {"Boeing", "Lockheed Martin"}),
        ("es", "Habló la Caixa d'Eivissa con Iberdrola.", {"Caixa d'Eivissa", "Iberdrola"}),
    ],
)  # fmt: skip
def test_names_end_where_they_end(find: Find, lang: str, text: str, names: set[str]) -> None:
    assert find(lang, text, *(n for n in names if n in text)) == names


def test_two_listed_names_with_a_hyphen_are_one_name_where_nothing_joins_them(find: Find) -> None:
    found = find("fr", "Hier Tecva, filiale de Vivendi-Générale Tralva, a parlé.", "Vivendi-Générale Tralva")
    assert "Vivendi" not in found
    found = find("es", "Ayer habló Iberdrola-Endesa de trigo.", "Iberdrola-Endesa")
    assert found == {"Iberdrola-Endesa"}


@pytest.mark.parametrize(
    ("lang", "text", "thing"),
    [
        ("es", "Ayer Quorenda le regaló un Ferrari a cada empleado.", "Ferrari"),
        ("es", "Ayer Quorenda presentó su juego Tralvia en Lyon.", "Tralvia"),
        ("fr", "Quorenda a créé le logiciel de dessin Tralvane.", "Tralvane"),
        ("fr", "Quorenda vend Kibana et rien d'autre.", "Kibana"),
        ("en", "Quorenda owns the site. The Parties met in May.", "Parties"),
        ("en", "Quorenda is listed on the Euronext Paris, Borsa Italiana, and no other.", "Borsa Italiana"),
        ("fr", "Hier Quorenda et Moncef Tralvane ont parlé.", "Moncef Tralvane"),
        ("en", "Quorenda got two millions in Venture Capital.", "Venture Capital"),
        ("en", "Yesterday Jane Roe, Quorenda, VP Open Tralva spoke.", "VP Open Tralva"),
    ],
)
def test_cars_programs_roles_people_and_markets_are_no_companies(
    find: Find, lang: str, text: str, thing: str
) -> None:
    spans = (
        ["Quorenda", thing] if thing not in ("Borsa Italiana", "Ferrari", "VP Open Tralva") else ["Quorenda"]
    )
    assert find(lang, text, *spans) & {thing, thing.removeprefix("VP ")} == set()


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("es", "El Banco Europeo de Inversiones prestó dos millones.", "European Investment Bank"),
        ("en", "Tractor Supply bought Teledyne shares.", "Tractor Supply"),
        ("es", "Cofide prestó dos millones a Yanacocha.", "Yanacocha"),
        ("fr", "Proparco a prêté deux millions à Cosider.", "Cosider"),
        ("es", "La Autoridad del Canal de Panamá adjudicó la obra.", "Autoridad del Canal de Panamá"),
    ],
)  # fmt: skip
def test_large_companies_and_lenders_are_listed(find: Find, lang: str, text: str, name: str) -> None:
    assert name in find(lang, text)


@pytest.mark.parametrize(
    "name",
    [
        "Quorvane (Port Doe) Pty Ltd",
        "Quorvane (Doe) Holdings Pty Ltd",
        "Quorvane Imaging (Doe) Co., Ltd.",
        "Quorvane Private Holdings (4) Inc.",
        "Quorvane (QJV) Pte. Ltd.",
        "Quorvane 2 Pty Ltd",
        "Quorvane 2025 Opportunity Trust",
        "Quorvane Holdings II, LLC",
        "Quorvane Management S.à r.l.",
        "Quorvane Growth S.C.Sp.",
        "Royal Quorvane Club of Queensland Limited",
    ],
)
def test_a_name_is_taken_up_to_its_legal_form(find: Find, name: str) -> None:
    assert find("en", f"Last year {name} and Tessaly Inc bought a dam.") == {name, "Tessaly Inc"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On 19 May 2026 Quorvane Pty Ltd bought a dam.", "Quorvane Pty Ltd"),
        ("We know that Quorvane Pty Ltd (Tessaly) Holdings said no.", "Quorvane Pty Ltd"),
        ("The king, Louis II, praised Quorvane Pty Ltd again.", "Quorvane Pty Ltd"),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(find: Find, text: str, name: str) -> None:
    assert name in find("en", text)


@pytest.mark.parametrize("name", ["Quorvane (Roma) Trust", "Quorvane No. 2 Trust"])
def test_a_trust_is_taken_whole(find: Find, name: str) -> None:
    assert find("en", f"Last year {name} bought a dam from Tessaly Inc.", name) >= {name}


def test_a_numbered_fund_is_another_than_its_listed_manager(find: Find) -> None:
    assert find(
        "en", "Last year Quadrant Private Equity No. 6 bought a dam.", "Quadrant Private Equity No. 6"
    ) == {"Quadrant Private Equity No. 6"}


@pytest.mark.parametrize(
    ("text", "exchange"),
    [
        ("Tessaly Inc is listed on the Quorvane Stock Exchange.", "Quorvane Stock Exchange"),
        ("Tessaly Inc, a New York Stock Exchange-listed miner, bought a dam.", "New York Stock Exchange"),
    ],
)
def test_the_exchange_where_shares_are_traded_is_no_company(find: Find, text: str, exchange: str) -> None:
    assert find("en", text, "Tessaly Inc", exchange) == {"Tessaly Inc"}


def test_an_exchange_that_is_bought_is_a_company(find: Find) -> None:
    text = "Tessaly Inc will buy the Quorvane Stock Exchange next year."
    assert find("en", text, "Quorvane Stock Exchange") >= {"Quorvane Stock Exchange"}
