"""Finishes a reading: the text is stored, and pages that turn out to be one article become one."""

from datetime import datetime

from sqlalchemy import select

from bot.values import Extraction, Page
from storage.addresses import find_by_url, lead_to
from storage.correction_tables import CorrectionRow
from storage.engine import Session
from storage.folding import fold
from storage.hashing import content_hash
from storage.schema import ArticleRow, ArticleState, ArticleUrlRow, PostingRow
from storage.teams import lock_team
from storage.ties import replace_ties


def finish_reading(
    session: Session,
    *,
    team_id: str,
    article_id: str,
    page: Page,
    extraction: Extraction,
    now: datetime,  # noqa: ARG001  # a part of the contract that no column needs
) -> str:
    """Store what was read of an article and what it says; give the id under which it is kept.

    When its canonical address or its very text is another article's already, its postings and addresses
    move to that one. An article that is gone stays gone, and its own id is given.
    """
    lock_team(session, team_id=team_id)
    # Who shares the article at this moment is waited for: its posting moves, if the article does.
    row = session.get(ArticleRow, (team_id, article_id), with_for_update=True)
    if row is None:
        return article_id
    at_url = find_by_url(session, team_id=team_id, url=page.url) if page.url is not None else None
    keeper = _keeper(session, row, page, at_url)
    leads_there = at_url is keeper
    if keeper.id != row.id:
        _move(session, row, keeper)
    if page.url is not None and not leads_there:
        lead_to(session, team_id=team_id, url=page.url, article_id=keeper.id)
    if keeper.id == row.id or keeper.content_hash is None:
        is_first = keeper.content_hash is None
        _store(keeper, page, extraction)
        session.flush()
        replace_ties(session, team_id=team_id, article_id=keeper.id, extraction=extraction, is_first=is_first)
    else:
        _complete(keeper, page)
        session.flush()
    return keeper.id


def _keeper(session: Session, row: ArticleRow, page: Page, at_url: ArticleRow | None) -> ArticleRow:
    """The article that a page belongs to: one that was read before, else the one at its own address."""
    if at_url is not None and at_url.id != row.id and at_url.content_hash is not None:
        return at_url
    chosen = select(ArticleRow).where(
        ArticleRow.team_id == row.team_id,
        ArticleRow.content_hash == content_hash(page.text),
        ArticleRow.id != row.id,
    )
    same_text = session.scalars(chosen.order_by(ArticleRow.id)).first() if page.text.strip() else None
    return same_text or at_url or row


def _move(session: Session, row: ArticleRow, keeper: ArticleRow) -> None:
    here = select(PostingRow).where(PostingRow.team_id == row.team_id)
    there = session.scalars(here.where(PostingRow.article_id == keeper.id)).all()
    taken = {(posting.channel_id, posting.message_ts) for posting in there}
    for posting in session.scalars(here.where(PostingRow.article_id == row.id)).all():
        # A message that links to both forms of one article shares it once.
        if (posting.channel_id, posting.message_ts) in taken:
            session.delete(posting)
        else:
            posting.article_id = keeper.id
    addresses = select(ArticleUrlRow).where(
        ArticleUrlRow.team_id == row.team_id, ArticleUrlRow.article_id == row.id
    )
    for address in session.scalars(addresses).all():
        address.article_id = keeper.id
    said = select(CorrectionRow).where(
        CorrectionRow.team_id == row.team_id, CorrectionRow.article_id == row.id
    )
    for correction in session.scalars(said).all():
        correction.article_id = keeper.id
    session.flush()
    session.delete(row)
    session.flush()


def _store(row: ArticleRow, page: Page, extraction: Extraction) -> None:
    row.state, row.code = ArticleState.READ, None
    row.url = page.url or row.url
    row.content_hash = content_hash(page.text)
    row.title = page.title or row.title
    row.site = page.site or row.site
    row.lang = extraction.lang or page.lang
    row.published = page.published or row.published
    row.text = page.text
    row.folded = fold(f"{row.title or ''} {page.text}") + " "


def _complete(row: ArticleRow, page: Page) -> None:
    """Add what the article, perhaps a pasted text, did not know of itself."""
    row.url = row.url or page.url
    row.title = row.title or page.title
    row.site = row.site or page.site
    row.published = row.published or page.published
