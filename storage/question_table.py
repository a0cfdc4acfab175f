"""The table of questions that wait for their answer."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SLACK_ID, OfTeam


class QuestionRow(OfTeam):
    """A question as the command it means, and never the message; gone once it is answered."""

    __tablename__ = "questions"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    message_ts: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    thread_ts: Mapped[str | None] = mapped_column(SLACK_ID)
    user_id: Mapped[str] = mapped_column(SLACK_ID)
    asks: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]
    with_links: Mapped[bool]
    begun: Mapped[bool]  # somebody may have posted the answer
    asked_at: Mapped[datetime]
