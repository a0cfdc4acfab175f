"""Of two words about the same companies the later counts."""

import pytest

from bot.relationships.company_corrections import CompanySaid, CompanyVerdict, guide
from bot.relationships.identity import Claim, identify

MERGED = CompanySaid(CompanyVerdict.MERGE, ("meta",), "Meta", ("facebook", "fb"), "Facebook")
SPLIT = CompanySaid(CompanyVerdict.SPLIT, ("meta", "fb"), "Meta", ("facebook",), "Facebook")
RENAMED = CompanySaid(CompanyVerdict.RENAME, ("meta",), "Meta Platforms")
HIDDEN = CompanySaid(CompanyVerdict.HIDE, ("meta",), "Meta")


def joined(*said: CompanySaid) -> bool:
    guidance = guide(said)
    claims = [Claim("1", "Meta"), Claim("2", "Facebook", ("FB",))]
    found = identify(claims, same=guidance.same, apart=guidance.apart)
    return found.company_of["meta"] == found.company_of["facebook"]


@pytest.mark.parametrize(
    ("said", "one"),
    [((), False), ((MERGED,), True), ((MERGED, SPLIT), False), ((SPLIT, MERGED), True)],
)
def test_the_later_of_a_merger_and_a_split_counts(said: tuple[CompanySaid, ...], one: bool) -> None:
    assert joined(*said) is one


def test_the_last_name_counts() -> None:
    assert guide([RENAMED, MERGED]).name_of({"meta"}) == "Meta"
    assert guide([MERGED, RENAMED]).name_of({"meta", "other"}) == "Meta Platforms"
    assert guide([RENAMED]).name_of({"other"}) is None


def test_a_name_that_is_split_off_names_the_company_no_more() -> None:
    renamed = CompanySaid(CompanyVerdict.RENAME, ("meta",), "Facebook")
    assert guide([renamed, SPLIT]).name_of({"meta"}) is None


def test_hiding_is_of_the_company_with_the_key() -> None:
    assert guide([HIDDEN]).hides({"meta", "facebook"})
    assert not guide([HIDDEN]).hides({"facebook"})


def test_a_split_form_is_a_name_of_its_own_in_the_articles_that_use_it() -> None:
    claims = [Claim("1", "Meta", ("FB",))]
    found = identify(claims, apart=[("fb", "meta")])
    assert sorted(company.name for company in found.companies) == ["FB", "Meta"]


def test_what_is_parted_is_joined_by_nobody_else() -> None:
    claims = [Claim("1", "Meta Group", ("Meta", "FB")), Claim("2", "Meta Group", ("Meta", "FB"))]
    found = identify(claims, apart=[("fb", "meta")])
    assert found.company_of["meta group"] in (found.company_of.get("meta"), found.company_of.get("fb"))
    assert found.company_of.get("meta") != found.company_of.get("fb")


def test_a_taught_name_moves_no_id() -> None:
    claims = [Claim("1", "Meta")]
    taught = identify(claims, same=[("meta", "aaa")])
    assert taught.company_of["aaa"] == identify(claims).company_of["meta"]
