"""Workspaces: remembered when they install Seams, gone without a trace when they leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import delete, select, tuple_
from sqlalchemy.exc import IntegrityError

from bot.errors import StorageError
from storage.by_key import row_by_key
from storage.engine import Session, stand_back
from storage.inserting import insert_new
from storage.schema import TeamRow
from storage.tables import METADATA

__all__ = [
    "Team",
    "get_team",
    "hold_team",
    "holding_team",
    "list_teams",
    "lock_team",
    "purge_some",
    "purge_team",
    "remember_team",
]

_HELD, _LOCKED = "held_teams", "locked_teams"  # in what SQLAlchemy lets a session carry along


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace and the bot's user in it."""

    team_id: str
    name: str | None
    url: str | None
    bot_user_id: str | None


def remember_team(
    session: Session,
    *,
    team_id: str,
    name: str | None = None,
    url: str | None = None,
    bot_user_id: str | None = None,
) -> None:
    """Add a team or bring what is known of it up to date; everything else stored refers to it."""
    values = {"name": name, "url": url, "bot_user_id": bot_user_id}
    if insert_new(session, TeamRow, team_id=team_id, **values):
        return
    row = session.get_one(TeamRow, team_id)
    for field, value in values.items():
        setattr(row, field, value)
    session.flush()


def get_team(session: Session, *, team_id: str) -> Team | None:
    """The team, or None when it is not installed."""
    row = row_by_key(session, TeamRow, team_id=team_id)
    return None if row is None else _team(row)


def list_teams(session: Session) -> tuple[Team, ...]:
    """Every installed team, by id."""
    rows = session.scalars(select(TeamRow)).all()
    return tuple(sorted(map(_team, rows), key=lambda team: team.team_id))


def hold_team(session: Session, *, team_id: str) -> None:
    """Keep the team from being purged until the transaction ends; others may change its record meanwhile.

    Raises StorageError for a team that is not installed: nothing is stored for one that left. Once in a
    transaction is enough.
    """
    if team_id not in session.info.setdefault(_HELD, set()):
        _lock(session, team_id, read=True)


@contextmanager
def holding_team(session: Session, *, team_id: str) -> Iterator[None]:
    """As `hold_team`, by the insert of a row of the team inside of the block: it holds what it refers to."""
    try:
        yield
    except IntegrityError as error:
        raise _not_installed(team_id) from error
    session.info.setdefault(_HELD, set()).add(team_id)


def lock_team(session: Session, *, team_id: str) -> None:
    """Wait until nobody else changes the team's record, and keep others out until the transaction ends.

    Raises StorageError for a team that is not installed: nothing is stored for one that left. Once in a
    transaction is enough, and before its first insert: each row of a team holds on to the team's.
    """
    locked: set[str] = session.info.setdefault(_LOCKED, set())
    if team_id in locked:
        return
    stand_back(session, team_id)
    _lock(session, team_id, read=False)
    locked.add(team_id)


def _lock(session: Session, team_id: str, *, read: bool) -> None:
    team = select(TeamRow.team_id).where(TeamRow.team_id == team_id)
    if session.scalar(team.with_for_update(read=read, key_share=True)) is None:
        raise _not_installed(team_id)
    session.info.setdefault(_HELD, set()).add(team_id)


def _not_installed(team_id: str) -> StorageError:
    return StorageError(f"The workspace {team_id} is not installed.", code="unknown_team")


def purge_team(session: Session, *, team_id: str) -> None:
    """Delete every row of the team from every table of ours; other teams are untouched."""
    # Waits for those who write for the team, and makes those who come later fail.
    session.execute(select(TeamRow.team_id).where(TeamRow.team_id == team_id).with_for_update())
    for table in reversed(METADATA.sorted_tables):
        if "team_id" not in table.c:
            continue  # an installation under way, of nobody yet
        session.execute(delete(table).where(table.c.team_id == team_id))
    session.expire_all()
    for kept in (_HELD, _LOCKED):
        session.info.pop(kept, None)


def purge_some(session: Session, *, team_id: str, most: int) -> bool:
    """Delete a bite of a team's record, what rests on it too; False when all of it is gone.

    The rest, and the team itself, goes with `purge_team`: before it the record is in pieces.
    """
    for name in ("pairs", "company_articles", "companies", "articles"):
        table = METADATA.tables[name]
        keys = tuple(table.primary_key.columns)
        some = select(*keys).where(table.c.team_id == team_id).limit(most)
        if session.execute(some.limit(1)).first() is None:
            continue
        session.execute(delete(table).where(tuple_(*keys).in_(some)))
        session.expire_all()
        return True
    return False


def _team(row: TeamRow) -> Team:
    return Team(team_id=row.team_id, name=row.name, url=row.url, bot_user_id=row.bot_user_id)
