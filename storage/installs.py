"""Since when each workspace is installed, and through which organisation; the tokens lie elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.engine import Session
from storage.inserting import insert_new
from storage.teams import get_team, lock_team, remember_team
from storage.workspace_tables import InstallRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Install:
    """An installation: `good_since` is when Slack last gave us a token for it, `user_id` who installed it."""

    team_id: str
    enterprise_id: str | None
    org_wide: bool
    user_id: str | None
    good_since: datetime


def remember_install(
    session: Session,
    *,
    team_id: str,
    enterprise_id: str | None = None,
    org_wide: bool = False,
    user_id: str | None = None,
    now: datetime,
) -> None:
    """Keep that a known team is installed from now on, again or for the first time."""
    lock_team(session, team_id=team_id)
    values = {
        "enterprise_id": enterprise_id,
        "org_wide": org_wide,
        "user_id": user_id,
        "good_since": now,
        "dead_since": None,
    }
    if insert_new(session, InstallRow, team_id=team_id, **values):
        return
    row = session.get_one(InstallRow, team_id)
    for field, value in values.items():
        setattr(row, field, value)
    session.flush()


def meet_team(session: Session, *, team_id: str, enterprise_id: str, now: datetime) -> None:
    """Take in a workspace that its organisation installed Seams in, at its first request."""
    if get_team(session, team_id=team_id) is None:
        remember_team(session, team_id=team_id)
    if get_install(session, team_id=team_id) is None:
        remember_install(session, team_id=team_id, enterprise_id=enterprise_id, org_wide=True, now=now)


def get_install(session: Session, *, team_id: str) -> Install | None:
    """The installation in a workspace; None when there is none."""
    row = session.get(InstallRow, team_id)
    return None if row is None else _install(row)


def mark_token(session: Session, *, team_id: str, dead: bool, now: datetime) -> datetime | None:
    """Keep whether a workspace's token was revoked; gives since when, None for one that lives."""
    row = session.get(InstallRow, team_id, populate_existing=True)
    if row is None:
        return None
    row.dead_since = (row.dead_since or now) if dead else None
    session.flush()
    return row.dead_since


def list_installs(session: Session) -> tuple[Install, ...]:
    """The installations of all workspaces, by team: the clock and the uninstalling of organisations ask."""
    rows = session.scalars(select(InstallRow)).all()
    return tuple(sorted(map(_install, rows), key=lambda install: install.team_id))


def _install(row: InstallRow) -> Install:
    return Install(
        team_id=row.team_id,
        enterprise_id=row.enterprise_id,
        org_wide=row.org_wide,
        user_id=row.user_id,
        good_since=row.good_since,
    )
