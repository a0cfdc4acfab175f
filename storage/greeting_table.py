"""The table of whom Seams has introduced itself to."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SLACK_ID, OfTeam


class GreetingRow(OfTeam):
    """A channel or a person that was greeted, or will be: once, whatever happens later."""

    __tablename__ = "greetings"
    place_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    claimed_at: Mapped[datetime]
    begun: Mapped[bool]  # somebody may have posted it
