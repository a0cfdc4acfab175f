"""Questions in plain words where not everybody may know everything, and what they change."""

from bot.console.values import ChannelKind
from tests.scenario.articles import PURCHASE, TWELVE_DEALS
from tests.scenario.conftest import Stage, words
from tests.scenario.test_questions import alone, asked


def test_a_link_beside_the_mention_is_read_and_not_answered_twice(stage: Stage) -> None:
    [reply] = asked(stage, f"@seams {stage.publish(PURCHASE)}")
    assert "I read" in words(reply)


def test_alone_with_seams_no_link_is_read(stage: Stage) -> None:
    [answer] = alone(stage, f"who bought Tessel Robotics? {stage.publish(PURCHASE)}")
    assert "don't read links" in words(answer)
    assert "Nothing posted so far" in words(answer)
    assert "Corvane" not in words(stage.ask("/articles"))


def test_what_a_private_channel_read_is_told_in_its_threads_alone(stage: Stage) -> None:
    members = [stage.ana, stage.workspace.bot_user]
    board = stage.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=members)
    ts = stage.share(stage.publish(PURCHASE), where=board)
    assert "Tessel" in words(asked(stage, "@seams deals of corvane", where=board, thread_ts=ts)[-1])
    for answers in (asked(stage, "@seams deals of corvane"), alone(stage, "deals of corvane")):
        assert "Tessel" not in words(answers[-1])


def test_where_another_organisation_reads_the_answer_is_a_refusal(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE), where=stage.lobby)
    stage.workspace.change_channel(stage.deals, shared=True)
    [answer] = asked(stage, "@seams deals of corvane")
    assert "Another organisation" in words(answer)
    assert "Tessel" not in words(answer)


def test_an_answer_is_not_turned_where_another_organisation_began_to_read(stage: Stage) -> None:
    stage.share(stage.publish(TWELVE_DEALS), where=stage.lobby)
    [answer] = asked(stage, "@seams deals of corvane")
    stage.workspace.change_channel(stage.deals, shared=True)
    stage.slack.click("tom", answer, label="Next")
    stage.wait(lambda: stage.workspace.ephemerals(stage.deals, "tom"))
    assert "Another organisation" in words(stage.workspace.ephemerals(stage.deals, "tom")[-1])
    assert stage.workspace.any_message(stage.deals, answer.ts) == answer


def test_a_digest_is_not_posted_by_a_word(stage: Stage) -> None:
    [answer] = asked(stage, "@seams digest now")
    assert "/digest now" in words(answer)
    assert stage.said() == []


def test_the_digest_can_be_switched_on_in_words(stage: Stage) -> None:
    [answer] = asked(stage, "@seams switch the digest on")
    assert "This channel gets the digest" in words(answer)
