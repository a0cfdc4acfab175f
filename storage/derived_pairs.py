"""Writes what was derived about pairs of companies, and says what is stored: for `bot.services.record`.

`audience` is "" for everybody or the id of a channel, see `storage.projections`. What a reader may see is
in `storage.record`.
"""

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, or_, select, tuple_

from bot.values import Deal, PairRecord
from storage.engine import Session
from storage.inserting import insert_all
from storage.json_values import write_many, write_one
from storage.projections import ChangeRow, DealRow, PairRow
from storage.ties import in_parts

PairKey = tuple[str, str]


def stored_pairs(
    session: Session,
    *,
    team_id: str,
    audience: str,
    touching: Collection[str] = (),
    within: Collection[str] = (),
) -> frozenset[PairKey]:
    """An audience's pairs with one company among `touching`, or with both among `within`."""
    found: set[PairKey] = set()
    for some in in_parts(sorted(touching)):
        found |= _keys(session, team_id, audience, or_(PairRow.a_id.in_(some), PairRow.b_id.in_(some)))
    inside = frozenset(within)
    for some in in_parts(sorted(inside)):
        found |= {
            pair for pair in _keys(session, team_id, audience, PairRow.a_id.in_(some)) if pair[1] in inside
        }
    return frozenset(found)


def audiences_with_pairs(session: Session, *, team_id: str, company_ids: Collection[str]) -> frozenset[str]:
    """The audiences that have a pair with one of the companies."""
    found: set[str] = set()
    for some in in_parts(sorted(company_ids)):
        chosen = select(PairRow.audience).where(
            PairRow.team_id == team_id, or_(PairRow.a_id.in_(some), PairRow.b_id.in_(some))
        )
        found.update(session.scalars(chosen.distinct()))
    return frozenset(found)


def store_pairs(
    session: Session,
    *,
    team_id: str,
    audience: str,
    records: Sequence[PairRecord],
    gone: Collection[PairKey] = (),
) -> None:
    """Store all between two companies each, in place of what was there; forget the pairs that are `gone`."""
    own = {"team_id": team_id, "audience": audience}
    keys = [{**own, "a_id": record.a_id, "b_id": record.b_id} for record in records]
    _drop(session, team_id, audience, [*((record.a_id, record.b_id) for record in records), *gone])
    pairs = [
        {**key, "bonds": write_many(record.bonds), "states": write_many(record.states)}
        for key, record in zip(keys, records, strict=True)
    ]
    deals = [
        {**key, "position": place, **_deal_columns(deal)}
        for key, record in zip(keys, records, strict=True)
        for place, deal in enumerate(record.deals)
    ]
    changes = [
        {**key, "position": place, "id": change.id, "known_at": change.known_at, "record": write_one(change)}
        for key, record in zip(keys, records, strict=True)
        for place, change in enumerate(record.changes)
    ]
    insert_all(session, PairRow, pairs)
    insert_all(session, DealRow, deals)
    insert_all(session, ChangeRow, changes)


def _drop(session: Session, team_id: str, audience: str, pairs: Sequence[PairKey]) -> None:
    """Forget pairs with their deals and changes."""
    here = (PairRow.team_id == team_id, PairRow.audience == audience)
    for some in in_parts(pairs):
        either = PairRow.a_id.in_(sorted({a_id for a_id, _b_id in some}))  # SQLite finds no pair by both
        session.execute(delete(PairRow).where(*here, either, tuple_(PairRow.a_id, PairRow.b_id).in_(some)))


def drop_pairs(session: Session, *, team_id: str) -> None:
    """Forget all pairs of a team, for every audience."""
    session.execute(delete(PairRow).where(PairRow.team_id == team_id))


def _keys(session: Session, team_id: str, audience: str, wanted: ColumnElement[bool]) -> set[PairKey]:
    chosen = select(PairRow.a_id, PairRow.b_id).where(
        PairRow.team_id == team_id, PairRow.audience == audience, wanted
    )
    return {(a_id, b_id) for a_id, b_id in session.execute(chosen)}


def _deal_columns(deal: Deal) -> dict[str, object]:
    first_day, last_day = _days(deal)
    amounts = [reported.money.amount for reported in deal.amounts]
    return {
        "id": deal.id,
        "kind": deal.kind,
        "status": deal.status,
        "first_day": first_day,
        "last_day": last_day,
        "sort_day": min(last_day, deal.last_seen.date()),
        "amount": float(max(amounts)) if amounts else None,
        "record": write_one(deal),
    }


def _days(deal: Deal) -> tuple[date, date]:
    """First and last day of the date that the articles give, else of the time in which they spoke of it."""
    told = deal.first_seen.date(), deal.last_seen.date()
    if deal.date is None:
        return told
    try:
        year, month, day = (*map(int, deal.date.split("-")), 0, 0)[:3]
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return told
