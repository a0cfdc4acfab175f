"""Opens the database and its two kinds of transaction: one that writes, one that only looks.

Everything outside `storage` takes `Engine` and `Session` from here. Who answers a person writes before those
who work in the background (`background`): of these one at a time stands in the way.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from threading import BoundedSemaphore, Lock
from types import MappingProxyType
from typing import Any
from zlib import crc32

from psycopg import Connection as PostgreSQLConnection
from psycopg import OperationalError
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, InvalidatePoolError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import SettingsError

__all__ = [
    "Engine",
    "SQLAlchemyError",
    "Session",
    "background",
    "database_url",
    "is_sqlite",
    "open_engine",
    "snapshot",
    "stand_back",
    "transaction",
    "without_driver_settings",
]

BUSY_MS = 30_000
RENEWED_SECONDS = 3600
WRITERS = 6  # of one process at once on PostgreSQL, of those for whom somebody waits
SEEN = "seams_seen"  # in the `info` of a session that only looks: what need not be asked twice of one moment
_LINES = 0x5EA  # of advisory locks: any number that nobody else uses in this database
_TURNS, _BACKGROUND = "seams_turns", "seams_background"  # execution options of an engine
# A session sees what statements changed behind its loaded rows, and its rows outlive it.
_SESSION: Mapping[str, Any] = MappingProxyType(
    {"expire_on_commit": False, "execution_options": {"populate_existing": True}}
)
_PREPARE = "prepare_threshold"  # the driver's name for: after how many times a statement is prepared
_POSTGRESQL = frozenset({"postgres", "postgresql", "postgresql+psycopg"})
_SQLITE = frozenset({"sqlite", "sqlite+pysqlite"})


def database_url(url: str) -> URL:
    """Name the driver of a SQLite or PostgreSQL address; raises SettingsError for any other."""
    scheme, colon, rest = url.partition("://")
    if colon and scheme in _POSTGRESQL:
        url = f"postgresql+psycopg://{rest}"
    elif not colon or scheme not in _SQLITE:
        raise SettingsError("DATABASE_URL must begin with sqlite:/// or postgresql://.", code="database_url")
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SettingsError("DATABASE_URL is not a database address.", code="database_url") from error
    if scheme in _SQLITE and parsed.database in (None, "", ":memory:"):
        raise SettingsError("DATABASE_URL must name a file: sqlite:///path/to/seams.db", code="database_url")
    return parsed


def without_driver_settings(url: URL) -> URL:
    """The address as PostgreSQL's own programs take it."""
    return url.difference_update_query([_PREPARE])


def _driver_settings(url: URL) -> Mapping[str, int | None]:
    """What the address tells the driver alone: when it prepares a statement, "none" for never."""
    given = url.query.get(_PREPARE)
    if given is None:
        return {}
    if given != "none" and not (isinstance(given, str) and given.isdecimal()):
        raise SettingsError(
            f"{_PREPARE} in DATABASE_URL must be a number, or none to prepare nothing.", code="database_url"
        )
    return {_PREPARE: None if given == "none" else int(given)}


def is_sqlite(engine: Engine) -> bool:
    """Whether the database is a SQLite file."""
    return engine.dialect.name == "sqlite"


def open_engine(url: str) -> Engine:
    """Open a database lazily, making a SQLite file's folder; raises SettingsError for what can't be one."""
    parsed = database_url(url)
    pool: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "hide_parameters": True}
    if parsed.get_backend_name() != "sqlite":
        # The connection that was used last knows the statements already.
        address, driver = without_driver_settings(parsed), _driver_settings(parsed)
        engine = create_engine(address, pool_use_lifo=True, connect_args=driver, **pool)
        engine.update_execution_options(**{_TURNS: _Turns((BoundedSemaphore(WRITERS),))})
        event.listen(engine, "checkout", _see_alive)
        # Many rows in one statement, also where nothing is asked back: the driver would send one for each.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        return engine
    if parsed.database:
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"The folder of the database can't be made ({parsed.database}: {error.strerror}). Set "
                "SEAMS_DATA_DIR to a folder that can be written to."
            ) from error
    # An open connection keeps to the statistics with which it began (storage/statistics.py).
    engine = create_engine(parsed, pool_recycle=RENEWED_SECONDS, **pool)
    event.listen(engine, "connect", _set_up_sqlite)
    writing, in_background = Lock(), Lock()
    engine.update_execution_options(**{_TURNS: _Turns((writing,), (in_background, writing))})
    return engine


def _see_alive(connection: PostgreSQLConnection, *_: object) -> None:
    """Have all connections of the pool made anew when the server has closed this one, after a restart say.

    What a closed one holds to be read is looked at: to ask the server (`pool_pre_ping`) takes a question and
    an answer before each of our own.
    """
    try:
        for _last_words_then_end in range(2):
            connection.pgconn.consume_input()
    except OperationalError as error:
        raise InvalidatePoolError from error


def _set_up_sqlite(connection: SQLiteConnection, _entry: ConnectionPoolEntry) -> None:
    # A write that nobody opened a transaction for (the durable queue's) takes the write lock at once: a
    # reader that turns writer half-way would fail with SQLITE_BUSY however long it may wait.
    connection.isolation_level = "IMMEDIATE"
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@dataclass(frozen=True, slots=True)
class _Turns:
    """What a thread of this process waits for before it writes, in this order.

    To a SQLite file one at a time can; it lets those who wait look again after longer and longer pauses, and
    the last may come first. PostgreSQL takes many, but dozens of threads that share one interpreter only
    delay each other. There the background waits in the database (`stand_back`).
    """

    writing: tuple[AbstractContextManager[Any], ...]
    background: tuple[AbstractContextManager[Any], ...] = ()


def background(engine: Engine) -> Engine:
    """The same database for work for which nobody waits: its transactions let others go first."""
    return engine.execution_options(**{_BACKGROUND: True})


def stand_back(session: Session, name: str) -> None:
    """In a transaction of the background, wait behind others of the kind that will lock the same row.

    So who answers a person finds at most one of them before the lock. On SQLite `transaction` sees to it.
    """
    bind = session.get_bind()
    if (
        name in session.info
        or bind.dialect.name == "sqlite"
        or not bind.get_execution_options().get(_BACKGROUND)
    ):
        return
    session.info[name] = True
    number = crc32(name.encode()) - 2**31  # a signed integer of four bytes
    session.execute(
        text("SELECT pg_advisory_xact_lock(:lines, :number)"), {"lines": _LINES, "number": number}
    )


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    options = engine.get_execution_options()
    turns: _Turns = options[_TURNS]
    with ExitStack() as stack:
        for each in turns.background if options.get(_BACKGROUND) else turns.writing:
            stack.enter_context(each)
        yield


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that commits at the end, or rolls back everything when the block raises."""
    with (
        _turn(engine),
        Session(engine, **_SESSION) as session,
        session.begin(),
    ):
        if is_sqlite(engine):
            session.execute(text("BEGIN IMMEDIATE"))
        yield session


@contextmanager
def snapshot(engine: Engine) -> Iterator[Session]:
    """A session that sees one moment of the database and can't write."""
    if not is_sqlite(engine):
        looking = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with Session(looking, **_SESSION, info={SEEN: {}}) as session:
            yield session
            # The driver forgets the statements that it has prepared when a transaction is rolled back.
            session.commit()
        return
    with engine.connect() as connection:
        connection.execute(text("PRAGMA query_only=ON"))
        connection.execute(text("BEGIN"))
        try:
            with Session(connection, **_SESSION, info={SEEN: {}}) as session:
                yield session
        finally:
            # The pool's next user may write again.
            connection.rollback()
            connection.execute(text("PRAGMA query_only=OFF"))
