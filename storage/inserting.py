"""Inserts: those that say whether the row was new, and those of many rows at once."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, TextClause, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from storage.schema import Base, OfTeam, TeamRow

_LENGTH = re.compile(r"\(\d+\)")


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
    if not rows:
        return
    dialect = session.get_bind().dialect
    if dialect.name == "sqlite":
        # Else rows with an empty column go into a statement of their own.
        session.execute(insert(row).execution_options(render_nulls=True), rows)
        return
    session.flush()  # what the rows may refer to
    table = row.metadata.tables[row.__tablename__]
    lists: dict[str, list[Any]] = {}
    for name in rows[0]:
        write = table.c[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is
        lists[name] = [write(each[name]) for each in rows]
    session.execute(_inserting_lists(table, tuple(lists)), lists)


@cache
def _inserting_lists(table: Table, names: tuple[str, ...]) -> TextClause:
    """The same text for any number of rows, a list for each column.

    With a value for each field of each row the driver would take the text apart anew each time, and the
    server plan it.
    """
    plain = postgresql.dialect()  # type: ignore[no-untyped-call]
    # Without its length, as a cast cuts off what is too long instead of refusing it.
    kinds = (_LENGTH.sub("", table.c[name].type.compile(plain)) for name in names)
    lists = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in zip(names, kinds, strict=True))
    return text(f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM unnest({lists})")  # noqa: S608


def _as_it_is(value: Any) -> Any:  # any column's
    return value
