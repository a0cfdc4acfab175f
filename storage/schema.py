"""The tables that are the source of truth: what was posted, what was read, and what channels chose.

Every row belongs to a team: keys begin with `team_id`, and so do the references between tables.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from storage.columns import AnyText, ExactDecimal, UtcTime

SLACK_ID = String(64)
HASH = String(40)
KIND = String(24)


class Base(DeclarativeBase):
    """The mother of all tables; the names of constraints are fixed so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime, Decimal: ExactDecimal, str: AnyText}  # noqa: RUF012  # SQLAlchemy's


class ArticleState(StrEnum):
    """How far the reading of an article is."""

    PENDING = "pending"
    READ = "read"
    FAILED = "failed"


class TellingState(StrEnum):
    """How far the answer to a posting is."""

    UNTOLD = "untold"
    TELLING = "telling"  # somebody began, and may have posted
    TOLD = "told"


class RunState(StrEnum):
    """How far a digest is."""

    CLAIMED = "claimed"
    POSTING = "posting"  # somebody began, and may have posted
    POSTED = "posted"
    FAILED = "failed"
    SKIPPED = "skipped"


class TeamRow(Base):
    """A workspace. Its row is also the lock of everything that changes its record."""

    __tablename__ = "teams"
    team_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    name: Mapped[str | None]
    url: Mapped[str | None]
    bot_user_id: Mapped[str | None]


class OfTeam(Base):
    """A row that belongs to a team and goes with it."""

    __abstract__ = True
    team_id: Mapped[str] = mapped_column(
        SLACK_ID, ForeignKey("teams.team_id"), primary_key=True, sort_order=-2
    )


class ChannelRow(OfTeam):
    """What a channel chose, and who may read in it."""

    __tablename__ = "channels"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    audience: Mapped[str] = mapped_column(KIND)
    capture_bots: Mapped[bool]
    digest_on: Mapped[bool] = mapped_column(index=True)
    weekday: Mapped[int]
    hour: Mapped[int]
    minute: Mapped[int]
    timezone: Mapped[str]
    digest_since: Mapped[datetime | None]
    digest_by: Mapped[str | None] = mapped_column(SLACK_ID)  # who changed its settings last
    followed_only: Mapped[bool] = mapped_column(server_default=false())
    minimum: Mapped[Decimal | None]
    sure_only: Mapped[bool] = mapped_column(server_default=false())
    say_quiet: Mapped[bool] = mapped_column(server_default=true())
    language: Mapped[str | None] = mapped_column(String(35))


class SeenEventRow(OfTeam):
    """An event that was taken: the defence against retries and replays."""

    __tablename__ = "seen_events"
    event_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)


class MessageRow(OfTeam):
    """The last known version of a message, without its text."""

    __tablename__ = "messages"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    message_ts: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    edited_ts: Mapped[str | None] = mapped_column(SLACK_ID)
    deleted: Mapped[bool]


_HAS_TEXT = text("text IS NOT NULL")


class ArticleRow(OfTeam):
    """An article, from its posting on: `text` is null until it is read. Searches look at `folded`.

    Triggers on it keep the index of words: a migration that makes the table anew must make them anew.
    """

    __tablename__ = "articles"
    __table_args__ = (
        Index("ix_articles_content", "team_id", "content_hash"),
        # Which texts are old enough to go, where they are not kept for ever.
        Index("ix_articles_kept", "saved_at", sqlite_where=_HAS_TEXT, postgresql_where=_HAS_TEXT),
    )
    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    state: Mapped[str] = mapped_column(KIND)
    code: Mapped[str | None] = mapped_column(String(64))
    url: Mapped[str | None]
    content_hash: Mapped[str | None] = mapped_column(String(64))
    title: Mapped[str | None]
    site: Mapped[str | None]
    lang: Mapped[str | None]
    published: Mapped[date | None]
    text: Mapped[str | None]
    folded: Mapped[str | None]
    saved_at: Mapped[datetime]


def _of_article(*items: SchemaItem) -> tuple[SchemaItem, ...]:
    """The table's items and its reference to the article with which its rows go."""
    return (
        ForeignKeyConstraint(
            ["team_id", "article_id"], ["articles.team_id", "articles.id"], ondelete="CASCADE"
        ),
        *items,
    )


class ArticleUrlRow(OfTeam):
    """An address that leads to an article; found by a hash, as addresses outgrow an index."""

    __tablename__ = "article_urls"
    __table_args__ = _of_article(Index("ix_article_urls_article", "team_id", "article_id"))
    url_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str]
    article_id: Mapped[str] = mapped_column(HASH)


class PostingRow(OfTeam):
    """Where an article was shared: by a link in the message, or as a text beside it."""

    __tablename__ = "postings"
    __table_args__ = _of_article(
        UniqueConstraint("team_id", "channel_id", "message_ts", "article_id"),
        Index("ix_postings_article", "team_id", "article_id", "posted_at"),
        Index("ix_postings_channel", "team_id", "channel_id", "posted_at"),
        Index("ix_postings_posted", "team_id", "posted_at", "article_id"),
    )
    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    article_id: Mapped[str] = mapped_column(HASH)
    channel_id: Mapped[str] = mapped_column(SLACK_ID)
    message_ts: Mapped[str] = mapped_column(SLACK_ID)
    thread_ts: Mapped[str | None] = mapped_column(SLACK_ID)
    user_id: Mapped[str | None] = mapped_column(SLACK_ID)
    posted_at: Mapped[datetime]
    by_link: Mapped[bool]
    telling: Mapped[str] = mapped_column(KIND)
    reply_ts: Mapped[str | None] = mapped_column(SLACK_ID)


class TieRow(OfTeam):
    """What one article says about two companies, under the names it uses."""

    __tablename__ = "ties"
    __table_args__ = _of_article(
        Index("ix_ties_article", "team_id", "article_id"),
        Index("ix_ties_source", "team_id", "source_key", "target_key"),
        Index("ix_ties_target", "team_id", "target_key"),
    )
    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    article_id: Mapped[str] = mapped_column(HASH)
    kind: Mapped[str] = mapped_column(KIND)
    source: Mapped[str]
    target: Mapped[str]
    source_key: Mapped[str]
    target_key: Mapped[str]
    status: Mapped[str] = mapped_column(KIND)
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(8))
    date: Mapped[str | None] = mapped_column(String(16))
    confidence: Mapped[float]
    evidence: Mapped[str]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    rule: Mapped[str]


class ClaimRow(OfTeam):
    """One spelling of one company's name in one article; `form == name` is the name itself."""

    __tablename__ = "claims"
    __table_args__ = _of_article(Index("ix_claims_key", "team_id", "key"))
    article_id: Mapped[str] = mapped_column(HASH, primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]


class DigestRunRow(OfTeam):
    """One digest of one channel and period: claimed before it is posted, so that it is posted once."""

    __tablename__ = "digest_runs"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    period_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(KIND)
    message_ts: Mapped[str | None] = mapped_column(SLACK_ID)
    code: Mapped[str | None] = mapped_column(String(64))
    claimed_at: Mapped[datetime]


class ToldChangeRow(OfTeam):
    """A change that a channel's digest has told."""

    __tablename__ = "told_changes"
    channel_id: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    change_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    told_at: Mapped[datetime]
