"""Deals as a reader may see them, a page at a time: newest first, of one day the largest first.

A company's deals are looked for on either side of the pair by itself, in the order of an index: so a page
costs what stands on it and before it, however many deals there are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    union_all,
)

from bot.counting import MOST_COUNTED
from bot.values import Deal, Status, TieKind
from storage import counting
from storage.engine import Session
from storage.json_values import read_one
from storage.projections import PUBLIC, DealRow
from storage.visibility import Given, audience_of, pair_is_visible, pair_views

_WHOM = frozenset({"company_id", "with_id"})
_SIZE = func.coalesce(DealRow.amount, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFilter:
    """Which deals are wanted; what is None does not matter.

    `since` and `until` hold for the days that the articles give, at their precision, else for those on which
    they spoke of it. `min_amount` is compared with the largest reported amount, whatever its currency.
    """

    company_id: str | None = None
    with_id: str | None = None
    kind: TieKind | None = None
    status: Status | None = None
    since: date | None = None
    until: date | None = None
    min_amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DealPage:
    """Some deals, and how many there are in all: MOST_COUNTED + 1 stands for more than MOST_COUNTED."""

    total: int
    deals: tuple[Deal, ...]


def deals(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    filter: DealFilter,  # what it is
    limit: int,
    offset: int = 0,
) -> DealPage:
    """Some deals that a reader in the channel may see, and how many there are (see `count_some`)."""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    shape, values = _shape(filter, audience), _values(filter, team_id, audience)
    keys = {**values, "first": offset + limit, "most": limit, "before": offset}
    rows = session.execute(_page(shape), keys).all()
    page = tuple(read_one(Deal, row.record) for row in rows)
    if len(page) < limit and (page or not offset):
        return DealPage(min(offset + len(page), MOST_COUNTED + 1), page)
    return DealPage(session.scalar(_number(shape), {**values, **counting.limit()}) or 0, page)


def iter_deals(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    filter: DealFilter,  # what it is
    at_once: int,
) -> Iterator[tuple[Deal, ...]]:
    """All deals that a reader in the channel may see, so many in memory at a time."""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    parts, values = _parts(_shape(filter, audience)), _values(filter, team_id, audience)
    beyond: list[ColumnElement[bool]] = []
    while True:
        keys = _with_deals(_in_order([and_(part, *beyond) for part in parts]))
        found = session.execute(keys, {**values, "first": at_once}).all()
        if not found:
            return
        yield tuple(read_one(Deal, row.record) for row in found)
        last = found[-1]
        later = or_(last.size > _SIZE, and_(last.size == _SIZE, DealRow.id > last.id))
        beyond = [
            DealRow.sort_day <= last.sort_day,
            or_(DealRow.sort_day < last.sort_day, later),
        ]


def deal(session: Session, *, team_id: str, channel_id: str, deal_id: str) -> Deal | None:
    """One deal as a reader in the channel may see it; None for one that is no more, or not theirs to see."""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    wanted = and_(pair_is_visible(DealRow, team_id, audience), DealRow.id == deal_id)
    found = session.scalar(select(DealRow.record).where(wanted))
    return None if found is None else read_one(Deal, found)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a statement looks like: the fields that a filter gives; whether the channel has its own rows."""

    given: frozenset[str]
    has_own: bool


def _shape(wanted: DealFilter, audience: str) -> _Shape:
    given = (each.name for each in fields(wanted) if getattr(wanted, each.name) is not None)
    return _Shape(frozenset(given), audience != PUBLIC)


def _values(wanted: DealFilter, team_id: str, audience: str) -> Mapping[str, Any]:
    """What is asked for, by the names that it has in the statements."""
    named = sorted(filter(None, (wanted.company_id, wanted.with_id)))
    return {
        "team_id": team_id,
        "audience": audience,
        "low_id": named[0] if named else None,
        "high_id": named[-1] if named else None,
        "kind": wanted.kind,
        "status": wanted.status,
        "since": wanted.since,
        "until": wanted.until,
        "min_amount": None if wanted.min_amount is None else float(wanted.min_amount),
    }


@cache  # to put a statement together takes longer than to send it
def _page(shape: _Shape) -> Select[*tuple[Any, ...]]:
    keys = _in_order(_parts(shape)).limit(bindparam("most", type_=Integer))
    return _with_deals(keys.offset(bindparam("before", type_=Integer)))


@cache
def _number(shape: _Shape) -> Select[*tuple[int]]:
    parts = [select(DealRow.id).where(part) for part in _parts(shape)]
    if not _WHOM & shape.given:
        # What is asked for is mostly of late, and an index that knows days only would begin with the oldest.
        latest = (part.order_by(DealRow.sort_day.desc()) for part in parts)
        most: BindParameter[int] = bindparam("counted", type_=Integer)
        parts = [select(part.limit(most).subquery()) for part in latest]
    return counting.counting(union_all(*parts))


def _parts(shape: _Shape) -> list[ColumnElement[bool]]:
    """The wanted deals in parts that have nothing in common, each of which an index gives in order."""
    team_id: BindParameter[str] = bindparam("team_id")
    audience: Given = bindparam("audience") if shape.has_own else PUBLIC
    conditions = _conditions(shape.given)
    return [
        and_(seen, of_whom, *conditions)
        for seen in pair_views(DealRow, team_id, audience)
        for of_whom in _sides(shape.given)
    ]


def _sides(given: Collection[str]) -> list[ColumnElement[bool]]:
    low: BindParameter[str] = bindparam("low_id")
    number = len(_WHOM.intersection(given))
    if not number:
        return [true()]
    if number == 2:
        return [and_(DealRow.a_id == low, DealRow.b_id == bindparam("high_id"))]
    return [DealRow.a_id == low, DealRow.b_id == low]


def _in_order(parts: Iterable[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """The keys of the `first` deals of all parts together, with what they are sorted by."""
    first: BindParameter[int] = bindparam("first", type_=Integer)
    columns = (DealRow.audience, DealRow.id, DealRow.sort_day, _SIZE.label("size"))
    order = (DealRow.sort_day.desc(), _SIZE.desc(), DealRow.id)
    firsts = [select(*columns).where(part).order_by(*order).limit(first).subquery() for part in parts]
    keys = union_all(*(select(each) for each in firsts)).subquery()
    return select(keys).order_by(keys.c.sort_day.desc(), keys.c.size.desc(), keys.c.id).limit(first)


def _with_deals(keys: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Keys with their deals, in order."""
    chosen = keys.subquery()
    of_key = (DealRow.audience == chosen.c.audience, DealRow.id == chosen.c.id)
    found = select(chosen, DealRow.record).join(
        DealRow, and_(DealRow.team_id == bindparam("team_id"), *of_key)
    )
    return found.order_by(chosen.c.sort_day.desc(), chosen.c.size.desc(), chosen.c.id)


def _conditions(given: Collection[str]) -> list[ColumnElement[bool]]:
    conditions: Mapping[str, ColumnElement[bool]] = {
        "kind": DealRow.kind == bindparam("kind"),
        "status": DealRow.status == bindparam("status"),
        "since": DealRow.last_day >= bindparam("since"),
        "until": DealRow.first_day <= bindparam("until"),
        "min_amount": DealRow.amount >= bindparam("min_amount"),
    }
    return [condition for name, condition in conditions.items() if name in given]
