"""Private and shared channels are read only where that was switched on."""

import pytest

from bot.console.values import ChannelKind
from bot.services.capture import capture_refusal
from bot.settings import Settings
from bot.values import Audience
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words
from tests.workspaces.conftest import House


@pytest.fixture
def stage(house: House) -> Stage:
    house.install(house.one)
    house.one.settle()
    return house.one


def board(stage: Stage, *, with_bot: bool = True) -> str:
    """A private channel of Ana's."""
    members = [stage.ana, *([stage.workspace.bot_user] if with_bot else [])]
    return stage.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=members)


def close(stage: Stage, how: str) -> str:
    """A channel that is read only if that was switched on."""
    if how == "private":
        return board(stage)
    stage.workspace.change_channel(stage.deals, shared=True)
    return stage.deals


@pytest.mark.parametrize("how", ["private", "shared"])
def test_what_is_posted_there_is_not_read(stage: Stage, how: str) -> None:
    where = close(stage, how)
    ts = stage.share(stage.publish(PURCHASE), where=where)
    assert stage.replies(ts, where=where) == []
    assert stage.reactions(ts, where=where) == []
    assert "Tessel" not in words(stage.ask("/articles", where=where))


def test_a_private_channel_that_invites_seams_is_told_once_that_nothing_is_read(stage: Stage) -> None:
    where = board(stage, with_bot=False)
    for _ in range(2):
        stage.slack.invite(where, stage.workspace.bot_user, inviter="ana")
        stage.settle()
        stage.workspace.leave(where, stage.workspace.bot_user)
    [told] = stage.said(where)
    assert "I read nothing in private channels" in told.text


def test_an_article_that_somebody_saves_there_is_read(stage: Stage) -> None:
    where = board(stage)
    ts = stage.share(stage.publish(PURCHASE), where=where)
    stage.slack.shortcut("ana", stage.workspace.message(where, ts), "save_article")
    stage.wait(lambda: stage.workspace.ephemerals(where, "ana"))
    stage.settle()
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=where))
    assert "Tessel" not in words(stage.ask("/deals", "corvane", where=stage.lobby))


def test_a_message_deleted_there_is_forgotten_all_the_same(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    stage.workspace.change_channel(stage.deals, kind=ChannelKind.PRIVATE)
    stage.slack.delete(stage.deals, ts)
    stage.settle()
    assert "Tessel" not in words(stage.ask("/articles"))


@pytest.mark.parametrize(
    ("audience", "private", "shared", "read"),
    [
        (Audience.PUBLIC, False, False, True),
        (Audience.PRIVATE, False, True, False),
        (Audience.PRIVATE, True, False, True),
        (Audience.SHARED, True, False, False),
        (Audience.SHARED, False, True, True),
    ],
)
def test_each_kind_of_channel_has_its_own_switch(
    audience: Audience, private: bool, shared: bool, read: bool
) -> None:
    settings = Settings(private_channels=private, shared_channels=shared)
    assert (capture_refusal(settings, audience) is None) is read
