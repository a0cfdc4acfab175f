"""What /company shows: names, partners and how they stand, the last changes, deals and articles."""

import pytest

from bot.answers import BondLine
from bot.company_answer import PARTNERS_A_PAGE, CompanyAnswer, FollowerLine, PartnerLine
from bot.digest.watching import Tier
from bot.fact_refs import ref_of_bond, ref_of_change, ref_of_deal
from bot.values import Company, Level
from bot.views.actions import Action, State
from bot.views.company import ALIASES_SHOWN, TIES_SHOWN, render
from bot.views.limits import problems
from tests.views.making import (
    INFLECTION,
    JUNE,
    MICROSOFT,
    OPENAI,
    ORACLE,
    buttons,
    change,
    deal_line,
    shown,
    source,
)
from tests.views.test_articles import LINE as ARTICLE
from tests.views.test_relationship import DEPENDS

BOND = BondLine(DEPENDS, OPENAI, MICROSOFT, (source("t3"),))
WITH_INFLECTION = PartnerLine(INFLECTION, Level.ALLIED, JUNE, (deal_line(),))


def answer(**changes: object) -> CompanyAnswer:
    values: dict[str, object] = {
        "company": MICROSOFT,
        "text": '"#1a"',
        "page": 0,
        "pages": 1,
        "active": 2,
        "partners": (PartnerLine(OPENAI, Level.STRAINED, None, (BOND,)), WITH_INFLECTION),
        "changes": (change(),),
        "companies": {each.id: each for each in (MICROSOFT, OPENAI, INFLECTION, ORACLE)},
        "sources": {"t1": source("t1")},
        "deals": (deal_line(),),
        "deals_total": 12,
        "articles": (ARTICLE,),
        "articles_total": 7,
    }
    return CompanyAnswer(**(values | changes))  # type: ignore[arg-type]


def test_the_name_comes_first_then_what_else_it_is_called() -> None:
    assert shown(render(answer())).startswith("*Microsoft*\nalso: MSFT\n")


@pytest.mark.parametrize("count", [ALIASES_SHOWN, ALIASES_SHOWN + 1])
def test_only_some_aliases_are_shown_and_the_others_counted(count: int) -> None:
    company = Company("1a", "Microsoft", tuple(f"Name {n}" for n in range(count)))
    assert ("and 2 others" in shown(render(answer(company=company)))) is (count > ALIASES_SHOWN)


def test_partners_stand_with_their_level_and_what_it_rests_on() -> None:
    text = shown(render(answer()))
    assert "*2 active relationships*" in text
    assert "*OpenAI*: *strained*\n• *OpenAI* depends on *Microsoft* · <https" in text
    assert "*Inflection*: *allied* since 15 Jun 2024\n• *Microsoft* acquired *Inflection* · $650 m" in text


@pytest.mark.parametrize("count", [TIES_SHOWN, TIES_SHOWN + 1])
def test_only_some_ties_of_a_partner_are_listed(count: int) -> None:
    text = shown(render(answer(partners=(PartnerLine(OPENAI, Level.ALLIED, JUNE, (BOND,) * count),))))
    assert ("and 1 more" in text) is (count > TIES_SHOWN)


def test_changes_deals_and_articles_are_dated_and_counted() -> None:
    text = shown(render(answer()))
    assert "*Last changes*\n15 Jun 2024: *Oracle* supplies *OpenAI* (announced) · $10 bn" in text
    assert "*12 deals*\n*Microsoft* acquired *Inflection*" in text
    assert "*7 articles*\n<https" in text


def test_a_further_page_shows_partners_alone() -> None:
    message = render(answer(page=1, pages=2))
    assert "page 2 of 2" in shown(message)
    assert "Last changes" not in shown(message)
    assert buttons(message)["Previous"] == State("/company", '"#1a"')


def test_buttons_lead_on() -> None:
    pressed = buttons(render(answer()))
    assert pressed["Share in channel"] == State("/company", '"#1a"')
    assert pressed["Chart in channel"] == State("/company", '"#1a" chart')
    assert pressed["Map in channel"] == State("/company", '"#1a" map')
    assert pressed["Watch"] == State("/watch", '"#1a"')
    assert pressed["All deals"] == State("/deals", '"#1a"')
    assert pressed["All articles"] == State("/articles", '"#1a"')


def test_what_the_card_tells_can_be_corrected_each_fact_once() -> None:
    (value,) = [
        element["value"]
        for block in render(answer(deals=(deal_line(), deal_line()))).blocks
        for element in block.get("elements", [])
        if element.get("action_id") == Action.CORRECT
    ]
    told = [ref_of_bond(DEPENDS), ref_of_deal(deal_line().deal), ref_of_change(change())]
    assert value.split() == list(map(str, told))


def test_those_who_follow_it_are_named_with_how_soon_they_are_told() -> None:
    followers = (
        FollowerLine("C012AB3CD", Tier.NOW),
        FollowerLine("U012AB3CD", Tier.DIGEST, "OpenAI"),
        FollowerLine("nobody's id", Tier.NOW),
    )
    message = render(answer(followers=followers))
    said = "followed by <#C012AB3CD> (at once) and <@U012AB3CD> (in the digest, with OpenAI only)"
    assert said in shown(message)
    assert said in message.text
    assert problems(message) == []


def test_nobody_following_it_is_said_beside_the_button_that_changes_it() -> None:
    message = render(answer())
    assert "followed by nobody yet" in shown(message)
    assert "Watch" in buttons(message)


def test_a_shared_card_has_no_buttons() -> None:
    assert not buttons(render(answer(), shared_by="U012AB3CD"))


def test_a_company_that_nothing_is_told_of_has_nothing_to_draw() -> None:
    empty = {"active": 0, "partners": (), "changes": (), "deals": (), "deals_total": 0}
    message = render(answer(**empty))
    assert "Nothing posted so far ties it to another company." in shown(message)
    assert not [label for label in buttons(message) if "in channel" in label and "Share" not in label]


def test_a_full_card_fits() -> None:
    partners = (PartnerLine(OPENAI, Level.STRAINED, JUNE, (BOND, deal_line()) * 5),) * PARTNERS_A_PAGE
    message = render(
        answer(
            page=0,
            pages=3,
            partners=partners,
            changes=(change(),) * 4,
            deals=(deal_line(),) * 3,
            articles=(ARTICLE,) * 3,
        )
    )
    assert problems(message) == []


def test_a_screen_reader_hears_it_all() -> None:
    text = render(answer()).text
    for said in (
        "Microsoft. also: MSFT. followed by nobody yet.",
        "OpenAI: strained.",
        "12 deals:",
        "7 articles:",
        "Last changes:",
    ):
        assert said in text
    assert "*" not in text
