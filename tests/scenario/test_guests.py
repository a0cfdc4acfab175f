"""Who is answered: full members, and neither guests nor people of other organisations."""

import pytest

from bot.console.values import ChannelKind
from bot.services import members
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words
from tests.scenario.test_alerts import tick
from tests.scenario.test_corrections import choose
from tests.scenario.test_privacy import QUESTIONS

REFUSED = "I answer only full members"


@pytest.fixture(scope="module")
def told(running_stage: Stage) -> Stage:
    """A public channel that read an article, with a guest and a stranger in it."""
    running_stage.clear()
    stage = running_stage
    for person in (
        stage.workspace.add_user("gus", restricted=True),
        stage.workspace.add_user("zoe", team_id="T0OTHERORG"),
    ):
        stage.workspace.join(stage.lobby, person)
    stage.share(stage.publish(PURCHASE))
    return stage


@pytest.mark.parametrize("who", ["gus", "zoe"])
def test_no_command_of_theirs_is_answered_in_an_ordinary_channel(told: Stage, who: str) -> None:
    known = [("/deals", "corvane"), ("/watch", ""), ("/watch", '"corvane" now'), ("/digest", "settings")]
    for command, text in [*QUESTIONS, *known]:
        answer = told.ask(command, text, where=told.lobby, who=who)
        assert REFUSED in words(answer), command
        assert "Tessel" not in words(answer), command


def test_no_question_of_theirs_tells_which_names_are_known(told: Stage) -> None:
    answers: set[str] = set()
    for name in ("corvane", "nobody"):
        where = told.workspace.direct_channel("gus")
        before = len(told.workspace.messages(where)) + 1
        told.share(f"what about {name}?", where=where, who="gus")
        answers.update(words(each) for each in told.workspace.messages(where)[before:])
    [answer] = answers
    assert REFUSED in answer


def test_the_buttons_of_others_answer_them_no_more(told: Stage) -> None:
    answer = told.ask("/deals", "corvane", where=told.lobby)
    moved = told.workspace.post(told.lobby, told.workspace.bot_user, "an answer", blocks=answer.blocks)
    before = len(told.workspace.everything(told.lobby))
    told.slack.click("gus", moved, label="Share in channel")
    told.wait(lambda: len(told.workspace.everything(told.lobby)) > before)
    assert REFUSED in words(told.workspace.everything(told.lobby)[-1])
    assert REFUSED in words(choose(told, moved, "history", who="gus"))


def test_not_even_in_a_private_channel_as_it_knows_what_all_channels_said(told: Stage) -> None:
    people = [told.ana, told.workspace.user("gus").id, told.workspace.bot_user]
    board = told.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=people)
    assert REFUSED in words(told.ask("/deals", "corvane", where=board, who="gus"))


def test_while_slack_does_not_say_who_asks_nobody_is_answered(told: Stage) -> None:
    told.workspace.add_user("newcomer")
    told.server.faults.fail_next("users.info", "internal_error", times=2)
    assert REFUSED in words(told.ask("/deals", "corvane", where=told.lobby, who="newcomer"))


def test_who_becomes_a_guest_hears_no_more_of_what_they_follow(stage: Stage) -> None:
    who = stage.workspace.add_user(f"follower{len(stage.workspace.users())}")
    where = stage.workspace.direct_channel(who)
    stage.ask("/watch", '"corvane" now', where=where, who=who)
    stage.workspace.restrict(who)
    stage.share(stage.publish(PURCHASE))
    tick(stage, members.STANDING_FRESH)
    assert stage.said(where) == []
