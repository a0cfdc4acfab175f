"""What the keys say under which companies are found, whoever knows these companies."""

from collections.abc import Collection

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from storage.engine import Session
from storage.projections import CompanyKeyRow, CompanyRow
from storage.ties import in_parts


def keys_beside(session: Session, *, team_id: str, keys: Collection[str]) -> frozenset[str]:
    """The keys, and all others of every company, whoever knows it, that is found under one of them."""
    found = set(keys)
    beside = aliased(CompanyKeyRow)
    same = and_(
        beside.team_id == team_id,
        beside.audience == CompanyKeyRow.audience,
        beside.company_id == CompanyKeyRow.company_id,
    )
    for some in in_parts(sorted(keys)):
        chosen = select(beside.key).join(CompanyKeyRow, same)
        found.update(
            session.scalars(chosen.where(CompanyKeyRow.team_id == team_id, CompanyKeyRow.key.in_(some)))
        )
    return frozenset(found)


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
