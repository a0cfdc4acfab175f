"""The ledger of taken events: the same event again, whoever sends it, is nothing new."""

from datetime import datetime

from storage.engine import Session
from storage.forgetting import drop_oldest
from storage.inserting import insert_new
from storage.schema import SeenEventRow
from storage.teams import holding_team


def claim_event(session: Session, *, team_id: str, event_id: str, now: datetime) -> bool:
    """Take an event; False when it was taken before. Of two at once, the second waits for the first's commit.

    Raises StorageError for a team that is not installed.
    """
    with holding_team(session, team_id=team_id):
        return insert_new(session, SeenEventRow, team_id=team_id, event_id=event_id, seen_at=now)


def claim_request(session: Session, *, team_id: str, request_id: str, now: datetime) -> bool:
    """Take what a person did, by the id that Slack gave it; False for the same again. Without an id, True."""
    return not request_id or claim_event(session, team_id=team_id, event_id=f"request:{request_id}", now=now)


def forget_events(session: Session, *, before: datetime, limit: int) -> int:
    """Drop the ids of all teams' events taken before a time, the oldest `limit`; gives how many."""
    return drop_oldest(session, SeenEventRow, SeenEventRow.seen_at, before=before, limit=limit)
