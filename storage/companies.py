"""The companies that a reader may see, by name, by id, and by what a mistyped name may have meant."""

import json
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process
from sqlalchemy import exists, select

from bot.names import name_key
from bot.values import Company
from storage.engine import Session
from storage.projections import CompanyKeyRow, CompanyRow
from storage.ties import in_parts
from storage.visibility import company_is_visible

LIKENESS = 78.0  # of 100: "santader" is 79 like "banco santander", "meta" is 75 like "beta"
SHORT = 3  # letters: a shorter name is in the middle of too many others


def find_companies(session: Session, *, team_id: str, channel_id: str, name: str) -> tuple[Company, ...]:
    """The companies called just this, by name or alias, whatever the case, the accents and the legal form."""
    key = name_key(name)
    if not key:
        return ()
    called = exists().where(
        CompanyKeyRow.team_id == CompanyRow.team_id,
        CompanyKeyRow.audience == CompanyRow.audience,
        CompanyKeyRow.company_id == CompanyRow.id,
        CompanyKeyRow.key == key,
    )
    rows = session.scalars(select(CompanyRow).where(company_is_visible(team_id, channel_id), called))
    return tuple(sorted(map(_company, rows), key=lambda company: (company.name.casefold(), company.id)))


def called_so(session: Session, *, team_id: str, channel_id: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that a company is called, as `find_companies` finds them."""
    keys = {name: name_key(name) for name in names}
    found: set[str] = set()
    for some in in_parts(sorted(set(keys.values()) - {""})):
        chosen = (
            select(CompanyKeyRow.key)
            .join(
                CompanyRow,
                (CompanyRow.team_id == CompanyKeyRow.team_id)
                & (CompanyRow.audience == CompanyKeyRow.audience)
                & (CompanyRow.id == CompanyKeyRow.company_id),
            )
            .where(company_is_visible(team_id, channel_id), CompanyKeyRow.key.in_(some))
        )
        found.update(session.scalars(chosen))
    return frozenset(name for name, key in keys.items() if key in found)


def suggest_companies(
    session: Session, *, team_id: str, channel_id: str, name: str, limit: int = 5
) -> tuple[Company, ...]:
    """Companies whose name or alias is like this one, the likest first."""
    key = name_key(name)
    if not key:
        return ()
    chosen = (
        select(CompanyKeyRow.key, CompanyKeyRow.company_id)
        .join(
            CompanyRow,
            (CompanyRow.team_id == CompanyKeyRow.team_id)
            & (CompanyRow.audience == CompanyKeyRow.audience)
            & (CompanyRow.id == CompanyKeyRow.company_id),
        )
        .where(company_is_visible(team_id, channel_id))
    )
    keys = session.execute(chosen).all()
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


def get_companies(
    session: Session, *, team_id: str, channel_id: str, ids: Iterable[str]
) -> Mapping[str, Company]:
    """The companies of some ids as a reader in the channel knows them; others are missing."""
    found: dict[str, Company] = {}
    for some in in_parts(sorted(set(ids))):
        chosen = select(CompanyRow).where(company_is_visible(team_id, channel_id), CompanyRow.id.in_(some))
        found.update((row.id, _company(row)) for row in session.scalars(chosen))
    return found


def _company(row: CompanyRow) -> Company:
    return Company(row.id, row.name, tuple(json.loads(row.aliases)))
