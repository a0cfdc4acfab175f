"""The table of worker processes. Its rows are about no team."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base


class ProcessRow(Base):
    """A process that does durable work; `beat_ms` is when it last said so, by the database's clock.

    `died_ms` is when its work was taken over; kept a while, as it tells who or what kills processes.
    """

    __tablename__ = "processes"
    executor_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    beat_ms: Mapped[int] = mapped_column(BigInteger)
    died_ms: Mapped[int | None] = mapped_column(BigInteger)
