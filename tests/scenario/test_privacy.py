"""What is learnt behind a closed door stays there."""

import pytest

from bot.console.values import ChannelKind
from bot.services import audiences
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words

QUESTIONS = [
    ("/deals", "corvane"),
    ("/deals", "corvanne"),
    ("/deals", "corvane min:1m"),
    ("/deals", "corvane, tessel robotics"),
    ("/company", "corvane"),
    ("/company", "tessel"),
    ("/relationship", "corvane, tessel robotics"),
    ("/articles", ""),
    ("/articles", "warehouses"),
    ("/digest", "preview"),
    ("/watch", "off corvane"),
    ("/deals", "corvane csv"),
    ("/company", "corvane map"),
    ("/relationship", "corvane, tessel robotics chart"),
]


def save(stage: Stage, where: str, ts: str) -> None:
    """Ana picks "Save article" from the menu of a message."""
    stage.slack.shortcut("ana", stage.workspace.message(where, ts), "save_article")
    stage.wait(lambda: stage.workspace.ephemerals(where, "ana"))
    stage.settle()


def open_board(stage: Stage, *, with_bot: bool = True) -> str:
    """A private channel of Ana's."""
    members = [stage.ana, *([stage.workspace.bot_user] if with_bot else [])]
    return stage.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=members)


def asked_outside(stage: Stage) -> list[str]:
    """Every answer that could betray the purchase, as they are given in a public channel."""
    return [words(stage.ask(command, text, where=stage.lobby, who="tom")) for command, text in QUESTIONS]


def asked_in_an_empty_workspace(stage: Stage) -> list[str]:
    """The answers of somebody who knows nothing."""
    return asked_outside(stage)


def test_what_a_private_channel_read_cannot_be_told_from_nothing_outside(stage: Stage) -> None:
    ignorant = asked_in_an_empty_workspace(stage)
    stage.share(stage.publish(PURCHASE), where=open_board(stage))
    assert asked_outside(stage) == ignorant


def test_what_a_private_channel_read_is_known_inside(stage: Stage) -> None:
    board = open_board(stage)
    ts = stage.share(stage.publish(PURCHASE), where=board)
    assert "Tessel" in words(stage.replies(ts, where=board)[0])
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=board))


def test_what_is_saved_in_a_private_channel_without_the_bot_stays_there(stage: Stage) -> None:
    ignorant = asked_in_an_empty_workspace(stage)
    board = open_board(stage, with_bot=False)
    ts = stage.slack.post(board, "ana", stage.publish(PURCHASE))
    save(stage, board, ts)
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=board))
    assert asked_outside(stage) == ignorant


def test_what_is_saved_in_a_direct_conversation_stays_there(stage: Stage) -> None:
    ignorant = asked_in_an_empty_workspace(stage)
    between = stage.workspace.add_channel("tom", kind=ChannelKind.DIRECT, members=[stage.ana, stage.tom])
    ts = stage.slack.post(between, "ana", stage.publish(PURCHASE))
    save(stage, between, ts)
    assert asked_outside(stage) == ignorant


def test_what_a_shared_channel_read_stays_there(stage: Stage) -> None:
    ignorant = asked_in_an_empty_workspace(stage)
    stage.workspace.change_channel(stage.deals, shared=True)
    stage.share(stage.publish(PURCHASE))
    assert asked_outside(stage) == ignorant


def test_where_another_organisation_reads_only_full_members_are_answered(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE), where=stage.lobby)
    stage.workspace.change_channel(stage.deals, shared=True)
    stage.share("Good morning, all, and see https://paper.invalid/one")
    for person in (
        stage.workspace.add_user("zoe", team_id="T0OTHERORG"),
        stage.workspace.add_user("max", restricted=True),
    ):
        stage.workspace.join(stage.deals, person)
    assert "Tessel" not in words(stage.ask("/deals", "corvane", who="zoe"))
    assert "only full members" in words(stage.ask("/deals", "corvane", who="max"))
    assert "Tessel" in words(stage.ask("/deals", "corvane", who="tom"))


def test_what_a_public_channel_posts_too_is_known_to_all(stage: Stage) -> None:
    url = stage.publish(PURCHASE)
    stage.share(url, where=open_board(stage))
    stage.share(url)
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=stage.lobby))


def test_a_reply_in_public_does_not_speak_of_an_earlier_private_posting(stage: Stage) -> None:
    url = stage.publish(PURCHASE)
    stage.share(url, where=open_board(stage))
    [reply] = stage.replies(stage.share(url))
    assert "lready saved" not in words(reply)


def test_a_channel_that_turns_private_takes_what_it_read_along(stage: Stage) -> None:
    ignorant = asked_in_an_empty_workspace(stage)
    stage.share(stage.publish(PURCHASE))
    stage.workspace.change_channel(stage.deals, kind=ChannelKind.PRIVATE)
    stage.share("we are private now")
    assert asked_outside(stage) == ignorant
    assert "Tessel" in words(stage.ask("/deals", "corvane"))


@pytest.mark.parametrize("with_bot", [True, False], ids=["with the bot", "without the bot"])
def test_a_channel_that_turns_private_in_silence_is_noticed(stage: Stage, with_bot: bool) -> None:
    ignorant = asked_in_an_empty_workspace(stage)
    stage.share(stage.publish(PURCHASE))
    if not with_bot:
        stage.workspace.leave(stage.deals, stage.workspace.bot_user)
    stage.workspace.change_channel(stage.deals, kind=ChannelKind.PRIVATE)
    audiences.recheck_audiences(stage.seams.services, stage.workspace.team_id)
    assert asked_outside(stage) == ignorant


def test_the_clock_has_the_channels_looked_at(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    before = len(stage.server.calls("conversations.info"))
    audiences.enqueue_recheck(stage.seams.services, stage.workspace.team_id)
    stage.settle()
    assert len(stage.server.calls("conversations.info")) > before


@pytest.mark.parametrize("error", ["missing_scope", "token_revoked"])
def test_where_slack_does_not_say_who_sees_a_channel_it_stays_as_it_was(stage: Stage, error: str) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("conversations.info", error)
    audiences.recheck_audiences(stage.seams.services, stage.workspace.team_id)
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=stage.lobby))


def test_a_channel_that_becomes_public_tells_what_it_read(stage: Stage) -> None:
    board = open_board(stage)
    stage.share(stage.publish(PURCHASE), where=board)
    stage.workspace.change_channel(board, kind=ChannelKind.PUBLIC)
    stage.share("we are public now", where=board)
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=stage.lobby))


def test_sharing_an_answer_in_a_private_channel_posts_it_nowhere_else(stage: Stage) -> None:
    board = open_board(stage)
    stage.share(stage.publish(PURCHASE), where=board)
    before = stage.workspace.messages(stage.lobby), stage.workspace.messages(stage.deals)
    stage.slack.click("ana", stage.ask("/deals", "corvane", where=board), label="Share in channel")
    stage.wait(lambda: "Shared by" in words(stage.workspace.messages(board)[-1]))
    assert (stage.workspace.messages(stage.lobby), stage.workspace.messages(stage.deals)) == before


@pytest.mark.parametrize("typed", ["corvane", "corvane min:1m"])
def test_an_answer_of_the_private_channel_cannot_be_paged_from_another(stage: Stage, typed: str) -> None:
    """A button's value is no key: it is answered by what the channel it is pressed in may know."""
    board = open_board(stage)
    stage.share(stage.publish(PURCHASE), where=board)
    answer = stage.ask("/deals", typed, where=board)
    moved = stage.workspace.post(
        stage.lobby, stage.workspace.bot_user, "moved", blocks=answer.blocks, only_for=stage.tom
    )
    before = len(stage.workspace.everything(stage.lobby))
    stage.slack.click("tom", moved, label="Share in channel")
    stage.wait(lambda: len(stage.workspace.everything(stage.lobby)) > before)
    assert "Tessel" not in words(stage.workspace.everything(stage.lobby)[-1])


def test_nothing_is_shared_where_another_organisation_began_to_read(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    answer = stage.ask("/deals", "corvane", where=stage.lobby)
    stage.workspace.change_channel(stage.lobby, shared=True)
    stage.slack.click("ana", answer, label="Share in channel")
    stage.wait(lambda: len(stage.workspace.ephemerals(stage.lobby, "ana")) == 2)
    assert "Another organisation" in words(stage.workspace.ephemerals(stage.lobby, "ana")[-1])
    assert stage.said(stage.lobby) == []
