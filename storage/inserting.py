"""Inserts: those that say whether the row was new, and those of many rows at once."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from storage.schema import Base, OfTeam, TeamRow


def insert_new(session: Session, row: type[OfTeam] | type[TeamRow], **values: Any) -> bool:  # any column's
    """Insert a row unless its key is there; tell whether it was new. Waits for a concurrent insert."""
    session.flush()  # what the row may refer to
    # The number of rows that an INSERT reports is -1 on PostgreSQL; what it returns is certain.
    return session.execute(_inserting(row, session.get_bind().dialect.name), values).first() is not None


@cache  # to put a statement together takes longer than to send it
def _inserting(row: type[OfTeam] | type[TeamRow], dialect: str) -> ReturningInsert[Any]:
    table = row.metadata.tables[row.__tablename__]
    inserting = inserting_into(table, dialect)
    return inserting.on_conflict_do_nothing().returning(table.c.team_id)


def inserting_into(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows of conflicts, as the databases say it."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def insert_all(session: Session, row: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with the same columns in one statement."""
    if rows:
        # Else rows with an empty column go into a statement of their own.
        session.execute(insert(row).execution_options(render_nulls=True), rows)
