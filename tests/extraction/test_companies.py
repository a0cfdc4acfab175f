"""Which names in an article are companies, and what they are called."""

import time
from collections.abc import Callable

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.extraction.companies import find_companies
from bot.extraction.known import KnownCompanies
from bot.extraction.mentions import Companies
from bot.extraction.models import Models
from tests.extraction.company_articles import read_article

Find = Callable[[str, str], Companies]


@pytest.fixture(scope="module")
def find(models: Models) -> Find:
    known = KnownCompanies.load()
    return lambda lang, text: find_companies(
        read_article(models, lang, text), text=text, title=None, lang=lang, known=known
    )


def names(found: Companies) -> set[str]:
    return {company.name for company in found.names}


def aliases(found: Companies, name: str) -> set[str]:
    return {alias for company in found.names if company.name == name for alias in company.aliases}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Ayer Microsoft y OpenAI firmaron un acuerdo con Oracle.", {"Microsoft", "OpenAI", "Oracle"}),
        ("es", "La tecnológica Vexalia compra la startup Nubiera por dos millones.", {"Vexalia", "Nubiera"}),
        ("fr", "La Banque Barclays a racheté une filiale d'Oracle.", {"Barclays", "Oracle"}),
        (
            "en",
            "Sony said its unit Sony Bank, which competes with Barclays Bank, did well. Barclays did too.",
            {"Sony", "Sony Bank", "Barclays"},
        ),
        ("es", "La empresa Telvia+ firmó un acuerdo con Canal+.", {"Telvia+", "Canal Plus"}),
        ("es", "Constructora Pradal S.A. vendió su filial Aridos Levante S.L.", None),
        ("es", "El Banco Marantes de Crédito prestará dinero a Iberdrola.", None),
        ("en", "The chipmaker Quorvane said it will buy Tessaly Networks.", {"Quorvane", "Tessaly Networks"}),
        (
            "en",
            "Orla Vandt Pty Ltd owns Procter & Gamble shares.",
            {"Orla Vandt Pty Ltd", "Procter & Gamble"},
        ),
        ("en", "Investors such as Sequoia Capital and Kestrel Ventures backed Brimly Inc.", None),
        ("fr", "L'entreprise Solvane a racheté Brivaux SAS à Airbus.", {"Solvane", "Brivaux SAS", "Airbus"}),
    ],
)
def test_companies_are_found_by_the_list_and_by_what_the_text_says(
    find: Find, lang: str, text: str, expected: set[str] | None
) -> None:
    found = names(find(lang, text))
    if expected is None:
        assert len(found) >= 2
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "El ministro Pablo Rivas visitó Valencia en marzo con Marta Ledesma."),
        ("es", "El Partido Popular y la Universidad de Granada organizaron el foro."),
        ("es", "El Ibex 35 cayó un dos por ciento y el Real Madrid ganó."),
        ("es", "Los ahorros están en un banco central y en una caja de ahorros."),
        ("es", "Compró un iPhone con Windows y una naranja."),
        ("en", "Jane Roe, a teacher from Boston, met John Doe on Monday."),
        ("es", "La meta es clara. Meta del año: crecer un cinco por ciento, y alcanzó su meta."),
        ("en", "The orange was ripe, and the apple fell off the shell."),
        ("en", "They met at the University of Leeds and at the Ministry of Health."),
        ("fr", "Le ministre Jean Morel habite à Lyon depuis janvier."),
    ],
)
def test_people_places_bodies_and_products_are_no_companies(find: Find, lang: str, text: str) -> None:
    assert names(find(lang, text)) == set()


@pytest.mark.parametrize(
    ("lang", "text", "medium"),
    [
        ("en", "The deal is near, two people told Reuters.", "Reuters"),
        ("es", "Según El País, la fusión está cerca.", "El País"),
        ("es", "La operación se cerrará en mayo, informó EFE.", "Efe"),
    ],
)
def test_a_quoted_medium_is_no_company(find: Find, lang: str, text: str, medium: str) -> None:
    assert medium not in names(find(lang, text))


def test_a_medium_that_is_a_party_is_a_company(find: Find) -> None:
    assert "The New York Times" in names(
        find("en", "The New York Times sued Microsoft and OpenAI over its articles.")
    )


def test_an_exchange_whose_shares_are_bought_is_one(find: Find) -> None:
    found = find("en", "Nasdaq raised its stake in the London Stock Exchange to 31%.")
    assert any(name.startswith("London Stock Exchange") for name in names(found)), names(found)


def test_an_exchange_where_shares_are_listed_is_no_party(find: Find) -> None:
    found = find("en", "IBM is listed on the New York Stock Exchange (NYSE: IBM).")
    assert names(found) == {"IBM"}


def test_headings_make_no_names(find: Find) -> None:
    text = "La Tensa Relación entre Dos Gigantes\n\nMicrosoft compró ayer una empresa de Bilbao."
    assert names(find("es", text)) == {"Microsoft"}


def test_names_from_sentences_are_matched_in_headings(find: Find) -> None:
    text = "Vexalia y el Futuro\n\nLa tecnológica Vexalia compró ayer una planta en Bilbao."
    assert [m.start for m in find("es", text).mentions if m.company == "Vexalia"] == [0, 36]


@pytest.mark.parametrize(
    ("lang", "text", "name", "alias"),
    [
        (
            "en",
            "CTN Precast Pty Ltd (Civilane) will buy land. Civilane is in Perth.",
            "CTN Precast Pty Ltd",
            "Civilane",
        ),
        ("en", "Orla Vandt Corporation (OVC) grew. OVC sold a plant.", "Orla Vandt Corporation", "OVC"),
        ("es", "La empresa Grupo Maresol creció. Maresol vendió una planta.", "Grupo Maresol", "Maresol"),
        ("es", "El Banco Santander subió. El Santander compró deuda.", "Banco Santander", "Santander"),
        ("en", "Nvidia Corp. rose. NVIDIA sells chips.", "NVIDIA", "Nvidia Corp."),
    ],
)
def test_other_forms_of_a_name_are_its_aliases(
    find: Find, lang: str, text: str, name: str, alias: str
) -> None:
    assert alias in aliases(find(lang, text), name)


def test_a_possessive_is_no_part_of_the_name(find: Find) -> None:
    text = "Adyen's shares fell after Microsoft's results."
    found = find("en", text)
    assert [text[m.start : m.end] for m in found.mentions] == ["Adyen", "Microsoft"]


def test_a_name_that_ends_in_a_possessive_keeps_it(find: Find) -> None:
    text = "McDonald's bought a chain of kitchens."
    assert [text[m.start : m.end] for m in find("en", text).mentions] == ["McDonald's"]


def test_the_text_says_whom_it_means_by_a_listed_name(find: Find) -> None:
    text = "Micron Alarm Supplies Pty Ltd (Micron) was sold. Micron is in Perth."
    assert names(find("en", text)) == {"Micron Alarm Supplies Pty Ltd"}


def test_authorities_stand_apart_from_companies(find: Find) -> None:
    found = find("es", "La Comisión Europea multó a Google y la CNMC expedientó a Endesa.")
    assert names(found) == {"Google", "Endesa"}
    assert {authority.name for authority in found.authorities} == {"European Commission", "CNMC"}


def test_an_unlisted_ministry_is_an_authority(find: Find) -> None:
    found = find("es", "El Ministerio de Transportes demandó a Renfe.")
    assert [authority.name for authority in found.authorities] == ["Ministerio de Transportes"]


def test_ordinary_words_after_a_name_are_not_swallowed_as_its_legal_form(find: Find) -> None:
    text = "Hoy Amazon se queda con la planta y Google se va."
    assert [text[m.start : m.end] for m in find("es", text).mentions] == ["Amazon", "Google"]


def test_mentions_stand_in_order_inside_the_text(find: Find) -> None:
    text = "OpenAI habla con Microsoft.\n\nMicrosoft compra Inflection a OpenAI."
    spans = [(m.start, m.end) for m in find("es", text).mentions]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "12 345 %%% ((((", "A" * 4000, "« » “ ”", "Y, y, y, Y", "L' d' S.A. & Co."]
)
def test_nonsense_gives_no_companies_and_no_error(find: Find, text: str) -> None:
    assert names(find("es", text)) == set()


def test_every_name_has_a_mention_and_every_mention_a_name(find: Find) -> None:
    text = "Repsol (Madrid) y la petrolera Cepsa venden a BP una planta. La compañía cae."
    found = find("es", text)
    assert names(found) == {m.company for m in found.mentions}


@pytest.mark.parametrize(
    "text",
    [
        ", ".join(f"Kel{i}vane Ltd" for i in range(3000)),
        "The company. " * 4000,
        "Orla Vandt Ltd " + "(x " * 15_000,
        "Kelvane " * 6000,
    ],
)
def test_hostile_repetition_takes_bounded_time(text: str) -> None:
    doc = Doc(Vocab(), words=text.split())
    known = KnownCompanies([])
    start = time.process_time()
    find_companies([doc], text=doc.text, title=None, lang="en", known=known)
    assert time.process_time() - start < 4.0


HEADLINE = """Corvane buys Tessel

The logistics company Corvane has acquired the chipmaker Tessel Robotics. Tessel employs 400.
"""


def test_a_headline_shortens_the_name_that_the_story_gives_in_full(find: Find) -> None:
    assert "Tessel" in aliases(find("en", HEADLINE), "Tessel Robotics")


def test_a_name_used_in_the_story_before_a_longer_one_is_not_short_for_it(find: Find) -> None:
    told = "The company Tessel Corp grew. The chipmaker Tessel sold the software company Tessel Robotics."
    assert "Tessel" not in aliases(find("en", told), "Tessel Robotics")


def test_a_group_is_the_corporation_of_the_same_name(find: Find) -> None:
    text = "Quorvane Corporation bought Iberdrola. Quorvane Group is a utility, Oracle said."
    assert names(find("en", text)) == {"Quorvane Corporation", "Iberdrola", "Oracle"}
