"""Digests: each claimed before it is posted, and the changes that each channel was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.engine import Session
from storage.inserting import insert_new
from storage.schema import DigestRunRow, RunState, ToldChangeRow

__all__ = ["DigestRun", "RunState", "claim_digest", "get_digest", "mark_digest", "mark_told", "told_changes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRun:
    """The digest of one channel and period; `code` says why it failed or was skipped."""

    team_id: str
    channel_id: str
    period_key: str
    state: RunState
    message_ts: str | None
    code: str | None
    claimed_at: datetime


def claim_digest(
    session: Session, *, team_id: str, channel_id: str, period_key: str, now: datetime
) -> DigestRun:
    """The run of a digest, made when there is none: of several that claim it, all get the first one's."""
    insert_new(
        session,
        DigestRunRow,
        team_id=team_id,
        channel_id=channel_id,
        period_key=period_key,
        state=RunState.CLAIMED,
        message_ts=None,
        code=None,
        claimed_at=now,
    )
    row = session.get_one(
        DigestRunRow, (team_id, channel_id, period_key), with_for_update=True, populate_existing=True
    )
    return _run(row)


def get_digest(session: Session, *, team_id: str, channel_id: str, period_key: str) -> DigestRun | None:
    """The run of a digest; None when nobody claimed it."""
    row = session.get(DigestRunRow, (team_id, channel_id, period_key))
    return None if row is None else _run(row)


def mark_digest(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    period_key: str,
    state: RunState,
    message_ts: str | None = None,
    code: str | None = None,
) -> None:
    """Keep how far a claimed digest is; one that was purged meanwhile is left alone."""
    row = session.get(DigestRunRow, (team_id, channel_id, period_key), populate_existing=True)
    if row is not None:
        row.state, row.code = state, code
        row.message_ts = message_ts or row.message_ts
        session.flush()


def reopen_failed(session: Session, *, team_id: str, channel_id: str) -> str | None:
    """Let the last digest that failed be posted after all; gives its period, None when none failed."""
    failed = select(DigestRunRow).where(
        DigestRunRow.team_id == team_id,
        DigestRunRow.channel_id == channel_id,
        DigestRunRow.state == RunState.FAILED,
    )
    row = session.scalars(failed.order_by(DigestRunRow.claimed_at.desc())).first()
    if row is None:
        return None
    row.state, row.code = RunState.CLAIMED, None
    session.flush()
    return row.period_key


def told_changes(
    session: Session, *, team_id: str, channel_id: str, since: datetime | None = None
) -> frozenset[str]:
    """The ids of the changes that the channel's digests have told, of all or of those told since a moment."""
    chosen = select(ToldChangeRow.change_id).where(
        ToldChangeRow.team_id == team_id, ToldChangeRow.channel_id == channel_id
    )
    if since is not None:
        chosen = chosen.where(ToldChangeRow.told_at >= since)
    return frozenset(session.scalars(chosen))


def mark_told(
    session: Session, *, team_id: str, channel_id: str, change_ids: Iterable[str], now: datetime
) -> None:
    """Keep that a channel was told some changes; the first time counts."""
    for change_id in sorted(set(change_ids)):
        insert_new(
            session,
            ToldChangeRow,
            team_id=team_id,
            channel_id=channel_id,
            change_id=change_id,
            told_at=now,
        )


def _run(row: DigestRunRow) -> DigestRun:
    return DigestRun(
        team_id=row.team_id,
        channel_id=row.channel_id,
        period_key=row.period_key,
        state=RunState(row.state),
        message_ts=row.message_ts,
        code=row.code,
        claimed_at=row.claimed_at,
    )
