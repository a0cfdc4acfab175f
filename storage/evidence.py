"""The sentences that prove what the record says, and the postings through which a reader may know them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, exists, select

from storage.correction_tables import CorrectionRow
from storage.engine import Session
from storage.schema import ArticleRow, PostingRow, TieRow
from storage.stated import Statements, Told
from storage.ties import in_parts
from storage.visibility import is_public_channel, known_first, posting_is_visible


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


@dataclass(frozen=True, slots=True)
class _Said:
    """The sentence of a tie, and who had the last word on it when, if anybody had one."""

    article_id: str
    text: str
    by: str | None = None
    at: datetime | None = None


# An article's id, language, title, address, site and day; a posting's channel, message, person and time.
_Posted = tuple[
    str, str | None, str | None, str | None, str | None, date | None, str, str, str | None, datetime
]


def evidence(
    session: Session, *, team_id: str, channel_id: str, tie_ids: Iterable[str]
) -> Mapping[str, EvidenceLine]:
    """The sentence of each tie that a reader in the channel may see; others are missing.

    Of several postings it names the earliest in the reader's own channel, else the earliest of all.
    """
    said = _said(session, team_id, channel_id, frozenset(tie_ids))
    known = _postings(session, team_id, channel_id, {each.article_id for each in said.values()})
    return {
        tie_id: _line(tie_id, each, known[each.article_id])
        for tie_id, each in said.items()
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


def _said(session: Session, team_id: str, channel_id: str, tie_ids: frozenset[str]) -> Mapping[str, _Said]:
    """The sentences of some ties. What people said is read only where somebody spoke of an article.

    Only where a tie is not the reader's own is all that people said looked at.
    """
    found: dict[str, _Said] = {}
    spoken_of: dict[str, str] = {}
    for some in in_parts(sorted(tie_ids)):
        for row in session.execute(_sentences(), {"team_id": team_id, "ids": some}):
            if row.is_spoken_of:
                spoken_of[row.id] = row.article_id
            else:
                found[row.id] = _Said(row.article_id, row.evidence)
    place = {"team_id": team_id, "channel_id": channel_id}
    for articles in (frozenset(spoken_of.values()), None):
        rest = tie_ids - found.keys()
        if rest and (articles is None or articles):
            told = Statements(session, **place, article_ids=articles).by_id(rest)
            found |= {tie_id: _said_by(each) for tie_id, each in told.items()}
    return found


@cache  # to put a statement together takes longer than to send it
def _sentences() -> Select[*tuple[str, str, str, bool]]:
    team_id: BindParameter[str] = bindparam("team_id")
    is_spoken_of = exists().where(
        CorrectionRow.team_id == team_id, CorrectionRow.article_id == TieRow.article_id
    )
    found = select(TieRow.id, TieRow.article_id, TieRow.evidence, is_spoken_of.label("is_spoken_of"))
    asked: BindParameter[str] = bindparam("ids", expanding=True)
    return found.where(TieRow.team_id == team_id, TieRow.id.in_(asked))


def _said_by(told: Told) -> _Said:
    stated = told.stated
    return _Said(told.article_id, stated.tie.evidence.text, stated.by, stated.at)


def _postings(
    session: Session, team_id: str, channel_id: str, article_ids: Iterable[str]
) -> Mapping[str, Row[*_Posted]]:
    """Each article with the best of its postings that the reader may see."""
    place = {"team_id": team_id, "channel_id": channel_id}
    best: dict[str, Row[*_Posted]] = {}
    for some in in_parts(sorted(article_ids)):
        for row in session.execute(_posted(), {**place, "ids": some}):
            known = best.get(row.id)
            if known is None or known_first(row, channel_id) < known_first(known, channel_id):
                best[row.id] = row
    return best


@cache
def _posted() -> Select[*_Posted]:
    team_id: BindParameter[str] = bindparam("team_id")
    channel_id: BindParameter[str] = bindparam("channel_id")
    of_article = (PostingRow.team_id == ArticleRow.team_id) & (PostingRow.article_id == ArticleRow.id)
    asked: BindParameter[str] = bindparam("ids", expanding=True)
    article = (ArticleRow.id, ArticleRow.lang, ArticleRow.title, ArticleRow.url, ArticleRow.site)
    posting = (PostingRow.channel_id, PostingRow.message_ts, PostingRow.user_id, PostingRow.posted_at)
    return (
        select(*article, ArticleRow.published, *posting)
        .join(PostingRow, of_article)
        .where(
            ArticleRow.team_id == team_id,
            ArticleRow.id.in_(asked),
            posting_is_visible(team_id, channel_id),
        )
    )


def _line(tie_id: str, said: _Said, posted: Row[*_Posted]) -> EvidenceLine:
    return EvidenceLine(
        tie_id=tie_id,
        text=said.text,
        lang=posted.lang,
        article_id=posted.id,
        article_title=posted.title,
        article_url=posted.url,
        site=posted.site,
        published=posted.published,
        channel_id=posted.channel_id,
        message_ts=posted.message_ts,
        user_id=posted.user_id,
        posted_at=posted.posted_at,
        corrected_by=said.by,
        corrected_at=said.at,
    )
