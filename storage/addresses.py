"""The addresses that lead to articles: one article may have had several."""

from datetime import datetime

from storage.engine import Session
from storage.hashing import hash_of, id_of
from storage.inserting import insert_new
from storage.schema import ArticleRow, ArticleState, ArticleUrlRow


def find_by_url(session: Session, *, team_id: str, url: str) -> ArticleRow | None:
    """The article to which a canonical address leads, however far it is."""
    known = session.get(ArticleUrlRow, (team_id, hash_of(url)), populate_existing=True)
    if known is None:
        return None
    return session.get(ArticleRow, (team_id, known.article_id), populate_existing=True)


def open_url(session: Session, *, team_id: str, url: str, now: datetime) -> tuple[ArticleRow, bool]:
    """The article of a canonical address, made when there is none; tells whether it is to be read."""
    row = find_by_url(session, team_id=team_id, url=url)
    if row is not None:
        return row, False
    # An article that moved on to another address may still have this id.
    article_id = id_of("url", url)
    row = session.get(ArticleRow, (team_id, article_id), populate_existing=True)
    is_new = row is None
    if row is None:
        row = ArticleRow(
            team_id=team_id, id=article_id, url=url, state=ArticleState.PENDING, code=None, saved_at=now
        )
        session.add(row)
        session.flush()
    lead_to(session, team_id=team_id, url=url, article_id=row.id)
    return row, is_new


def lead_to(session: Session, *, team_id: str, url: str, article_id: str) -> None:
    """Make an address lead to an article from now on."""
    key = hash_of(url)
    if insert_new(session, ArticleUrlRow, team_id=team_id, url_hash=key, url=url, article_id=article_id):
        return
    session.get_one(ArticleUrlRow, (team_id, key), populate_existing=True).article_id = article_id
    session.flush()
