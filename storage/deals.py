"""Deals as a reader may see them, a page at a time: newest first, of one day the largest first.

A company's deals are looked for on either side of the pair by itself, in the order of an index: so a page
costs what stands on it and before it, however many deals there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true, union_all

from bot.values import Deal, Status, TieKind
from storage.counting import count_some
from storage.engine import Session
from storage.json_values import read_one
from storage.projections import DealRow
from storage.visibility import audience_of, pair_is_visible, pair_views

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
    parts = _parts(session, team_id, channel_id, filter)
    total = count_some(session, union_all(*(select(DealRow.id).where(part) for part in parts)))
    found = _in_order(parts, offset + limit).limit(limit).offset(offset)
    return DealPage(total, tuple(read_one(Deal, row.record) for row in _rows(session, team_id, found)))


def iter_deals(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    filter: DealFilter,  # what it is
    at_once: int,
) -> Iterator[tuple[Deal, ...]]:
    """All deals that a reader in the channel may see, so many in memory at a time."""
    parts = _parts(session, team_id, channel_id, filter)
    beyond: list[ColumnElement[bool]] = []
    while found := _rows(session, team_id, _in_order([and_(part, *beyond) for part in parts], at_once)):
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


def _parts(session: Session, team_id: str, channel_id: str, wanted: DealFilter) -> list[ColumnElement[bool]]:
    """The wanted deals in parts that have nothing in common, each of which an index gives in order."""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    conditions = list(_conditions(wanted))
    return [
        and_(seen, of_whom, *conditions)
        for seen in pair_views(DealRow, team_id, audience)
        for of_whom in _sides(wanted)
    ]


def _sides(wanted: DealFilter) -> list[ColumnElement[bool]]:
    named = sorted(filter(None, (wanted.company_id, wanted.with_id)))
    if not named:
        return [true()]
    if len(named) == 2:
        return [and_(DealRow.a_id == named[0], DealRow.b_id == named[1])]
    return [DealRow.a_id == named[0], DealRow.b_id == named[0]]


def _in_order(parts: Iterable[ColumnElement[bool]], first: int) -> Select[*tuple[Any, ...]]:
    """The keys of the first deals of all parts together, with what they are sorted by."""
    columns = (DealRow.audience, DealRow.id, DealRow.sort_day, _SIZE.label("size"))
    order = (DealRow.sort_day.desc(), _SIZE.desc(), DealRow.id)
    firsts = [select(*columns).where(part).order_by(*order).limit(first).subquery() for part in parts]
    keys = union_all(*(select(each) for each in firsts)).subquery()
    return select(keys).order_by(keys.c.sort_day.desc(), keys.c.size.desc(), keys.c.id).limit(first)


def _rows(session: Session, team_id: str, keys: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Keys with their deals, in order."""
    chosen = keys.subquery()
    deal = and_(DealRow.team_id == team_id, DealRow.audience == chosen.c.audience, DealRow.id == chosen.c.id)
    found = select(chosen, DealRow.record).join(DealRow, deal)
    ordered = found.order_by(chosen.c.sort_day.desc(), chosen.c.size.desc(), chosen.c.id)
    return session.execute(ordered).all()


def _conditions(wanted: DealFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield DealRow.kind == wanted.kind
    if wanted.status is not None:
        yield DealRow.status == wanted.status
    if wanted.since is not None:
        yield DealRow.last_day >= wanted.since
    if wanted.until is not None:
        yield DealRow.first_day <= wanted.until
    if wanted.min_amount is not None:
        yield DealRow.amount >= float(wanted.min_amount)
