"""What people learn of one company, and where they get from there."""

import pytest

from bot.console.values import Message
from tests.scenario.articles import ACCENTS, ALIAS, TWELVE_DEALS
from tests.scenario.conftest import Stage, words
from tests.scenario.test_answers import answers_in_place, labels


@pytest.fixture(scope="module")
def told(running_stage: Stage) -> Stage:
    """A stage with a record; nothing here may change it."""
    running_stage.clear()
    for text in (TWELVE_DEALS, ALIAS, ACCENTS):
        running_stage.slack.post(running_stage.deals, "ana", running_stage.publish(text))
    running_stage.settle()
    return running_stage


def answers_below(stage: Stage, message: Message, label: str) -> Message:
    """What Ana alone is told below a message after pressing a button of it."""
    before = len(stage.workspace.ephemerals(message.channel, "ana"))
    assert stage.slack.click("ana", message, label=label).ok
    stage.wait(lambda: len(stage.workspace.ephemerals(message.channel, "ana")) > before)
    return stage.workspace.ephemerals(message.channel, "ana")[-1]


def test_a_card_says_names_partners_deals_and_articles(told: Stage) -> None:
    said = words(told.ask("/company", "ifw"))
    for part in ("International Foundry Works", "also: IFW", "Copperfield Networks", "1 deal", "Chip maker"):
        assert part in said


def test_partners_are_paged_and_each_is_shown_once(told: Stage) -> None:
    page = told.ask("/company", "corvane")
    assert "page 1 of 3" in words(page)
    seen = words(page)
    while "Next" in labels(page):
        page = answers_in_place(told, page, "Next")
        seen += words(page)
    assert "page 3 of 3" in seen
    assert "Tessel Robotics" in seen
    assert "Northgate Media" in seen


def test_a_slip_of_the_pen_is_asked_about(told: Stage) -> None:
    asked = told.ask("/company", "corvanne")
    assert "Did you mean" in words(asked)
    assert "also: IFW" not in words(answers_in_place(told, asked, "Corvane"))


@pytest.mark.parametrize("typed", ["corvane, lumbra", "corvane type:merger", '"corvane" "lumbra"'])
def test_a_card_is_of_one_company(told: Stage, typed: str) -> None:
    assert "/company" in words(told.ask("/company", typed))


def test_all_deals_are_one_press_away_and_the_card_stays(told: Stage) -> None:
    card = told.ask("/company", "lumbra")
    assert "Deals of" in words(answers_below(told, card, "All deals"))
    assert told.workspace.any_message(card.channel, card.ts) == card


def test_all_articles_are_those_about_the_company(told: Stage) -> None:
    said = words(answers_below(told, told.ask("/company", "lumbra"), "All articles"))
    assert "1 article about Lumbra" in said


def test_a_card_can_be_shared(told: Stage) -> None:
    card = told.ask("/company", "lumbra")
    before = len(told.workspace.messages(told.deals))
    told.slack.click("ana", card, label="Share in channel")
    told.wait(lambda: len(told.workspace.messages(told.deals)) > before)
    shared = told.workspace.messages(told.deals)[-1]
    assert "Ébano Energía" in words(shared)
    assert labels(shared) == []


def test_following_a_company_is_one_press_away_and_the_card_says_so(told: Stage) -> None:
    answers_below(told, told.ask("/company", "lumbra"), "Watch")
    assert f"followed by <#{told.deals}>" in words(told.ask("/company", "lumbra"))
