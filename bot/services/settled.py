"""New articles that say nothing new about who is who: companies that they leave as they are.

To derive a company takes all claims of it, and a company that is in the news every day has tens of thousands.
Most articles only name it as it is called, so it is enough to note that they do. What that takes:

- a claim gives the very name that the company goes by: it stays the one that most articles use, was in use
  by itself before (`bot.relationships.identity`, condition 4), and stands in no article beside another name
  of the same company, which could deny a join (condition 3);
- its other forms are all joined with the company, and another article gave each of them for the same name, so
  nobody claims what he did not claim before (conditions 1 and 2);
- people said nothing of any name concerned; and, in a closed channel, the public record stays as it is too.

Whatever falls short of that is derived anew, along with all that hangs together with it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.names import name_key
from bot.relationships.identity import Claim, linked_keys
from bot.services.identities import reached
from bot.services.lenses import Lens
from storage import claims, company_keys, derived_companies
from storage.derived_companies import DerivedCompany


@dataclass(frozen=True, slots=True)
class Settled:
    """What needs no deriving for one audience.

    `companies` are those that stay as they are, by id, with the new articles alone. `open_keys` are the name
    keys to be looked at, `open_claims` the new claims among them. `article_ids` are the new articles that the
    audience may see, if they claim anything.
    """

    open_keys: frozenset[str]
    article_ids: frozenset[str] = frozenset()
    companies: Mapping[str, DerivedCompany] = field(default_factory=dict)
    open_claims: frozenset[Claim] = frozenset()

    def before(self, company_id: str) -> DerivedCompany:
        """A company that stays as it is, without the new articles."""
        return replace(self.companies[company_id], article_ids=frozenset())

    def apart_from(self, keys: Collection[str]) -> "Settled":
        """Without the companies that are found under keys which are derived after all."""
        kept = {id_: each for id_, each in self.companies.items() if each.keys.isdisjoint(keys)}
        return replace(self, companies=kept)


@dataclass(frozen=True, slots=True)
class News:
    """Articles that are new to every audience, all name keys that they claim, and who is found under these.

    `known` holds companies with all of their keys, by audience.
    """

    article_ids: frozenset[str]
    keys: frozenset[str]
    known: Mapping[str, company_keys.KeysOf]


def settle(lens: Lens, everybody: Lens, news: News, public: Settled | None) -> Settled:
    """Part what new articles claim; `public` is what came of it for everybody, None where that is asked."""
    here = {"team_id": lens.team_id, "channel_id": lens.audience}
    article_ids = news.article_ids
    new = claims.claims_of_articles(lens.session, **here, article_ids=article_ids)
    told_of = frozenset[str]().union(*map(linked_keys, new))
    known = derived_companies.without_articles(
        lens.session,
        team_id=lens.team_id,
        audience=lens.audience,
        keys={
            id_: keys
            for id_, keys in news.known.get(lens.audience, {}).items()
            if not told_of.isdisjoint(keys)
        },
    )
    seen = frozenset(claim.article_id for claim in new)
    own = seen if public is None else _own(lens, seen, public)
    guided = lens.guidance.keys | everybody.guidance.keys | lens.own_keys()
    open_keys: set[str] = set()
    open_claims: set[Claim] = set()
    calm: list[_Group] = []
    for group in _groups(new, known.values()):
        is_said = not guided.isdisjoint(group.keys) or bool(lens.statements.claims(group.keys))
        if not group.companies and not is_said and own.isdisjoint(group.article_ids):
            continue  # a closed channel keeps nothing of what it knows as everybody does
        moves_public = public is not None and not public.open_claims.isdisjoint(group.claims)
        if is_said or moves_public or not group.leaves_all_as_it_is():
            open_keys |= group.keys
            open_claims.update(group.claims)
        else:
            calm.append(group)
    told = claims.told_before(
        lens.session,
        **here,
        forms={form for group in calm for form in group.forms()},
        apart_from=article_ids,
    )
    companies: dict[str, DerivedCompany] = {}
    for group in calm:
        if group.forms() <= told:
            companies.update(group.named_again())
        else:
            open_keys |= group.keys
            open_claims.update(group.claims)
    return Settled(frozenset(open_keys), seen, companies, frozenset(open_claims))


def _own(lens: Lens, seen: frozenset[str], public: Settled) -> frozenset[str]:
    """The articles that were posted in a closed channel itself: what else it sees, everybody does."""
    shared = seen & public.article_ids
    return seen - shared | (lens.own_articles(shared) if shared else frozenset())


@dataclass(frozen=True, slots=True)
class _Group:
    """New claims and companies that hang together by their keys."""

    claims: tuple[Claim, ...]
    companies: tuple[DerivedCompany, ...]
    keys: frozenset[str]

    @property
    def article_ids(self) -> frozenset[str]:
        return frozenset(claim.article_id for claim in self.claims)

    def forms(self) -> set[tuple[str, str]]:
        """The other forms of a name, each with it, that join keys."""
        return {
            (claim.name, form)
            for claim in self.claims
            for form in claim.aliases
            if name_key(form) != name_key(claim.name)
        }

    def leaves_all_as_it_is(self) -> bool:
        """Whether the companies are the same with the claims, if all forms were told before."""
        return all(self._called(claim) for claim in self.claims)

    def named_again(self) -> Mapping[str, DerivedCompany]:
        """The companies that the claims name, by id, each with the articles that do."""
        named_in: defaultdict[str, set[str]] = defaultdict(set)
        for claim in self.claims:
            for company in self._called(claim):
                named_in[company.company.id].add(claim.article_id)
        return {
            company.company.id: replace(company, article_ids=frozenset(named_in[company.company.id]))
            for company in self.companies
            if company.company.id in named_in
        }

    def _called(self, claim: Claim) -> list[DerivedCompany]:
        """The company that goes by just this name, and is known by the other forms too."""
        return [
            each
            for each in self.companies
            if each.company.name == claim.name
            and linked_keys(claim) <= each.joined
            and set(claim.aliases) <= set(each.company.aliases)
        ]


def _groups(new: Collection[Claim], known: Collection[DerivedCompany]) -> Iterable[_Group]:
    """The claims and companies in groups such that no two groups share a key."""
    twins: defaultdict[str, set[str]] = defaultdict(set)
    for together in (*map(linked_keys, new), *(company.keys for company in known)):
        for key in together:
            twins[key] |= together
    placed: set[str] = set()
    for start in twins:
        if start in placed:
            continue
        keys = reached([start], twins)
        placed |= keys
        yield _Group(
            tuple(claim for claim in new if name_key(claim.name) in keys),
            tuple(company for company in known if not company.keys.isdisjoint(keys)),
            keys,
        )
