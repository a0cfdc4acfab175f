"""What people ask in plain words, in channels, threads and alone with Seams."""

import pytest

from bot.console.payloads import app_mention
from bot.console.values import Message
from tests.scenario.articles import TWELVE_DEALS
from tests.scenario.conftest import Stage, words
from tests.scenario.test_answers import labels


@pytest.fixture(scope="module")
def told(running_stage: Stage) -> Stage:
    """A stage with a record; tests speak in it but add nothing to it."""
    running_stage.clear()
    running_stage.share(running_stage.publish(TWELVE_DEALS))
    return running_stage


def asked(stage: Stage, sentence: str, *, where: str = "", thread_ts: str | None = None) -> list[Message]:
    """Everything that a message made Seams say, where it was said."""
    where = where or stage.deals
    before = len(stage.workspace.everything(where)) + 1
    stage.slack.post(where, "ana", sentence, thread_ts=thread_ts)
    stage.settle()
    return list(stage.workspace.everything(where)[before:])


def alone(stage: Stage, sentence: str) -> list[Message]:
    """The same, in Ana's conversation with Seams alone."""
    return asked(stage, sentence, where=stage.workspace.direct_channel("ana"))


def test_a_question_in_a_thread_is_answered_there(told: Stage) -> None:
    ts = told.slack.post(told.deals, "tom", "Corvane again")
    [answer] = asked(told, "@seams what about Corvane and Tessel Robotics since 2020?", thread_ts=ts)
    assert answer.thread_ts == ts
    assert "Deals between" in words(answer)
    assert "$10 m" in words(answer)


def test_a_question_in_the_channel_is_answered_in_its_thread(told: Stage) -> None:
    [answer] = asked(told, "@seams ¿cómo se llevan Corvane y Tessel Robotics?")
    assert answer.is_reply
    assert "allied" in words(answer)


def test_an_answer_is_for_all_and_offers_no_sharing(told: Stage) -> None:
    [answer] = asked(told, "@seams deals of corvane")
    assert answer.only_for is None
    assert labels(answer) == ["Next"]


def test_anybody_may_turn_the_page(told: Stage) -> None:
    [answer] = asked(told, "@seams deals of corvane")
    after = told.press(answer, "Next", who="tom")
    assert "6 to 10 of 12" in words(after)
    assert "Share in channel" not in labels(after)
    assert after.only_for is None


def test_a_name_with_a_slip_is_asked_about(told: Stage) -> None:
    [answer] = asked(told, "@seams deals of Corvanne")
    assert "Corvane" in labels(answer)
    assert "12" in words(told.press(answer, "Corvane", who="tom"))


@pytest.mark.parametrize(
    "sentence", ["@seams", "@seams ?", "@seams lunch anyone? the usual place?", "@seams help"]
)
def test_what_is_no_question_gets_a_short_help(told: Stage, sentence: str) -> None:
    [answer] = asked(told, sentence)
    assert "who invested in" in words(answer)


@pytest.mark.parametrize(
    "sentence", ["x" * 3000, '"" , :', "<!channel> *_~`&", "deals of " + "corvane " * 60]
)
def test_no_sentence_is_met_with_silence_or_breaks_anything(told: Stage, sentence: str) -> None:
    before = told.workspace.notes()
    [answer] = asked(told, f"@seams {sentence}")
    assert "my side" not in words(answer)
    assert told.workspace.notes() == before


def test_the_same_event_twice_is_answered_once(told: Stage) -> None:
    message = told.workspace.post(told.deals, "ana", f"<@{told.workspace.bot_user}> deals of corvane")
    for _ in range(2):
        told.slack.event(app_mention(told.workspace, message), event_id="EvTwice")
    told.settle()
    assert len(told.replies(message.ts)) == 1


def test_an_answer_that_was_lost_on_the_way_is_not_given_twice(told: Stage) -> None:
    told.server.faults.fail_next("chat.postMessage", after=True, drop=True)
    assert len(asked(told, "@seams deals of corvane")) == 1


def test_another_bot_that_speaks_to_us_is_left_alone(told: Stage) -> None:
    text = f"<@{told.workspace.bot_user}> deals of corvane"
    ts = told.slack.post_raw(told.deals, "tom", text, bot_id="B0OTHER", subtype="bot_message")
    told.settle()
    assert told.replies(ts) == []


def test_alone_with_seams_a_question_is_answered_without_a_thread(told: Stage) -> None:
    [answer] = alone(told, "deals of corvane")
    assert not answer.is_reply
    assert "Northgate Media" in words(answer)
