"""The companies that a reader may see, by name, by id, and by what a mistyped name may have meant."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process
from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, select, text

from bot.names import name_key
from bot.values import Company
from storage.engine import Session
from storage.grams import grams_of
from storage.projections import PUBLIC, CompanyKeyRow, CompanyRow
from storage.ties import in_parts
from storage.visibility import audience_of, company_is_visible

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
    return find_each(session, team_id=team_id, channel_id=channel_id, names=[name])[name]


def find_each(
    session: Session, *, team_id: str, channel_id: str, names: Iterable[str]
) -> Mapping[str, tuple[Company, ...]]:
    """The companies called just so, of each of the names, as `find_companies` finds them."""
    keys = {name: name_key(name) for name in names}
    found: defaultdict[str, list[Company]] = defaultdict(list)
    for key, company_id, name, aliases in _called(session, team_id, channel_id, keys.values()):
        found[key].append(_company(company_id, name, aliases))
    for alike in found.values():
        alike.sort(key=lambda company: (company.name.casefold(), company.id))
    return {name: tuple(found[key]) for name, key in keys.items()}


def called_so(session: Session, *, team_id: str, channel_id: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that a company is called, as `find_companies` finds them."""
    keys = {name: name_key(name) for name in names}
    found = {row.key for row in _called(session, team_id, channel_id, keys.values())}
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
    session: Session, team_id: str, channel_id: str, keys: Iterable[str]
) -> Iterator[Row[*tuple[str, str, str, str]]]:
    """Some keys with the companies, of those that a reader may see, that are found under them."""
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    place = {"team_id": team_id, "audience": audience}
    for some in in_parts(sorted(set(keys) - {""})):
        yield from session.execute(_having_key(audience != PUBLIC), {**place, "keys": some})


@cache  # to put a statement together takes longer than to send it
def _having_key(has_own: bool) -> Select[*tuple[str, str, str, str]]:
    same = (
        (CompanyRow.team_id == CompanyKeyRow.team_id)
        & (CompanyRow.audience == CompanyKeyRow.audience)
        & (CompanyRow.id == CompanyKeyRow.company_id)
    )
    found = select(CompanyKeyRow.key, CompanyRow.id, CompanyRow.name, CompanyRow.aliases)
    called = found.select_from(CompanyKeyRow).join(CompanyRow, same)
    asked: BindParameter[str] = bindparam("keys", expanding=True)
    return called.where(
        CompanyKeyRow.team_id == bindparam("team_id"), CompanyKeyRow.key.in_(asked), _visible(has_own)
    )


@cache
def _having_id(has_own: bool) -> Select[*tuple[str, str, str]]:
    asked: BindParameter[str] = bindparam("ids", expanding=True)
    found = select(CompanyRow.id, CompanyRow.name, CompanyRow.aliases)
    return found.where(_visible(has_own), CompanyRow.id.in_(asked))


def _visible(has_own: bool) -> ColumnElement[bool]:
    return company_is_visible(bindparam("team_id"), bindparam("audience") if has_own else PUBLIC)


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
    audience = audience_of(session, team_id=team_id, channel_id=channel_id)
    place = {"team_id": team_id, "audience": audience}
    found: dict[str, Company] = {}
    for some in in_parts(sorted(set(ids))):
        for row in session.execute(_having_id(audience != PUBLIC), {**place, "ids": some}):
            found[row.id] = _company(*row)
    return found


def _company(company_id: str, name: str, aliases: str) -> Company:
    return Company(company_id, name, tuple(json.loads(aliases)))
