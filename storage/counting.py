"""Counts no further than answers say."""

from collections.abc import Mapping

from sqlalchemy import CompoundSelect, Integer, Select, bindparam, func, select

from bot.counting import MOST_COUNTED
from storage.engine import Session

Rows = Select[*tuple[object, ...]] | CompoundSelect[*tuple[object, ...]]


def count_some(session: Session, wanted: Rows, most: int | None = None) -> int:
    """How many rows there are; one more than `most` (MOST_COUNTED) where there are more than that."""
    return session.scalar(counting(wanted), limit(most)) or 0


def counting(wanted: Rows) -> Select[*tuple[int]]:
    """The statement that counts rows up to a `limit`, which is given with it."""
    some = wanted.limit(bindparam("counted", type_=Integer)).subquery()
    return select(func.count()).select_from(some)


def limit(most: int | None = None) -> Mapping[str, int]:
    """How far to count to tell so many from more."""
    return {"counted": (MOST_COUNTED if most is None else most) + 1}
