"""Inserts: those that say whether the row was new, and those of many rows at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.schema import Base, OfTeam, TeamRow


def insert_new(session: Session, row: type[OfTeam] | type[TeamRow], **values: Any) -> bool:  # any column's
    """Insert a row unless its key is there; tell whether it was new. Waits for a concurrent insert."""
    # The number of rows that an INSERT reports is -1 on PostgreSQL; what it returns is certain.
    if session.get_bind().dialect.name == "sqlite":
        inserted = sqlite.insert(row).values(values).on_conflict_do_nothing().returning(row.team_id)
        return session.execute(inserted).first() is not None
    inserting = postgresql.insert(row).values(values).on_conflict_do_nothing().returning(row.team_id)
    return session.execute(inserting).first() is not None


def insert_all(session: Session, row: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with the same columns in one statement."""
    if rows:
        # Else rows with an empty column go into a statement of their own.
        session.execute(insert(row).execution_options(render_nulls=True), rows)
