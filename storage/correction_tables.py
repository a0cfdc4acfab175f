"""What people said was right, wrong or otherwise: as much a source of truth as the articles."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import HASH, KIND, SLACK_ID, OfTeam


class CorrectionRow(OfTeam):
    """One thing that somebody said; rows of one `batch_id` were said by one press of a button.

    Rows are only ever added, and marked as undone. Those about an article go with it. `scope` is the closed
    channel whose members alone know the fact, else "". `said` is a `FactSaid` or a `CompanySaid` as JSON.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        ForeignKeyConstraint(
            ["team_id", "article_id"], ["articles.team_id", "articles.id"], ondelete="CASCADE"
        ),
        Index("ix_corrections_article", "team_id", "article_id"),
        Index("ix_corrections_batch", "team_id", "batch_id"),
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_id: Mapped[str] = mapped_column(HASH)
    made_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(SLACK_ID)
    channel_id: Mapped[str] = mapped_column(SLACK_ID)
    scope: Mapped[str] = mapped_column(SLACK_ID)
    kind: Mapped[str] = mapped_column(KIND)
    article_id: Mapped[str | None] = mapped_column(HASH)
    said: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(SLACK_ID)


class CorrectedTellingRow(OfTeam):
    """A change that a reader (a channel, or a person) was told and that people have corrected since.

    `told` is the change as it was told, `now` what has come of it, both as JSON; null when nothing has.
    `origins` (JSON list) are the reader's ties on which it rested, see `bot.relationships.corrections`.
    """

    __tablename__ = "corrected_tellings"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    change_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    told: Mapped[str]
    now: Mapped[str | None]
    origins: Mapped[str]
    batch_id: Mapped[str] = mapped_column(HASH)
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[str] = mapped_column(SLACK_ID)


class CorrectedCompanyRow(OfTeam):
    """What people said of companies, or took back (`undone`), since a reader was told otherwise of them."""

    __tablename__ = "corrected_companies"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    batch_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    undone: Mapped[bool]
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[str] = mapped_column(SLACK_ID)
