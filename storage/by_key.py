"""One row by its key, for those that only look at it."""

from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Select, bindparam, select

from storage.engine import Session
from storage.schema import Base

Wanted = TypeVar("Wanted", bound=Base)


def row_by_key(session: Session, row: type[Wanted], *, team_id: str, **key: str) -> Wanted | None:
    """What has a row's columns and can't be changed, or None: for less than a row that the session keeps."""
    return cast(Wanted | None, session.execute(_by_key(row), {"team_id": team_id, **key}).first())


@cache  # to put a statement together takes longer than to send it
def _by_key(row: type[Base]) -> Select[*tuple[Any, ...]]:
    table = row.metadata.tables[row.__tablename__]
    return select(table).where(*(column == bindparam(column.name) for column in table.primary_key))
