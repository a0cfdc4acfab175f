"""What a text says that its companies are also called, and which spellings stay two companies."""

from collections.abc import Callable

import pytest

from bot.extraction.companies import find_companies
from bot.extraction.encoder.names import NameSpan
from bot.extraction.known import KnownCompanies
from bot.extraction.models import Models
from tests.extraction.company_articles import read_article

Groups = set[frozenset[str]]
Find = Callable[..., Groups]


@pytest.fixture(scope="module")
def find(models: Models) -> Find:
    known = KnownCompanies.load()

    def spelled(text: str, *tagged: str, lang: str = "en") -> Groups:
        spans = [NameSpan(text.index(t), text.index(t) + len(t), 0.97) for t in tagged]
        docs = read_article(models, lang, text)
        found = find_companies(docs, text=text, title=None, lang=lang, known=known, tagged=spans)
        return {frozenset((c.name, *c.aliases)) for c in found.names}

    return spelled


@pytest.mark.parametrize(
    "between",
    [
        ", trading as {}",
        " (trading as {})",
        " (trading under the name {})",
        ", doing business as {},",
        ", an independent grocer trading as {}",
        " (QVH), operating as {},",
        " (formerly {})",
        " (formerly known as {})",
    ],
)
def test_a_trading_name_is_another_name_of_the_company_before_it(find: Find, between: str) -> None:
    text = f"Quorvane Holdings Pty Ltd{between.format('Tessaly Foods')} grew last year."
    groups = find(text, "Quorvane Holdings Pty Ltd", "Tessaly Foods")
    assert any({"Quorvane Holdings Pty Ltd", "Tessaly Foods"} <= group for group in groups)
    assert len(groups) == 1


def test_a_trading_name_in_spanish(find: Find) -> None:
    text = "Quorvane Norte S.A., que opera como Telvia Sur, compró un almacén."
    (group,) = find(text, "Quorvane Norte S.A.", "Telvia Sur", lang="es")
    assert {"Quorvane Norte S.A.", "Telvia Sur"} <= group


def test_a_customer_named_after_formerly_is_another_company(find: Find) -> None:
    text = "Quorvane Pty Ltd, formerly Tessaly's supplier, grew last year."
    assert len(find(text, "Quorvane Pty Ltd", "Tessaly")) == 2


def test_a_trading_name_inside_brackets_is_that_of_the_name_inside_them(find: Find) -> None:
    text = (
        "Orlavan III LLC (a subsidiary of Brimly FRM LLC, doing business as Brimly Goods LLC) (Brimly) grew."
    )
    groups = find(text, "Orlavan III LLC", "Brimly FRM LLC", "Brimly Goods LLC")
    assert groups == {
        frozenset({"Orlavan III LLC"}),
        frozenset({"Brimly FRM LLC", "Brimly Goods LLC", "Brimly"}),
    }


@pytest.mark.parametrize("trustee", ["as trustee for the", "atf", "in its capacity as trustee of the"])
def test_the_brackets_after_a_trust_name_its_trustee(find: Find, trustee: str) -> None:
    text = f"Quorvane Pastoral Pty Ltd {trustee} Quorvane Trust (Quorvane) will buy Tessaly Inc."
    assert find(text, "Quorvane Trust") == {
        frozenset({"Quorvane Pastoral Pty Ltd", "Quorvane"}),
        frozenset({"Quorvane Trust"}),
        frozenset({"Tessaly Inc."}),
    }


def test_the_brackets_after_a_trust_name_the_trust_where_they_say_so(find: Find) -> None:
    text = "Quorvane Pastoral Pty Ltd as trustee for the Tessaly Land Trust (Land Trust) owns hills."
    assert frozenset({"Tessaly Land Trust", "Land Trust"}) in find(text, "Tessaly Land Trust")


@pytest.mark.parametrize("vehicle", ["Trust", "Unit Trust", "Fund"])
def test_a_company_and_the_trust_of_its_name_are_two(find: Find, vehicle: str) -> None:
    text = f"Quorvane Pastoral Pty Ltd owns hills. So does the Quorvane Pastoral {vehicle}."
    groups = find(text, "Quorvane Pastoral Pty Ltd", f"Quorvane Pastoral {vehicle}")
    assert len(groups) == 2


@pytest.mark.parametrize("together", ["together", "collectively", "together referred to as"])
def test_a_name_for_several_together_is_the_first_one_s(find: Find, together: str) -> None:
    comma = "" if together.endswith("as") else ","
    text = f"Brimly Pty Ltd will buy Orlavan Ltd and Tessaly Pty Ltd ({together}{comma} Quorvane)."
    assert find(text) == {
        frozenset({"Brimly Pty Ltd"}),
        frozenset({"Orlavan Ltd", "Quorvane"}),
        frozenset({"Tessaly Pty Ltd"}),
    }


def test_a_name_for_several_together_is_the_one_s_that_bears_it(find: Find) -> None:
    text = "Brimly Pty Ltd will buy Orlavan Ltd, Tessaly Ltd and Tessaly ANZ Pty Ltd (together, Tessaly)."
    groups = find(text)
    assert frozenset({"Tessaly Ltd", "Tessaly"}) in groups
    assert len(groups) == 4


def test_brackets_may_shorten_the_parent_that_is_named_before(find: Find) -> None:
    text = "PT Quorvane Bulk Logistics, through its unit, Tessaly Marine Pty Ltd (QBL), owns ships. QBL grew."
    assert frozenset({"PT Quorvane Bulk Logistics", "QBL"}) in find(
        text, "PT Quorvane Bulk Logistics", "Tessaly Marine Pty Ltd", "QBL"
    )


@pytest.mark.parametrize(
    "retinue", ["and its subsidiaries", "and its controlled entities", "together with its staff"]
)
def test_brackets_after_the_subsidiaries_name_the_company(find: Find, retinue: str) -> None:
    text = f"Quorvane Holdings Pty Ltd {retinue} (Tessaly Hotels Group) grew last year."
    (group,) = find(text, "Quorvane Holdings Pty Ltd", "Tessaly Hotels Group")
    assert {"Quorvane Holdings Pty Ltd", "Tessaly Hotels Group"} <= group


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Quorvane Tessaly Services Group", "QTS Group"),
        ("Tessaly Commerce MidCo", "TC MidCo"),
        ("Q&G Asia Property Fund", "QAP"),
    ],
)
def test_brackets_may_abbreviate_a_part_of_the_name(find: Find, full: str, short: str) -> None:
    assert frozenset({full, short}) in find(f"Last year {full} ({short}) grew.", full, short)


def test_places_in_brackets_are_no_other_name(find: Find) -> None:
    text = "Quorvane Pty Ltd (Malaysia and New Zealand) grew last year."
    assert find(text) == {frozenset({"Quorvane Pty Ltd"})}


def test_an_acronym_that_has_its_full_name_is_short_for_no_other(find: Find) -> None:
    text = "Quorvane Infrastructure Partners (QIP) owns ports. QIP V Bidco Limited will buy a dam. QIP grew."
    assert find(text, "Quorvane Infrastructure Partners", "QIP", "QIP V Bidco Limited") == {
        frozenset({"Quorvane Infrastructure Partners", "QIP"}),
        frozenset({"QIP V Bidco Limited"}),
    }


@pytest.mark.parametrize(
    ("full", "count"),
    [("Tessaly Holdings Pty Ltd", 1), ("Tessaly Australia Pty Ltd", 1), ("Tessaly Cots Pty Ltd", 2)],
)
def test_a_group_is_the_company_whose_name_adds_general_words(find: Find, full: str, count: int) -> None:
    text = f"{full} (Tessaly) grew last year. The Tessaly Group sells beds."
    assert len(find(text, full, "Tessaly Group")) == count
