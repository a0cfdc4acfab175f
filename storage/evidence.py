"""The sentences that prove what the record says, and the postings through which a reader may know them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import defer

from storage.engine import Session
from storage.schema import ArticleRow, PostingRow, TieRow
from storage.stated import Statements, Told
from storage.ties import in_parts
from storage.visibility import is_public_channel, posting_is_visible


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """The sentence behind a tie, its article, and the posting through which a reader may know it.

    `corrected_by` is the person who had the last word on the tie, if anybody had one.
    """

    tie_id: str
    text: str
    lang: str | None
    article_id: str
    article_title: str | None
    article_url: str | None
    site: str | None
    published: date | None
    channel_id: str
    message_ts: str
    user_id: str | None
    posted_at: datetime
    corrected_by: str | None = None
    corrected_at: datetime | None = None


def evidence(
    session: Session, *, team_id: str, channel_id: str, tie_ids: Iterable[str]
) -> Mapping[str, EvidenceLine]:
    """The sentence of each tie that a reader in the channel may see; others are missing.

    Of several postings it names the earliest in the reader's own channel, else the earliest of all.
    """
    told = _ties(session, team_id, channel_id, frozenset(tie_ids))
    known = _postings(session, team_id, channel_id, {each.article_id for each in told.values()})
    return {
        tie_id: _line(each, *known[each.article_id])
        for tie_id, each in told.items()
        if each.article_id in known
    }


def public_sources(session: Session, *, team_id: str, tie_ids: Iterable[str]) -> tuple[str, ...]:
    """The channels, held to be public, in which the articles of some ties were shared."""
    found: set[str] = set()
    for some in in_parts(sorted(tie_ids)):
        chosen = (
            select(PostingRow.channel_id)
            .join(
                TieRow,
                and_(TieRow.team_id == PostingRow.team_id, TieRow.article_id == PostingRow.article_id),
            )
            .where(
                PostingRow.team_id == team_id,
                PostingRow.channel_id != "",
                is_public_channel(team_id, PostingRow.channel_id),
                TieRow.id.in_(some),
            )
        )
        found.update(session.scalars(chosen.distinct()))
    return tuple(sorted(found))


def _ties(session: Session, team_id: str, channel_id: str, tie_ids: frozenset[str]) -> Mapping[str, Told]:
    """The ties of some ids. Only where one is not the reader's own, all that people said is looked at."""
    place = {"team_id": team_id, "channel_id": channel_id}
    articles: set[str] = set()
    for some in in_parts(sorted(tie_ids)):
        chosen = select(TieRow.article_id).where(TieRow.team_id == team_id, TieRow.id.in_(some))
        articles.update(session.scalars(chosen))
    found = dict(Statements(session, **place, article_ids=articles).by_id(tie_ids))
    missing = tie_ids - found.keys()
    if missing:
        found.update(Statements(session, **place).by_id(missing))
    return found


def _postings(
    session: Session, team_id: str, channel_id: str, article_ids: Iterable[str]
) -> Mapping[str, tuple[ArticleRow, PostingRow]]:
    """Each article with the best of its postings that the reader may see."""
    best: dict[str, tuple[ArticleRow, PostingRow]] = {}
    for some in in_parts(sorted(article_ids)):
        chosen = (
            select(ArticleRow, PostingRow)
            .join(
                PostingRow,
                (PostingRow.team_id == ArticleRow.team_id) & (PostingRow.article_id == ArticleRow.id),
            )
            .where(
                ArticleRow.team_id == team_id,
                ArticleRow.id.in_(some),
                posting_is_visible(team_id, channel_id),
            )
            .options(defer(ArticleRow.text), defer(ArticleRow.folded))
        )
        for article, posting in session.execute(chosen):
            known = best.get(article.id)
            if known is None or _rank(posting, channel_id) < _rank(known[1], channel_id):
                best[article.id] = article, posting
    return best


def _rank(posting: PostingRow, channel_id: str) -> tuple[bool, datetime, str, str]:
    return posting.channel_id != channel_id, posting.posted_at, posting.channel_id, posting.message_ts


def _line(told: Told, article: ArticleRow, posting: PostingRow) -> EvidenceLine:
    return EvidenceLine(
        tie_id=told.tie_id,
        text=told.stated.tie.evidence.text,
        lang=article.lang,
        article_id=article.id,
        article_title=article.title,
        article_url=article.url,
        site=article.site,
        published=article.published,
        channel_id=posting.channel_id,
        message_ts=posting.message_ts,
        user_id=posting.user_id,
        posted_at=posting.posted_at,
        corrected_by=told.stated.by,
        corrected_at=told.stated.at,
    )
