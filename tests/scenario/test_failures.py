"""What goes wrong is said to the person it concerns, and stops nothing else."""

import pytest

from bot.console.values import Message
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words
from tests.scenario.pages import page


def failed_page(stage: Stage) -> Message:
    """The reply under a link behind a paywall."""
    [reply] = stage.replies(stage.share(stage.news.url("paywall")))
    return reply


def told(stage: Stage, message: Message, label: str) -> str:
    """What Ana alone is told when she presses a button."""
    before = len(stage.workspace.ephemerals(message.channel, "ana"))
    assert stage.slack.click("ana", message, label=label).ok
    stage.wait(lambda: len(stage.workspace.ephemerals(message.channel, "ana")) > before)
    return words(stage.workspace.ephemerals(message.channel, "ana")[-1])


@pytest.mark.parametrize(
    "error", ["too_many_reactions", "missing_scope", "thread_locked", "no_reaction_today"]
)
def test_a_message_that_takes_no_bookmark_is_answered_all_the_same(stage: Stage, error: str) -> None:
    stage.server.faults.fail_next("reactions.add", error)
    ts = stage.share(stage.publish(PURCHASE))
    assert stage.reactions(ts) == []
    assert len(stage.replies(ts)) == 1


@pytest.mark.parametrize("status", [500, 502, 429])
def test_a_reply_waits_for_slack_to_come_back(stage: Stage, status: int) -> None:
    stage.server.faults.fail_next("chat.postMessage", status=status)
    assert len(stage.replies(stage.share(stage.publish(PURCHASE)))) == 1


def test_a_reply_whose_answer_was_lost_is_not_posted_twice(stage: Stage) -> None:
    stage.server.faults.fail_next("chat.postMessage", drop=True, after=True)
    assert len(stage.replies(stage.share(stage.publish(PURCHASE)))) == 1


def test_a_reply_that_slack_will_never_take_is_given_up(stage: Stage) -> None:
    stage.server.faults.fail_next("chat.postMessage", "restricted_action")
    stage.share(stage.publish(PURCHASE))
    assert stage.seams.services.outbox.pending() == 0


def test_blocks_that_slack_refuses_in_an_answer_are_said_in_words(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("response_url", "invalid_blocks", status=400)
    answer = stage.ask("/deals", "corvane")
    assert answer.blocks == ()
    assert "Tessel" in answer.text


def test_a_button_that_means_nothing_any_more_says_so(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    answer = stage.ask("/deals", "corvane")
    [*_, row] = answer.blocks
    share = row["elements"][-1] | {"value": "an old value"}
    stale = stage.workspace.edit(stage.deals, answer.ts, text="old", blocks=({**row, "elements": [share]},))
    assert "out of date" in told(stage, stale, "Share in channel")


def test_a_modal_that_slack_does_not_open_is_no_silence(stage: Stage) -> None:
    reply = failed_page(stage)
    stage.server.faults.fail_next("views.open", "expired_trigger_id")
    assert "my side" in told(stage, reply, "Paste the text")


def test_a_text_that_is_too_short_stays_in_the_modal(stage: Stage) -> None:
    view = stage.open_modal(failed_page(stage), "paste_text")
    after = stage.slack.submit(view, {"title": "", "text": "x"})
    assert after.open
    assert after.errors


def test_a_page_can_be_tried_again(stage: Stage) -> None:
    ts = stage.share(stage.pages.put(page("Busy", 429), page(PURCHASE)))
    [failed] = stage.replies(ts)
    assert "trying again" in told(stage, failed, "Try again")
    stage.settle()
    assert "Tessel" in words(stage.replies(ts)[-1])


def test_a_message_that_is_gone_is_not_answered(stage: Stage) -> None:
    stage.server.faults.fail_next("reactions.add", "message_not_found")
    stage.server.faults.fail_next("chat.postMessage", "thread_not_found")
    ts = stage.share(stage.publish(PURCHASE))
    assert stage.replies(ts) == []


def test_nothing_broke_in_the_workspace_itself(stage: Stage) -> None:
    assert stage.server.errors == ()
