"""Writes the companies that were derived, and reads them as they are stored: for `bot.services.record`.

`audience` is "" for everybody or the id of a channel, see `storage.projections`. What a reader may see is
in `storage.companies`.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Result, and_, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.values import Company
from storage.company_keys import KeysOf
from storage.engine import Session
from storage.grams import grams_of
from storage.inserting import insert_all
from storage.projections import (
    PUBLIC,
    CompanyArticleRow,
    CompanyGramRow,
    CompanyKeyRow,
    CompanyMaskRow,
    CompanyRow,
)
from storage.ties import in_parts


@dataclass(frozen=True, slots=True)
class DerivedCompany:
    """A company of one audience: ties resolve through `joined`; it is found under all `keys`.

    `redefined` and `masks`, the public companies in whose place it stands, are a closed channel's only.
    A `hidden` one is there for nobody to see.
    """

    company: Company
    joined: frozenset[str]
    keys: frozenset[str]
    article_ids: frozenset[str]
    redefined: bool = False
    masks: frozenset[str] = frozenset()
    hidden: bool = False


def supported_by(
    session: Session, *, team_id: str, article_ids: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """The ids of the companies that rest on some articles, by audience."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for some in in_parts(sorted(article_ids)):
        chosen = select(CompanyArticleRow.audience, CompanyArticleRow.company_id).where(
            CompanyArticleRow.team_id == team_id, CompanyArticleRow.article_id.in_(some)
        )
        for audience, company_id in session.execute(chosen.distinct()):
            found[audience].add(company_id)
    return {audience: frozenset(ids) for audience, ids in found.items()}


def found_under(session: Session, *, team_id: str, audience: str, keys: Collection[str]) -> frozenset[str]:
    """The ids of an audience's companies that are found under one of the keys."""
    found: set[str] = set()
    for some in in_parts(sorted(keys)):
        chosen = select(CompanyKeyRow.company_id).where(
            CompanyKeyRow.team_id == team_id, CompanyKeyRow.audience == audience, CompanyKeyRow.key.in_(some)
        )
        found.update(session.scalars(chosen.distinct()))
    return frozenset(found)


def ids_of(session: Session, *, team_id: str, audience: str) -> Mapping[str, bool]:
    """All companies of an audience, each with whether it is redefined there."""
    chosen = select(CompanyRow.id, CompanyRow.redefined).where(
        CompanyRow.team_id == team_id, CompanyRow.audience == audience
    )
    rows = session.execute(chosen)
    return {row.id: row.redefined for row in rows}


def load_companies(
    session: Session, *, team_id: str, audience: str, company_ids: Collection[str]
) -> Mapping[str, DerivedCompany]:
    """Companies as they are stored, by id."""
    found: dict[str, DerivedCompany] = {}
    for some in in_parts(sorted(company_ids)):
        found.update(_load(session, team_id, audience, some))
    return found


def without_articles(
    session: Session, *, team_id: str, audience: str, keys: KeysOf
) -> Mapping[str, DerivedCompany]:
    """Companies, of which the keys are known, as they are stored but for the articles that name them."""
    found: dict[str, DerivedCompany] = {}
    for some in in_parts(sorted(keys)):
        found.update(_companies(session, team_id, audience, some, keys, {}))
    return found


def replace_companies(
    session: Session,
    *,
    team_id: str,
    audience: str,
    before: Mapping[str, DerivedCompany],
    after: Mapping[str, DerivedCompany],
) -> None:
    """Store `after` in place of `before`, touching only what differs."""
    gone = [company_id for company_id in sorted(before) if company_id not in after]
    differing = [company_id for company_id in sorted(before) if _differs(before[company_id], after)]
    for some in in_parts(gone + differing):
        here = and_(CompanyRow.team_id == team_id, CompanyRow.audience == audience, CompanyRow.id.in_(some))
        session.execute(delete(CompanyRow).where(here))
    new = [after[company_id] for company_id in sorted(after) if company_id not in before]
    added = [*new, *(after[company_id] for company_id in differing)]
    _insert(session, team_id, audience, added)
    stayed = [after[company_id] for company_id in sorted(after.keys() & before.keys() - set(differing))]
    for company in stayed:
        _forget_articles(session, team_id, audience, company, before[company.company.id].article_ids)
    _add_articles(
        session,
        team_id,
        audience,
        [
            *((each.company.id, each.article_ids) for each in added),
            *((each.company.id, each.article_ids - before[each.company.id].article_ids) for each in stayed),
        ],
    )


def drop_companies(session: Session, *, team_id: str) -> None:
    """Forget all companies of a team, for every audience."""
    session.execute(delete(CompanyRow).where(CompanyRow.team_id == team_id))


def _load(
    session: Session, team_id: str, audience: str, ids: Collection[str]
) -> Mapping[str, DerivedCompany]:
    keys: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    columns = CompanyKeyRow.key, CompanyKeyRow.joined
    for company_id, key, joined in _each_of(session, team_id, audience, ids, CompanyKeyRow, *columns):
        keys[company_id][key] = joined
    articles: defaultdict[str, set[str]] = defaultdict(set)
    naming = _each_of(session, team_id, audience, ids, CompanyArticleRow, CompanyArticleRow.article_id)
    for company_id, article_id in naming:
        articles[company_id].add(article_id)
    return _companies(session, team_id, audience, ids, keys, articles)


def _each_of(
    session: Session,
    team_id: str,
    audience: str,
    ids: Collection[str],
    row: type[CompanyKeyRow] | type[CompanyArticleRow] | type[CompanyMaskRow],
    *wanted: InstrumentedAttribute[Any],
) -> Result[*tuple[Any, ...]]:
    of_these = row.team_id == team_id, row.audience == audience, row.company_id.in_(ids)
    return session.execute(select(row.company_id, *wanted).where(*of_these))


def _companies(
    session: Session,
    team_id: str,
    audience: str,
    ids: Collection[str],
    keys: KeysOf,
    articles: Mapping[str, Collection[str]],
) -> Mapping[str, DerivedCompany]:
    """The companies of some ids, given their keys and the articles that name them."""
    masks: defaultdict[str, set[str]] = defaultdict(set)
    if audience != PUBLIC:
        masking = _each_of(session, team_id, audience, ids, CompanyMaskRow, CompanyMaskRow.masked_id)
        for company_id, masked_id in masking:
            masks[company_id].add(masked_id)
    columns = CompanyRow.id, CompanyRow.name, CompanyRow.aliases, CompanyRow.redefined, CompanyRow.hidden
    of_these = CompanyRow.team_id == team_id, CompanyRow.audience == audience, CompanyRow.id.in_(ids)
    return {
        company_id: DerivedCompany(
            company=Company(company_id, name, tuple(json.loads(aliases))),
            joined=frozenset(key for key, joined in keys.get(company_id, {}).items() if joined),
            keys=frozenset(keys.get(company_id, ())),
            article_ids=frozenset(articles.get(company_id, ())),
            redefined=redefined,
            masks=frozenset(masks[company_id]),
            hidden=hidden,
        )
        for company_id, name, aliases, redefined, hidden in session.execute(select(*columns).where(*of_these))
    }


def _differs(before: DerivedCompany, after: Mapping[str, DerivedCompany]) -> bool:
    """Whether anything but the articles that name a company is another."""
    now = after.get(before.company.id)
    return now is not None and (
        replace(before, article_ids=frozenset()) != replace(now, article_ids=frozenset())
    )


def _insert(session: Session, team_id: str, audience: str, companies: Sequence[DerivedCompany]) -> None:
    """Store companies that are not there, but for their articles: as many statements for many as for one."""
    own = {"team_id": team_id, "audience": audience}
    rows = [
        {
            **own,
            "id": each.company.id,
            "name": each.company.name,
            "aliases": json.dumps(each.company.aliases, ensure_ascii=False),
            "redefined": each.redefined,
            "hidden": each.hidden,
        }
        for each in companies
    ]
    keys = [
        {**own, "company_id": each.company.id, "key": key, "joined": key in each.joined}
        for each in companies
        for key in sorted(each.keys)
    ]
    grams = [
        {**own, "company_id": row["company_id"], "key": row["key"], "gram": gram}
        for row in keys
        for gram in sorted(grams_of(str(row["key"])))
    ]
    masks = [
        {**own, "company_id": each.company.id, "masked_id": masked}
        for each in companies
        for masked in sorted(each.masks)
    ]
    insert_all(session, CompanyRow, rows)
    insert_all(session, CompanyKeyRow, keys)
    insert_all(session, CompanyGramRow, grams)
    insert_all(session, CompanyMaskRow, masks)


def _forget_articles(
    session: Session, team_id: str, audience: str, company: DerivedCompany, before: frozenset[str]
) -> None:
    for some in in_parts(sorted(before - company.article_ids)):
        session.execute(
            delete(CompanyArticleRow).where(
                CompanyArticleRow.team_id == team_id,
                CompanyArticleRow.audience == audience,
                CompanyArticleRow.company_id == company.company.id,
                CompanyArticleRow.article_id.in_(some),
            )
        )


def _add_articles(
    session: Session, team_id: str, audience: str, named_in: Iterable[tuple[str, Collection[str]]]
) -> None:
    """Keep in which articles companies, by id, are named."""
    own = {"team_id": team_id, "audience": audience}
    rows = [
        {**own, "company_id": company_id, "article_id": article_id}
        for company_id, article_ids in named_in
        for article_id in sorted(article_ids)
    ]
    insert_all(session, CompanyArticleRow, rows)
