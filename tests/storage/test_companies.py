import pytest

from bot.values import Company, CompanyName
from storage import companies
from tests.factories import OTHER_SECRET, PUBLIC, SECRET, TEAM, Desk, make_page

_ENDS = ("bano", "dimu", "fori", "kesa", "lupo", "mita", "nebo", "pilu", "rosa", "sumi")


def find(desk: Desk, name: str, channel_id: str = "") -> tuple[Company, ...]:
    return companies.find_companies(desk.session, team_id=TEAM, channel_id=channel_id, name=name)


def suggest(desk: Desk, name: str, channel_id: str = "", limit: int = 5) -> list[str]:
    found = companies.suggest_companies(
        desk.session, team_id=TEAM, channel_id=channel_id, name=name, limit=limit
    )
    return [company.name for company in found]


def name(desk: Desk, *named: CompanyName, channel_id: str = PUBLIC) -> None:
    """An article that names companies and says nothing about them."""
    number = int(desk.minute) + 1
    desk.share(
        url=f"https://news.example/{number}",
        companies=named,
        channel_id=channel_id,
        page=make_page(f"Text {number}."),
    )


@pytest.fixture
def known(desk: Desk) -> Desk:
    name(
        desk,
        CompanyName("Microsoft Corporation", ("Microsoft",)),
        CompanyName("OpenAI", ("Open AI",)),
        CompanyName("Telefónica, S.A.", ("Telefónica",)),
        CompanyName("Banco Santander"),
        CompanyName("X"),
    )
    return desk


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Microsoft", ["Microsoft Corporation"]),
        ("MICROSOFT CORP.", ["Microsoft Corporation"]),
        ("open ai", ["OpenAI"]),
        ("openai", ["OpenAI"]),
        ("telefonica", ["Telefónica, S.A."]),
        ("x", ["X"]),
        ("santander", []),
        ("micro", []),
        ("", []),
        ("!!!", []),
        ("%", []),
    ],
)
def test_company_is_found_by_any_of_its_names(known: Desk, typed: str, found: list[str]) -> None:
    assert [company.name for company in find(known, typed)] == found


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("microsfot", "Microsoft Corporation"),
        ("opena", "OpenAI"),
        ("telefnica", "Telefónica, S.A."),
        ("santander", "Banco Santander"),
        ("Santandér bank", "Banco Santander"),
    ],
)
def test_what_was_meant_comes_first(known: Desk, typed: str, first: str) -> None:
    assert suggest(known, typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["", "?!", "zzzzqqq", "y" * 5000])
def test_nothing_is_suggested_for_nonsense(known: Desk, typed: str) -> None:
    assert suggest(known, typed) == []


@pytest.mark.parametrize(
    ("typed", "enough"),
    [
        ("Tarvelko Enegry", 0),  # stands beside the right name in the alphabet
        ("Tarvleko Energy", 0),
        ("Tarvelk Energy", 0),
        ("atrvelko Energy", 90),  # stands elsewhere; each gram of the right name stands in 41 names
        ("Garvelko Energy", 90),
        ("arvelko Energy", 90),
    ],
)
def test_a_mistyped_name_is_found_among_more_than_are_looked_at(
    desk: Desk, typed: str, enough: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"{first}{rest}" for first in ("A", "Ga", "Ta", "Za") for rest in _ENDS]
    others = [f"{word} {other}" for word in words for other in ("Arvelko", "Energy")]
    name(desk, CompanyName("Tarvelko Energy"), *map(CompanyName, others))
    monkeypatch.setattr(companies, "BESIDE", 3)
    monkeypatch.setattr(companies, "ENOUGH", enough)
    assert suggest(desk, typed)[:1] == ["Tarvelko Energy"]


def test_of_very_many_names_the_likest_are_suggested(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """All have the same letters in common with what is typed; the shortest has the fewest others."""
    name(
        desk,
        *(CompanyName(f"Northern Trade {letter}") for letter in "ABCDEFG"),
        CompanyName("Northern Trado"),
    )
    for most in ("CANDIDATES", "ALIKE"):
        monkeypatch.setattr(companies, most, 3)
    suggested = suggest(desk, "Northern Trad")
    assert (suggested[0], len(suggested)) == ("Northern Trado", 3)


def test_suggestions_are_limited(desk: Desk) -> None:
    name(desk, *(CompanyName(f"Northern Trade {letter}") for letter in "ABCDEFG"))
    assert len(suggest(desk, "Northern Trade", limit=3)) == 3


def test_nothing_is_suggested_from_an_empty_record(desk: Desk) -> None:
    assert suggest(desk, "Microsoft") == []


def test_alias_of_two_companies_finds_both(desk: Desk) -> None:
    name(desk, CompanyName("Morgan Stanley", ("MS",)), CompanyName("Microsoft", ("MS",)))
    assert [company.name for company in find(desk, "MS")] == ["Microsoft", "Morgan Stanley"]


@pytest.mark.parametrize("channel_id", ["", PUBLIC, OTHER_SECRET, "D-direct"])
def test_company_named_only_in_a_closed_channel_does_not_show_elsewhere(desk: Desk, channel_id: str) -> None:
    name(desk, CompanyName("Project Falcon Holdings", ("Falcon",)), channel_id=SECRET)
    assert find(desk, "Falcon", SECRET)
    assert find(desk, "Falcon", channel_id) == ()
    assert suggest(desk, "Falcom", channel_id) == []


@pytest.mark.parametrize("channel_id", ["", PUBLIC, OTHER_SECRET])
def test_alias_used_only_in_a_closed_channel_does_not_show_elsewhere(desk: Desk, channel_id: str) -> None:
    name(desk, CompanyName("Microsoft"))
    name(desk, CompanyName("Microsoft", ("Redmond Giant",)), channel_id=SECRET)
    (seen,) = find(desk, "Microsoft", channel_id)
    assert seen.aliases == ()
    assert find(desk, "Redmond Giant", channel_id) == ()
    assert suggest(desk, "Redmond Gian", channel_id) == []
    (member,) = find(desk, "Redmond Giant", SECRET)
    assert member.aliases == ("Redmond Giant",)


@pytest.mark.parametrize("channel_id", ["", PUBLIC, OTHER_SECRET])
def test_closed_channel_does_not_rename_a_company_for_others(desk: Desk, channel_id: str) -> None:
    name(desk, CompanyName("Acme"))
    for _ in range(3):
        name(desk, CompanyName("Acme Holding Group", ("Acme",)), channel_id=SECRET)
    assert [company.name for company in find(desk, "Acme", channel_id)] == ["Acme"]
    assert [company.name for company in find(desk, "Acme", SECRET)] == ["Acme Holding Group"]


def test_companies_are_got_by_id_as_the_reader_knows_them(desk: Desk) -> None:
    name(desk, CompanyName("Acme"))
    name(desk, CompanyName("Falcon"), channel_id=SECRET)
    ids = [company.id for typed in ("Acme", "Falcon") for company in find(desk, typed, SECRET)]
    got = {
        channel_id: companies.get_companies(desk.session, team_id=TEAM, channel_id=channel_id, ids=ids)
        for channel_id in (PUBLIC, SECRET)
    }
    assert (set(got[PUBLIC]), set(got[SECRET])) == (set(ids[:1]), set(ids))


def test_more_ids_than_fit_in_a_statement_are_no_problem(known: Desk) -> None:
    (microsoft,) = find(known, "Microsoft")
    ids = [microsoft.id, *(f"nothing-{number}" for number in range(40_000))]
    assert list(companies.get_companies(known.session, team_id=TEAM, channel_id="", ids=ids)) == [
        microsoft.id
    ]
