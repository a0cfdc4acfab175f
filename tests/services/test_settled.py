"""What articles that say nothing new leave as it is: the record is the same as if all were derived anew."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.services import correcting
from bot.services import record as refreshing
from bot.services.correcting import Corrector
from bot.values import CompanyName
from storage.engine import Engine, transaction
from tests.bench.record.timing import statements_of
from tests.factories import ELSEWHERE, NOW, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie
from tests.services.test_record_properties import dump

ALPHA, GROUP = CompanyName("Alpha", ("Alpha Group",)), CompanyName("Alpha Group")
SAID: list[tuple[str, tuple[CompanyName, ...]]] = [
    (PUBLIC, (ALPHA, CompanyName("Beta", ("BB",)), CompanyName("Gamma"))),
    (PUBLIC, (CompanyName("Alpha"), CompanyName("Beta Bank", ("BB",)), CompanyName("Gamma"))),
    (ELSEWHERE, (CompanyName("Alpha"), CompanyName("Gamma"), CompanyName("Apple"))),
    (ELSEWHERE, (CompanyName("Giant Telecom", ("Apple",)), CompanyName("Delta Air", ("DA",)))),
    (PUBLIC, (CompanyName("Zeta Holding", ("Zeta", "Zeta Group")), CompanyName("Gamma"))),
    *[(PUBLIC, (CompanyName("Zeta"), CompanyName("Zeta Group")))] * 2,
    (PUBLIC, (CompanyName("Zeta"), CompanyName("Gamma"))),
    (SECRET, (CompanyName("Alpha"), CompanyName("Delta Air Lines", ("DA",)))),
    (SECRET, (CompanyName("Gamma"), CompanyName("Omega", ("First Omega",)))),
]
NEW: dict[str, tuple[CompanyName, ...]] = {
    "as it is called": (CompanyName("Alpha"), CompanyName("Gamma")),
    "with a form that is known": (ALPHA, CompanyName("Gamma")),
    "by its other form": (GROUP,),
    "by both forms, as two": (CompanyName("Alpha"), GROUP),
    "as another spells it": (CompanyName("ALPHA"),),
    "with a new form": (CompanyName("Alpha", ("Alpha Group", "First Group")),),
    "with another spelling of its name": (CompanyName("Alpha", ("Alpha Inc",)),),
    "with a new spelling of a form": (CompanyName("Alpha", ("Alpha group",)),),
    "with the form of another": (CompanyName("Gamma", ("Alpha Group",)),),
    "under a form that two share": (CompanyName("BB"), CompanyName("Alpha")),
    "beside one that shares its form": (CompanyName("Beta"), CompanyName("Beta Bank")),
    "with a form that is a name elsewhere": (CompanyName("Giant Telecom", ("Apple",)),),
    "that has a form elsewhere, beside the other": (CompanyName("Giant Telecom"), CompanyName("Apple")),
    "known to one channel": (CompanyName("Omega"), CompanyName("Alpha")),
    "known to one channel, with its form": (CompanyName("Omega", ("First Omega",)),),
    "joined in one channel": (CompanyName("Delta Air Lines", ("DA", "Delta Air")),),
    "that is new": (CompanyName("Newcomer", ("NC",)), CompanyName("Alpha")),
    "that joins a new one to it": (CompanyName("Newcomer", ("Gamma",)), CompanyName("Alpha")),
    "with a form that others gave": (CompanyName("Zeta", ("Zeta Group",)),),
    "twice": (CompanyName("Alpha"), CompanyName("Alpha", ("Alpha Group",)), CompanyName("Gamma")),
}

# What a private channel says comes to more, and is enough for PostgreSQL where all tests run.
PLACES = [pytest.param(PUBLIC, marks=pytest.mark.slow_on("postgresql")), SECRET]


@pytest.fixture(scope="module")
def minute(file_engine: Engine) -> float:
    """When all of it is told."""
    with transaction(file_engine) as session:
        desk = Desk(session).open()
        for number, (channel_id, companies) in enumerate(SAID):
            share(desk, f"https://news.example/{number}", channel_id, companies)
    return desk.minute


@pytest.fixture
def told(file_engine: Engine, minute: float) -> Iterator[Desk]:
    """The desk where it was told; what comes after is taken back."""
    with transaction(file_engine) as session:
        yield Desk(session, minute=minute)
        session.rollback()


def share(desk: Desk, url: str, channel_id: str, companies: Sequence[CompanyName]) -> None:
    """An article with a deal between each two of its companies that follow each other."""
    names = [company.name for company in companies]
    ties = [make_tie(*two, start=100 * n) for n, two in enumerate(pairwise(names))]
    desk.share(*ties, url=url, channel_id=channel_id, companies=companies, page=make_page(url, url=url))


@pytest.mark.parametrize("channel_id", PLACES)
@pytest.mark.parametrize("companies", NEW.values(), ids=NEW)
def test_an_article_comes_to_what_a_rebuild_comes_to(
    told: Desk, companies: tuple[CompanyName, ...], channel_id: str
) -> None:
    for number in range(2):  # the second says nothing that the first did not
        share(told, f"https://new.example/{number}", channel_id, companies)
        refreshed = dump(told)
        refreshing.rebuild(told.session, team_id=TEAM)
        assert dump(told) == refreshed


@pytest.mark.parametrize(
    ("said", "is_read"),
    [
        ("as it is called", False),
        ("with a form that is known", False),
        ("by both forms, as two", True),
        ("with a new form", True),
        ("by its other form", True),
    ],
)
def test_all_that_names_a_company_is_read_only_where_something_new_is_said(
    told: Desk, file_engine: Engine, said: str, is_read: bool
) -> None:
    sent = statements_of(file_engine, lambda: share(told, "https://new.example/", PUBLIC, NEW[said]))
    whole = [
        statement
        for statement, given in sent
        if "touched AS" in statement and "alpha" in (given.values() if isinstance(given, dict) else given)
    ]
    assert bool(whole) is is_read


@pytest.mark.parametrize("channel_id", PLACES)
@pytest.mark.parametrize(
    "word",
    [
        CompanySaid(CompanyVerdict.RENAME, ("alpha",), "First", (), "Alpha"),
        CompanySaid(CompanyVerdict.MERGE, ("gamma",), "Gamma", ("alpha",), "Alpha"),
        CompanySaid(CompanyVerdict.SPLIT, ("alpha",), "Alpha", ("alpha group",), "Alpha Group"),
        CompanySaid(CompanyVerdict.HIDE, ("gamma",), "Gamma"),
    ],
    ids=lambda said: said.verdict,
)
def test_what_people_said_of_a_company_holds_for_news_of_it(
    told: Desk, word: CompanySaid, channel_id: str
) -> None:
    person = Corrector(team_id=TEAM, channel_id=channel_id, user_id="U1", at=NOW)
    correcting.correct_company(told.session, person, word)
    for said in ("as it is called", "with a form that is known", "by its other form"):
        for place in (PUBLIC, SECRET):
            share(told, f"https://new.example/{said}/{place}", place, NEW[said])
            refreshed = dump(told)
            refreshing.rebuild(told.session, team_id=TEAM)
            assert dump(told) == refreshed
