"""Finds articles for a reader by the words in them, or by the company they speak of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.counting import MOST_COUNTED
from storage.counting import count_some
from storage.engine import Session
from storage.folding import fold
from storage.projections import CompanyArticleRow, CompanyRow
from storage.schema import ArticleRow, PostingRow
from storage.visibility import (
    article_is_visible,
    audience_of,
    company_is_visible,
    known_first,
    posting_is_visible,
)
from storage.word_index import are_few, articles_with, holds

MOST_SORTED = 2_000
"""So many articles that hold some words are put in order: to go back in time until ten do takes longer in a
large record, and little less in a small one."""


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
    """Some articles, and how many there are in all: MOST_COUNTED + 1 stands for more than MOST_COUNTED."""

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

    A word of two letters or more also finds those that it begins, whatever the case and the accents; without
    words and company all are found.
    """
    place = _Place(session, team_id, channel_id)
    wanted = _wanted(place, words, company_id)
    if wanted is None:
        return ArticlePage(0, ())
    seen = _few(place, wanted.ids, _most_sorted(place, words)) if wanted.ids else None
    if seen is not None:
        total, ids = min(len(seen), MOST_COUNTED + 1), seen[offset : offset + limit]
    else:
        total = _count_latest(place) if not wanted.ids else MOST_COUNTED + 1
        ids = _latest(place, wanted.conditions, limit, offset)
    lines = _lines(place, ids)
    return ArticlePage(total, tuple(lines))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody asks."""

    session: Session
    team_id: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The wanted articles as lists of ids, and as what is asked of an ArticleRow; no lists where all are."""

    ids: list[Select[str]]
    conditions: list[ColumnElement[bool]]


def _wanted(place: _Place, words: str, company_id: str | None) -> _Wanted | None:
    """None where no article can be: nothing but punctuation is in none, and nobody speaks of nobody."""
    ids: list[Select[str]] = []
    conditions: list[ColumnElement[bool]] = []
    if words.strip() and not fold(words):
        return None
    if fold(words):
        ids.append(articles_with(place.session, team_id=place.team_id, words=words))
        conditions.append(holds(place.session, team_id=place.team_id, words=words))
    if company_id is not None:
        of = audience_of(place.session, team_id=place.team_id, channel_id=place.channel_id)
        held = company_is_visible(place.team_id, of)
        audience = place.session.scalar(select(CompanyRow.audience).where(held, CompanyRow.id == company_id))
        if audience is None:
            return None
        about = (
            CompanyArticleRow.team_id == place.team_id,
            CompanyArticleRow.audience == audience,
            CompanyArticleRow.company_id == company_id,
        )
        ids.append(select(CompanyArticleRow.article_id).where(*about))
        conditions.append(exists().where(*about, CompanyArticleRow.article_id == ArticleRow.id))
    return _Wanted(ids, conditions)


def _most_sorted(place: _Place, words: str) -> int:
    """How many articles are put in order: no more than are counted, unless the index has not many more."""
    if are_few(place.session, team_id=place.team_id, words=words, most=MOST_SORTED):
        return max(MOST_SORTED, MOST_COUNTED)
    return MOST_COUNTED


def _few(place: _Place, lists: list[Select[str]], most: int) -> list[str] | None:
    """The ids that are in all lists and that the reader may see, latest posting first; None for too many."""
    found = lists[0].subquery()
    visible = select(found.c.article_id).where(
        article_is_visible(place.team_id, place.channel_id, found.c.article_id),
        *(found.c.article_id.in_(others) for others in lists[1:]),
    )
    some = visible.limit(most + 1).cte("some_articles")
    seen = posting_is_visible(place.team_id, place.channel_id)
    first = select(func.min(PostingRow.posted_at)).where(PostingRow.article_id == some.c.article_id, seen)
    number = select(func.count()).select_from(some).scalar_subquery()
    when = case((number <= most, first.scalar_subquery()))  # of too many nobody asks when
    rows = place.session.execute(select(some.c.article_id, when.label("first"))).all()
    if len(rows) > most:
        return None
    return [row.article_id for row in sorted(rows, key=lambda row: (-row.first.timestamp(), row.article_id))]


def _latest(place: _Place, conditions: list[ColumnElement[bool]], limit: int, offset: int) -> list[str]:
    """Some of very many articles, found by going back in time until there are enough."""
    earlier = aliased(PostingRow)
    known_before = exists().where(
        earlier.article_id == PostingRow.article_id,
        posting_is_visible(place.team_id, place.channel_id, earlier),
        or_(
            earlier.posted_at < PostingRow.posted_at,
            and_(earlier.posted_at == PostingRow.posted_at, earlier.id < PostingRow.id),
        ),
    )
    chosen = (
        select(PostingRow.article_id)
        .join(ArticleRow, and_(ArticleRow.team_id == place.team_id, ArticleRow.id == PostingRow.article_id))
        .where(
            posting_is_visible(place.team_id, place.channel_id),
            ArticleRow.folded.is_not(None),
            ~known_before,
            *conditions,
        )
        .order_by(PostingRow.posted_at.desc(), PostingRow.article_id)
    )
    return list(place.session.scalars(chosen.limit(limit).offset(offset)))


def _count_latest(place: _Place) -> int:
    read = (
        select(PostingRow.article_id)
        .join(ArticleRow, and_(ArticleRow.team_id == place.team_id, ArticleRow.id == PostingRow.article_id))
        .where(posting_is_visible(place.team_id, place.channel_id), ArticleRow.folded.is_not(None))
    )
    return count_some(place.session, read.distinct())


def _lines(place: _Place, ids: list[str]) -> Iterator[ArticleLine]:
    chosen = select(
        ArticleRow.id,
        ArticleRow.title,
        ArticleRow.url,
        ArticleRow.site,
        ArticleRow.lang,
        ArticleRow.published,
        ArticleRow.saved_at,
    ).where(ArticleRow.team_id == place.team_id, ArticleRow.id.in_(ids))
    found = {row.id: row for row in place.session.execute(chosen)} if ids else {}
    first = _first_postings(place.session, place.team_id, place.channel_id, ids) if ids else {}
    for row, posting in ((found[each], first[each]) for each in ids if each in found and each in first):
        yield ArticleLine(
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


def _first_postings(
    session: Session, team_id: str, channel_id: str, article_ids: list[str]
) -> dict[str, PostingRow]:
    """The earliest posting of each article in the reader's own channel, else the earliest one seen."""
    chosen = select(PostingRow).where(
        PostingRow.article_id.in_(article_ids), posting_is_visible(team_id, channel_id)
    )
    postings = sorted(session.scalars(chosen), key=lambda row: known_first(row, channel_id))
    return {posting.article_id: posting for posting in reversed(postings)}
