"""People are answered in the language of their Slack, channels hear theirs, and proof stays as it is."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.console.values import Message
from bot.services import digests
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words
from tests.scenario.test_failures import failed_page


def labels(message: Message) -> list[str]:
    rows = (block["elements"] for block in message.blocks if block["type"] == "actions")
    return [element["text"]["text"] for row in rows for element in row]


def test_an_answer_is_in_the_readers_language_and_its_proof_in_its_own(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    said = stage.ask("/deals", "corvane", who="lucia")
    assert "*Corvane* compró *Tessel Robotics* · 650 millones de dólares" in words(said)
    assert "has acquired Tessel Robotics" in words(said)
    assert labels(said) == ["Compartir en el canal"]
    assert "*Corvane* acquired *Tessel Robotics*" in words(stage.ask("/deals", "corvane", who="ana"))


def test_what_is_shared_is_in_the_language_of_the_channel(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    answer = stage.ask("/deals", "corvane", who="lucia")
    stage.slack.click("lucia", answer, label="Compartir en el canal")
    stage.wait(lambda: stage.said())
    assert "acquired" in words(stage.said()[-1])


def test_a_channel_that_chose_spanish_hears_spanish(stage: Stage) -> None:
    assert "I speak Spanish" in words(stage.ask("/digest", "idioma español"))
    ts = stage.share(stage.publish(PURCHASE))
    assert "Corvane compró Tessel Robotics" in stage.replies(ts)[0].text
    assert "acquired" in words(stage.ask("/deals", "corvane"))  # Ana alone sees it
    stage.ask("/digest", "on")
    stage.clock.set(datetime(2026, 3, 9, 8, 0, tzinfo=UTC) + timedelta(minutes=1))
    digests.enqueue_due(stage.seams.services)
    stage.settle()
    assert "Operaciones nuevas" in words(stage.said()[-1])


def test_a_channel_takes_the_language_of_who_switches_its_digest_on_unless_one_was_chosen(
    stage: Stage,
) -> None:
    said = words(stage.ask("/digest", "activar", who="lucia"))
    assert "los lunes a las 09:00" in said
    assert "En este canal hablo español" in said
    ts = stage.share(stage.publish(PURCHASE))
    assert "compró" in stage.replies(ts)[0].text
    stage.ask("/digest", "language en", where=stage.lobby)
    stage.ask("/digest", "activar", where=stage.lobby, who="lucia")
    assert (
        "compró"
        not in stage.replies(stage.share(stage.publish(PURCHASE), where=stage.lobby), where=stage.lobby)[
            0
        ].text
    )


@pytest.mark.parametrize(
    "before", [["when friday 17:00"], ["on"], ["on", "off"], ["when friday 17:00", "on"]]
)
def test_that_a_time_was_set_before_or_the_digest_was_on_chooses_no_language(
    stage: Stage, before: list[str]
) -> None:
    for typed in before:
        stage.ask("/digest", typed, who="ana")
    assert "En este canal hablo español" in words(stage.ask("/digest", "on", who="lucia"))


def test_errors_and_refusals_are_in_the_readers_language(stage: Stage) -> None:
    assert "Nombra las dos" in words(stage.ask("/relationship", "corvane", who="lucia"))
    assert "No conozco el filtro «color:»" in words(stage.ask("/deals", "corvane color:rojo", who="lucia"))
    assert "«ayer» después de tipo:" in words(stage.ask("/deals", "corvane tipo:ayer", who="lucia"))
    assert "/digest idioma es" in words(stage.ask("/digest", "idioma klingon", who="lucia"))


def test_commands_are_shown_as_the_reader_types_them(stage: Stage) -> None:
    assert "`/digest idioma en` o `/digest idioma es`" in words(stage.ask("/digest", "idioma", who="lucia"))


def test_the_help_of_every_command_can_be_asked_for_in_spanish(stage: Stage) -> None:
    assert "tipo:TIPO" in words(stage.ask("/deals", "ayuda", who="lucia"))


def test_a_failed_page_is_told_in_the_channels_language(stage: Stage) -> None:
    stage.ask("/digest", "language es", who="tom")
    assert "Pegar el texto" in labels(failed_page(stage))
