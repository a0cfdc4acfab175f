"""Readings of public pages, for all workspaces: found by who names the very address, listed by nobody."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from bot.readings import Reading
from storage.engine import Session
from storage.forgetting import drop_oldest
from storage.hashing import hash_of
from storage.json_values import read_one, write_one
from storage.reading_table import SharedReadingRow


def find_reading(session: Session, *, url: str, version: str, since: datetime) -> Reading | None:
    """What that version of the reader made of the page at a canonical address, at `since` or later."""
    row = session.get(SharedReadingRow, hash_of(version, url))
    return None if row is None or row.read_at < since else read_one(Reading, row.reading)


def keep_reading(session: Session, reading: Reading, *, url: str, version: str, now: datetime) -> None:
    """Keep what a version of the reader made of the page at a canonical address, in place of what it was.

    Raises ValueError for a page that not everybody can fetch.
    """
    if not reading.public:
        raise ValueError("only readings of public pages are kept for all workspaces")
    values = {"read_at": now, "reading": write_one(reading)}
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    inserting = insert(SharedReadingRow).values(key=hash_of(version, url), **values)
    session.execute(inserting.on_conflict_do_update(index_elements=["key"], set_=values))


def forget_readings(session: Session, *, before: datetime, limit: int) -> int:
    """Drop what was read before a time, the oldest `limit`; gives how many."""
    return drop_oldest(session, SharedReadingRow, SharedReadingRow.read_at, before=before, limit=limit)
