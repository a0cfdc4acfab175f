"""Which spellings, across articles, are one company.

Every article claims names, each with the aliases that stand in its text. The nodes are name keys
(`bot.names.name_key`); an alias joins its claimant under four conditions, each against a ruinous join:

1. one company alone claims it: "Santander", claimed by "Banco Santander" and by "Santander Consumer
   Finance", joins neither;
2. where the alias is itself a name, that name has no life of its own: every alias claimed under it is
   the claimant's too ("Delta" with the alias "Delta Dental" is not the "Delta" of "Delta Air Lines");
3. more articles give the two as one company than name them side by side as two;
4. a name that articles use on its own and that does not resemble the claimant ("Apple" under "Gigante
   Telecom") needs two articles that say so: one may be a misreading.

Conditions 1 and 2 speak of components, so a join can make another possible. Joins only ever add to what
is allowed; hence there is one least fixed point, whatever the order, and the answer depends on the SET of
claims alone. Nothing is consulted beyond the claims that share a key, directly or through others: a region
closed under `linked_keys` gives the same answer as the whole record (see `closed_region`).

A company's id hashes the smallest key of its component. It moves when a smaller key joins or the
smallest leaves, so what must outlive that (a person's correction) is better kept by key than by id.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.names import name_key
from bot.relationships.ids import stable_id
from bot.values import Company

_UNLIKE_NEEDS = 2  # articles that must call an unlike, elsewhere independent name an alias


@dataclass(frozen=True, slots=True)
class Claim:
    """One article's word that `aliases` are other forms of `name`."""

    article_id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identities:
    """The companies of a set of claims.

    `company_of` gives a company id for every key that is one company's. `shared` gives, for an alias that
    joined nobody, every company that claims it: a reader who types it must be asked which one is meant.
    """

    company_of: Mapping[str, str]
    companies: tuple[Company, ...]
    shared: Mapping[str, frozenset[str]]


def linked_keys(claim: Claim) -> frozenset[str]:
    """Every name key that a claim touches; claims that share one can decide about each other."""
    return frozenset(key for form in (claim.name, *claim.aliases) if (key := name_key(form)))


def closed_region(
    touched: Iterable[str],
    load: Callable[[frozenset[str]], Iterable[Claim]],
    *,
    same: Iterable[tuple[str, str]] = (),
) -> frozenset[Claim]:
    """All claims that can bear on the touched keys; `load` gives the claims that touch any of its keys."""
    twins = [frozenset(map(name_key, pair)) for pair in same]
    seen: set[str] = set()
    region: set[Claim] = set()
    fresh = frozenset(touched)
    while fresh:
        seen |= fresh
        found = set(load(fresh)) - region
        region |= found
        reached = {key for claim in found for key in linked_keys(claim)}
        reached.update(*(pair for pair in twins if pair & seen))
        fresh = frozenset(reached - seen)
    return frozenset(region)


def identify(
    claims: Iterable[Claim],
    *,
    same: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Identities:
    """Join the spellings of a set of claims into companies, in no matter what order they come.

    `same` and `apart` are pairs of names that a person joined or parted; they win over the claims. A name
    that a person joined and no article uses finds its company too.
    """
    parted = {frozenset(map(name_key, pair)) for pair in apart}
    twins = [(name_key(one), name_key(other)) for one, other in same]
    book = _Book(_part(claims, parted))
    groups = _Groups(book.names | book.claimants.keys() | {key for twin in twins for key in twin}, parted)
    for one, other in sorted(twins):
        groups.join(one, other)
    pending = sorted(alias for alias in book.claimants if book.convincing(alias, parted))
    joined = True
    while joined:
        joined = False
        for alias in pending:
            joined = _join_alias(book, groups, alias) or joined
    return _identities(book, groups)


def _part(claims: Iterable[Claim], parted: set[frozenset[str]]) -> Iterator[Claim]:
    """The claims, each form that a person parted from the name as a name of its own."""
    for claim in claims:
        name = name_key(claim.name)
        away = [form for form in claim.aliases if frozenset((name, name_key(form))) in parted]
        if away:
            kept = tuple(form for form in claim.aliases if form not in away)
            yield Claim(claim.article_id, claim.name, kept)
            yield from (Claim(claim.article_id, form) for form in away)
        else:
            yield claim


class _Book:
    """The claims, turned over: who claims what, and in which articles."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = sorted({c for c in claims if name_key(c.name)}, key=_claim_order)
        self.named_in: defaultdict[str, set[str]] = defaultdict(set)
        self.aliases: defaultdict[str, set[str]] = defaultdict(set)
        self.claimants: defaultdict[str, set[str]] = defaultdict(set)
        self._said_in: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in self.claims:
            name = name_key(claim.name)
            self.named_in[name].add(claim.article_id)
            for alias in linked_keys(claim) - {name}:
                self.aliases[name].add(alias)
                self.claimants[alias].add(name)
                self._said_in[name, alias].add(claim.article_id)
        self.names = frozenset(self.named_in)

    def convincing(self, alias: str, parted: set[frozenset[str]]) -> bool:
        """Whether the articles' votes, and people, allow an alias to join those who claim it."""
        names = self.claimants[alias]
        if any(frozenset((name, alias)) in parted for name in names):
            return False
        said: set[str] = set().union(*(self._said_in[name, alias] for name in names))
        alone = self.named_in.get(alias, set())
        denied = {article for name in names for article in self.named_in[name] & alone}
        needed = 1 if not alone or any(_alike(name, alias) for name in names) else _UNLIKE_NEEDS
        return len(said) >= needed and len(said) > len(denied)


class _Groups:
    """Disjoint sets of keys; a join that would bring together what is `parted` is none."""

    def __init__(self, keys: Iterable[str], parted: Iterable[frozenset[str]]) -> None:
        self._group = {key: {key} for key in keys}
        self._parted = tuple(parted)

    def of(self, key: str) -> set[str]:
        """The keys joined with a key so far, itself among them."""
        return self._group.get(key, set())

    def join(self, one: str, other: str) -> bool:
        """Make one group of two, if that can be; tell whether it was done."""
        left, right = self.of(one), self.of(other)
        if not left or not right or left is right or self._are_parted(left, right):
            return False
        left |= right
        for key in right:
            self._group[key] = left
        return True

    def _are_parted(self, left: set[str], right: set[str]) -> bool:
        return any(pair & left and pair & right for pair in self._parted)

    def all(self) -> list[set[str]]:
        """Every group once, by its smallest key."""
        return [group for key, group in sorted(self._group.items()) if key == min(group)]


def _join_alias(book: _Book, groups: _Groups, alias: str) -> bool:
    claimants = book.claimants[alias]
    home = groups.of(next(iter(claimants)))
    if alias in home or any(claimant not in home for claimant in claimants):
        return False
    known = home.union(*(book.aliases.get(key, set()) for key in home))
    if not book.aliases.get(alias, set()) <= known:
        return False
    return groups.join(alias, next(iter(claimants)))


def _alike(one: str, other: str) -> bool:
    """Whether two keys share a word, are written together or apart, or one is the other's initials."""
    left, right = one.split(), other.split()
    if set(left) & set(right) or "".join(left) == "".join(right):
        return True
    return _initials(left) == "".join(right) or _initials(right) == "".join(left)


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words if len(words) > 1)


def _identities(book: _Book, groups: _Groups) -> Identities:
    # An alias alone in its group joined nobody: unless articles use it as a name, it is no company.
    members = [group for group in groups.all() if group & book.names]
    used = book.names | book.claimants.keys()  # a name that people taught moves no id
    company_of = {key: stable_id("company", min(group & used)) for group in members for key in group}
    spellings: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in book.claims:
        forms = spellings[company_of[name_key(claim.name)]]
        forms[claim.name].add(claim.article_id)
        for alias in claim.aliases:
            forms[alias] |= set()
    companies = tuple(_company(company_id, forms) for company_id, forms in sorted(spellings.items()))
    shared = {
        alias: owners
        for alias, names in sorted(book.claimants.items())
        if (owners := _owners(alias, names, company_of)) != {company_of.get(alias)}
    }
    return Identities(company_of, companies, shared)


def _owners(alias: str, names: set[str], company_of: Mapping[str, str]) -> frozenset[str]:
    own = {company_of[alias]} if alias in company_of else set()
    return frozenset(own | {company_of[name] for name in names})


def _company(company_id: str, forms: Mapping[str, set[str]]) -> Company:
    named = [form for form, articles in forms.items() if articles]
    name = min(named, key=lambda form: (-len(forms[form]), -len(form), form))
    return Company(company_id, name, tuple(sorted(form for form in forms if form != name and name_key(form))))


def _claim_order(claim: Claim) -> tuple[str, str, tuple[str, ...]]:
    return claim.article_id, claim.name, claim.aliases
