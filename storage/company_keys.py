"""What the keys say under which companies are found, whoever knows these companies."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from storage.engine import Session
from storage.projections import CompanyKeyRow, CompanyRow
from storage.ties import in_parts

# By the ids of companies, the keys under which each is found, and whether ties resolve through them.
KeysOf = Mapping[str, Mapping[str, bool]]


def found_beside(session: Session, *, team_id: str, keys: Collection[str]) -> Mapping[str, KeysOf]:
    """By audience, the companies that are found under one of the keys, each with all of its keys."""
    found: defaultdict[str, defaultdict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    beside = aliased(CompanyKeyRow)
    same = and_(
        beside.team_id == team_id,
        beside.audience == CompanyKeyRow.audience,
        beside.company_id == CompanyKeyRow.company_id,
    )
    for some in in_parts(sorted(keys)):
        chosen = select(beside.audience, beside.company_id, beside.key, beside.joined).join(
            CompanyKeyRow, same
        )
        of_these = CompanyKeyRow.team_id == team_id, CompanyKeyRow.key.in_(some)
        for audience, company_id, key, joined in session.execute(chosen.where(*of_these).distinct()):
            found[audience][company_id][key] = joined
    return found


def keys_beside(session: Session, *, team_id: str, keys: Collection[str]) -> frozenset[str]:
    """The keys, and all others of every company, whoever knows it, that is found under one of them."""
    known = found_beside(session, team_id=team_id, keys=keys)
    return frozenset(keys).union(*(of for companies in known.values() for of in companies.values()))


def redefined_in(session: Session, *, team_id: str, keys: Collection[str]) -> frozenset[str]:
    """The audiences that redefine a company to which one of the keys belongs."""
    found: set[str] = set()
    same = and_(
        CompanyRow.team_id == team_id,
        CompanyRow.audience == CompanyKeyRow.audience,
        CompanyRow.id == CompanyKeyRow.company_id,
    )
    for some in in_parts(sorted(keys)):
        chosen = select(CompanyKeyRow.audience).join(CompanyRow, same)
        of_these = CompanyKeyRow.team_id == team_id, CompanyKeyRow.joined, CompanyKeyRow.key.in_(some)
        found.update(session.scalars(chosen.where(*of_these, CompanyRow.redefined).distinct()))
    return frozenset(found)
