"""Files that are posted: each claimed before it is uploaded, so that a channel gets it once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.engine import Session
from storage.forgetting import drop_oldest
from storage.hashing import id_of
from storage.inserting import insert_new
from storage.schema import HASH, KIND, SLACK_ID, OfTeam

__all__ = ["FilePost", "FilePostRow", "FileState", "claim_file", "mark_file"]


class FileState(StrEnum):
    """How far a file is."""

    CLAIMED = "claimed"
    POSTING = "posting"  # it is uploaded, and may have been posted
    POSTED = "posted"
    FAILED = "failed"


class FilePostRow(OfTeam):
    """A file that somebody asked to be posted; `file_id` is Slack's, once it is uploaded."""

    __tablename__ = "file_posts"
    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    state: Mapped[str] = mapped_column(KIND)
    file_id: Mapped[str | None] = mapped_column(SLACK_ID)
    code: Mapped[str | None] = mapped_column(String(64))
    claimed_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePost:
    """A file and how far it is; `code` says why it failed."""

    state: FileState
    file_id: str | None
    code: str | None


def claim_file(session: Session, *, team_id: str, key: str, now: datetime) -> FilePost:
    """The file of a key, begun when there is none."""
    post_id = id_of("file", key)
    insert_new(
        session,
        FilePostRow,
        team_id=team_id,
        id=post_id,
        state=FileState.CLAIMED,
        file_id=None,
        code=None,
        claimed_at=now,
    )
    row = session.get_one(FilePostRow, (team_id, post_id), with_for_update=True, populate_existing=True)
    return FilePost(state=FileState(row.state), file_id=row.file_id, code=row.code)


def mark_file(
    session: Session,
    *,
    team_id: str,
    key: str,
    state: FileState,
    file_id: str | None = None,
    code: str | None = None,
) -> None:
    """Keep how far a claimed file is; one that was purged meanwhile is left alone."""
    row = session.get(FilePostRow, (team_id, id_of("file", key)), populate_existing=True)
    if row is not None:
        row.state, row.code = state, code
        row.file_id = file_id or row.file_id
        session.flush()


def forget_files(session: Session, *, before: datetime, limit: int) -> int:
    """Drop what is known of all teams' files begun before a time, the oldest `limit`; gives how many."""
    return drop_oldest(session, FilePostRow, FilePostRow.claimed_at, before=before, limit=limit)
