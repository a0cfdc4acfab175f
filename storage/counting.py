"""Counts no further than answers say."""

from sqlalchemy import CompoundSelect, Select, func, select

from bot.counting import MOST_COUNTED
from storage.engine import Session


def count_some(
    session: Session,
    wanted: Select[*tuple[object, ...]] | CompoundSelect[*tuple[object, ...]],
    most: int | None = None,
) -> int:
    """How many rows there are; one more than `most` (MOST_COUNTED) where there are more than that."""
    some = wanted.limit((MOST_COUNTED if most is None else most) + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
