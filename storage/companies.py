"""The companies that a reader may see, by name, by id, and by what a mistyped name may have meant."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process
from sqlalchemy import Row, Select, select, text
from sqlalchemy.orm import InstrumentedAttribute

from bot.names import name_key
from bot.values import Company
from storage.engine import Session
from storage.grams import grams_of
from storage.projections import PUBLIC, CompanyKeyRow, CompanyRow
from storage.ties import in_parts
from storage.visibility import audience_of, company_is_visible

Wanted = TypeVar("Wanted")

LIKENESS = 78.0  # of 100: "santader" is 79 like "banco santander", "meta" is 75 like "beta"
CANDIDATES = 300
SOME = 1000  # keys with one gram
SHORT = 3  # letters: a shorter name is in the middle of too many others

# As text: with a part for each gram, SQLAlchemy takes longer to put it together than the database to answer.
_WITH_GRAM = (
    "SELECT * FROM (SELECT key, company_id FROM company_grams "
    "WHERE team_id = :team AND audience = :a{0} AND gram = :g{1} LIMIT :some) AS with_{0}_{1}"
)
_NEAREST = (
    "SELECT key, company_id FROM ({0}) AS common GROUP BY key, company_id "
    "ORDER BY count(*) DESC, length(key), key, company_id LIMIT :most"
)


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
    audiences = sorted({PUBLIC, audience_of(session, team_id=team_id, channel_id=channel_id)})
    grams = sorted(grams_of(key))
    some = [_WITH_GRAM.format(a, g) for a in range(len(audiences)) for g in range(len(grams))]
    nearest = text(_NEAREST.format(" UNION ALL ".join(some)))
    values = {f"a{n}": audience for n, audience in enumerate(audiences)}
    values |= {f"g{n}": gram for n, gram in enumerate(grams)}
    return session.execute(nearest, {"team": team_id, "some": SOME, "most": CANDIDATES, **values}).all()


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
