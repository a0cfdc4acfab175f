"""The record as a reader may see it: pairs of companies and changes; deals are in `storage.deals`.

What was derived for the reader's own channel stands before what was derived for everybody, pair by pair.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from bot.values import Bond, Change, Deal, PairRecord, RelationshipState
from storage.deals import DealFilter, DealPage, deal, deals, iter_deals
from storage.engine import Session
from storage.json_values import read_many, read_one
from storage.projections import ChangeRow, DealRow, PairRow
from storage.visibility import audience_of, pair_is_visible

__all__ = [
    "DealFilter",
    "DealPage",
    "changes",
    "deal",
    "deals",
    "iter_deals",
    "iter_pairs",
    "pair_record",
    "pairs_of",
]

PairKey = tuple[str, str]
PAIRS_AT_ONCE = 200
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


def pair_record(
    session: Session, *, team_id: str, channel_id: str, a_id: str, b_id: str
) -> PairRecord | None:
    """All between two companies, in either order, as a reader in the channel may know it."""
    a_id, b_id = sorted((a_id, b_id))
    wanted = and_(PairRow.a_id == a_id, PairRow.b_id == b_id)
    return next(iter(_pairs(session, team_id, channel_id, wanted)), None)


def pairs_of(session: Session, *, team_id: str, channel_id: str, company_id: str) -> tuple[PairRecord, ...]:
    """All between a company and each other one, the pairs that moved last first."""
    wanted = or_(PairRow.a_id == company_id, PairRow.b_id == company_id)
    found = [pair for pair in _pairs(session, team_id, channel_id, wanted) if pair.deals or pair.bonds]
    return tuple(sorted(found, key=_last_moved, reverse=True))


def iter_pairs(
    session: Session, *, team_id: str, channel_id: str, company_id: str | None = None
) -> Iterator[PairRecord]:
    """All pairs that a reader in the channel may see, of one company if it is named; some at a time."""
    mine = or_(PairRow.a_id == company_id, PairRow.b_id == company_id)
    of_whom = true() if company_id is None else mine
    after: PairKey = "", ""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    while True:
        a_id, b_id = after
        beyond = or_(PairRow.a_id > a_id, and_(PairRow.a_id == a_id, PairRow.b_id > b_id))
        visible = and_(pair_is_visible(PairRow, team_id, audience), of_whom, beyond)
        keys = select(PairRow.a_id, PairRow.b_id).where(visible).order_by(PairRow.a_id, PairRow.b_id)
        found = session.execute(keys.limit(PAIRS_AT_ONCE)).all()
        if not found:
            return
        after = found[-1].a_id, found[-1].b_id
        until = or_(PairRow.a_id < after[0], and_(PairRow.a_id == after[0], PairRow.b_id <= after[1]))
        yield from sorted(
            _pairs(session, team_id, channel_id, and_(of_whom, beyond, until)),
            key=lambda pair: (pair.a_id, pair.b_id),
        )


def changes(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    known_before: datetime | None = None,
    known_since: datetime | None = None,
    company_ids: Collection[str] | None = None,
) -> tuple[Change, ...]:
    """The changes that a reader in the channel may see, oldest first, that the team learnt in a time.

    The time takes in `known_since` and leaves out `known_before`. `company_ids` narrows to those that are
    about one of some companies.
    """
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    conditions = [pair_is_visible(ChangeRow, team_id, audience)]
    if known_since is not None:
        conditions.append(ChangeRow.known_at >= known_since)
    if known_before is not None:
        conditions.append(ChangeRow.known_at < known_before)
    if company_ids is not None:
        conditions.append(or_(ChangeRow.a_id.in_(company_ids), ChangeRow.b_id.in_(company_ids)))
    found = (
        read_one(Change, record) for record in session.scalars(select(ChangeRow.record).where(*conditions))
    )
    return tuple(sorted(found, key=lambda change: (change.known_at, change.happened_at, change.id)))


def _pairs(session: Session, team_id: str, channel_id: str, wanted: ColumnElement[bool]) -> list[PairRecord]:
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    chosen = and_(pair_is_visible(PairRow, team_id, audience), wanted)
    deals_of: defaultdict[PairKey, list[Deal]] = defaultdict(list)
    for a_id, b_id, record in session.execute(_parts(DealRow, chosen)):
        deals_of[a_id, b_id].append(read_one(Deal, record))
    changes_of: defaultdict[PairKey, list[Change]] = defaultdict(list)
    for a_id, b_id, record in session.execute(_parts(ChangeRow, chosen)):
        changes_of[a_id, b_id].append(read_one(Change, record))
    return [
        PairRecord(
            a_id=row.a_id,
            b_id=row.b_id,
            deals=tuple(deals_of[row.a_id, row.b_id]),
            bonds=read_many(Bond, row.bonds),
            states=read_many(RelationshipState, row.states),
            changes=tuple(changes_of[row.a_id, row.b_id]),
        )
        for row in session.scalars(select(PairRow).where(chosen))
    ]


def _parts(row: type[DealRow] | type[ChangeRow], pairs: ColumnElement[bool]) -> Select[str, str, str]:
    """The deals or changes of the chosen pairs, in the pair's own order."""
    same_pair = and_(
        PairRow.team_id == row.team_id,
        PairRow.audience == row.audience,
        PairRow.a_id == row.a_id,
        PairRow.b_id == row.b_id,
    )
    chosen = select(row.a_id, row.b_id, row.record).join(PairRow, same_pair).where(pairs)
    return chosen.order_by(row.position, row.id)


def _last_moved(pair: PairRecord) -> tuple[datetime, str, str]:
    seen = [change.known_at for change in pair.changes] + [deal.last_seen for deal in pair.deals]
    return max(seen, default=_NEVER), pair.a_id, pair.b_id
