"""The table of worker processes. Its rows are about no team."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import Base


class ProcessRow(Base):
    """A process that does durable work; `beat_ms` is when it last said so, by the database's clock."""

    __tablename__ = "processes"
    executor_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    beat_ms: Mapped[int] = mapped_column(BigInteger)
