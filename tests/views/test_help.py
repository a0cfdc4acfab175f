"""Help shows two examples that work; errors and settings say what to do next."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.digest.schedule import Schedule
from bot.digest.settings import DigestSettings
from bot.locale import LANGUAGES, speaking
from bot.locale import _ as translated
from bot.queries import Command, Help, parse
from bot.views.digest_settings import render_off, render_posting, render_settings, schedule_words
from bot.views.help import EXAMPLES, render_error, render_help, render_unexpected
from bot.views.limits import problems
from tests.views.making import shown

FRIDAY = Schedule(weekday=4, hour=17, minute=5, timezone="Pacific/Auckland")


@pytest.mark.parametrize("command", list(Command))
def test_every_command_has_help_with_two_examples(command: Command) -> None:
    message = render_help(command)
    assert problems(message) == []
    assert all(f"`{example}`" in shown(message) for example in EXAMPLES[command])
    assert len(EXAMPLES[command]) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", [example for examples in EXAMPLES.values() for example in examples])
def test_every_example_is_understood(example: str, language: str) -> None:
    with speaking(language):
        command, _, text = translated(example).partition(" ")
    assert not isinstance(parse(Command(command), text, today=date(2026, 11, 22)), Help)


# Commands that errors and settings tell people to type.
TYPED = (
    "/deals microsoft with:openai type:investment status:rumored since:2024 min:100M",
    "/deals microsoft type:acquisition",
    "/deals openai status:rumored",
    "/deals microsoft since:2024-06",
    "/deals microsoft until:2023",
    "/digest when friday 17:00",
    "/digest language en",
)


@pytest.mark.parametrize("typed", TYPED)
def test_what_people_are_told_to_type_means_the_same_in_spanish(typed: str) -> None:
    def understood(line: str) -> object:
        command, _space, text = line.partition(" ")
        return parse(Command(command), text.removesuffix(" en").removesuffix(" es"), today=date(2026, 11, 22))

    with speaking("es"):
        spanish = translated(typed)
    english = understood(typed)
    assert understood(spanish) == english or "17:00" in spanish  # the schedule is read later


def test_an_error_shows_its_own_words() -> None:
    assert render_error("Name two companies.").text == "Name two companies."


def test_an_error_quotes_what_was_typed_without_its_markup() -> None:
    assert "&lt;!channel&gt;" in render_error("I can't read “<!channel>”.").text


def test_an_unexpected_error_gives_its_number() -> None:
    assert "abcd1234" in render_unexpected("abcd1234").text


def test_a_schedule_reads_as_one_says_it() -> None:
    assert schedule_words(FRIDAY) == "Fridays at 17:05 (Pacific/Auckland)"


@pytest.mark.parametrize(("hour", "said"), [(1, "los viernes a la 01:05"), (13, "los viernes a las 13:05")])
def test_a_schedule_in_spanish_has_its_article(hour: int, said: str) -> None:
    with speaking("es"):
        assert schedule_words(replace(FRIDAY, hour=hour)) == f"{said} (Pacific/Auckland)"


def test_the_next_digest_is_dated_where_the_channel_lives() -> None:
    # 04:05 UTC on Friday 4 December is Friday 17:05 in Auckland; 13 hours before midnight UTC is not.
    message = render_settings(DigestSettings(True, FRIDAY), next_run=datetime(2026, 12, 3, 23, 5, tzinfo=UTC))
    assert "The next one comes on 4 Dec 2026" in message.text


def test_a_digest_that_is_off_says_how_to_switch_it_on() -> None:
    assert "`/digest on`" in render_settings(DigestSettings(False, FRIDAY)).text
    assert "`/digest on`" in render_off().text


def test_posting_now_is_confirmed() -> None:
    assert "posting the digest" in render_posting().text


def test_the_help_tells_how_bots_are_read() -> None:
    assert "/articles bots on" in shown(render_help(Command.ARTICLES))
