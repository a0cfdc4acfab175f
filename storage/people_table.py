"""The table of people; `storage.people` reads and writes it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SLACK_ID, OfTeam


class PersonRow(OfTeam):
    """A person as Slack last told; nulls where it did not."""

    __tablename__ = "people"
    user_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    language: Mapped[str | None] = mapped_column(String(35))
    timezone: Mapped[str | None]
    asked_at: Mapped[datetime]
    full_member: Mapped[bool | None]
    conversation_id: Mapped[str | None] = mapped_column(SLACK_ID)  # theirs with Seams, once it is known
