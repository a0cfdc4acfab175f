"""Which companies there are for one audience, within a closed region of claims."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.names import name_key
from bot.relationships.identity import Claim, Identities, identify, linked_keys
from storage.derived_companies import DerivedCompany


def public_companies(region: Collection[Claim]) -> Mapping[str, DerivedCompany]:
    """The companies that public claims make, by id."""
    return _derive(region, identify(region))


def channel_companies(
    region: Collection[Claim], *, own: Collection[str], public: Collection[str]
) -> Mapping[str, DerivedCompany]:
    """The companies of a closed channel in which its own articles have a part, by id.

    `own` and `public` are the articles posted in the channel and those that everybody may know. A public
    company whose names mean more or fewer companies here is masked by the first of those.
    """
    kept = [claim for island in _islands(region) if _has_own(island, own) for claim in island]
    here = identify(kept)
    companies = dict(_derive(kept, here))
    everywhere = [claim for claim in kept if claim.article_id in public]
    for masked, instead in _redefined(everywhere, here).items():
        for company_id in instead:
            companies[company_id] = replace(companies[company_id], redefined=True)
        first = min(instead)
        companies[first] = replace(companies[first], masks=companies[first].masks | {masked})
    return companies


def _redefined(everywhere: Collection[Claim], here: Identities) -> Mapping[str, frozenset[str]]:
    """The public companies that are not the same here, each with those that have its names instead."""
    names = {name_key(claim.name) for claim in everywhere}
    there = identify(everywhere)
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


def _derive(claims: Iterable[Claim], identities: Identities) -> Mapping[str, DerivedCompany]:
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for key, company_id in identities.company_of.items():
        joined[company_id].add(key)
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for key, company_ids in identities.shared.items():
        for company_id in company_ids:
            shared[company_id].add(key)
    named_in: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        named_in[identities.company_of[name_key(claim.name)]].add(claim.article_id)
    return {
        company.id: DerivedCompany(
            company=company,
            joined=frozenset(joined[company.id]),
            keys=frozenset(joined[company.id] | shared[company.id]),
            article_ids=frozenset(named_in[company.id]),
        )
        for company in identities.companies
    }


def _has_own(island: Iterable[Claim], own: Collection[str]) -> bool:
    return any(claim.article_id in own for claim in island)


def _islands(region: Iterable[Claim]) -> Iterable[list[Claim]]:
    """The claims in groups such that no two groups share a key."""
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
            for key in linked_keys(claim):
                near = [other for other in by_key.pop(key, ()) if other not in seen]
                seen.update(near)
                waiting.extend(near)
        yield island
