"""Articles, from the address that somebody posted to the text that was read.

`storage.merging` finishes a reading; `storage.search` finds articles for readers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, or_, select

from bot.values import Article
from storage.engine import Session
from storage.folding import fold
from storage.hashing import content_hash, id_of
from storage.merging import finish_reading
from storage.postings import add_posting, forget_all_told, forget_told
from storage.schema import ArticleRow, ArticleState, PostingRow
from storage.search import ArticleLine, ArticlePage, search_articles
from storage.teams import lock_team

__all__ = [
    "ArticleLine",
    "ArticlePage",
    "ArticleState",
    "ArticleStatus",
    "PendingArticle",
    "add_text",
    "article_ids",
    "article_state",
    "delete_unposted",
    "drop_article",
    "fail_reading",
    "finish_reading",
    "forget_texts",
    "get_article",
    "iter_articles",
    "pending_article",
    "reopen",
    "search_articles",
]

_AT_ONCE = 500  # ids in one statement: SQLite takes some 32,000 variables


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """What is to be read: a text that somebody gave, else the page at an address."""

    url: str | None
    title: str | None
    text: str | None
    site: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """How far an article is, what is known of it, and why it could not be read."""

    state: ArticleState
    url: str | None
    title: str | None
    code: str | None


def add_text(
    session: Session,
    *,
    team_id: str,
    title: str | None,
    text: str,
    site: str | None = None,
    published: date | None = None,
    channel_id: str,
    message_ts: str,
    thread_ts: str | None = None,
    user_id: str | None = None,
    article_id: str | None = None,
    now: datetime,
) -> str:
    """Store a text that somebody pasted or uploaded, to be read, and where; give its article's id.

    With `article_id` it is the text of that article, whose page could not be read; else the article is
    found by the text itself. Raises StorageError for a team that is not installed.
    """
    lock_team(session, team_id=team_id)
    row = session.get(ArticleRow, (team_id, article_id)) if article_id else None
    if row is None:
        row = _article_of_text(session, team_id, text, now)
    row.state, row.code = ArticleState.PENDING, None
    row.text, row.title = text, title or row.title
    row.site, row.published = site or row.site, published or row.published
    session.flush()
    add_posting(
        session,
        team_id=team_id,
        article_id=row.id,
        channel_id=channel_id,
        message_ts=message_ts,
        thread_ts=thread_ts,
        user_id=user_id,
        by_link=False,
        now=now,
    )
    return row.id


def pending_article(session: Session, *, team_id: str, article_id: str) -> PendingArticle | None:
    """What to read for an article; None when it has been read, has failed or is gone."""
    row = session.get(ArticleRow, (team_id, article_id))
    if row is None or row.state != ArticleState.PENDING:
        return None
    return PendingArticle(url=row.url, title=row.title, text=row.text, site=row.site, published=row.published)


def article_state(session: Session, *, team_id: str, article_id: str) -> ArticleStatus | None:
    """How far an article is; None when there is none."""
    row = session.get(ArticleRow, (team_id, article_id))
    if row is None:
        return None
    return ArticleStatus(state=ArticleState(row.state), url=row.url, title=row.title, code=row.code)


def get_article(session: Session, *, team_id: str, article_id: str) -> Article | None:
    """An article that was read, whoever may see it; None when it is gone or not read yet."""
    row = session.get(ArticleRow, (team_id, article_id))
    return None if row is None else _article(row)


def find_article(session: Session, *, team_id: str, named: str) -> Article | None:
    """The article that was read with that canonical address or, the newest such, that title."""
    wanted = or_(ArticleRow.url == named, ArticleRow.title == named)
    found = select(ArticleRow).where(ArticleRow.team_id == team_id, wanted, ArticleRow.text.is_not(None))
    row = session.scalars(found.order_by(ArticleRow.saved_at.desc(), ArticleRow.id)).first()
    return None if row is None else _article(row)


def article_ids(session: Session, *, team_id: str) -> tuple[str, ...]:
    """The ids of all articles that have been read, in order."""
    has_text = ArticleRow.content_hash.is_not(None)
    return tuple(
        sorted(session.scalars(select(ArticleRow.id).where(ArticleRow.team_id == team_id, has_text)))
    )


def iter_articles(session: Session, *, team_id: str) -> Iterator[Article]:
    """Every article that has been read, by id, a few in memory at a time; writing in between is allowed."""
    ids = article_ids(session, team_id=team_id)
    for start in range(0, len(ids), 50):
        chosen = ArticleRow.id.in_(ids[start : start + 50])
        rows = session.scalars(select(ArticleRow).where(ArticleRow.team_id == team_id, chosen)).all()
        for row in sorted(rows, key=lambda row: row.id):
            session.expunge(row)
            if (article := _article(row)) is not None:
                yield article


def fail_reading(session: Session, *, team_id: str, article_id: str, code: str) -> None:
    """Keep why a pending article could not be read; one that has been read stays so."""
    lock_team(session, team_id=team_id)
    row = session.get(ArticleRow, (team_id, article_id), populate_existing=True)
    if row is not None and row.state == ArticleState.PENDING:
        row.state, row.code = ArticleState.FAILED, code
        session.flush()


def reopen(session: Session, *, team_id: str, article_id: str, channel_id: str, message_ts: str) -> bool:
    """Make an article that could not be read pending again, its posting untold; False if it did not fail."""
    if not _reopen(session, team_id, article_id):
        return False
    forget_told(session, team_id=team_id, article_id=article_id, channel_id=channel_id, message_ts=message_ts)
    return True


def reopen_everywhere(session: Session, *, team_id: str, article_id: str) -> bool:
    """As `reopen`, for all postings of an article."""
    if not _reopen(session, team_id, article_id):
        return False
    forget_all_told(session, team_id=team_id, article_id=article_id)
    return True


def _reopen(session: Session, team_id: str, article_id: str) -> bool:
    lock_team(session, team_id=team_id)
    row = session.get(ArticleRow, (team_id, article_id), populate_existing=True)
    if row is None or row.state != ArticleState.FAILED:
        return False
    row.state, row.code = ArticleState.PENDING, None
    session.flush()
    return True


def delete_unposted(session: Session, *, team_id: str, article_ids: Iterable[str]) -> tuple[str, ...]:
    """Delete those of the articles at which no posting points any more, with all that they say."""
    lock_team(session, team_id=team_id)
    gone: list[str] = []
    wanted = sorted(set(article_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        posted = exists().where(
            PostingRow.team_id == ArticleRow.team_id, PostingRow.article_id == ArticleRow.id
        )
        unposted = select(ArticleRow.id).where(ArticleRow.team_id == team_id, ~posted)
        some = session.scalars(unposted.where(ArticleRow.id.in_(wanted[start : start + _AT_ONCE]))).all()
        if some:
            # Who is about to share one is waited for, and waits: its posting would go with the article.
            chosen = select(ArticleRow.id).where(ArticleRow.team_id == team_id, ArticleRow.id.in_(some))
            session.execute(chosen.order_by(ArticleRow.id).with_for_update())
            gone.extend(session.scalars(unposted.where(ArticleRow.id.in_(some))))
    for article_id in gone:
        drop_article(session, team_id=team_id, article_id=article_id)
    return tuple(sorted(gone))


def drop_article(session: Session, *, team_id: str, article_id: str) -> None:
    """Delete an article with its postings, addresses and all that it says."""
    lock_team(session, team_id=team_id)
    session.execute(delete(ArticleRow).where(ArticleRow.team_id == team_id, ArticleRow.id == article_id))


def forget_texts(session: Session, *, before: datetime, limit: int) -> int:
    """Drop the texts of all teams' articles that were read and saved before a time, the oldest `limit`.

    Everything else of them stays: title, address, dates, and the sentences that prove what they say. They are
    found by their titles alone then. Gives how many texts went.
    """
    old = (
        select(ArticleRow)
        .where(
            ArticleRow.saved_at < before, ArticleRow.text.is_not(None), ArticleRow.state == ArticleState.READ
        )
        .order_by(ArticleRow.saved_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = session.scalars(old).all()
    for row in rows:
        row.text, row.folded = None, fold(row.title or "") + " "
    session.flush()
    return len(rows)


def _article_of_text(session: Session, team_id: str, text: str, now: datetime) -> ArticleRow:
    text_hash = content_hash(text)
    same = select(ArticleRow).where(ArticleRow.team_id == team_id, ArticleRow.content_hash == text_hash)
    row = session.scalars(same.order_by(ArticleRow.id)).first()
    row = row or session.get(ArticleRow, (team_id, id_of("text", text_hash)))
    if row is None:
        row = ArticleRow(
            team_id=team_id, id=id_of("text", text_hash), state=ArticleState.PENDING, saved_at=now
        )
        session.add(row)
    return row


def _article(row: ArticleRow) -> Article | None:
    if row.text is None or row.content_hash is None:
        return None
    return Article(
        id=row.id,
        team_id=row.team_id,
        url=row.url,
        content_hash=row.content_hash,
        title=row.title,
        site=row.site,
        lang=row.lang,
        published=row.published,
        text=row.text,
        saved_at=row.saved_at,
    )
