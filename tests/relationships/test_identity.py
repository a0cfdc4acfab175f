from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names import name_key
from bot.relationships.identity import Claim, Identities, closed_region, identify, linked_keys


def company(identities: Identities, name: str) -> str | None:
    return identities.company_of.get(name_key(name))


def joined(identities: Identities, one: str, other: str) -> bool:
    return company(identities, one) is not None and company(identities, one) == company(identities, other)


def test_alias_of_a_single_company_joins_articles_that_only_say_the_alias() -> None:
    identities = identify([Claim("1", "Gigante Telecom", ("Gigante",)), Claim("2", "Gigante")])
    assert joined(identities, "Gigante", "Gigante Telecom")


def test_alias_that_two_companies_claim_joins_nobody() -> None:
    claims = [
        Claim("1", "Banco Santander", ("Santander",)),
        Claim("2", "Santander Consumer Finance", ("Santander",)),
        Claim("3", "Santander"),
    ]
    assert len({company(identify(claims), claim.name) for claim in claims}) == 3


def test_shared_alias_names_every_company_it_may_mean() -> None:
    claims = [Claim("1", "Banco Santander", ("Santander",)), Claim("2", "Santander Consumer", ("Santander",))]
    identities = identify(claims)
    assert identities.shared["santander"] == {company(identities, claim.name) for claim in claims}


def test_shared_alias_that_no_article_uses_as_a_name_is_no_company() -> None:
    claims = [Claim("1", "Banco Santander", ("Santander",)), Claim("2", "Santander Consumer", ("Santander",))]
    assert company(identify(claims), "Santander") is None


def test_alias_that_is_elsewhere_the_name_of_a_company_with_other_aliases_stays_apart() -> None:
    claims = [Claim("1", "Delta Air Lines", ("Delta",)), Claim("2", "Delta", ("Delta Dental",))]
    assert not joined(identify(claims), "Delta", "Delta Air Lines")


def test_alias_whose_own_aliases_the_claimant_shares_joins() -> None:
    claims = [Claim("1", "Gigante Telecom", ("Gigante", "GT")), Claim("2", "Gigante", ("GT",))]
    assert joined(identify(claims), "GT", "Gigante Telecom")


def test_names_that_articles_set_side_by_side_stay_apart() -> None:
    claims = [Claim("1", "Iberia Express", ("Iberia",)), Claim("2", "Iberia"), Claim("2", "Iberia Express")]
    assert not joined(identify(claims), "Iberia", "Iberia Express")


def test_more_articles_that_join_outvote_one_that_sets_side_by_side() -> None:
    apart = [Claim("1", "Gigante"), Claim("1", "Gigante Telecom")]
    together = [Claim(article, "Gigante Telecom", ("Gigante",)) for article in ("2", "3")]
    assert joined(identify([*apart, *together]), "Gigante", "Gigante Telecom")


def test_one_article_can_not_swallow_an_unlike_name() -> None:
    claims = [Claim("1", "Gigante Telecom", ("Apple",)), Claim("2", "Apple")]
    assert not joined(identify(claims), "Apple", "Gigante Telecom")


def test_two_articles_join_an_unlike_name() -> None:
    claims = [Claim(article, "Alphabet", ("Google",)) for article in ("1", "2")]
    assert joined(identify([*claims, Claim("3", "Google")]), "Google", "Alphabet")


@pytest.mark.parametrize(
    ("name", "alias"),
    [("International Airlines Group", "IAG"), ("OpenAI", "Open AI"), ("Telefónica, S.A.", "TELEFONICA")],
)
def test_one_article_joins_a_like_name(name: str, alias: str) -> None:
    assert joined(identify([Claim("1", name, (alias,)), Claim("2", alias)]), name, alias)


def test_names_that_claim_each_other_are_one() -> None:
    identities = identify([Claim("1", "OpenAI", ("Open AI",)), Claim("2", "Open AI", ("OpenAI",))])
    assert joined(identities, "OpenAI", "Open AI")


def test_claimants_that_are_one_company_share_an_alias_in_peace() -> None:
    claims = [
        Claim("1", "Gigante Telecom", ("Gigante", "GT")),
        Claim("2", "Gigante", ("GT",)),
        Claim("3", "GT"),
    ]
    assert len(identify(claims).companies) == 1


def test_canonical_name_is_the_one_in_most_articles() -> None:
    claims = [Claim("1", "Gigante Telecom", ("Gigante",)), Claim("2", "Gigante"), Claim("3", "Gigante")]
    assert [c.name for c in identify(claims).companies] == ["Gigante"]


def test_longer_name_wins_among_equals() -> None:
    claims = [Claim("1", "Gigante Telecom", ("Gigante",)), Claim("2", "Gigante")]
    assert [c.name for c in identify(claims).companies] == ["Gigante Telecom"]


def test_company_lists_its_other_spellings() -> None:
    claims = [Claim("1", "Gigante Telecom", ("Gigante",)), Claim("2", "GIGANTE TELECOM, S.A.", ("GT",))]
    (found,) = identify(claims).companies
    assert {found.name, *found.aliases} == {"Gigante Telecom", "Gigante", "GIGANTE TELECOM, S.A.", "GT"}


def test_a_person_joins_what_the_articles_do_not() -> None:
    identities = identify([Claim("1", "Facebook"), Claim("2", "Meta")], same=[("facebook", "meta")])
    assert joined(identities, "Facebook", "Meta")


def test_a_person_parts_what_the_articles_join() -> None:
    claims = [Claim("1", "Gigante Telecom", ("Gigante",)), Claim("2", "Gigante")]
    assert not joined(identify(claims, apart=[("Gigante", "Gigante Telecom")]), "Gigante", "Gigante Telecom")


@pytest.mark.parametrize("name", ["", "  ", "!!!", "—"])
def test_name_without_a_letter_is_no_company(name: str) -> None:
    assert identify([Claim("1", name, ("Gigante",))]).companies == ()


def test_alias_without_a_letter_is_left_out() -> None:
    (found,) = identify([Claim("1", "Gigante", ("", "…"))]).companies
    assert found.aliases == ()


def test_no_claims_no_companies() -> None:
    assert identify([]) == Identities({}, (), {})


_names = st.sampled_from(
    ["Gigante", "Gigante Telecom", "Gigante Foods", "GT", "Banco", "Banco Uno", "Uno", "!"]
)
_claims = st.lists(
    st.builds(Claim, st.sampled_from("1234"), _names, st.lists(_names, max_size=3).map(tuple)), max_size=12
)


@given(_claims, st.randoms(use_true_random=False))
def test_order_and_repetition_of_claims_do_not_matter(claims: list[Claim], random: Random) -> None:
    shuffled = [*claims, *claims[::2]]
    random.shuffle(shuffled)
    assert identify(shuffled) == identify(claims)


@given(_claims, _names.map(name_key).filter(bool))
def test_closed_region_is_judged_as_the_whole_record_is(claims: list[Claim], touched: str) -> None:
    def load(keys: frozenset[str]) -> Iterable[Claim]:
        return [claim for claim in claims if linked_keys(claim) & keys]

    region = identify(closed_region([touched], load))
    whole = identify(claims)
    assert all(whole.company_of[key] == company_id for key, company_id in region.company_of.items())
    assert region.company_of.get(touched) == whole.company_of.get(touched)
    assert set(region.companies) <= set(whole.companies)
    assert all(whole.shared[key] == owners for key, owners in region.shared.items())


def test_closed_region_follows_what_people_joined() -> None:
    claims = [Claim("1", "Facebook"), Claim("2", "Meta")]

    def load(keys: frozenset[str]) -> Iterable[Claim]:
        return [claim for claim in claims if linked_keys(claim) & keys]

    assert closed_region(["meta"], load, same=[("Facebook", "Meta")]) == set(claims)


@given(_claims)
def test_every_name_with_a_letter_has_exactly_one_company(claims: list[Claim]) -> None:
    identities = identify(claims)
    ids = [found.id for found in identities.companies]
    assert len(ids) == len(set(ids))
    assert all(company(identities, c.name) in ids for c in claims if name_key(c.name))


def test_a_name_in_the_news_every_day_is_folded_once() -> None:
    """All its articles are looked at when one more is stored: folding each took most of the time."""
    claims = [Claim(str(number), "Gigante Telecom", ("Gigante",)) for number in range(500)]
    name_key.cache_clear()
    region = closed_region({"gigante"}, lambda keys: [claim for claim in claims if linked_keys(claim) & keys])
    identities = identify(region)
    assert joined(identities, "Gigante", "Gigante Telecom")
    assert name_key.cache_info().misses == 2
