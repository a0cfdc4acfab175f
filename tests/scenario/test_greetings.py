"""Seams says once who it is, and never again."""

import pytest

from bot.console.payloads import member_joined
from bot.console.values import ChannelKind
from bot.services import greetings
from tests.scenario.conftest import Stage, words


def invite(stage: Stage, where: str) -> None:
    """Ana invites Seams, and everything that comes of it happens."""
    stage.slack.invite(where, stage.workspace.bot_user, inviter="ana")
    stage.settle()


def newcomer(stage: Stage) -> str:
    """Somebody to whom nothing has been said in any test."""
    return stage.workspace.add_user("newcomer")


def test_a_channel_that_invites_seams_is_told_what_it_does(stage: Stage) -> None:
    invite(stage, stage.elsewhere)
    [greeting] = stage.said(stage.elsewhere)
    assert "removing me from the channel stops it" in words(greeting)
    assert f"<@{stage.workspace.bot_user}>" in words(greeting)


def test_another_invitation_and_the_same_event_again_are_nothing_new(stage: Stage) -> None:
    bot, channel = (
        stage.workspace.user(stage.workspace.bot_user),
        stage.workspace.channel(stage.elsewhere),
    )
    invite(stage, stage.elsewhere)
    stage.workspace.leave(stage.elsewhere, bot.id)
    invite(stage, stage.elsewhere)
    for _ in range(2):
        stage.slack.event(member_joined(stage.workspace, bot, channel, None), event_id="EvAgain")
    stage.settle()
    assert len(stage.said(stage.elsewhere)) == 1


def test_somebody_else_who_joins_is_not_greeted(stage: Stage) -> None:
    stage.slack.invite(stage.deals, stage.workspace.add_user("eva"), inviter="ana")
    stage.settle()
    assert stage.said() == []


@pytest.mark.parametrize("change", ["private", "shared"])
def test_a_closed_channel_is_told_who_learns_of_it(stage: Stage, change: str) -> None:
    kind = ChannelKind.PRIVATE if change == "private" else None
    stage.workspace.change_channel(stage.elsewhere, kind=kind, shared=change == "shared")
    invite(stage, stage.elsewhere)
    [greeting] = stage.said(stage.elsewhere)
    assert ("members of this channel alone" if kind else "Another organisation") in words(greeting)


def test_a_greeting_that_was_lost_on_the_way_is_not_said_twice(stage: Stage) -> None:
    stage.server.faults.fail_next("chat.postMessage", after=True, drop=True)
    invite(stage, stage.elsewhere)
    assert len(stage.said(stage.elsewhere)) == 1


def test_whoever_installs_seams_is_greeted_once(stage: Stage) -> None:
    person = newcomer(stage)
    for _ in range(2):
        greetings.welcome_installer(stage.seams.services, stage.workspace.team_id, person)
        stage.settle()
    assert len(stage.said(stage.workspace.direct_channel(person))) == 1


def test_a_message_to_a_person_whose_fate_is_not_known_is_not_repeated(stage: Stage) -> None:
    stage.server.faults.fail_next("chat.postMessage", after=True, drop=True)
    person = newcomer(stage)
    greetings.welcome_installer(stage.seams.services, stage.workspace.team_id, person)
    stage.settle()
    assert len(stage.said(stage.workspace.direct_channel(person))) == 1


def test_a_message_to_a_person_that_slack_never_took_is_sent_later(stage: Stage) -> None:
    stage.server.faults.fail_next("chat.postMessage", drop=True)
    person = newcomer(stage)
    greetings.welcome_installer(stage.seams.services, stage.workspace.team_id, person)
    stage.settle()
    assert len(stage.said(stage.workspace.direct_channel(person))) == 1


def test_a_message_that_slack_put_off_is_sent_later(stage: Stage) -> None:
    stage.server.faults.fail_next("chat.postMessage", "ratelimited", status=429, retry_after=0)
    person = newcomer(stage)
    greetings.welcome_installer(stage.seams.services, stage.workspace.team_id, person)
    stage.settle()
    assert len(stage.said(stage.workspace.direct_channel(person))) == 1
