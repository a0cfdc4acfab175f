"""What the keys say under which companies are found, whoever knows these companies."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import and_, select

from storage.engine import Session
from storage.projections import CompanyKeyRow, CompanyRow
from storage.ties import in_parts

# By the ids of companies, the keys under which each is found, and whether ties resolve through them.
KeysOf = Mapping[str, Mapping[str, bool]]


def found_beside(session: Session, *, team_id: str, keys: Collection[str]) -> Mapping[str, KeysOf]:
    """By audience, the companies that are found under one of the keys, each with all of its keys."""
    found: defaultdict[str, defaultdict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    for some in in_parts(sorted(keys)):
        # Apart: a planner that knows nothing yet of the table would go through it for each of its rows.
        named = (
            select(CompanyKeyRow.audience, CompanyKeyRow.company_id)
            .where(CompanyKeyRow.team_id == team_id, CompanyKeyRow.key.in_(some))
            .distinct()
            .cte("named")
            .prefix_with("MATERIALIZED")
        )
        same = and_(
            CompanyKeyRow.audience == named.c.audience, CompanyKeyRow.company_id == named.c.company_id
        )
        chosen = select(
            CompanyKeyRow.audience, CompanyKeyRow.company_id, CompanyKeyRow.key, CompanyKeyRow.joined
        ).join(named, same)
        of_team = chosen.where(CompanyKeyRow.team_id == team_id)
        for audience, company_id, key, joined in session.execute(of_team):
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
