"""The record as a reader may see it: pairs of companies and changes; deals are in `storage.deals`.

What was derived for the reader's own channel stands before what was derived for everybody, pair by pair.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, not_, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from bot.values import Bond, Change, Deal, PairRecord, RelationshipState
from storage.deals import DealFilter, DealPage, deal, deals, iter_deals
from storage.engine import Session
from storage.json_values import read_many, read_one
from storage.projections import ChangeRow, DealRow, PairRow
from storage.visibility import audience_of, pair_is_visible, pair_views

__all__ = [
    "DealFilter",
    "DealPage",
    "changes",
    "deal",
    "deals",
    "iter_deals",
    "iter_pairs",
    "latest_pairs",
    "pair_record",
    "pairs_among",
    "pairs_of",
]

PairKey = tuple[str, str]
Rows = type[PairRow] | type[DealRow] | type[ChangeRow]
PAIRS_AT_ONCE = 200
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


def pair_record(
    session: Session, *, team_id: str, channel_id: str, a_id: str, b_id: str
) -> PairRecord | None:
    """All between two companies, in either order, as a reader in the channel may know it."""
    a_id, b_id = sorted((a_id, b_id))

    def wanted(row: Rows) -> list[ColumnElement[bool]]:
        return [and_(row.a_id == a_id, row.b_id == b_id)]

    return next(iter(_pairs(session, team_id, channel_id, wanted)), None)


def pairs_of(session: Session, *, team_id: str, channel_id: str, company_id: str) -> tuple[PairRecord, ...]:
    """All between a company and each other one, the pairs that moved last first."""

    def wanted(row: Rows) -> list[ColumnElement[bool]]:
        return [row.a_id == company_id, row.b_id == company_id]

    found = [pair for pair in _pairs(session, team_id, channel_id, wanted) if pair.deals or pair.bonds]
    return tuple(sorted(found, key=_last_moved, reverse=True))


def pairs_among(
    session: Session, *, team_id: str, channel_id: str, company_ids: Collection[str]
) -> tuple[PairRecord, ...]:
    """All between any two of some companies, by the ids of both; few enough for one statement."""

    def wanted(row: Rows) -> list[ColumnElement[bool]]:
        return [and_(row.a_id.in_(company_ids), row.b_id.in_(company_ids))]

    found = [pair for pair in _pairs(session, team_id, channel_id, wanted) if pair.deals or pair.bonds]
    return tuple(sorted(found, key=lambda pair: (pair.a_id, pair.b_id)))


def latest_pairs(
    session: Session, *, team_id: str, channel_id: str, company_id: str, most: int
) -> tuple[tuple[PairRecord, ...], bool]:
    """The pairs of a company that its last `most` changes moved, in that order; and whether they are all.

    Of a company with no more changes than that all pairs are read.
    """
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    parts = [
        select(ChangeRow.a_id, ChangeRow.b_id, ChangeRow.known_at)
        .where(seen, own == company_id)
        .order_by(ChangeRow.known_at.desc())
        .limit(most + 1)
        .subquery()
        for seen in pair_views(ChangeRow, team_id, audience)
        for own in (ChangeRow.a_id, ChangeRow.b_id)  # each in the order of an index
    ]
    moved = session.execute(union_all(*map(select, parts))).all()
    if len(moved) <= most:
        every = pairs_of(session, team_id=team_id, channel_id=channel_id, company_id=company_id)
        return every, True
    last = sorted(moved, key=lambda row: row.known_at, reverse=True)[:most]
    others = {each for row in last for each in (row.a_id, row.b_id)} - {company_id}

    def wanted(row: Rows) -> list[ColumnElement[bool]]:
        return [
            and_(row.a_id == company_id, row.b_id.in_(others)),
            and_(row.b_id == company_id, row.a_id.in_(others)),
        ]

    return tuple(sorted(_pairs(session, team_id, channel_id, wanted), key=_last_moved, reverse=True)), False


def iter_pairs(
    session: Session, *, team_id: str, channel_id: str, company_id: str | None = None
) -> Iterator[PairRecord]:
    """All pairs that a reader in the channel may see, of one company if it is named; some at a time."""
    after: PairKey = "", ""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)

    def of_whom(row: Rows) -> ColumnElement[bool]:
        return true() if company_id is None else or_(row.a_id == company_id, row.b_id == company_id)

    while True:
        visible = and_(pair_is_visible(PairRow, team_id, audience), of_whom(PairRow), _beyond(PairRow, after))
        keys = select(PairRow.a_id, PairRow.b_id).where(visible).order_by(PairRow.a_id, PairRow.b_id)
        found = session.execute(keys.limit(PAIRS_AT_ONCE)).all()
        if not found:
            return
        last = found[-1].a_id, found[-1].b_id

        def wanted(row: Rows, after: PairKey = after, last: PairKey = last) -> list[ColumnElement[bool]]:
            return [and_(of_whom(row), _beyond(row, after), not_(_beyond(row, last)))]

        yield from sorted(
            _pairs(session, team_id, channel_id, wanted), key=lambda pair: (pair.a_id, pair.b_id)
        )
        after = last


def _beyond(row: Rows, pair: PairKey) -> ColumnElement[bool]:
    """Whether a row is of a pair that comes after this one."""
    later = or_(row.a_id > pair[0], and_(row.a_id == pair[0], row.b_id > pair[1]))
    return and_(row.a_id >= pair[0], later)


def changes(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    known_before: datetime | None = None,
    known_since: datetime | None = None,
    company_ids: Collection[str] | None = None,
    latest: int | None = None,
) -> tuple[Change, ...]:
    """The changes that a reader in the channel may see, oldest first, that the team learnt in a time.

    The time takes in `known_since` and leaves out `known_before`. `company_ids` narrows to those that are
    about one of some companies, `latest` to so many that were learnt last.
    """
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    conditions = [pair_is_visible(ChangeRow, team_id, audience)]
    if known_since is not None:
        conditions.append(ChangeRow.known_at >= known_since)
    if known_before is not None:
        conditions.append(ChangeRow.known_at < known_before)
    if company_ids is not None:
        conditions.append(or_(ChangeRow.a_id.in_(company_ids), ChangeRow.b_id.in_(company_ids)))
    chosen = select(ChangeRow.record).where(*conditions)
    if latest is not None:
        chosen = chosen.order_by(ChangeRow.known_at.desc(), ChangeRow.id).limit(latest)
    found = (read_one(Change, record) for record in session.scalars(chosen))
    return tuple(sorted(found, key=lambda change: (change.known_at, change.happened_at, change.id)))


def _pairs(
    session: Session, team_id: str, channel_id: str, wanted: Callable[[Rows], list[ColumnElement[bool]]]
) -> list[PairRecord]:
    """The pairs of which one of the conditions holds (never two), that hold for deals and changes alike."""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)

    def found(row: Rows, *columns: InstrumentedAttribute[Any]) -> Sequence[Row[*tuple[Any, ...]]]:
        # In one statement with an "or" a database may rather look at all rows of the audience.
        seen = pair_views(row, team_id, audience)
        parts = [and_(one, other) for one in seen for other in wanted(row)]
        return session.execute(union_all(*(select(*columns).where(part) for part in parts))).all()

    def in_order(row: type[DealRow] | type[ChangeRow]) -> Sequence[Row[*tuple[Any, ...]]]:
        rows = found(row, row.a_id, row.b_id, row.position, row.id, row.record)
        return sorted(rows, key=lambda each: (each.position, each.id))

    deals_of: defaultdict[PairKey, list[Deal]] = defaultdict(list)
    for each in in_order(DealRow):
        deals_of[each.a_id, each.b_id].append(read_one(Deal, each.record))
    changes_of: defaultdict[PairKey, list[Change]] = defaultdict(list)
    for each in in_order(ChangeRow):
        changes_of[each.a_id, each.b_id].append(read_one(Change, each.record))
    return [
        PairRecord(
            a_id=row.a_id,
            b_id=row.b_id,
            deals=tuple(deals_of[row.a_id, row.b_id]),
            bonds=read_many(Bond, row.bonds),
            states=read_many(RelationshipState, row.states),
            changes=tuple(changes_of[row.a_id, row.b_id]),
        )
        for row in found(PairRow, PairRow.a_id, PairRow.b_id, PairRow.bonds, PairRow.states)
    ]


def _last_moved(pair: PairRecord) -> tuple[datetime, str, str]:
    seen = [change.known_at for change in pair.changes] + [deal.last_seen for deal in pair.deals]
    return max(seen, default=_NEVER), pair.a_id, pair.b_id
