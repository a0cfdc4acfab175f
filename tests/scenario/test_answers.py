"""What people learn from a record of some articles."""

import pytest

from bot.console.values import Message
from tests.scenario.articles import ACCENTS, ALIAS, BOUGHT, MARKUP, TWELVE_DEALS
from tests.scenario.conftest import Stage, words


@pytest.fixture(scope="module")
def told(running_stage: Stage) -> Stage:
    """A stage with a record; nothing here may change it."""
    running_stage.clear()
    for text in (TWELVE_DEALS, ALIAS, ACCENTS, MARKUP):
        running_stage.slack.post(running_stage.deals, "ana", running_stage.publish(text))
    running_stage.settle()
    return running_stage


def named(message: Message) -> list[str]:
    """Which of the twelve companies that Corvane bought a message names, in the order of the year."""
    return [name for name in BOUGHT if name in words(message)]


def labels(message: Message) -> list[str]:
    """What can be pressed under a message."""
    rows = (block["elements"] for block in message.blocks if block["type"] == "actions")
    return [element["text"]["text"] for row in rows for element in row]


def answers_in_place(stage: Stage, message: Message, label: str) -> Message:
    """What stands in the place of a message after a button of it was pressed, and nothing beside it."""
    before = len(stage.workspace.everything(message.channel))
    after = stage.press(message, label)
    assert len(stage.workspace.everything(message.channel)) == before
    return after


@pytest.mark.parametrize(
    "shown", ["Corvane", "Northgate Media", "$120 m", "Completed", "has acquired", "/news/"]
)
def test_deals_say_who_what_how_much_and_where_it_stands(told: Stage, shown: str) -> None:
    assert shown in words(told.ask("/deals", "corvane"))


def test_only_the_person_who_asked_sees_the_answer(told: Stage) -> None:
    before = told.workspace.messages(told.deals), told.workspace.ephemerals(told.deals, "tom")
    told.ask("/deals", "corvane", who="ana")
    assert (told.workspace.messages(told.deals), told.workspace.ephemerals(told.deals, "tom")) == before


@pytest.mark.parametrize("typed", ["ébano energía", "EBANO ENERGIA", "ebano energía"])
def test_accents_and_case_do_not_matter(told: Stage, typed: str) -> None:
    assert "Lumbra" in words(told.ask("/deals", typed))


def test_a_company_is_found_by_its_other_name(told: Stage) -> None:
    assert "Copperfield Networks" in words(told.ask("/deals", "ifw"))


def test_a_slip_of_the_pen_is_asked_about(told: Stage) -> None:
    asked = told.ask("/deals", "corvanne")
    assert "Did you mean" in words(asked)
    assert labels(asked)[0] == "Corvane"


def test_the_name_that_was_meant_is_one_press_away(told: Stage) -> None:
    asked = told.ask("/deals", "corvanne min:120m")
    assert named(answers_in_place(told, asked, "Corvane")) == ["Northgate Media"]


@pytest.mark.parametrize(
    "typed",
    [
        "corvane tessel robotics",
        "tessel robotics, corvane",
        "corvane with:tessel robotics",
        "corvane y tessel robotics",
    ],
)
def test_deals_between_two(told: Stage, typed: str) -> None:
    answer = told.ask("/deals", typed)
    assert "Deals between" in words(answer)
    assert named(answer) == ["Tessel Robotics"]


def test_a_filter_narrows(told: Stage) -> None:
    assert named(told.ask("/deals", "corvane min:115m")) == ["Northgate Media"]


def test_filters_that_leave_nothing_can_be_dropped(told: Stage) -> None:
    empty = told.ask("/deals", "corvane type:merger")
    assert named(empty) == []
    assert len(named(answers_in_place(told, empty, "Show all 12"))) == 5


@pytest.mark.parametrize("typed", ["type:marriage", "min:lots", "since:never", "status:maybe", "colour:blue"])
def test_a_filter_without_sense_is_explained(told: Stage, typed: str) -> None:
    said = words(told.ask("/deals", f"corvane {typed}"))
    assert "/deals" in said
    assert "my side" not in said


def test_a_company_that_nobody_posted_about_is_not_known(told: Stage) -> None:
    assert "Nothing posted so far names “zzyzx”" in words(told.ask("/deals", "zzyzx"))


def test_pages_show_every_deal_once(told: Stage) -> None:
    first = told.ask("/deals", "corvane")
    second = answers_in_place(told, first, "Next")
    third = answers_in_place(told, second, "Next")
    assert sorted(named(first) + named(second) + named(third)) == sorted(BOUGHT)


def test_previous_leads_back(told: Stage) -> None:
    first = told.ask("/deals", "corvane")
    second = answers_in_place(told, first, "Next")
    assert named(answers_in_place(told, second, "Previous")) == named(first)


def test_the_last_page_has_no_next(told: Stage) -> None:
    page = told.ask("/deals", "corvane")
    for _ in range(2):
        page = answers_in_place(told, page, "Next")
    assert "Next" not in labels(page)


@pytest.mark.parametrize("command", ["/deals", "/company", "/relationship", "/articles", "/digest"])
@pytest.mark.parametrize("typed", ["help", "ayuda", " HELP "])
def test_every_command_explains_itself(told: Stage, command: str, typed: str) -> None:
    said = words(told.ask(command, typed))
    assert said.count(command) >= 3  # what it does, its forms, examples


@pytest.mark.parametrize("command", ["/deals", "/company", "/relationship", "/digest"])
def test_a_bare_command_explains_itself(told: Stage, command: str) -> None:
    assert words(told.ask(command, "")) == words(told.ask(command, "help"))


@pytest.mark.parametrize("command", ["/deals", "/company", "/relationship", "/articles", "/digest"])
@pytest.mark.parametrize(
    "typed",
    [
        "x" * 8000,
        "microsoft " * 800,
        "<!channel> *_~`&",
        '"""',
        "type:",
        ",",
        "\x00",
        "\u202e",
        "🦊",
        "min:1e999",
    ],
    ids=["long", "many words", "markup", "quotes", "half", "comma", "nul", "bidi", "emoji", "endless"],
)
def test_nonsense_is_answered_with_patience(told: Stage, command: str, typed: str) -> None:
    before = told.workspace.notes()
    assert "my side" not in words(told.ask(command, typed))
    assert told.workspace.notes() == before  # no mention of everybody, no bare bracket


@pytest.mark.parametrize("asked", [("/deals", "marrow"), ("/articles", ""), ("/articles", "finch")])
def test_no_article_can_mention_anybody(told: Stage, asked: tuple[str, str]) -> None:
    before = told.workspace.notes()
    answer = told.ask(*asked)
    assert "Finch" in words(answer)
    assert told.workspace.notes() == before
    assert "<@U123>" not in words(answer)


def test_a_name_with_an_ampersand_is_found_as_it_is_typed(told: Stage) -> None:
    assert "Halyard Lines" in words(told.ask("/deals", "Marrow & Finch"))


def test_an_answer_can_be_shared_and_is_not_offered_once_more(told: Stage) -> None:
    answer = told.ask("/deals", "lumbra")
    before = len(told.workspace.messages(told.deals))
    told.slack.click("ana", answer, label="Share in channel")
    told.wait(lambda: len(told.workspace.messages(told.deals)) > before)
    shared = told.workspace.messages(told.deals)[-1]
    assert "Lumbra" in words(shared)
    assert f"<@{told.ana}>" in words(shared)
    told.wait(lambda: "Share in channel" not in labels(told.workspace.any_message(answer.channel, answer.ts)))


def test_an_answer_can_be_shared_where_the_bot_is_no_member(told: Stage) -> None:
    answer = told.ask("/deals", "lumbra", where=told.elsewhere)
    told.slack.click("ana", answer, label="Share in channel")
    told.wait(lambda: told.workspace.messages(told.elsewhere))
    assert "Lumbra" in words(told.workspace.messages(told.elsewhere)[-1])


def test_articles_are_listed_newest_first(told: Stage) -> None:
    said = told.ask("/articles").text
    assert said.index("Finch") < said.index("eléctrica") < said.index("Chip maker") < said.index("Twelve")


@pytest.mark.parametrize("typed", ["electrica solar", "Lumbra", "sevilla"])
def test_articles_are_found_by_words_and_by_company(told: Stage, typed: str) -> None:
    said = told.ask("/articles", typed).text
    assert "eléctrica" in said
    assert "Twelve" not in said


def test_a_search_without_success_says_so(told: Stage) -> None:
    assert "zzyzx" in words(told.ask("/articles", "zzyzx"))


def test_a_relationship_has_its_proof(told: Stage) -> None:
    said = words(told.ask("/relationship", "corvane, tessel robotics"))
    assert "allied" in said
    assert "Corvane has acquired Tessel Robotics" in said


def test_a_relationship_leads_to_the_deals(told: Stage) -> None:
    answer = told.ask("/relationship", "corvane, tessel robotics")
    assert "Deals between" in words(answers_in_place(told, answer, "Their deals"))


def test_a_relationship_needs_two(told: Stage) -> None:
    assert "both" in words(told.ask("/relationship", "corvane"))


def test_a_name_of_several_words_is_not_two_companies(told: Stage) -> None:
    asked = told.ask("/relationship", "ebano energia")
    assert "Add the other" in words(asked)
    assert "Lumbra" in words(answers_in_place(told, asked, "Ébano Energía – Lumbra"))


def test_a_company_has_no_relationship_with_itself(told: Stage) -> None:
    assert "Both names mean" in words(told.ask("/relationship", "ifw, international foundry works"))


def test_two_companies_that_have_nothing_to_do_with_each_other(told: Stage) -> None:
    answer = told.ask("/relationship", "corvane, lumbra")
    assert "nothing posted so far tells" in words(answer)
    assert "allied" in words(answers_in_place(told, answer, "Lumbra – Ébano Energía"))
