"""Following companies: by name, for a channel or for oneself."""

from bot.console.values import ChannelKind, Message
from tests.scenario.articles import ALIAS, PURCHASE
from tests.scenario.conftest import Stage, words


def own(stage: Stage, who: str = "ana") -> str:
    """A person's direct conversation with Seams."""
    return stage.workspace.direct_channel(stage.workspace.user(who).id)


def pick(stage: Stage, message: Message, label: str) -> Message:
    """Ana picks an option of the first menu of a message that changes with it."""
    menu = next(block["accessory"] for block in message.blocks if "accessory" in block)
    value = next(option["value"] for option in menu["options"] if option["text"]["text"] == label)
    assert stage.slack.click("ana", message, menu["action_id"], value=value).ok

    def now() -> Message:
        return stage.workspace.any_message(message.channel, message.ts)

    stage.wait(lambda: now() != message)
    return now()


def test_a_company_is_followed_and_listed_for_the_whole_channel(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    assert "Followed in this channel now. Corvane: told at once" in stage.ask("/watch", "corvane").text
    assert "Corvane (At once)" in stage.ask("/watch", who="tom").text


def test_a_channel_does_not_follow_what_another_does(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.ask("/watch", "corvane")
    assert "Nothing is followed" in stage.ask("/watch", where=stage.lobby).text


def test_in_a_direct_conversation_a_person_follows(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    assert "You follow it now" in stage.ask("/watch", "corvane digest", where=own(stage)).text
    between = stage.workspace.add_channel("tom", kind=ChannelKind.DIRECT, members=[stage.ana, stage.tom])
    assert "Corvane (In the digest)" in stage.ask("/watch", where=between).text
    assert "You follow nothing" in stage.ask("/watch", where=own(stage, "tom"), who="tom").text


def test_a_pair_is_followed_by_any_of_its_names(stage: Stage) -> None:
    stage.share(stage.publish(ALIAS))
    said = stage.ask("/watch", "IFW, copperfield networks silent").text
    assert "Copperfield Networks – International Foundry Works" in said
    again = stage.ask("/watch", "international foundry works, copperfield networks").text
    assert "Already followed" in again


def test_a_slip_is_asked_about_and_never_followed(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    asked = stage.ask("/watch", "corvanne now")
    assert "Did you mean Corvane?" in asked.text
    assert "Nothing is followed" in stage.ask("/watch").text
    stage.press(asked, "Corvane")
    assert "Corvane (At once)" in stage.ask("/watch").text


def test_a_name_nobody_posted_about_is_followed_when_that_is_wanted(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.press(stage.ask("/watch", "corvanne"), "Follow “corvanne” as typed")
    assert "corvanne (At once, nothing posted names it yet)" in stage.ask("/watch").text


def test_a_name_like_no_other_is_followed_at_once_and_found_when_it_comes(stage: Stage) -> None:
    assert "Nothing posted so far names it" in stage.ask("/watch", '"tessel robotics" silent').text
    stage.share(stage.publish(PURCHASE))
    assert "Tessel Robotics (Silent)." in stage.ask("/watch").text


def test_a_company_that_is_gone_is_not_followed_by_its_number(stage: Stage) -> None:
    assert "not known here any more" in stage.ask("/watch", '"#0123456789abcdef" now').text
    assert "Nothing is followed" in stage.ask("/watch").text


def test_the_menu_changes_how_it_is_told_and_stops_it(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.ask("/watch", "corvane")
    quieter = pick(stage, stage.ask("/watch"), "Silent")
    assert "Corvane (Silent)" in quieter.text
    assert "Nothing is followed" in pick(stage, quieter, "Stop following").text


def test_off_stops_it(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.ask("/watch", "corvane")
    assert "No longer followed: Corvane" in stage.ask("/watch", "off corvane").text
    assert "not followed here" in stage.ask("/watch", "off corvane").text


def test_quiet_hours_are_in_the_zone_where_the_person_lives(stage: Stage) -> None:
    assert "Quiet from 22:00 to 08:00 (Europe/Madrid)" in stage.ask("/watch", "quiet 22-8").text
    assert "(America/New York)" in stage.ask("/watch", "quiet 10pm-8am New York").text
    assert "No quiet hours" in stage.ask("/watch", "quiet off").text
    assert "At most 3 changes a day" in stage.ask("/watch", "cap 3").text


def test_a_channel_that_seams_is_not_in_can_be_told_nothing_at_once(stage: Stage) -> None:
    assert "/invite" in stage.ask("/watch", "corvane now", where=stage.elsewhere).text
    assert "Followed" in stage.ask("/watch", "corvane digest", where=stage.elsewhere).text


def test_a_channel_that_another_organisation_reads_follows_nothing(stage: Stage) -> None:
    stage.workspace.change_channel(stage.deals, shared=True)
    assert "Another organisation" in stage.ask("/watch", "corvane").text


def test_what_only_a_private_channel_knows_is_unknown_to_followers_elsewhere(stage: Stage) -> None:
    board = stage.workspace.add_channel(
        "board", kind=ChannelKind.PRIVATE, members=[stage.ana, stage.workspace.bot_user]
    )
    stage.share(stage.publish(PURCHASE), where=board)
    assert "nothing posted names it yet" not in words(stage.ask("/watch", "corvane", where=board))
    for where in (stage.lobby, own(stage)):
        stage.ask("/watch", "corvane", where=where)
        assert "corvane (At once, nothing posted names it yet)" in stage.ask("/watch", where=where).text
