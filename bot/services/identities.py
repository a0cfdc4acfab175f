"""Which companies there are for one audience, within a closed region of claims."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.names import name_key
from bot.relationships.company_corrections import NO_GUIDANCE, Guidance
from bot.relationships.identity import Claim, Identities, identify, linked_keys
from bot.values import Company
from storage.derived_companies import DerivedCompany


@dataclass(frozen=True, slots=True)
class ChannelView:
    """What makes a closed channel's companies its own.

    `own` and `public` are the articles posted in the channel and those that everybody may know; `guidance` is
    what people said of companies as the channel knows it, `elsewhere` as everybody does, `own_keys` the name
    keys of which only the channel knows that something was said.
    """

    own: Collection[str]
    public: Collection[str]
    guidance: Guidance = NO_GUIDANCE
    elsewhere: Guidance = NO_GUIDANCE
    own_keys: frozenset[str] = frozenset()


def public_companies(
    region: Collection[Claim], guidance: Guidance = NO_GUIDANCE
) -> Mapping[str, DerivedCompany]:
    """The companies that public claims make, by id."""
    return _derive(region, _identify(region, guidance), guidance)


def channel_companies(region: Collection[Claim], view: ChannelView) -> Mapping[str, DerivedCompany]:
    """The companies of a closed channel in which its own articles or corrections have a part, by id.

    A public company whose names mean more or fewer companies here is masked by the first of those.
    """
    islands = _islands(region, view.guidance)
    kept = [claim for island in islands if _has_own(island, view) for claim in island]
    here = _identify(kept, view.guidance)
    companies = dict(_derive(kept, here, view.guidance))
    everywhere = [claim for claim in kept if claim.article_id in view.public]
    there = _identify(everywhere, view.elsewhere)
    for company in there.companies:
        if company.id in companies and companies[company.id].hidden:
            # What is hidden here alone takes its public pairs along.
            hidden = companies[company.id]
            companies[company.id] = replace(hidden, redefined=True, masks=hidden.masks | {company.id})
    for masked, instead in _redefined(everywhere, there, here).items():
        for company_id in instead:
            companies[company_id] = replace(companies[company_id], redefined=True)
        first = min(instead)
        companies[first] = replace(companies[first], masks=companies[first].masks | {masked})
    return companies


def _identify(claims: Iterable[Claim], guidance: Guidance) -> Identities:
    return identify(claims, same=guidance.same, apart=guidance.apart)


def _redefined(
    everywhere: Collection[Claim], there: Identities, here: Identities
) -> Mapping[str, frozenset[str]]:
    """The public companies that are not the same here, each with those that have its names instead."""
    names = {name_key(claim.name) for claim in everywhere}
    of_public: defaultdict[str, set[str]] = defaultdict(set)
    of_own: defaultdict[str, set[str]] = defaultdict(set)
    for key in names:
        of_public[there.company_of[key]].add(key)
        of_own[here.company_of[key]].add(key)
    return {
        company_id: frozenset(here.company_of[key] for key in keys)
        for company_id, keys in of_public.items()
        if of_own.get(company_id) != keys
    }


def _derive(
    claims: Iterable[Claim], identities: Identities, guidance: Guidance
) -> Mapping[str, DerivedCompany]:
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for key, company_id in identities.company_of.items():
        joined[company_id].add(key)
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for key, company_ids in identities.shared.items():
        for company_id in company_ids:
            shared[company_id].add(key)
    named_in: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for form in (claim.name, *claim.aliases):
            # A form that a person parted from the name is another company's in the same article.
            if form == claim.name or _are_parted(claim.name, form, guidance):
                named_in[identities.company_of[name_key(form)]].add(claim.article_id)
    return {
        company.id: DerivedCompany(
            company=_named(company, guidance.name_of(joined[company.id])),
            joined=frozenset(joined[company.id]),
            keys=frozenset(joined[company.id] | shared[company.id]),
            article_ids=frozenset(named_in[company.id]),
            hidden=guidance.hides(joined[company.id]),
        )
        for company in identities.companies
    }


def _are_parted(name: str, form: str, guidance: Guidance) -> bool:
    one, other = sorted((name_key(name), name_key(form)))
    return (one, other) in guidance.apart


def _named(company: Company, name: str | None) -> Company:
    """The company under the name that people gave it; the one it had becomes an alias."""
    if name is None or name == company.name:
        return company
    aliases = sorted({company.name, *company.aliases} - {name})
    return replace(company, name=name, aliases=tuple(aliases))


def _has_own(island: Iterable[Claim], view: ChannelView) -> bool:
    return any(
        claim.article_id in view.own or not view.own_keys.isdisjoint(linked_keys(claim)) for claim in island
    )


def _islands(region: Iterable[Claim], guidance: Guidance) -> Iterable[list[Claim]]:
    """The claims in groups such that no two groups share a key, nor does anybody join two."""
    twins: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in guidance.same:
        twins[one].add(other)
        twins[other].add(one)
    by_key: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in region:
        for key in linked_keys(claim):
            by_key[key].append(claim)
    seen: set[Claim] = set()
    for start in region:
        if start in seen:
            continue
        island, waiting = [], [start]
        seen.add(start)
        while waiting:
            claim = waiting.pop()
            island.append(claim)
            for key in reached(linked_keys(claim), twins):
                near = [other for other in by_key.pop(key, ()) if other not in seen]
                seen.update(near)
                waiting.extend(near)
        yield island


def reached(keys: Iterable[str], twins: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The keys, and those that `twins` joins with them, directly or through others."""
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(twins.get(key, ()))
    return frozenset(found)


def hidden_under(companies: Mapping[str, DerivedCompany]) -> frozenset[str]:
    """The keys of companies that are hidden."""
    return frozenset(key for each in companies.values() if each.hidden for key in each.joined)


def seen_under(companies: Mapping[str, DerivedCompany]) -> Mapping[str, str]:
    """The keys of companies that are not hidden: what was just stored need not be looked up."""
    return {key: id_ for id_, each in companies.items() if not each.hidden for key in each.joined}


def identity_of(company: DerivedCompany | None) -> tuple[object, ...] | None:
    """What decides which ties are a company's, and whose its pairs are."""
    return None if company is None else (company.joined, company.redefined, company.hidden, company.masks)
