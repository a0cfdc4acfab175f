"""The table of readings of public pages. It is about no team, and no team's data is in it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base


class SharedReadingRow(Base):
    """What a public page said when we fetched it; `key` is a hash of its address and the reader's version."""

    __tablename__ = "shared_readings"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(index=True)
    reading: Mapped[str]
