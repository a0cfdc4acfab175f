"""Old rows go a few at a time, so that nobody else waits long for the tables."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, inspect, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from storage.engine import Session
from storage.schema import Base


def drop_oldest(
    session: Session,
    rows: type[Base],
    since: InstrumentedAttribute[datetime],
    *conditions: ColumnElement[bool],
    before: datetime,
    limit: int,
) -> int:
    """Delete the oldest rows of all teams that are older than a time, `limit` at most; gives how many."""
    key = inspect(rows).primary_key
    old = select(*key).where(since < before, *conditions).order_by(since).limit(limit)
    done = session.execute(delete(rows).where(tuple_(*key).in_(old)), execution_options=_UNSEEN)
    return cast(CursorResult[Any], done).rowcount


_UNSEEN = {"synchronize_session": False}  # nobody has these rows loaded
