"""What a team's public channels hold, in numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select

from bot.values import Audience
from storage.channels import Channel, get_channel
from storage.engine import Session
from storage.schema import ArticleRow, ArticleState, ChannelRow, PostingRow
from storage.visibility import is_public_channel


@dataclass(frozen=True, slots=True)
class Captured:
    """How many articles were read from a channel ("" for the shell), and when the last was posted."""

    channel_id: str
    articles: int
    last_at: datetime


def captured_in_public(session: Session, *, team_id: str) -> tuple[Captured, ...]:
    """What was read from each public channel, the one with the latest posting first."""
    last = func.max(PostingRow.posted_at)
    chosen = (
        select(PostingRow.channel_id, func.count(distinct(PostingRow.article_id)), last)
        .join(
            ArticleRow,
            (ArticleRow.team_id == PostingRow.team_id) & (ArticleRow.id == PostingRow.article_id),
        )
        .where(
            PostingRow.team_id == team_id,
            ArticleRow.state == ArticleState.READ,
            is_public_channel(team_id, PostingRow.channel_id),
        )
        .group_by(PostingRow.channel_id)
        .order_by(last.desc(), PostingRow.channel_id)
    )
    return tuple(Captured(*row) for row in session.execute(chosen))


def articles_in_public(session: Session, *, team_id: str) -> int:
    """How many articles were read from all public channels together, each counted once."""
    chosen = (
        select(func.count(distinct(PostingRow.article_id)))
        .join(
            ArticleRow,
            (ArticleRow.team_id == PostingRow.team_id) & (ArticleRow.id == PostingRow.article_id),
        )
        .where(
            PostingRow.team_id == team_id,
            ArticleRow.state == ArticleState.READ,
            is_public_channel(team_id, PostingRow.channel_id),
        )
    )
    return session.scalar(chosen) or 0


def public_digests(session: Session, *, team_id: str) -> tuple[Channel, ...]:
    """The public channels that get a digest, by id."""
    chosen = select(ChannelRow.channel_id).where(
        ChannelRow.team_id == team_id, ChannelRow.audience == Audience.PUBLIC, ChannelRow.digest_on
    )
    ids = sorted(session.scalars(chosen))
    return tuple(get_channel(session, team_id=team_id, channel_id=channel_id) for channel_id in ids)
