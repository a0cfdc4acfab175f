"""What Slack told of people: their standing, and the language and the time zone that they set there."""

from dataclasses import dataclass
from datetime import datetime

from storage.by_key import row_by_key
from storage.engine import Session
from storage.inserting import insert_new
from storage.people_table import PersonRow
from storage.teams import lock_team

__all__ = ["Person", "conversation_of", "get_person", "remember_conversation", "remember_person"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person's locale ("es-ES") and IANA time zone, None where not told; `asked_at` is when Slack was.

    `full_member` is False for guests and people of other organisations, None where Slack was not asked.
    """

    user_id: str
    language: str | None
    timezone: str | None
    asked_at: datetime
    full_member: bool | None = None


def get_person(session: Session, *, team_id: str, user_id: str) -> Person | None:
    """The person, or None when Slack has not been asked yet."""
    row = row_by_key(session, PersonRow, team_id=team_id, user_id=user_id)
    return None if row is None else _person(row)


def remember_person(session: Session, *, team_id: str, person: Person) -> None:
    """Keep what Slack told of a person; raises StorageError for a team that is not installed."""
    lock_team(session, team_id=team_id)
    values = {
        "language": person.language,
        "timezone": person.timezone,
        "asked_at": person.asked_at,
        "full_member": person.full_member,
    }
    if insert_new(session, PersonRow, team_id=team_id, user_id=person.user_id, **values):
        return
    row = session.get_one(PersonRow, (team_id, person.user_id), populate_existing=True)
    for field, value in values.items():
        setattr(row, field, value)
    session.flush()


def remember_conversation(
    session: Session, *, team_id: str, user_id: str, conversation_id: str | None
) -> None:
    """Keep in which conversation a known person reads what we write to them alone; None forgets it."""
    row = session.get(PersonRow, (team_id, user_id), populate_existing=True)
    if row is not None and row.conversation_id != conversation_id:
        row.conversation_id = conversation_id
        session.flush()


def conversation_of(session: Session, *, team_id: str, user_id: str) -> str | None:
    """The conversation of a person with us; None while it is not known."""
    row = session.get(PersonRow, (team_id, user_id))
    return None if row is None else row.conversation_id


def _person(row: PersonRow) -> Person:
    return Person(row.user_id, row.language, row.timezone, row.asked_at, row.full_member)
