"""Pictures and tables that people ask for appear in the channel, once, or it is said why not."""

import csv
import io
import struct

import pytest

from bot.console.values import ChannelKind, Json, Message
from bot.services.exporting import COLUMNS
from tests.scenario.articles import PURCHASE, TWELVE_DEALS
from tests.scenario.conftest import Stage, words

MISSING = "files:write"


def posted(stage: Stage, where: str = "") -> list[Message]:
    """The messages with files in a channel."""
    return [message for message in stage.workspace.messages(where or stage.deals) if message.files]


def ask_for(stage: Stage, command: str, text: str, *, where: str = "") -> Message:
    """Ana asks for a file; returns the message that holds it."""
    stage.ask(command, text, where=where)
    stage.settle()
    [message] = posted(stage, where)
    return message


def file_of(stage: Stage, message: Message) -> Json:
    """What the workspace keeps of a message's file."""
    return stage.workspace.file(str(message.files[0]["id"]))


def told(stage: Stage) -> str:
    """What Ana alone was told last."""
    return words(stage.workspace.ephemerals(stage.deals, "ana")[-1])


def rows_of(stage: Stage, message: Message) -> list[dict[str, str]]:
    content: bytes = file_of(stage, message)["content"]
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        ("/company", "corvane chart"),
        ("/company", "corvane map"),
        ("/relationship", "corvane, tessel robotics chart"),
    ],
)
def test_a_picture_is_posted_with_the_words_that_say_the_same(stage: Stage, command: str, typed: str) -> None:
    stage.share(stage.publish(PURCHASE))
    message = ask_for(stage, command, typed)
    file = file_of(stage, message)
    width, height = struct.unpack(">II", file["content"][16:24])
    assert file["content"].startswith(b"\x89PNG")
    assert width == 1080
    assert height > 400
    assert "Tessel Robotics" in file["alt_txt"]
    assert f"<@{stage.ana}>" in message.text


def test_the_person_who_asked_is_told_that_everybody_will_see_it(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    assert "for everybody in it" in words(stage.ask("/company", "corvane map"))


def test_a_button_of_the_card_posts_the_map(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    card = stage.ask("/company", "corvane")
    stage.slack.click("ana", card, label="Map in channel")
    stage.wait(lambda: posted(stage))
    assert "Map around Corvane" in posted(stage)[0].text


def test_a_table_holds_all_deals_and_not_one_page(stage: Stage) -> None:
    stage.share(stage.publish(TWELVE_DEALS))
    message = ask_for(stage, "/deals", "corvane min:20m csv")
    rows = rows_of(stage, message)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 11
    assert file_of(stage, message)["name"] == "corvane-deals.csv"
    assert "11 deals of Corvane as a table, only of at least 20 m" in message.text


def test_a_file_asked_for_twice_within_a_minute_is_posted_once(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.ask("/deals", "corvane csv")
    assert len(rows_of(stage, ask_for(stage, "/deals", "corvane csv"))) == 1


@pytest.mark.parametrize("typed", ["corvanne map", "zzyzx map", "corvane, tessel map"])
def test_nothing_is_posted_for_a_name_that_is_no_company(stage: Stage, typed: str) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.ask("/company", typed)
    stage.settle()
    assert posted(stage) == []


def test_a_name_that_was_meant_still_leads_to_the_map(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.press(stage.ask("/company", "corvanne map"), "Corvane")
    stage.wait(lambda: posted(stage))


def test_without_the_permission_it_is_said_how_to_give_it_and_what_the_picture_shows(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("files.getUploadURLExternal", "missing_scope")
    stage.ask("/company", "corvane map")
    stage.settle()
    assert posted(stage) == []
    assert MISSING in told(stage)
    assert "Tessel Robotics" in told(stage)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_a_pause_that_slack_asks_for_is_kept_and_nothing_posted_twice(stage: Stage, method: str) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next(method, status=429, retry_after=0)
    before = len(stage.server.calls("conversations.history"))
    ask_for(stage, "/company", "corvane map")
    assert len(stage.server.calls("conversations.history")) == before


def test_a_post_whose_answer_was_lost_is_not_posted_twice(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("files.completeUploadExternal", drop=True, after=True)
    ask_for(stage, "/company", "corvane map")


def test_where_slack_does_not_tell_whether_it_is_posted_it_is_not_posted_again(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("files.completeUploadExternal", drop=True, after=True)
    stage.server.faults.fail_next("conversations.history", "missing_scope")
    ask_for(stage, "/company", "corvane map")


def test_a_file_that_slack_will_never_take_is_explained(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("files.completeUploadExternal", "restricted_action")
    stage.ask("/company", "corvane map")
    stage.settle()
    assert "restricted action" in told(stage)
    assert posted(stage) == []


def test_where_the_bot_is_no_member_it_asks_to_be_invited(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    assert "/invite" in words(stage.ask("/company", "corvane map", where=stage.elsewhere))


def test_no_picture_is_posted_where_another_organisation_reads(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.workspace.change_channel(stage.lobby, shared=True)
    assert "Another organisation" in words(stage.ask("/company", "corvane map", where=stage.lobby))
    stage.settle()
    assert posted(stage, stage.lobby) == []


def test_a_picture_shows_what_the_members_of_its_channel_may_see(stage: Stage) -> None:
    members = [stage.ana, stage.workspace.bot_user]
    board = stage.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=members)
    stage.share(stage.publish(PURCHASE), where=board)
    stage.share(stage.publish(PURCHASE.replace("Tessel Robotics", "Brightmoor Systems")))
    inside = file_of(stage, ask_for(stage, "/company", "corvane map", where=board))["alt_txt"]
    outside = file_of(stage, ask_for(stage, "/company", "corvane map"))["alt_txt"]
    assert "Tessel" in inside
    assert "Tessel" not in outside
    assert "Brightmoor" in outside
