"""People say whether a digest was useful; it is counted, and seen by them alone."""

from datetime import timedelta

from bot.console.values import Message
from bot.services import feedback
from bot.values import ChangeType, TieKind
from storage.feedback import WHOLE, FeedbackCount
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage


def posted(stage: Stage) -> Message:
    """A digest with one line."""
    stage.share(stage.publish(PURCHASE))
    stage.clock.advance(timedelta(minutes=1))
    stage.ask("/digest", "now")
    stage.settle()
    return stage.said()[0]


def say(stage: Stage, digest: Message, action_id: str, *, who: str = "ana") -> str:
    """Press a button of the digest; gives what the person is told."""
    before = len(stage.workspace.ephemerals(stage.deals, who))
    assert stage.slack.click(who, digest, action_id).ok
    stage.wait(lambda: len(stage.workspace.ephemerals(stage.deals, who)) > before)
    return stage.workspace.ephemerals(stage.deals, who)[-1].text


def counted(stage: Stage) -> tuple[FeedbackCount, ...]:
    return feedback.counts(stage.seams.services, team_id=stage.workspace.team_id)


def test_each_person_is_thanked_and_counted_once(stage: Stage) -> None:
    digest = posted(stage)
    assert "Counted as not useful" in say(stage, digest, "feedback:2")
    assert "Counted as useful" in say(stage, digest, "feedback:1")
    assert "Counted as useful" in say(stage, digest, "feedback:1", who="tom")
    assert counted(stage) == (FeedbackCount(WHOLE, None, useful=2, not_useful=0),)
    assert stage.said() == [digest]


def test_pressed_again_it_is_taken_back(stage: Stage) -> None:
    digest = posted(stage)
    say(stage, digest, "feedback:2")
    assert "Taken back" in say(stage, digest, "feedback:2")
    assert counted(stage) == ()


def test_a_line_is_counted_by_what_had_changed(stage: Stage) -> None:
    assert "That line" in say(stage, posted(stage), "feedback:3")
    expected = FeedbackCount(ChangeType.NEW_DEAL, TieKind.ACQUISITION, useful=0, not_useful=1)
    assert counted(stage) == (expected,)
