"""Inserts that say whether the row was new, the same on both databases."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.schema import Base


def insert_new(session: Session, row: type[Base], **values: Any) -> bool:  # any column's
    """Insert a row unless its key is there; tell whether it was new. Waits for a concurrent insert."""
    table = row.__table__
    if not isinstance(table, Table):  # pragma: no cover  # every row of ours is a table's
        raise TypeError(row)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return connection.execute(sqlite.insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
    return connection.execute(postgresql.insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
