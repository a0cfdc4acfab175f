"""Slack refuses or is away: what was to be said comes afterwards, once, or waits for a way back."""

import pytest

from bot.console.values import ChannelKind, Message
from bot.services import pauses
from bot.services.work import add_resume
from storage.engine import transaction
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words
from tests.scenario.test_digest import MONDAY, WEEK, come, subscribe


def direct(stage: Stage, who: str = "ana") -> list[Message]:
    """What Seams wrote to a person alone."""
    return [m for m in stage.workspace.messages(stage.workspace.direct_channel(who)) if m.bot_id]


def look(stage: Stage, because: str) -> None:
    """Let the clock have it looked whether paused digests can go on."""
    pauses.enqueue_resume(stage.seams.services, stage.workspace.team_id, because)
    stage.settle()


@pytest.fixture
def weekly(stage: Stage) -> Stage:
    """A channel with the digest on, in which an article was posted."""
    subscribe(stage)
    stage.share(stage.publish(PURCHASE))
    return stage


@pytest.mark.parametrize("fault", [{"status": 503}, {"drop": True}, {"drop": True, "after": True}], ids=str)
def test_a_reply_comes_once_after_slack_was_away(stage: Stage, fault: dict[str, bool]) -> None:
    stage.server.faults.fail_next("chat.postMessage", times=5, **fault)  # type: ignore[arg-type]
    assert len(stage.replies(stage.share(stage.publish(PURCHASE)))) == 1


@pytest.mark.parametrize("code", ["invalid_auth", "missing_scope"])
def test_a_reply_waits_for_the_workspace_to_take_it(stage: Stage, code: str) -> None:
    stage.server.faults.fail_next("chat.postMessage", code, times=10)
    assert len(stage.replies(stage.share(stage.publish(PURCHASE)))) == 1


def test_a_digest_waits_for_a_token_that_works(weekly: Stage) -> None:
    weekly.server.faults.fail_next("chat.postMessage", "token_revoked", times=10)
    come(weekly, MONDAY)
    assert len(weekly.said()) == 1
    assert "Tessel" in words(weekly.said()[0])


def test_a_digest_too_long_for_slack_is_said_in_fewer_words(weekly: Stage) -> None:
    weekly.server.faults.fail_next("chat.postMessage", "msg_too_long")
    come(weekly, MONDAY)
    [digest] = weekly.said()
    assert digest.blocks == ()
    assert "Tessel" in digest.text


def test_who_wanted_a_digest_is_told_once_why_it_does_not_come(weekly: Stage) -> None:
    before = len(direct(weekly))
    weekly.workspace.leave(weekly.deals, weekly.workspace.bot_user)
    come(weekly, MONDAY)
    come(weekly, MONDAY + WEEK)
    [told] = direct(weekly)[before:]
    assert "/invite @Seams" in told.text
    assert f"<#{weekly.deals}>" in told.text


def test_who_wanted_a_digest_is_told_once_although_the_answer_was_lost(weekly: Stage) -> None:
    before = len(direct(weekly))
    weekly.workspace.leave(weekly.deals, weekly.workspace.bot_user)
    weekly.server.faults.fail_next("chat.postMessage", "not_in_channel")
    weekly.server.faults.fail_next("chat.postMessage", drop=True, after=True)
    come(weekly, MONDAY)
    assert len(direct(weekly)) == before + 1


def test_a_digest_comes_by_itself_once_seams_is_invited_again(weekly: Stage) -> None:
    weekly.workspace.leave(weekly.deals, weekly.workspace.bot_user)
    come(weekly, MONDAY)
    weekly.slack.invite(weekly.deals, weekly.workspace.bot_user)
    weekly.settle()
    assert any("Tessel" in words(message) for message in weekly.said())


def test_a_digest_comes_by_itself_once_its_channel_is_no_longer_archived(weekly: Stage) -> None:
    weekly.workspace.change_channel(weekly.deals, archived=True)
    come(weekly, MONDAY)
    look(weekly, "still archived")
    assert weekly.said() == []
    weekly.workspace.change_channel(weekly.deals, archived=False)
    look(weekly, "open again")
    [digest] = weekly.said()
    assert "Tessel" in words(digest)
    look(weekly, "an hour later")
    assert len(weekly.said()) == 1


def test_a_paused_digest_says_so_where_its_settings_are(weekly: Stage) -> None:
    weekly.server.faults.fail_next("chat.postMessage", "restricted_action_read_only_channel")
    come(weekly, MONDAY)
    assert "don't let me post" in words(weekly.ask("/digest", "when"))
    come(weekly, MONDAY + WEEK)
    assert "don't let me post" not in words(weekly.ask("/digest", "when"))


def test_looking_for_a_way_back_stops_at_no_channel(weekly: Stage) -> None:
    """One channel is gone for good, the other can be posted to again."""
    gone = weekly.workspace.add_channel("gone", members=[weekly.ana, weekly.workspace.bot_user])
    subscribe(weekly, gone)
    for channel in (gone, weekly.deals):
        weekly.workspace.leave(channel, weekly.workspace.bot_user)
    weekly.workspace.change_channel(gone, kind=ChannelKind.PRIVATE)
    come(weekly, MONDAY)
    weekly.workspace.join(weekly.deals, weekly.workspace.bot_user)
    with transaction(weekly.seams.services.engine) as session:
        add_resume(weekly.seams.services, session, weekly.workspace.team_id, "look")
    weekly.settle()
    assert len(weekly.said()) == 1


def test_an_answer_that_comes_too_early_is_sent_when_slack_takes_it(stage: Stage) -> None:
    stage.server.faults.fail_next("response_url", status=429, retry_after=1)
    assert stage.ask("/deals", "corvane").text


def test_a_modal_that_comes_too_early_says_when_to_press_again(stage: Stage) -> None:
    [failed] = stage.replies(stage.share(stage.news.url("paywall")))
    stage.server.faults.fail_next("views.open", status=429, retry_after=7)
    assert stage.slack.click("ana", failed, "paste_text").ok
    stage.wait(lambda: stage.workspace.ephemerals(stage.deals, "ana"))
    assert "7 seconds" in stage.workspace.ephemerals(stage.deals, "ana")[-1].text


def test_what_needs_a_permission_says_which(stage: Stage) -> None:
    [failed] = stage.replies(stage.share(stage.news.url("paywall")))
    stage.server.faults.fail_next("views.open", "missing_scope")
    assert stage.slack.click("ana", failed, "paste_text").ok
    stage.wait(lambda: stage.workspace.ephemerals(stage.deals, "ana"))
    assert "install me again" in stage.workspace.ephemerals(stage.deals, "ana")[-1].text
