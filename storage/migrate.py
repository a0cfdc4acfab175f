"""Brings a database to the newest form of the tables, and says what is wrong with one.

Only tables of ours are looked at: the durable queue keeps its own in the same database.
"""

import logging
from collections.abc import Callable
from typing import Any, Literal, Protocol

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.types import TypeDecorator

from bot.errors import StorageError
from storage.engine import Engine, is_sqlite
from storage.tables import METADATA


class Configures(Protocol):
    """The part of Alembic's environment that `configure` needs."""

    def configure(self, connection: Connection | None = None, **options: Any) -> None:  # Alembic's
        """Take the options."""


VERSION_TABLE = "seams_version"
_log = logging.getLogger(__name__)
_LOCK = 0x5EA45  # any number that nobody else locks in this database


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Create or upgrade the tables to a revision, in one transaction; of processes at once, one does it.

    Raises StorageError when the database can't be reached or is newer than this Seams.
    """
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to a revision ("base" for an empty database), for tests and for a failed release."""
    _run(engine, lambda config: command.downgrade(config, revision))


def problems(engine: Engine, *, compare: bool = True) -> list[str]:
    """What is wrong with the database's tables; empty when they are what this Seams expects.

    Without `compare` their version is taken at its word, which is quicker.
    """
    script = ScriptDirectory.from_config(_config())
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"version_table": VERSION_TABLE, **_COMPARE_OPTIONS}
            )
            present = context.get_current_heads()
            differences = compare_metadata(context, METADATA) if present and compare else []
    except DBAPIError as error:
        return [f"The database can't be reached: {error.orig}"]
    if not present:
        return ["The tables are missing: run `seams db upgrade`."]
    known = {revision.revision for revision in script.walk_revisions()}
    if not set(present) <= known:
        return ["The database is newer than this Seams: install the newest."]
    if set(present) != set(script.get_heads()):
        return ["The tables are behind: run `seams db upgrade`."]
    return [f"The tables differ: {difference}" for difference in differences]


class Readiness:
    """Whether a database can be used, in one query: `problems` compares every table and takes longer."""

    def __init__(self, engine: Engine) -> None:
        """Look up once what this Seams needs."""
        self._engine = engine
        script = ScriptDirectory.from_config(_config())
        self._newest = frozenset(script.get_heads())

    def problems(self) -> list[str]:
        """What keeps the database from being used; its address is not told."""
        try:
            with self._engine.connect() as connection:
                context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
                present = frozenset(context.get_current_heads())
        except SQLAlchemyError as error:
            _log.warning("the database can't be reached: %s", type(error).__name__)
            return ["The database can't be reached."]
        return [] if present == self._newest else ["The tables are not those of this version."]


def configure(context: Configures, connection: Connection) -> None:
    """Tell Alembic what to compare and where to keep its mark."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        version_table=VERSION_TABLE,
        render_item=_plain,
        **_COMPARE_OPTIONS,
    )


def draft(engine: Engine, message: str, revision: str) -> None:
    """Write the next step from how the tables differ from an upgraded database, for a person to review."""
    _run(engine, lambda config: _draft(config, message, revision))


def _draft(config: Config, message: str, revision: str) -> None:
    command.revision(config, message, autogenerate=True, rev_id=revision)


def _plain(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write a column type of ours as the database's own: a step must not change when the code does."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name in METADATA.tables


_COMPARE_OPTIONS: dict[str, Any] = {
    "include_name": _is_ours,
    "compare_type": True,
    "render_as_batch": True,  # SQLite can't alter most of a table
}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "newline")
    return config


def _run(engine: Engine, do: Callable[[Config], None]) -> None:
    config = _config()
    try:
        with engine.begin() as connection:
            if is_sqlite(engine):
                connection.execute(text("BEGIN IMMEDIATE"))
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            config.attributes["connection"] = connection
            do(config)
    except CommandError as error:
        raise StorageError("The database is newer than this Seams: install the newest.") from error
    except DBAPIError as error:
        raise StorageError(f"The database can't be upgraded: {error.orig}") from error
