"""What an answer costs the database grows with the answer, and not with the record.

A record of 300 articles is asked the same as one of 3,000; `tests.bench.record.effort` says what is counted.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.pictures import MOST_NEIGHBOURS, MapPicture
from bot.services.pictures import map_picture
from bot.values import Company, Status, TieKind
from storage import record
from storage.engine import Engine, is_sqlite, open_engine, snapshot
from storage.record import DealFilter
from tests.bench.record.asking import Asked, lookups, open_services, writes
from tests.bench.record.building import build_sqlite, copy_to_postgresql
from tests.bench.record.checking import check_pairs
from tests.bench.record.effort import Effort, effort_of
from tests.bench.record.timing import statements_of
from tests.bench.record.world import CHANNELS, HUB, NOW, TEAM, World
from tests.conftest import PostgresServer

pytestmark = pytest.mark.slow_on("postgresql")  # to which the record is copied when it is made
SIZES = (300, 3000)
ALLOWED = 3.0  # times the work, where the record has ten times as much
LITTLE = 40  # units of work that are not worth a comparison


@dataclass
class Shelf:
    """A record of some size."""

    engine: Engine
    world: World

    def effort(self, question: str) -> Effort:
        (asked,) = [each for each in self.questions() if each.name.strip() == question]
        return effort_of(self.engine, asked.ask)

    def questions(self) -> list[Asked]:
        return list(lookups(open_services(self.engine), self.world))


@pytest.fixture(scope="session")
def shelves(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Shelf, ...]]:
    server: PostgresServer | None = request.getfixturevalue("postgres") if dialect == "postgresql" else None
    with ExitStack() as stack:
        yield tuple(_shelf(stack, size, tmp_path_factory.mktemp("records"), server) for size in SIZES)


@pytest.fixture(scope="session")
def shelves_of_names(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Shelf, ...]]:
    """Records of 200 companies and of 3,000, without what is told of them."""
    server: PostgresServer | None = request.getfixturevalue("postgres") if dialect == "postgresql" else None
    folder = tmp_path_factory.mktemp("names")
    with ExitStack() as stack:
        yield tuple(_shelf(stack, size, folder, server, only_names=True) for size in (300, 30_000))


def _shelf(
    stack: ExitStack, size: int, folder: Path, server: PostgresServer | None, *, only_names: bool = False
) -> Shelf:
    world, path = World(size), folder / f"{size}.db"
    build_sqlite(path, world, processes=1, say=lambda _line: None, only_names=only_names)
    url = f"sqlite:///{path}"
    if server is not None:
        url = stack.enter_context(server.database())
        copy_to_postgresql(path, url, say=lambda _line: None)
    engine = open_engine(url)
    stack.callback(engine.dispose)
    return Shelf(engine, world)


def test_the_made_up_record_is_what_would_be_derived(shelves: tuple[Shelf, ...]) -> None:
    """Else the other tests, and the bench, would speak of something else."""
    for shelf in shelves:
        check_pairs(shelf.engine, shelf.world)


@pytest.mark.parametrize(
    ("question", "most_statements"),
    [
        ("/deals, company with 10 ties", 24),
        ("/deals of two", 24),
        ("/relationship", 24),
        ("a mistyped name", 26),
        ("/articles of a company with 10 ties", 18),
        ("/articles, the latest", 14),
        ("/company, company with 10 ties", 32),
        ("App Home", 30),
        ("a question in plain words", 8),
    ],
)
def test_ten_times_the_record_costs_an_answer_little_more(
    shelves: tuple[Shelf, ...], question: str, most_statements: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("storage.search", "storage.counting"):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 100)
    monkeypatch.setattr("storage.overview.MOST_IN_CHANNEL", 5)
    monkeypatch.setattr("bot.services.homes._READ", 20)
    small, large = (shelf.effort(question) for shelf in shelves)
    assert large.work <= ALLOWED * max(small.work, LITTLE)
    assert len(large.statements) <= most_statements


def test_a_name_mistyped_among_fifteen_times_the_names_costs_little_more(
    shelves_of_names: tuple[Shelf, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("BESIDE", 5), ("SOME", 50), ("ENOUGH", 100), ("CANDIDATES", 100)):
        monkeypatch.setattr(f"storage.companies.{name}", most)
    small, large = (shelf.effort("a mistyped name") for shelf in shelves_of_names)
    assert large.work <= ALLOWED * max(small.work, LITTLE)
    assert len(large.statements) <= 26


def test_words_that_few_articles_hold_are_found_without_a_look_at_all_others(
    shelves: tuple[Shelf, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where they are more than are counted: then all others would be looked at until ten were found."""
    listed = shelves[-1].effort("/articles, two words")
    monkeypatch.setattr("storage.search.MOST_COUNTED", 0)
    assert shelves[-1].effort("/articles, two words").work <= ALLOWED * max(listed.work, LITTLE)
    assert len(listed.statements) <= 14


def test_a_plan_that_is_kept_for_any_values_is_good_for_these(shelves: tuple[Shelf, ...]) -> None:
    """PostgreSQL keeps one for statements that come often, where it believes that it costs no more."""
    shelf = shelves[-1]
    if is_sqlite(shelf.engine):
        pytest.skip("SQLite's plans know no values")
    own, any_values = (
        {each.name: effort_of(shelf.engine, each.ask, blindly=blindly).work for each in shelf.questions()}
        for blindly in (False, True)
    )
    worse = {
        name: (own[name], work) for name, work in any_values.items() if work > 2 * max(own[name], LITTLE)
    }
    assert worse == {}


def test_of_a_company_in_the_news_every_day_only_the_pairs_that_moved_last_are_read(
    shelves: tuple[Shelf, ...],
) -> None:
    shelf = shelves[-1]
    hub = {"team_id": TEAM, "channel_id": "", "company_id": shelf.world.companies[HUB].id}
    with snapshot(shelf.engine) as session:
        last, complete = record.latest_pairs(session, **hub, most=5)
        every = record.pairs_of(session, **hub)
    assert (len(last) <= 5, complete, len(every) > 20) == (True, False, True)
    assert last == tuple(pair for pair in every if pair in last)


def test_deals_of_late_are_counted_without_a_look_at_all_before(
    shelves: tuple[Shelf, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.counting.MOST_COUNTED", 10)
    late, ever = (
        deals_effort(shelves[-1], DealFilter(since=NOW.date() - timedelta(days=days))) for days in (1, 1000)
    )
    assert late.work <= 1.2 * ever.work


def test_deals_that_a_filter_leaves_out_are_passed_over_in_the_index(shelves: tuple[Shelf, ...]) -> None:
    if is_sqlite(shelves[-1].engine):
        pytest.skip("SQLite's instructions are as many")
    rare = DealFilter(kind=TieKind.MERGER, status=Status.DENIED, min_amount=Decimal(890_000_000))
    assert deals_effort(shelves[-1], rare).work <= LITTLE


def deals_effort(shelf: Shelf, wanted: DealFilter) -> Effort:
    """What it takes to show ten deals of everybody and to count them."""

    def ask() -> None:
        with snapshot(shelf.engine) as session:
            record.deals(session, team_id=TEAM, channel_id="", filter=wanted, limit=10)

    return effort_of(shelf.engine, ask)


def test_a_map_asks_as_little_for_many_neighbours_as_for_few(shelves: tuple[Shelf, ...]) -> None:
    shelf = shelves[-1]
    hub = shelf.world.companies[HUB]
    drawn: list[MapPicture] = []

    def draw() -> None:
        with snapshot(shelf.engine) as session:
            company = Company(hub.id, hub.name)
            drawn.append(map_picture(session, company, team_id=TEAM, channel_id=CHANNELS[0], now=NOW))

    assert len(statements_of(shelf.engine, draw)) <= 15
    assert len(drawn[0].neighbours) == MOST_NEIGHBOURS
    assert drawn[0].edges != ()


def test_what_an_article_says_is_stored_without_a_look_at_all_that_its_workspace_has(
    shelves: tuple[Shelf, ...],
) -> None:
    """SQLite alone would take the next best index if nobody told it how many rows that leaves."""
    shelf = shelves[-1]
    if not is_sqlite(shelf.engine):
        pytest.skip("PostgreSQL looks by itself")
    add = next(writes(open_services(shelf.engine), shelf.world))
    tables = "articles|postings|claims|ties|company_articles|company_keys|pairs"
    whole = re.compile(rf"(SCAN|SEARCH) ({tables})( .*)?$")
    plans = [line for plan in plans_of(shelf.engine, add.ask) for line in plan if whole.match(line)]
    assert plans != []
    everything = ("(team_id=?)", "(team_id=? AND audience=?)")
    assert [line for line in plans if line.endswith(everything) or line.startswith("SCAN")] == []


def test_an_article_of_a_company_in_the_news_every_day_is_stored_without_a_look_at_all_others(
    shelves: tuple[Shelf, ...],
) -> None:
    """It has ten times the articles in the larger record; what any of them claims can change nothing."""
    small, large = (
        effort_of(shelf.engine, asked.ask)
        for shelf in shelves
        for asked in writes(open_services(shelf.engine), shelf.world)
        if "every day" in asked.name
    )
    assert large.work <= ALLOWED * max(small.work, LITTLE)
    assert len(large.statements) <= 42


def plans_of(engine: Engine, ask: Callable[[], object]) -> list[list[str]]:
    """What SQLite does for each query of an answer."""
    queries = [
        sent for sent in statements_of(engine, ask) if sent[0].startswith(("SELECT", "DELETE", "WITH"))
    ]
    with engine.connect() as connection:
        explained = (
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", given) for query, given in queries
        )
        return [[line for *_numbers, line in plan] for plan in explained]
