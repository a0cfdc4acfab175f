"""Ties as reports: with their companies resolved, and when they were told and known, for one reader."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, time

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from bot.names import name_key
from bot.values import Report
from storage.engine import Session
from storage.projections import CompanyKeyRow, CompanyRow
from storage.schema import ArticleRow, PostingRow
from storage.stated import Statements
from storage.ties import in_parts
from storage.visibility import audience_of, company_holds, company_is_visible, posting_is_visible

KeyPair = tuple[str, str]


def key_pairs(
    statements: Statements, *, keys: Collection[str], article_ids: Collection[str]
) -> frozenset[KeyPair]:
    """Both keys of each tie that counts, of one of the articles or with one of the keys."""
    return frozenset(
        (name_key(told.stated.tie.source), name_key(told.stated.tie.target))
        for told in statements.between(keys, article_ids)
    )


def resolve_keys(
    session: Session, *, team_id: str, channel_id: str, keys: Collection[str]
) -> Mapping[str, str]:
    """The company of each name key as a reader in the channel knows it; keys of none are missing."""
    found: dict[str, str] = {}
    if not keys:
        return found
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    for some in in_parts(sorted(keys)):
        found.update(
            (row[0], row[1])
            for row in session.execute(_joined(team_id, audience, CompanyKeyRow.key.in_(some)))
        )
    return found


def keys_of_companies(
    session: Session, *, team_id: str, channel_id: str, company_ids: Collection[str]
) -> Mapping[str, str]:
    """The name keys of some companies as a reader in the channel knows them, with the company of each."""
    found: dict[str, str] = {}
    if not company_ids:
        return found
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    for some in in_parts(sorted(company_ids)):
        found.update(
            (row[0], row[1])
            for row in session.execute(_joined(team_id, audience, CompanyKeyRow.company_id.in_(some)))
        )
    return found


def joined_keys(
    session: Session, *, team_id: str, channel_id: str, keys: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """All keys of the company of each name key, hidden ones among them: to tell what people said of them.

    Keys of no company are missing.
    """
    holds = company_holds(team_id, audience_of(session, team_id=team_id, channel_id=channel_id))
    company_of: dict[str, str] = {}
    for some in in_parts(sorted(keys)):
        found = session.execute(_of_companies(holds, CompanyKeyRow.key.in_(some)))
        company_of.update((row[0], row[1]) for row in found)
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for some in in_parts(sorted(set(company_of.values()))):
        for key, company_id in session.execute(_of_companies(holds, CompanyKeyRow.company_id.in_(some))):
            joined[company_id].add(key)
    return {key: frozenset(joined[company_id]) for key, company_id in company_of.items()}


def reports_between(
    session: Session,
    statements: Statements,
    *,
    team_id: str,
    channel_id: str,
    company_of: Mapping[str, str],
) -> Iterator[Report]:
    """What a reader in the channel may know between any two companies; `company_of` resolves name keys."""
    ends = [
        (told, company_of[source], company_of[target])
        for told in statements.among(company_of)
        if (source := name_key(told.stated.tie.source)) in company_of
        and (target := name_key(told.stated.tie.target)) in company_of
    ]
    times = _times(session, team_id, channel_id, {told.article_id for told, _, _ in ends})
    for told, source_id, target_id in ends:
        if source_id != target_id and told.article_id in times:
            told_at, known_at = times[told.article_id]
            yield Report(
                tie_id=told.tie_id,
                article_id=told.article_id,
                source_id=source_id,
                target_id=target_id,
                tie=told.stated.tie,
                told_at=told_at,
                known_at=known_at,
            )


def _times(
    session: Session, team_id: str, channel_id: str, article_ids: Collection[str]
) -> Mapping[str, tuple[datetime, datetime]]:
    """When each article told what it says, and when the reader could first know it."""
    seen = and_(PostingRow.article_id == ArticleRow.id, posting_is_visible(team_id, channel_id))
    first = select(func.min(PostingRow.posted_at)).where(seen).scalar_subquery()
    found: dict[str, tuple[datetime, datetime]] = {}
    for some in in_parts(sorted(article_ids)):
        chosen = select(ArticleRow.id, ArticleRow.published, first).where(
            ArticleRow.team_id == team_id, ArticleRow.id.in_(some), exists().where(seen)
        )
        for article_id, published, known_at in session.execute(chosen):
            told_at = known_at
            if published is not None:
                # A page dated in another time zone, or after an update, can't be told before it was known.
                told_at = min(datetime.combine(published, time(), UTC), known_at)
            found[article_id] = told_at, known_at
    return found


def _joined(team_id: str, channel_id: str, wanted: ColumnElement[bool]) -> Select[str, str]:
    return _of_companies(company_is_visible(team_id, channel_id), wanted)


def _of_companies(known: ColumnElement[bool], wanted: ColumnElement[bool]) -> Select[str, str]:
    """The joined keys that are wanted, each with its company, one of the known."""
    same = (
        (CompanyRow.team_id == CompanyKeyRow.team_id)
        & (CompanyRow.audience == CompanyKeyRow.audience)
        & (CompanyRow.id == CompanyKeyRow.company_id)
    )
    return (
        select(CompanyKeyRow.key, CompanyKeyRow.company_id)
        .join(CompanyRow, same)
        .where(known, CompanyKeyRow.joined, wanted)
    )
