"""The companies that a reader may see, by name, by id, and by what a mistyped name may have meant."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import BindParameter, ColumnElement, Row, Select, TextClause, bindparam, select, text

from bot.names import name_key
from bot.values import Company
from storage.engine import Session
from storage.grams import grams_of
from storage.projections import PUBLIC, CompanyKeyRow, CompanyRow
from storage.ties import in_parts
from storage.visibility import audience_of, company_is_visible

LIKENESS = 78.0  # of 100: "santader" is 79 like "banco santander", "meta" is 75 like "beta"
SURE = 90.0  # with one letter wrong, a name of ten is as like
BESIDE = 50  # keys with a gram that stand on either side of the mistyped one in the alphabet
SOME = 1500  # keys with a gram: one in more tells little
ENOUGH = 3000  # keys with the grams that few have
CANDIDATES = 1000
ALIKE = 50  # of which a reader may not see all
SHORT = 3  # letters: a shorter name is in the middle of too many others

# As text, and the grams in one value: with a part for each gram, SQLAlchemy takes longer to put a statement
# together, and PostgreSQL to plan it, than to answer.
_OF_EACH = "SELECT wanted.value, {columns} FROM {grams} AS wanted"
_HAVING = (
    "(SELECT {what} FROM (SELECT key FROM company_grams WHERE team_id = :team AND audience = :audience "
    "AND gram = wanted.value {rest} LIMIT :most) AS having_it)"
)
_BEFORE = "AND key < :key ORDER BY key DESC, company_id DESC"
_AFTER = "AND key >= :key ORDER BY key, company_id"
_WHOLE = "ORDER BY key, company_id"
_GRAMS = MappingProxyType(
    {"sqlite": "json_each(:grams)", "postgresql": "json_array_elements_text(CAST(:grams AS json))"}
)
# Keys in one text: to hand thousands of rows over takes several times as long as to find them.
_KEYS = MappingProxyType({"sqlite": "group_concat(key, ';')", "postgresql": "string_agg(key, ';')"})
_APART = ";"  # stands in no key


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

    Of the names that have letters in common with it the nearest CANDIDATES are looked at; for more than are
    found at once only where none of these is SURE to be meant.
    """
    key = name_key(name)
    if not key:
        return ()
    alike: list[tuple[str, float, int]] = []
    scorer = fuzz.ratio if len(key) < SHORT else fuzz.WRatio
    for keys in _candidates(session, team_id, channel_id, key):
        alike = process.extract(key, keys, scorer=scorer, score_cutoff=LIKENESS, limit=ALIKE)
        if alike and alike[0][1] >= SURE:
            break
    scores = {found: score for found, score, _ in alike}
    best: dict[str, tuple[float, Company]] = {}
    for found, company_id, *named in _called(session, team_id, channel_id, scores):
        if company_id not in best or best[company_id][0] < scores[found]:
            best[company_id] = scores[found], _company(company_id, *named)
    ranked = sorted(best.values(), key=lambda each: (-each[0], each[1].name, each[1].id))
    return tuple(company for _, company in ranked[:limit])


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


def _candidates(session: Session, team_id: str, channel_id: str, key: str) -> Iterator[list[str]]:
    """The keys that have the most grams in common with this one, of some that have any; then of more.

    The first letters are seldom mistyped: so those are looked at that stand beside this key in the alphabet.
    Where the first are, others are not: so next are all that have the rarest grams.
    """
    audiences = sorted({PUBLIC, audience_of(session, team_id=team_id, channel_id=channel_id)})
    places = [{"team": team_id, "audience": audience, "key": key} for audience in audiences]
    grams = sorted(grams_of(key))
    beside = [_having(session, grams, BESIDE, (_BEFORE, _AFTER), place) for place in places]
    yield _likest(beside)
    for place, having in zip(places, beside, strict=True):
        cut = [gram for gram in grams if len(having[gram]) >= BESIDE]
        having |= _having(session, _rarest(session, cut, place), SOME, [_WHOLE], place)
    yield _likest(beside)


def _likest(having: Iterable[Mapping[str, Iterable[str]]]) -> list[str]:
    """Of the keys that have grams those that have the most."""
    common = Counter(chain.from_iterable(keys for by_gram in having for keys in by_gram.values()))
    return sorted(common, key=lambda key: (-common[key], len(key), key))[:CANDIDATES]


def _having(
    session: Session, grams: Sequence[str], most: int, parts: Iterable[str], place: Mapping[str, str]
) -> dict[str, list[str]]:
    """Of each gram keys that have it, so many in each of the parts."""
    together = _KEYS[session.get_bind().dialect.name]
    columns = [_HAVING.format(what=together, rest=part) for part in parts]
    found = _asked(session, grams, most, columns, place)
    return {gram: [key for keys in texts if keys for key in keys.split(_APART)] for gram, texts in found}


def _asked(
    session: Session, grams: Sequence[str], most: int, columns: Sequence[str], place: Mapping[str, str]
) -> list[tuple[str, Sequence[Any]]]:
    """Each gram with what is asked of it."""
    if not grams:
        return []
    asked = _of_each(session.get_bind().dialect.name, tuple(columns))
    given = {**place, "grams": json.dumps(grams), "most": most}
    return [(gram, found) for gram, *found in session.execute(asked, given)]


def _rarest(session: Session, grams: Sequence[str], place: Mapping[str, str]) -> list[str]:
    """Those of the grams that the fewest keys have: ENOUGH keys together at most."""
    numbers = _asked(session, grams, SOME + 1, [_HAVING.format(what="count(*)", rest="")], place)
    rising = sorted((number, gram) for gram, (number,) in numbers if number <= SOME)
    sums = accumulate(number for number, _ in rising)
    return [gram for (_, gram), keys in zip(rising, sums, strict=True) if keys <= ENOUGH]


@cache
def _of_each(dialect: str, columns: Sequence[str]) -> TextClause:
    return text(_OF_EACH.format(columns=", ".join(columns), grams=_GRAMS[dialect]))


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
