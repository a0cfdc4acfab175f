"""The tables of what readers follow, what they are told at once, and what they say of digests.

A reader is a channel (its id) or a person (a user's id), who reads in a direct conversation with Seams.
"""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import HASH, KIND, SLACK_ID, OfTeam

CHANGE_ID = String(64)


class WatchRow(OfTeam):
    """A company, or two, that a reader follows, by name keys: a company's id moves when names join."""

    __tablename__ = "watches"
    __table_args__ = (
        Index("ix_watches_key", "team_id", "key"),
        Index("ix_watches_other", "team_id", "other_key"),
    )
    reader_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    name: Mapped[str]  # as it was when it was chosen
    key: Mapped[str]
    other_name: Mapped[str | None]
    other_key: Mapped[str | None]
    tier: Mapped[str] = mapped_column(KIND)
    made_by: Mapped[str | None] = mapped_column(SLACK_ID)
    made_at: Mapped[datetime]


class WatchReaderRow(OfTeam):
    """When a reader wants quiet, and how much it wants to be told in a day."""

    __tablename__ = "watch_readers"
    reader_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    quiet_start: Mapped[int | None]  # minutes after midnight
    quiet_end: Mapped[int | None]
    timezone: Mapped[str | None]
    cap: Mapped[int]


class AlertRow(OfTeam):
    """A change that a reader is to be told at once, or was: one row for each, so it is told once."""

    __tablename__ = "alerts"
    __table_args__ = (Index("ix_alerts_state", "state"), Index("ix_alerts_found_at", "found_at"))
    reader_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    change_id: Mapped[str] = mapped_column(CHANGE_ID, primary_key=True)
    state: Mapped[str] = mapped_column(KIND)
    found_at: Mapped[datetime]
    batch: Mapped[str | None] = mapped_column(String(64))  # the message that tells it
    told_at: Mapped[datetime | None]


class FeedbackRow(OfTeam):
    """What one person says of a digest, or of one line of it: one word each, the last."""

    __tablename__ = "feedback"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    period_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    change_id: Mapped[str] = mapped_column(CHANGE_ID, primary_key=True)  # "" for the whole digest
    user_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    useful: Mapped[bool]
    type: Mapped[str | None] = mapped_column(KIND)  # of the line's change
    kind: Mapped[str | None] = mapped_column(KIND)
    given_at: Mapped[datetime]
