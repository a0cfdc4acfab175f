"""Messages that are answered in threads, change, go, and arrive in the wrong order."""

from dataclasses import replace

from bot.console import payloads
from bot.console.values import Message
from tests.scenario.articles import ALIAS, PURCHASE
from tests.scenario.conftest import Stage, words


def knows(stage: Stage, company: str = "corvane") -> bool:
    """Whether the record tells of a deal of the company."""
    return "acquired" in words(stage.ask("/deals", company))


def unsent(stage: Stage, text: str) -> Message:
    """A message whose event is still on its way."""
    return stage.workspace.post(stage.deals, "ana", f"<{stage.publish(text)}>")


def test_a_link_in_a_thread_is_answered_in_that_thread(stage: Stage) -> None:
    parent = stage.share("what is new?")
    ts = stage.slack.post(stage.deals, "tom", stage.publish(PURCHASE), thread_ts=parent)
    stage.settle()
    assert stage.reactions(ts) == ["bookmark"]
    assert [m.user for m in stage.replies(parent)] == [stage.tom, stage.workspace.bot_user]


def test_a_link_that_an_edit_takes_out_is_withdrawn(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    stage.slack.edit(stage.deals, ts, "never mind")
    stage.settle()
    assert not knows(stage)


def test_a_link_that_an_edit_exchanges_is_the_one_that_counts(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    stage.slack.edit(stage.deals, ts, stage.publish(ALIAS))
    stage.settle()
    assert (knows(stage), knows(stage, "ifw")) == (False, True)


def test_the_reply_to_a_link_that_an_edit_takes_out_goes_too(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    assert stage.replies(ts)
    stage.slack.edit(stage.deals, ts, "never mind")
    stage.settle()
    assert stage.replies(ts) == []


def test_an_edit_that_exchanges_a_link_leaves_one_reply_to_the_new_one(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    stage.slack.edit(stage.deals, ts, stage.publish(ALIAS))
    stage.settle()
    (reply,) = stage.replies(ts)
    assert "Tessel" not in words(reply)


def test_a_link_that_an_edit_brings_back_is_answered_anew(stage: Stage) -> None:
    link = stage.publish(PURCHASE)
    ts = stage.share(link)
    stage.slack.edit(stage.deals, ts, "never mind")
    stage.settle()
    stage.slack.edit(stage.deals, ts, link)
    stage.settle()
    assert len(stage.replies(ts)) == 1


def test_an_edit_that_arrives_after_the_deletion_brings_nothing_back(stage: Stage) -> None:
    message = unsent(stage, PURCHASE)
    edited = replace(message, text=f"now: {message.text}", edited=stage.workspace.stamp())
    late = payloads.message_changed(stage.workspace, edited, message)
    stage.slack.announce(message)
    stage.slack.delete(stage.deals, message.ts)
    stage.slack.event(late)
    stage.settle()
    assert not knows(stage)


def test_an_older_edit_that_arrives_late_changes_nothing(stage: Stage) -> None:
    message = unsent(stage, PURCHASE)
    stage.slack.announce(message)
    older = payloads.message_changed(stage.workspace, message, message)
    stage.slack.edit(stage.deals, message.ts, "never mind")
    stage.slack.event(older)
    stage.settle()
    assert not knows(stage)


def test_a_message_that_arrives_after_its_deletion_is_not_read(stage: Stage) -> None:
    message = unsent(stage, PURCHASE)
    stage.slack.delete(stage.deals, message.ts)
    stage.slack.event(payloads.message_event(stage.workspace, message))
    stage.settle()
    assert not knows(stage)


def test_a_deleted_message_with_replies_is_withdrawn_too(stage: Stage) -> None:
    """Slack leaves a tombstone in its place, and tells of a change."""
    ts = stage.share(stage.publish(PURCHASE))
    old = stage.workspace.message(stage.deals, ts)
    tombstone = replace(
        old, text="This message was deleted.", subtype="tombstone", user="USLACKBOT", blocks=()
    )
    stage.slack.event(payloads.message_changed(stage.workspace, tombstone, old))
    stage.settle()
    assert not knows(stage)


def test_what_another_message_still_says_stays(stage: Stage) -> None:
    url = stage.publish(PURCHASE)
    ts = stage.share(url)
    stage.share(url, where=stage.lobby)
    stage.slack.delete(stage.deals, ts)
    stage.settle()
    assert knows(stage)


def test_the_same_link_again_in_one_channel_is_said_to_be_known(stage: Stage) -> None:
    url = stage.publish(PURCHASE)
    stage.share(url)
    [reply] = stage.replies(stage.share(url, who="tom"))
    assert f"lready saved by <@{stage.ana}>" in words(reply)


def test_saving_what_was_read_already_says_nothing_twice(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    stage.slack.shortcut("tom", stage.workspace.message(stage.deals, ts), "save_article")
    stage.wait(lambda: stage.workspace.ephemerals(stage.deals, "tom"))
    stage.settle()
    assert len(stage.replies(ts)) == 1


def test_somebody_joining_is_no_message(stage: Stage) -> None:
    text = f"<@{stage.tom}> has joined the channel <{stage.publish(PURCHASE)}>"
    ts = stage.slack.post_raw(stage.deals, "tom", text, subtype="channel_join")
    stage.settle()
    assert stage.reactions(ts) == []


def test_what_seams_itself_posts_is_not_read(stage: Stage) -> None:
    stage.ask("/articles", "bots on")  # what others post is
    text = f"<{stage.publish(PURCHASE)}>"
    stage.slack.post_raw(stage.deals, stage.workspace.bot_user, text, bot_id=stage.workspace.bot_id)
    stage.settle()
    assert not knows(stage)
