"""What readers were told and people corrected since: kept until they are told so.

A reader is a channel or, of what is told at once, a person: `channel_id` is the id of either.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.values import Change
from storage.correction_tables import CorrectedCompanyRow, CorrectedTellingRow
from storage.engine import Session
from storage.json_values import read_one, write_one
from storage.schema import ToldChangeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedTelling:
    """A change as a channel was told it, and what correction `batch_id` has made of it since, if anything.

    `origins` are the ids of the reader's ties on which it rested.
    """

    told: Change
    now: Change | None
    origins: frozenset[str]
    batch_id: str
    corrected_at: datetime
    corrected_by: str


def note_corrected(session: Session, *, team_id: str, channel_id: str, telling: CorrectedTelling) -> None:
    """Keep that a channel was told what is otherwise, in place of what was kept of the same change."""
    forget_corrected(session, team_id=team_id, channel_id=channel_id, change_ids=[telling.told.id])
    row = CorrectedTellingRow(
        team_id=team_id,
        channel_id=channel_id,
        change_id=telling.told.id,
        told=write_one(telling.told),
        now=None if telling.now is None else write_one(telling.now),
        origins=json.dumps(sorted(telling.origins)),
        batch_id=telling.batch_id,
        corrected_at=telling.corrected_at,
        corrected_by=telling.corrected_by,
    )
    session.add(row)
    session.flush()
    session.expunge(row)


def corrected_tellings(session: Session, *, team_id: str, channel_id: str) -> tuple[CorrectedTelling, ...]:
    """What a reader was told and nothing has set right there yet, the first corrected first."""
    chosen = select(CorrectedTellingRow).where(
        CorrectedTellingRow.team_id == team_id, CorrectedTellingRow.channel_id == channel_id
    )
    rows = sorted(session.scalars(chosen), key=lambda row: (row.corrected_at, row.change_id))
    return tuple(
        CorrectedTelling(
            told=read_one(Change, row.told),
            now=None if row.now is None else read_one(Change, row.now),
            origins=frozenset(json.loads(row.origins)),
            batch_id=row.batch_id,
            corrected_at=row.corrected_at,
            corrected_by=row.corrected_by,
        )
        for row in rows
    )


def forget_corrected(session: Session, *, team_id: str, channel_id: str, change_ids: Iterable[str]) -> None:
    """Drop what was kept of some changes: the reader knows, or they are as they were told again."""
    for change_id in change_ids:
        session.execute(
            delete(CorrectedTellingRow).where(
                CorrectedTellingRow.team_id == team_id,
                CorrectedTellingRow.channel_id == channel_id,
                CorrectedTellingRow.change_id == change_id,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedCompany:
    """What a batch said of companies, or that it was taken back, which a reader does not know yet."""

    batch_id: str
    undone: bool
    corrected_at: datetime
    corrected_by: str


def note_company(session: Session, *, team_id: str, channel_id: str, corrected: CorrectedCompany) -> None:
    """Keep what a reader is to be told of companies, in place of what was kept of the same batch."""
    forget_companies(session, team_id=team_id, channel_id=channel_id, batch_ids=[corrected.batch_id])
    session.execute(
        insert(CorrectedCompanyRow), [{"team_id": team_id, "channel_id": channel_id, **asdict(corrected)}]
    )


def corrected_companies(session: Session, *, team_id: str, channel_id: str) -> tuple[CorrectedCompany, ...]:
    """What a reader is still to be told of companies, the first said first."""
    chosen = select(
        CorrectedCompanyRow.batch_id,
        CorrectedCompanyRow.undone,
        CorrectedCompanyRow.corrected_at,
        CorrectedCompanyRow.corrected_by,
    ).where(CorrectedCompanyRow.team_id == team_id, CorrectedCompanyRow.channel_id == channel_id)
    rows = session.execute(chosen.order_by(CorrectedCompanyRow.corrected_at, CorrectedCompanyRow.batch_id))
    return tuple(CorrectedCompany(**row._mapping) for row in rows)


def forget_companies(session: Session, *, team_id: str, channel_id: str, batch_ids: Iterable[str]) -> None:
    """Drop what was kept of some batches: the reader knows, or need not know any more."""
    session.execute(
        delete(CorrectedCompanyRow).where(
            CorrectedCompanyRow.team_id == team_id,
            CorrectedCompanyRow.channel_id == channel_id,
            CorrectedCompanyRow.batch_id.in_(list(batch_ids)),
        )
    )


def told_channels(session: Session, *, team_id: str) -> tuple[str, ...]:
    """The readers that were told anything, by a digest or at once."""
    chosen = select(ToldChangeRow.channel_id).where(ToldChangeRow.team_id == team_id).distinct()
    return tuple(sorted(session.scalars(chosen)))
