"""What a team's public channels hold, in numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from bot.counting import MOST_IN_CHANNEL
from bot.values import Audience
from storage.channels import Channel, get_channel
from storage.counting import count_some
from storage.engine import Session
from storage.schema import ArticleRow, ArticleState, ChannelRow, PostingRow
from storage.visibility import is_public_channel


@dataclass(frozen=True, slots=True)
class Captured:
    """How many articles were read from a channel ("" for the shell), and when the last was posted.

    MOST_IN_CHANNEL + 1 stands for more than MOST_IN_CHANNEL, None for what was not counted.
    """

    channel_id: str
    articles: int | None
    last_at: datetime


def captured_in_public(session: Session, *, team_id: str, counted: int) -> tuple[Captured, ...]:
    """What was read from each public channel, the one with the latest posting first.

    The articles of the first `counted` are counted; one of these with none is left out.
    """
    public = select(ChannelRow.channel_id).where(
        ChannelRow.team_id == team_id, ChannelRow.audience == Audience.PUBLIC, ChannelRow.channel_id != ""
    )
    places = union_all(public, select(literal("").label("channel_id"))).subquery()
    here = (PostingRow.team_id == team_id, PostingRow.channel_id == places.c.channel_id)
    last = select(func.max(PostingRow.posted_at)).where(*here).scalar_subquery()
    found = [row for row in session.execute(select(places.c.channel_id, last)) if row[1] is not None]
    found.sort(key=lambda row: (-row[1].timestamp(), row[0]))
    again = aliased(PostingRow)
    posted_before = exists().where(
        again.team_id == team_id,
        again.article_id == PostingRow.article_id,
        again.channel_id == PostingRow.channel_id,
        again.id < PostingRow.id,
    )
    # Not DISTINCT: that would go through all channels' postings in the order of their articles.
    some = _read(team_id).where(*here, ~posted_before).limit(MOST_IN_CHANNEL + 1).correlate(places).subquery()
    total = select(func.count()).select_from(some).scalar_subquery()
    first = [channel_id for channel_id, _last in found[:counted]]
    chosen = select(places.c.channel_id, total).where(places.c.channel_id.in_(first))
    totals = {row[0]: row[1] for row in session.execute(chosen)}
    captured = (Captured(channel_id, totals.get(channel_id), at) for channel_id, at in found)
    return tuple(each for each in captured if each.articles != 0)


def articles_in_public(session: Session, *, team_id: str) -> int:
    """How many articles were read from all public channels together, each counted once.

    MOST_IN_CHANNEL + 1 stands for more than MOST_IN_CHANNEL.
    """
    public = is_public_channel(team_id, PostingRow.channel_id)
    read = _read(team_id).where(PostingRow.team_id == team_id, public)
    return count_some(session, read.distinct(), MOST_IN_CHANNEL)


def _read(team_id: str) -> Select[str]:
    """The articles of postings that were read."""
    article = and_(ArticleRow.team_id == team_id, ArticleRow.id == PostingRow.article_id)
    return (
        select(PostingRow.article_id).join(ArticleRow, article).where(ArticleRow.state == ArticleState.READ)
    )


def public_digests(session: Session, *, team_id: str) -> tuple[Channel, ...]:
    """The public channels that get a digest, by id."""
    chosen = select(ChannelRow.channel_id).where(
        ChannelRow.team_id == team_id, ChannelRow.audience == Audience.PUBLIC, ChannelRow.digest_on
    )
    ids = sorted(session.scalars(chosen))
    return tuple(get_channel(session, team_id=team_id, channel_id=channel_id) for channel_id in ids)
