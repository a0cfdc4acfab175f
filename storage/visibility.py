"""Who sees what: the one place that says which postings and derived rows a reader in a channel may see.

A reader in channel X sees what was posted in any public channel, from the shell ("") or in X itself.
A channel whose audience is not known to be public counts as private.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from bot.values import Audience
from storage.engine import SEEN, Session
from storage.projections import PUBLIC, ChangeRow, CompanyMaskRow, CompanyRow, DealRow, PairRow
from storage.schema import ChannelRow, PostingRow

Given = str | BindParameter[str]  # a value, or where it stands in a statement that is put together once


def audience_of(session: Session, *, team_id: str, channel_id: str) -> str:
    """Whose derived rows a reader in the channel sees: PUBLIC where the channel has none of its own.

    Most have none, and to look for what stands over each public row costs more than the row.
    """
    if channel_id == PUBLIC:
        return PUBLIC
    seen: dict[tuple[str, str], str] = session.info.get(SEEN, {})
    if (team_id, channel_id) not in seen:
        own = session.scalar(_first_of_audience(), {"team_id": team_id, "audience": channel_id})
        seen[team_id, channel_id] = channel_id if own else PUBLIC
    return seen[team_id, channel_id]


@cache  # to put a statement together takes longer than to send it
def _first_of_audience() -> Select[tuple[str | None]]:
    # The least one is found in the index; for any SQLite, that counted a single audience, would scan.
    firsts = [
        select(func.min(first))
        .where(row.team_id == bindparam("team_id"), row.audience == bindparam("audience"))
        .scalar_subquery()
        for row, first in ((CompanyRow, CompanyRow.id), (PairRow, PairRow.a_id))
    ]
    return select(func.coalesce(*firsts))


def is_public_channel(team_id: Given, channel_id: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether a column names a channel of which everybody in the team may learn."""
    public = exists().where(
        ChannelRow.team_id == team_id,
        ChannelRow.channel_id == channel_id,
        ChannelRow.audience == Audience.PUBLIC,
    )
    return or_(channel_id == "", public)


def posting_is_visible(
    team_id: Given, channel_id: Given, row: type[PostingRow] = PostingRow
) -> ColumnElement[bool]:
    """Whether a posting is one of the team's that a reader in the channel may see."""
    return and_(
        row.team_id == team_id,
        or_(row.channel_id == channel_id, is_public_channel(team_id, row.channel_id)),
    )


def known_first(
    posting: PostingRow | Row[*tuple[Any, ...]], channel_id: str
) -> tuple[bool, datetime, str, str]:
    """What visible postings of an article are sorted by: the earliest in the reader's channel comes first."""
    return posting.channel_id != channel_id, posting.posted_at, posting.channel_id, posting.message_ts


def article_is_visible(
    team_id: str, channel_id: str, article_id: SQLColumnExpression[str] | SQLColumnExpression[str | None]
) -> ColumnElement[bool]:
    """Whether a column names an article with a posting that a reader in the channel may see."""
    return exists().where(PostingRow.article_id == article_id, posting_is_visible(team_id, channel_id))


def company_is_visible(team_id: Given, channel_id: Given) -> ColumnElement[bool]:
    """Whether a CompanyRow is one that a reader in the channel may see: it holds there, and is not hidden."""
    return and_(company_holds(team_id, channel_id), CompanyRow.hidden.is_(False))


def company_holds(team_id: Given, channel_id: Given) -> ColumnElement[bool]:
    """Whether a CompanyRow, hidden or not, holds in the channel: its own over the public ones."""
    of_team = CompanyRow.team_id == team_id
    if isinstance(channel_id, str) and channel_id == PUBLIC:
        return and_(of_team, CompanyRow.audience == PUBLIC)
    own = aliased(CompanyRow)
    shadowed = exists().where(own.team_id == team_id, own.audience == channel_id, own.id == CompanyRow.id)
    public = and_(CompanyRow.audience == PUBLIC, ~shadowed, ~_is_masked(team_id, channel_id, CompanyRow.id))
    return and_(of_team, or_(CompanyRow.audience == channel_id, public))


def pair_is_visible(
    row: type[PairRow] | type[DealRow] | type[ChangeRow], team_id: str, channel_id: str
) -> ColumnElement[bool]:
    """Whether a row about a pair holds for a reader in the channel: its own pair before the public one."""
    return or_(*pair_views(row, team_id, channel_id))


def pair_views(
    row: type[PairRow] | type[DealRow] | type[ChangeRow], team_id: Given, channel_id: Given
) -> list[ColumnElement[bool]]:
    """The rows that hold for a reader in the channel in parts, each of one audience and so of one index."""
    everybody = and_(row.team_id == team_id, row.audience == PUBLIC)
    if isinstance(channel_id, str) and channel_id == PUBLIC:
        return [everybody]
    own = aliased(PairRow)
    shadowed = exists().where(
        own.team_id == team_id, own.audience == channel_id, own.a_id == row.a_id, own.b_id == row.b_id
    )
    masked = or_(_is_masked(team_id, channel_id, row.a_id), _is_masked(team_id, channel_id, row.b_id))
    return [
        and_(row.team_id == team_id, row.audience == channel_id),
        and_(everybody, ~shadowed, ~masked),
    ]


def _is_masked(
    team_id: Given, channel_id: Given, company_id: SQLColumnExpression[str]
) -> ColumnElement[bool]:
    return exists().where(
        CompanyMaskRow.team_id == team_id,
        CompanyMaskRow.audience == channel_id,
        CompanyMaskRow.masked_id == company_id,
    )
