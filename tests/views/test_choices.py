"""Names that can't be settled lead to buttons that settle them; nothing is guessed."""

from typing import Any

from bot.answers import AmbiguousName, MissingName, Suggestion, UnknownName
from bot.queries import Command
from bot.views.actions import State, read_state
from bot.views.choices import render_ambiguous, render_missing, render_unknown
from bot.views.limits import problems
from tests.views.making import OPENAI, buttons, shown

MICROSOFT = Suggestion("Microsoft", "also MSFT", '"#1a"')


def test_a_mistyped_name_gets_buttons_that_run_the_right_one() -> None:
    message = render_unknown(UnknownName(Command.DEALS, ("Microsfot",), (MICROSOFT,)))
    assert message.text == "Nothing posted so far names “Microsfot”. Did you mean Microsoft?"
    assert buttons(message) == {"Microsoft": State("/deals", '"#1a"')}


def test_a_name_nobody_posted_about_gets_a_next_step() -> None:
    message = render_unknown(UnknownName(Command.DEALS, ("Zyx",), ()))
    assert "Post a link" in message.text
    assert "`/articles`" in shown(message)


def test_two_unknown_names_are_both_named() -> None:
    assert "“A” and “B”" in render_unknown(UnknownName(Command.DEALS, ("A", "B"), ())).text


def test_a_shared_name_is_asked_about_with_what_tells_the_companies_apart() -> None:
    choices = (
        Suggestion("Delta", "also Delta Air Lines", '"#1"'),
        Suggestion("Delta", "also Delta Asia", '"#2"'),
    )
    message = render_ambiguous(AmbiguousName(Command.DEALS, "delta", choices))
    pressed: list[Any] = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [read_state(each["value"]).text for each in pressed] == ['"#1"', '"#2"']
    assert "*Delta* (also Delta Air Lines)" in shown(message)
    assert problems(message) == []


def test_more_choices_than_fit_are_mentioned() -> None:
    message = render_ambiguous(AmbiguousName(Command.DEALS, "delta", (MICROSOFT,) * 6))
    assert "There are more" in shown(message)


def test_a_missing_company_is_asked_for_with_the_likely_ones() -> None:
    found = (Suggestion("OpenAI – Microsoft", "", '"#2b" "#1a"'),)
    message = render_missing(MissingName(Command.RELATIONSHIP, OPENAI, found))
    assert "`/relationship OpenAI, NAME`" in message.text
    assert buttons(message) == {"OpenAI – Microsoft": State("/relationship", '"#2b" "#1a"')}
