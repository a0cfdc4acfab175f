"""The list of well-known names."""

from collections import Counter
from importlib import resources

import pytest

from bot.extraction.known import COMPANY_KINDS, KnownCompanies, KnownKind, read_forms
from bot.names import name_key


@pytest.fixture(scope="module")
def known() -> KnownCompanies:
    return KnownCompanies.load()


def _lines() -> list[str]:
    file = resources.files("bot.extraction").joinpath("known_companies.tsv")
    return [x for x in file.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]


def test_the_list_is_long_enough_to_be_worth_having() -> None:
    assert len(_lines()) >= 1200


def test_every_line_has_seven_cells_and_a_known_kind() -> None:
    kinds = {kind.value for kind in KnownKind}
    assert [x for x in _lines() if len(x.split("\t")) != 7 or x.split("\t")[3] not in kinds] == []


def test_no_name_is_listed_twice() -> None:
    keys = Counter(name_key(line.split("\t")[0]) for line in _lines())
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_spelling_belongs_to_two_names() -> None:
    keys = Counter(name_key(form.text) for form in read_forms(_lines()))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("NVIDIA", "NVIDIA"),
        ("Nvidia Corp.", "NVIDIA"),
        ("Open AI", "OpenAI"),
        ("Microsoft Corporation", "Microsoft"),
        ("Telefonica", "Telefónica"),
        ("International Business Machines", "IBM"),
        ("AT&T", "AT&T"),
        ("CatalunyaCaixa", "Caixa Catalunya"),
        ("Royal Numico", "Numico"),
        ("von Holtzbrinck group", "Holtzbrinck"),
    ],
)
def test_spellings_lead_to_one_name(known: KnownCompanies, spelled: str, name: str) -> None:
    form = known.find(spelled)
    assert form is not None
    assert form.company.name == name


@pytest.mark.parametrize(
    "name", ["Apple", "Orange", "Shell", "Visa", "Gap", "Target", "Iris", "Meta", "Total"]
)
def test_names_that_are_common_words_are_marked(known: KnownCompanies, name: str) -> None:
    form = known.find(name)
    assert form is None or form.ambiguous or form.legal


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("European Commission", KnownKind.AUTHORITY),
        ("CNMC", KnownKind.AUTHORITY),
        ("iPhone", KnownKind.PRODUCT),
        ("IBEX 35", KnownKind.OTHER),
        ("Reuters", KnownKind.MEDIA),
        ("Real Madrid", KnownKind.OTHER),
    ],
)
def test_what_is_easily_taken_for_a_company_is_listed_as_what_it_is(
    known: KnownCompanies, name: str, kind: KnownKind
) -> None:
    form = known.find(name)
    assert form is not None
    assert form.company.kind is kind
    assert kind not in COMPANY_KINDS


def test_an_unknown_name_is_not_found(known: KnownCompanies) -> None:
    assert known.find("Orla Vandt Holdings") is None
