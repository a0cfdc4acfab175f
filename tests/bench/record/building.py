"""Puts a made-up record into the real tables: by bulk into SQLite, and from there by COPY into PostgreSQL."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import text

from storage import migrate
from storage.engine import Engine, open_engine
from storage.statistics import refresh_statistics
from storage.tables import METADATA
from tests.bench.record import rows
from tests.bench.record.world import CHANNELS, World

Say = Callable[[str], None]
# What the triggers do row by row.
_WORDS = (
    "INSERT INTO article_numbers (team_id, article_id) SELECT team_id, id FROM articles ORDER BY saved_at",
    "INSERT INTO article_words (rowid, folded) SELECT number, folded FROM article_numbers n "
    "JOIN articles a ON a.team_id = n.team_id AND a.id = n.article_id ORDER BY number",
)
_WORDS_POSTGRESQL = (
    "INSERT INTO article_words SELECT team_id, id, words_of_article(team_id, folded) FROM articles"
)
_MANY = 20_000  # rows between two of PostgreSQL's buffers


def build_sqlite(path: Path, world: World, *, processes: int, say: Say, only_names: bool = False) -> None:
    """Fill a new file, with companies only or with all that is told of them; the indexes come at the end."""
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, _bare(connection, say):
        connection.execute("BEGIN")
        _insert(connection, rows.settled(world))
        if not only_names:
            _insert_articles(connection, world, processes, say)
        connection.execute("COMMIT")
    refresh_statistics(engine)
    engine.dispose()


def _insert_articles(connection: sqlite3.Connection, world: World, processes: int, say: Say) -> None:
    for found in _told_of(rows.of_articles(world), "articles", world.articles, say):
        _insert(connection, found)
    for found in _told_of(rows.of_pairs(world, processes), "pairs", world.pairs, say):
        _insert(connection, found)
    changes = connection.execute("SELECT id, known_at FROM changes ORDER BY known_at").fetchall()
    _insert(connection, {"told_changes": list(rows.told_long_ago(changes, CHANNELS[0]))})
    for statement in _WORDS:
        connection.execute(statement)


def copy_to_postgresql(path: Path, url: str, *, say: Say) -> None:
    """Fill a new database with what a SQLite file holds."""
    engine = open_engine(url)
    migrate.upgrade(engine)
    started = time.perf_counter()
    with closing(sqlite3.connect(path)) as source, _bare_postgresql(engine, say):
        for table in METADATA.sorted_tables:
            _copy(source, engine, table.name, [column.name for column in table.columns])
        with engine.begin() as connection:
            connection.execute(text(_WORDS_POSTGRESQL))
        say(f"rows copied after {time.perf_counter() - started:.0f} s")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


@contextmanager
def _bare(connection: sqlite3.Connection, say: Say) -> Iterator[None]:
    """A file without indexes, triggers and caution; with all of them again at the end."""
    for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-1500000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    wanted = (
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    )
    kept = connection.execute(wanted).fetchall()
    for kind, name, _sql in kept:
        connection.execute(f"DROP {kind} {name}")
    yield
    started = time.perf_counter()
    for _kind, _name, sql in kept:
        connection.execute(sql)
    connection.execute("PRAGMA journal_mode=WAL")
    say(f"indexes made in {time.perf_counter() - started:.0f} s")


def _insert(connection: sqlite3.Connection, found: rows.Rows) -> None:
    for table, some in found.items():
        if some:
            names = list(some[0])
            marks = ", ".join(f":{name}" for name in names)
            connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", some)  # noqa: S608


def _told_of(parts: Iterator[rows.Rows], table: str, total: int, say: Say) -> Iterator[rows.Rows]:
    """The parts, and a word for each tenth."""
    started, done = time.perf_counter(), 0
    for part in parts:
        before = done
        done += len(part[table])
        if done * 10 // total != before * 10 // total:
            say(f"{done:,} of {total:,} {table} after {time.perf_counter() - started:.0f} s")
        yield part


@contextmanager
def _bare_postgresql(engine: Engine, say: Say) -> Iterator[None]:
    """A database without references and without indexes but keys; with all of them again at the end."""
    with engine.begin() as connection:
        references = connection.execute(
            text(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
            )
        ).all()
        indexes = connection.execute(
            text(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN "
                "(SELECT conname FROM pg_constraint)"
            )
        ).all()
        for table, name, _definition in references:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        for name, _definition in indexes:
            connection.execute(text(f"DROP INDEX {name}"))
    yield
    started = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(text("SET maintenance_work_mem = '1GB'"))
        for _name, definition in indexes:
            connection.execute(text(definition))
        for table, name, definition in references:
            connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))
    say(f"indexes and references made in {time.perf_counter() - started:.0f} s")


def _copy(source: sqlite3.Connection, engine: Engine, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    found = source.execute(f"SELECT {names} FROM {table}")  # noqa: S608
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("SET session_replication_role = replica")  # no triggers
        driver.execute("SET TIME ZONE 'UTC'")
        with driver.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copying:
            while some := found.fetchmany(_MANY):
                for row in some:
                    copying.write_row(row)
