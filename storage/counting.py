"""Counts no further than answers say."""

from sqlalchemy import CompoundSelect, Select, func, select

from bot.counting import MOST_COUNTED
from storage.engine import Session


def count_some(
    session: Session, wanted: Select[*tuple[object, ...]] | CompoundSelect[*tuple[object, ...]]
) -> int:
    """How many rows there are; MOST_COUNTED + 1 where there are more than MOST_COUNTED."""
    some = wanted.limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
