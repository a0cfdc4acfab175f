"""The companies that a reader may see, by name, by id, and by what a mistyped name may have meant."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process
from sqlalchemy import Row, Select, func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from bot.names import name_key
from bot.values import Company
from storage.engine import Session
from storage.grams import grams_of
from storage.projections import PUBLIC, CompanyGramRow, CompanyKeyRow, CompanyRow
from storage.ties import in_parts
from storage.visibility import audience_of, company_is_visible

Wanted = TypeVar("Wanted")

LIKENESS = 78.0  # of 100: "santader" is 79 like "banco santander", "meta" is 75 like "beta"
CANDIDATES = 300
SOME = 1000  # keys with one gram
SHORT = 3  # letters: a shorter name is in the middle of too many others


def find_companies(session: Session, *, team_id: str, channel_id: str, name: str) -> tuple[Company, ...]:
    """The companies called just this, by name or alias, whatever the case, the accents and the legal form."""
    key = name_key(name)
    if not key:
        return ()
    rows = session.scalars(_called(CompanyRow, session, team_id, channel_id).where(CompanyKeyRow.key == key))
    return tuple(sorted(map(_company, rows), key=lambda company: (company.name.casefold(), company.id)))


def called_so(session: Session, *, team_id: str, channel_id: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that a company is called, as `find_companies` finds them."""
    keys = {name: name_key(name) for name in names}
    called = _called(CompanyKeyRow.key, session, team_id, channel_id)
    found: set[str] = set()
    for some in in_parts(sorted(set(keys.values()) - {""})):
        found.update(session.scalars(called.where(CompanyKeyRow.key.in_(some))))
    return frozenset(name for name, key in keys.items() if key in found)


def suggest_companies(
    session: Session, *, team_id: str, channel_id: str, name: str, limit: int = 5
) -> tuple[Company, ...]:
    """Companies whose name or alias is like this one, the likest first.

    Of the names that have letters in common with it the nearest CANDIDATES are looked at.
    """
    key = name_key(name)
    if not key:
        return ()
    keys = _candidates(session, team_id, channel_id, key)
    alike = process.extract(
        key,
        [row.key for row in keys],
        scorer=fuzz.ratio if len(key) < SHORT else fuzz.WRatio,
        score_cutoff=LIKENESS,
        limit=None,
    )
    best: dict[str, float] = {}
    for _, score, position in alike:
        company_id = keys[position].company_id
        best[company_id] = max(best.get(company_id, 0.0), score)
    found = get_companies(session, team_id=team_id, channel_id=channel_id, ids=best)
    ranked = sorted(found.values(), key=lambda company: (-best[company.id], company.name, company.id))
    return tuple(ranked[:limit])


def _called(
    wanted: type[Wanted] | InstrumentedAttribute[Wanted], session: Session, team_id: str, channel_id: str
) -> Select[Wanted]:
    """Something of the companies that a reader may see, beside the keys under which they are found."""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    same = (
        (CompanyRow.team_id == CompanyKeyRow.team_id)
        & (CompanyRow.audience == CompanyKeyRow.audience)
        & (CompanyRow.id == CompanyKeyRow.company_id)
    )
    called = select(wanted).select_from(CompanyKeyRow).join(CompanyRow, same)
    return called.where(CompanyKeyRow.team_id == team_id, company_is_visible(team_id, audience))


def _candidates(session: Session, team_id: str, channel_id: str, key: str) -> Sequence[Row[*tuple[str, str]]]:
    """The keys that have the most grams in common with this one, each with its company.

    Of a gram that stands in very many keys only some are looked at: it tells little.
    """
    audiences = {PUBLIC, audience_of(session, team_id=team_id, channel_id=channel_id)}
    common = union_all(
        *(
            select(
                select(CompanyGramRow.key, CompanyGramRow.company_id)
                .where(
                    CompanyGramRow.team_id == team_id,
                    CompanyGramRow.audience == audience,
                    CompanyGramRow.gram == gram,
                )
                .limit(SOME)
                .subquery()
            )
            for gram in sorted(grams_of(key))
            for audience in sorted(audiences)
        )
    ).subquery()
    nearest = (
        select(common.c.key, common.c.company_id)
        .group_by(common.c.key, common.c.company_id)
        .order_by(func.count().desc(), func.length(common.c.key), common.c.key, common.c.company_id)
    )
    return session.execute(nearest.limit(CANDIDATES)).all()


def get_companies(
    session: Session, *, team_id: str, channel_id: str, ids: Iterable[str]
) -> Mapping[str, Company]:
    """The companies of some ids as a reader in the channel knows them; others are missing."""
    found: dict[str, Company] = {}
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    for some in in_parts(sorted(set(ids))):
        chosen = select(CompanyRow).where(company_is_visible(team_id, audience), CompanyRow.id.in_(some))
        found.update((row.id, _company(row)) for row in session.scalars(chosen))
    return found


def _company(row: CompanyRow) -> Company:
    return Company(row.id, row.name, tuple(json.loads(row.aliases)))
