"""Finds articles for a reader by the words in them, or by the company they speak of."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, select

from storage.engine import Session
from storage.folding import fold
from storage.projections import CompanyArticleRow, CompanyRow
from storage.schema import ArticleRow, PostingRow
from storage.visibility import article_is_visible, company_is_visible, posting_is_visible


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article without its text, and the posting through which a reader may know it."""

    article_id: str
    title: str | None
    url: str | None
    site: str | None
    lang: str | None
    published: date | None
    saved_at: datetime
    channel_id: str
    message_ts: str
    user_id: str | None
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some articles, and how many there are in all."""

    total: int
    articles: tuple[ArticleLine, ...]


def search_articles(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    words: str = "",
    company_id: str | None = None,
    limit: int,
    offset: int = 0,
) -> ArticlePage:
    """Articles that a reader in the channel may see and that hold every word, latest posting first.

    A word also finds those that it begins, whatever the case and the accents; without words and company all
    are found.
    """
    wanted = _matches(team_id, channel_id, words, company_id)
    total = session.scalar(select(func.count()).select_from(ArticleRow).where(wanted)) or 0
    seen = (
        select(PostingRow.article_id, func.min(PostingRow.posted_at).label("posted_at"))
        .where(posting_is_visible(team_id, channel_id))
        .group_by(PostingRow.article_id)
        .subquery()
    )
    rows = session.execute(
        select(
            ArticleRow.id,
            ArticleRow.title,
            ArticleRow.url,
            ArticleRow.site,
            ArticleRow.lang,
            ArticleRow.published,
            ArticleRow.saved_at,
        )
        .join(seen, seen.c.article_id == ArticleRow.id)
        .where(wanted)
        .order_by(seen.c.posted_at.desc(), ArticleRow.id)
        .limit(limit)
        .offset(offset)
    ).all()
    first = _first_postings(session, team_id, channel_id, [row.id for row in rows])
    lines = (
        ArticleLine(
            article_id=row.id,
            title=row.title,
            url=row.url,
            site=row.site,
            lang=row.lang,
            published=row.published,
            saved_at=row.saved_at,
            channel_id=posting.channel_id,
            message_ts=posting.message_ts,
            user_id=posting.user_id,
            posted_at=posting.posted_at,
        )
        for row in rows
        if (posting := first.get(row.id)) is not None
    )
    return ArticlePage(total, tuple(lines))


def _matches(team_id: str, channel_id: str, words: str, company_id: str | None) -> ColumnElement[bool]:
    conditions = [
        ArticleRow.team_id == team_id,
        ArticleRow.folded.is_not(None),
        article_is_visible(team_id, channel_id, ArticleRow.id),
    ]
    # A folded word is letters and digits only, so it needs no escaping in a pattern.
    conditions += [ArticleRow.folded.like(f"% {word}%") for word in dict.fromkeys(fold(words).split())]
    if words.strip() and not fold(words):
        conditions.append(ArticleRow.id.is_(None))  # nothing but punctuation is in no article
    if company_id is not None:
        about = exists().where(
            CompanyArticleRow.team_id == team_id,
            CompanyArticleRow.article_id == ArticleRow.id,
            CompanyArticleRow.company_id == company_id,
            CompanyRow.id == company_id,
            CompanyRow.audience == CompanyArticleRow.audience,
            company_is_visible(team_id, channel_id),
        )
        conditions.append(about)
    return and_(*conditions)


def _first_postings(
    session: Session, team_id: str, channel_id: str, article_ids: list[str]
) -> dict[str, PostingRow]:
    """The earliest posting of each article in the reader's own channel, else the earliest one seen."""
    chosen = select(PostingRow).where(
        PostingRow.article_id.in_(article_ids), posting_is_visible(team_id, channel_id)
    )
    postings = sorted(
        session.scalars(chosen),
        key=lambda row: (row.channel_id != channel_id, row.posted_at, row.channel_id, row.message_ts),
    )
    return {posting.article_id: posting for posting in reversed(postings)}
