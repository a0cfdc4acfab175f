"""Digests that can't be posted for the time being, and who switched each digest on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.engine import Session
from storage.inserting import insert_new
from storage.teams import lock_team
from storage.workspace_tables import DigestPauseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPause:
    """A paused digest: why (Slack's error code), since when, and who had switched the digest on."""

    channel_id: str
    user_id: str | None
    code: str
    since: datetime


def remember_subscriber(session: Session, *, team_id: str, channel_id: str, user_id: str) -> None:
    """Keep who switched the digest of a channel on, and that nothing stands in its way any more."""
    row = _row(session, team_id, channel_id)
    row.user_id, row.code, row.since = user_id, None, None
    session.flush()


def pause_digest(session: Session, *, team_id: str, channel_id: str, code: str, now: datetime) -> bool:
    """Keep why a digest can't be posted; False when it was paused for the same reason already."""
    row = _row(session, team_id, channel_id)
    if row.code == code:
        return False
    row.code, row.since = code, row.since or now
    session.flush()
    return True


def resume_digest(session: Session, *, team_id: str, channel_id: str) -> bool:
    """Keep that nothing stands in a digest's way; False when nothing did."""
    row = session.get(DigestPauseRow, (team_id, channel_id), populate_existing=True)
    if row is None or row.code is None:
        return False
    lock_team(session, team_id=team_id)
    row.code, row.since = None, None
    session.flush()
    return True


def digest_pause(session: Session, *, team_id: str, channel_id: str) -> DigestPause | None:
    """Why the digest of a channel is paused; None when it is not."""
    row = session.get(DigestPauseRow, (team_id, channel_id))
    return None if row is None else _pause(row)


def paused_digests(session: Session, *, team_id: str) -> tuple[DigestPause, ...]:
    """All paused digests of a team, by channel."""
    rows = session.scalars(select(DigestPauseRow).where(DigestPauseRow.team_id == team_id)).all()
    found = [pause for pause in map(_pause, rows) if pause is not None]
    return tuple(sorted(found, key=lambda pause: pause.channel_id))


def _row(session: Session, team_id: str, channel_id: str) -> DigestPauseRow:
    lock_team(session, team_id=team_id)
    insert_new(
        session, DigestPauseRow, team_id=team_id, channel_id=channel_id, user_id=None, code=None, since=None
    )
    return session.get_one(DigestPauseRow, (team_id, channel_id), populate_existing=True)


def _pause(row: DigestPauseRow) -> DigestPause | None:
    if row.code is None or row.since is None:
        return None
    return DigestPause(channel_id=row.channel_id, user_id=row.user_id, code=row.code, since=row.since)
