"""Whom Seams has introduced itself to: a channel or a person, once for all time."""

from datetime import datetime

from storage.engine import Session
from storage.greeting_table import GreetingRow
from storage.inserting import insert_new
from storage.teams import lock_team

__all__ = ["begin_greeting", "claim_greeting", "put_greeting_back"]


def claim_greeting(session: Session, *, team_id: str, place_id: str, now: datetime) -> bool:
    """Take the greeting of a channel or a person; False when it was taken before, however long ago."""
    lock_team(session, team_id=team_id)
    values = {"team_id": team_id, "place_id": place_id, "claimed_at": now, "begun": False}
    return insert_new(session, GreetingRow, **values)


def begin_greeting(session: Session, *, team_id: str, place_id: str) -> bool:
    """Say that it is being posted now; False when somebody began before, and may have posted it."""
    row = session.get_one(GreetingRow, (team_id, place_id), with_for_update=True)
    begun, row.begun = row.begun, True
    session.flush()
    return not begun


def put_greeting_back(session: Session, *, team_id: str, place_id: str) -> None:
    """Say that it was certainly not posted yet."""
    session.get_one(GreetingRow, (team_id, place_id)).begun = False
    session.flush()
