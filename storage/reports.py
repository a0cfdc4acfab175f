"""Ties as reports: with their companies resolved, and when they were told and known, for one reader."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, time

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bot.values import Report
from storage.engine import Session
from storage.projections import CompanyKeyRow, CompanyRow
from storage.schema import ArticleRow, PostingRow, TieRow
from storage.ties import in_parts, tie_of
from storage.visibility import article_is_visible, company_is_visible, posting_is_visible

KeyPair = tuple[str, str]


def key_pairs(
    session: Session, *, team_id: str, channel_id: str, keys: Collection[str], article_ids: Collection[str]
) -> frozenset[KeyPair]:
    """Both keys of each tie, visible from the channel, of one of the articles or with one of the keys."""
    visible = and_(TieRow.team_id == team_id, article_is_visible(team_id, channel_id, TieRow.article_id))
    pairs = select(TieRow.source_key, TieRow.target_key).where(visible).distinct()
    found: set[KeyPair] = set()
    for some in in_parts(sorted(article_ids)):
        found.update(
            (source, target) for source, target in session.execute(pairs.where(TieRow.article_id.in_(some)))
        )
    for some in in_parts(sorted(keys)):
        touching = or_(TieRow.source_key.in_(some), TieRow.target_key.in_(some))
        found.update((source, target) for source, target in session.execute(pairs.where(touching)))
    return frozenset(found)


def resolve_keys(
    session: Session, *, team_id: str, channel_id: str, keys: Collection[str]
) -> Mapping[str, str]:
    """The company of each name key as a reader in the channel knows it; keys of none are missing."""
    found: dict[str, str] = {}
    for some in in_parts(sorted(keys)):
        found.update(
            (row[0], row[1])
            for row in session.execute(_joined(team_id, channel_id, CompanyKeyRow.key.in_(some)))
        )
    return found


def keys_of_companies(
    session: Session, *, team_id: str, channel_id: str, company_ids: Collection[str]
) -> Mapping[str, str]:
    """The name keys of some companies as a reader in the channel knows them, with the company of each."""
    found: dict[str, str] = {}
    for some in in_parts(sorted(company_ids)):
        found.update(
            (row[0], row[1])
            for row in session.execute(_joined(team_id, channel_id, CompanyKeyRow.company_id.in_(some)))
        )
    return found


def reports_between(
    session: Session, *, team_id: str, channel_id: str, company_of: Mapping[str, str]
) -> Iterator[Report]:
    """What a reader in the channel may know between any two companies; `company_of` resolves name keys."""
    first = (
        select(PostingRow.article_id, func.min(PostingRow.posted_at).label("posted_at"))
        .where(posting_is_visible(team_id, channel_id))
        .group_by(PostingRow.article_id)
        .subquery()
    )
    ties = (
        select(TieRow, ArticleRow.published, first.c.posted_at)
        .join(first, first.c.article_id == TieRow.article_id)
        .join(ArticleRow, (ArticleRow.team_id == TieRow.team_id) & (ArticleRow.id == TieRow.article_id))
        .where(TieRow.team_id == team_id)
    )
    for some in in_parts(sorted(company_of)):
        for row, published, known_at in session.execute(ties.where(TieRow.source_key.in_(some))):
            source_id, target_id = company_of[row.source_key], company_of.get(row.target_key)
            if target_id is None or target_id == source_id:
                continue
            told_at = known_at
            if published is not None:
                # A page dated in another time zone, or after an update, can't be told before it was known.
                told_at = min(datetime.combine(published, time(), UTC), known_at)
            yield Report(
                tie_id=row.id,
                article_id=row.article_id,
                source_id=source_id,
                target_id=target_id,
                tie=tie_of(row),
                told_at=told_at,
                known_at=known_at,
            )


def _joined(team_id: str, channel_id: str, wanted: ColumnElement[bool]) -> Select[str, str]:
    same = (
        (CompanyRow.team_id == CompanyKeyRow.team_id)
        & (CompanyRow.audience == CompanyKeyRow.audience)
        & (CompanyRow.id == CompanyKeyRow.company_id)
    )
    return (
        select(CompanyKeyRow.key, CompanyKeyRow.company_id)
        .join(CompanyRow, same)
        .where(company_is_visible(team_id, channel_id), CompanyKeyRow.joined, wanted)
    )
