"""The addresses that lead to articles: one article may have had several."""

from datetime import datetime

from sqlalchemy import and_, select

from storage.engine import Session
from storage.hashing import hash_of, id_of
from storage.inserting import insert_new
from storage.schema import ArticleRow, ArticleState, ArticleUrlRow

ROW_LOCK = {"key_share": True}  # what others refer to stays; so they need not wait


def find_by_url(session: Session, *, team_id: str, url: str, lock: bool = False) -> ArticleRow | None:
    """The article to which a canonical address leads, however far it is."""
    led = and_(ArticleUrlRow.team_id == ArticleRow.team_id, ArticleUrlRow.article_id == ArticleRow.id)
    known = select(ArticleRow).join(ArticleUrlRow, led)
    known = known.where(ArticleUrlRow.team_id == team_id, ArticleUrlRow.url_hash == hash_of(url))
    if lock:
        known = known.with_for_update(of=ArticleRow, **ROW_LOCK)
    return session.scalars(known.execution_options(populate_existing=True)).one_or_none()


def open_url(session: Session, *, team_id: str, url: str, now: datetime) -> tuple[ArticleRow, bool]:
    """The article of a canonical address, made when there is none; tells whether it is to be read.

    It stays as it is until the transaction ends.
    """
    row = find_by_url(session, team_id=team_id, url=url, lock=True)
    if row is not None:
        return row, False
    # An article that moved on to another address may still have this id.
    article_id = id_of("url", url)
    new = {"url": url, "state": ArticleState.PENDING, "code": None, "saved_at": now}
    is_new = insert_new(session, ArticleRow, team_id=team_id, id=article_id, **new)
    row = session.get_one(ArticleRow, (team_id, article_id), with_for_update=ROW_LOCK)
    lead_to(session, team_id=team_id, url=url, article_id=row.id)
    return row, is_new


def lead_to(session: Session, *, team_id: str, url: str, article_id: str) -> None:
    """Make an address lead to an article from now on."""
    key = hash_of(url)
    if insert_new(session, ArticleUrlRow, team_id=team_id, url_hash=key, url=url, article_id=article_id):
        return
    session.get_one(ArticleUrlRow, (team_id, key), populate_existing=True).article_id = article_id
    session.flush()
