"""The addresses that lead to articles: one article may have had several."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.sql.dml import ReturningInsert

from storage.engine import Session
from storage.hashing import hash_of, id_of
from storage.inserting import insert_new, inserting_into
from storage.schema import ArticleRow, ArticleState, ArticleUrlRow
from storage.tables import METADATA

ROW_LOCK = {"key_share": True}  # what others refer to stays; so they need not wait


def find_by_url(session: Session, *, team_id: str, url: str, lock: bool = False) -> ArticleRow | None:
    """The article to which a canonical address leads, however far it is."""
    # First the id: a planner that knows nothing yet of the tables would go through one for each row of
    # the other.
    led_to = select(ArticleUrlRow.article_id).where(
        ArticleUrlRow.team_id == team_id, ArticleUrlRow.url_hash == hash_of(url)
    )
    known = select(ArticleRow).where(ArticleRow.team_id == team_id, ArticleRow.id == led_to.scalar_subquery())
    if lock:
        known = known.with_for_update(of=ArticleRow, **ROW_LOCK)
    return session.scalars(known.execution_options(populate_existing=True)).one_or_none()


def open_url(session: Session, *, team_id: str, url: str, now: datetime) -> tuple[str, ArticleRow | None]:
    """The id of a canonical address's article, and its row unless it was made just now, to be read.

    It stays as it is until the transaction ends.
    """
    # An article that moved on to another address may still have this id.
    article_id = id_of("url", url)
    key = {"team_id": team_id, "url_hash": hash_of(url)}
    new = {"id": article_id, "url": url, "state": ArticleState.PENDING, "saved_at": now}
    session.flush()
    opening = _opening(session.get_bind().dialect.name)
    is_new = session.execute(opening, {**key, **new}).first() is not None
    row = None if is_new else find_by_url(session, team_id=team_id, url=url, lock=True)
    if row is not None:
        return row.id, row
    if not is_new:  # what it led to went while we waited, or moved on to another address
        is_new = session.execute(opening, {**key, **new}).first() is not None
    if not is_new:
        row = session.get_one(ArticleRow, (team_id, article_id), with_for_update=ROW_LOCK)
    lead_to(session, team_id=team_id, url=url, article_id=article_id)
    return article_id, row


@cache  # to put a statement together takes longer than to send it
def _opening(dialect: str) -> ReturningInsert[Any]:
    """Makes an article for an address that leads to none."""
    articles, addresses = (METADATA.tables[row.__tablename__] for row in (ArticleRow, ArticleUrlRow))
    columns = [articles.c[name] for name in ("team_id", "id", "state", "url", "saved_at")]
    values = (bindparam(column.name, type_=column.type) for column in columns)
    known = exists().where(
        addresses.c.team_id == bindparam("team_id"), addresses.c.url_hash == bindparam("url_hash")
    )
    opening = inserting_into(articles, dialect).from_select(columns, select(*values).where(~known))
    return opening.on_conflict_do_nothing().returning(articles.c.id)


def lead_to(session: Session, *, team_id: str, url: str, article_id: str) -> None:
    """Make an address lead to an article from now on."""
    key = hash_of(url)
    if insert_new(session, ArticleUrlRow, team_id=team_id, url_hash=key, url=url, article_id=article_id):
        return
    session.get_one(ArticleUrlRow, (team_id, key), populate_existing=True).article_id = article_id
    session.flush()
