"""Databases for all tests: SQLite, and PostgreSQL where SEAMS_TEST_POSTGRES names a server.

`engine` is an empty database with all tables, `bare_engine` one without any; `file_engine` is for all tests
of a file, which leave nothing in it, as `desk` leaves nothing in that of the whole run; `session_database` is
the address of a bare one that lasts for the whole run. Nothing in the tests reaches beyond this machine.

What is marked `slow` runs with `make test-slow` and not with `make test`; properties run with both, there on
all examples and here on a few (`tests.examples`). What is `slow_on` one database runs here on the other.
"""

import gc
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

from storage import engine as engines
from storage import migrate
from storage.engine import Engine, open_engine, transaction
from storage.tables import METADATA
from tests.examples import ALL
from tests.factories import Desk
from tests.spreading import Spread, dialect_of, rank

if TYPE_CHECKING:
    from bot.extraction.pipeline import Reader

SERVER = "SEAMS_TEST_POSTGRES"
SET_UP_SQLITE = engines._set_up_sqlite  # as it is at work
EMPTY = "; ".join(str(table.delete()) for table in reversed(METADATA.sorted_tables))

settings.register_profile(
    "seams",
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=ALL // 4,
    derandomize=True,  # the same change passes or fails wherever it runs
)
settings.register_profile("long", settings.get_profile("seams"), max_examples=ALL)
# New and many more examples, where there is time to follow them up: pytest --hypothesis-profile=thorough
settings.register_profile("thorough", settings.get_profile("seams"), max_examples=1000, derandomize=False)
settings.load_profile("seams")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as there are cores: scenarios wait for what they started."""
    return ((os.cpu_count() or 1) * 3 + 1) // 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Spread:
    """Share the tests out in the order in which they stand."""
    return Spread(config, log)


def pytest_configure() -> None:
    """Write SQLite's files without waiting for the disk, as the tests' PostgreSQL does."""

    def set_up(connection: Any, _entry: Any) -> None:
        SET_UP_SQLITE(connection, _entry)
        connection.execute("PRAGMA synchronous=OFF")

    engines._set_up_sqlite = set_up


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark as slow what is so on its database."""
    if any(dialect_of(item.nodeid) in mark.args for mark in item.iter_markers("slow_on")):
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes long come first."""
    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays anyway, and look less often: it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup() -> None:
    """Let tests talk to this machine only."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


class PostgresServer:
    """A server on which databases are made and dropped."""

    def __init__(self, url: str) -> None:
        self.url = url

    def address(self, name: str) -> str:
        return f"{self.url.rpartition('/')[0]}/{name}"

    def execute(self, command: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(command.encode())

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database, dropped at the end."""
        name = f"seams_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.address(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "postgresql" and SERVER not in os.environ:
        pytest.skip(f"{SERVER} names no server")
    return name


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    return PostgresServer(os.environ[SERVER])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables."""
    path = tmp_path_factory.mktemp("template") / "seams.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables."""
    with postgres.database() as url:
        engine = open_engine(url)
        migrate.upgrade(engine)
        engine.dispose()
        yield url.rpartition("/")[2]


@pytest.fixture(scope="session")
def session_database(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'seams.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
def bare_database(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
def bare_engine(bare_database: str) -> Iterator[Engine]:
    engine = open_engine(bare_database)
    yield engine
    engine.dispose()


@contextmanager
def _database(dialect: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The address of a new database with all tables."""
    if dialect == "sqlite":
        path = folder / "seams.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database(request.getfixturevalue("postgres_template")) as url:
        yield url


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def database(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with all tables, of this test's own."""
    with _database(dialect, request, tmp_path) as url:
        yield url


@pytest.fixture(scope="module")
def file_engine(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """One for all tests of a file: what they have in common is put there once, what each does is undone."""
    with _database(dialect, request, tmp_path_factory.mktemp("file")) as url, _opened(url) as engine:
        yield engine


@pytest.fixture(scope="session")
def postgres_engine(postgres: PostgresServer, postgres_template: str) -> Iterator[Engine]:
    """A database with all tables that lasts for the whole run: making one takes longer than most tests."""
    with postgres.database(postgres_template) as url, _opened(url) as engine:
        yield engine


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One for the whole run: each engine compiles every statement anew, which takes longer than the tests."""
    with _opened(f"sqlite:///{tmp_path_factory.mktemp('engine') / 'seams.db'}") as engine:
        yield engine


@pytest.fixture
def engine(dialect: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty database with all tables; that of `database` for a test that asks for it too."""
    if "database" in request.fixturenames:
        engine = open_engine(request.getfixturevalue("database"))
    elif dialect == "sqlite":
        engine = request.getfixturevalue("sqlite_engine")
        _put_in_place(request.getfixturevalue("sqlite_template"), Path(str(engine.url.database)))
    else:
        engine = request.getfixturevalue("postgres_engine")
        with engine.begin() as connection:  # without parameters, all statements go in one message
            connection.execution_options(no_parameters=True).exec_driver_sql(EMPTY)
        yield engine
        return
    yield engine
    engine.dispose()


def _put_in_place(template: Path, path: Path) -> None:
    """Begin anew, without what SQLite keeps beside the file."""
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copyfile(template, path)


@pytest.fixture(scope="session")
def reader() -> "Reader":
    """Language models are slow to load: one reader for all tests of what is read."""
    from bot.extraction.pipeline import Reader

    return Reader()


@pytest.fixture(scope="session")
def readings_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was read in this run is remembered, for all processes that share the tests."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the process has a folder of its own in the run's
        folder = folder.parent
    folder = folder / "readings"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def open_desk(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A database in which a team has begun to work, for the whole run: nothing else is ever put there."""
    with _database(dialect, request, tmp_path_factory.mktemp("desk")) as url, _opened(url) as engine:
        with transaction(engine) as session:
            Desk(session).open()
        yield engine


@pytest.fixture
def desk(dialect: str, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A team at work in one transaction; that is taken back, but where a test asks for the database too."""
    if {"engine", "database"} & set(request.fixturenames):
        with transaction(request.getfixturevalue("engine")) as session:
            yield Desk(session).open()
        return
    engine = request.getfixturevalue("open_desk")
    with transaction(engine) as session:
        yield Desk(session)
        session.rollback()
