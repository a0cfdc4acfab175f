"""App Home: what people see when they open it, and what they do there."""

import json

from bot.console.values import ChannelKind, View
from bot.services import members
from tests.scenario.articles import PURCHASE, TWELVE_DEALS
from tests.scenario.conftest import Stage, words
from tests.scenario.test_corrections import choose, tell


def opened(stage: Stage, who: str) -> View:
    """The Home of a person who opens it now."""
    with stage.home_shown(who):
        stage.slack.open_home(who)
    home = stage.workspace.views.home(stage.workspace.user(who).id)
    assert home is not None
    return home


def shown(view: View) -> str:
    return json.dumps(view.body, ensure_ascii=False)


def modal_behind(stage: Stage, home: View, action_id: str) -> View:
    """The modal that a button on somebody's Home opens."""
    before = len(stage.workspace.views.opened(home.user))
    stage.slack.click_view(home, action_id)
    stage.wait(lambda: len(stage.workspace.views.opened(home.user)) > before)
    return stage.workspace.views.opened(home.user)[-1]


def test_whoever_comes_first_sees_what_to_do(stage: Stage) -> None:
    assert "/invite @Seams" in shown(opened(stage, "tom"))


def test_it_shows_what_is_kept_where_and_what_changed(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.ask("/digest", "on")
    home = shown(opened(stage, "tom"))
    assert f"<#{stage.deals}>: 1 article" in home
    assert "digest on Mondays" in home
    assert "*Corvane* acquired *Tessel Robotics*" in home


def test_it_is_in_the_language_of_its_reader(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    assert "2 mar 2026" in shown(opened(stage, "lucia"))
    assert "2 Mar 2026" in shown(opened(stage, "tom"))


def test_the_conversation_beside_it_publishes_nothing(stage: Stage) -> None:
    newcomer = stage.workspace.add_user("newcomer")
    stage.slack.open_home("newcomer", tab="messages")
    opened(stage, "tom")  # what came before has been done then
    assert stage.workspace.views.home(newcomer) is None


def test_what_closed_channels_hold_is_not_there(stage: Stage) -> None:
    ignorant = shown(opened(stage, "tom"))
    members = [stage.ana, stage.tom, stage.workspace.bot_user]
    board = stage.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=members)
    stage.share(stage.publish(PURCHASE), where=board)
    stage.ask("/digest", "on", where=board)
    assert shown(opened(stage, "tom")) == ignorant


def test_a_guest_sees_no_fact(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.workspace.add_user("gus", restricted=True)
    home = shown(opened(stage, "gus"))
    assert "Tessel" not in home
    assert stage.deals not in home


def test_whom_slack_tells_nothing_of_is_shown_no_fact(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("users.info", "internal_error", times=2)
    assert "Tessel" not in shown(opened(stage, "tom"))


def test_what_is_followed_can_be_changed_there(stage: Stage) -> None:
    stage.share(stage.publish(TWELVE_DEALS))
    stage.ask("/watch", "corvane", where=stage.workspace.direct_channel("tom"), who="tom")
    home = opened(stage, "tom")
    assert "*Corvane*" in shown(home)
    [stop] = [
        option["value"]
        for block in home.body["blocks"]
        if block.get("accessory", {}).get("action_id") == "home_tier:1"
        for option in block["accessory"]["options"]
        if option["text"]["text"] == "Stop following"
    ]
    stage.slack.click_view(home, "home_tier:1", value=stop)
    stage.wait(lambda: "You follow nothing yet" in shown(stage.workspace.views.get(home.id)))


def test_a_digest_can_be_set_up_there(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    home = opened(stage, "tom")
    modal = modal_behind(stage, home, "home_digest:1")
    stage.slack.submit(modal, {"on": "yes"})
    stage.wait(lambda: "no digest" not in shown(stage.workspace.views.get(home.id)))


def test_the_digest_of_a_channel_that_turned_private_is_not_shown(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    home = opened(stage, "tom")
    before = len(stage.workspace.views.opened(stage.tom))
    stage.workspace.change_channel(stage.deals, kind=ChannelKind.PRIVATE)
    stage.share("we are private now")
    stage.slack.click_view(home, "home_digest:1")
    stage.wait(lambda: stage.deals not in shown(stage.workspace.views.get(home.id)))
    assert len(stage.workspace.views.opened(stage.tom)) == before


def test_a_form_left_open_does_not_show_what_a_channel_knows_that_turned_private(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    modal = modal_behind(stage, opened(stage, "tom"), "home_digest:1")
    stage.workspace.change_channel(stage.deals, kind=ChannelKind.PRIVATE)
    stage.share("we are private now")
    before = len(stage.workspace.views.opened(stage.tom))
    stage.slack.click_view(modal, "digest_preview")
    stage.wait(lambda: len(stage.workspace.views.opened(stage.tom)) > before)
    preview = shown(stage.workspace.views.opened(stage.tom)[-1])
    assert "out of date" in preview
    assert "Tessel" not in preview


def test_a_company_can_be_followed_there(stage: Stage) -> None:
    stage.share(stage.publish(TWELVE_DEALS))
    home = opened(stage, "tom")
    modal = modal_behind(stage, home, "home_follow")
    slip = stage.slack.submit(modal, {"follow_name": "corvanne"})
    assert "Corvane" in slip.errors["follow_name"]
    with stage.home_shown("tom"):
        assert not stage.slack.submit(slip, {"follow_name": "corvane", "follow_tier": "digest"}).open
    stage.wait(lambda: "*Corvane*" in shown(stage.workspace.views.get(home.id)))


def test_what_was_corrected_is_shown_and_can_be_taken_back_there(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    stage.ask("/digest", "on")
    tell(stage)
    choose(stage, stage.ask("/deals", "corvane"), "wrong")
    home = opened(stage, "tom")
    assert "Last corrections" in shown(home)
    assert "the next digest says so" in shown(home)
    with stage.home_shown("tom"):
        stage.slack.click_view(home, "home_undo:1")
    stage.wait(lambda: f"taken back by <@{stage.tom}>" in shown(stage.workspace.views.get(home.id)))
    assert "Tessel" in words(stage.ask("/deals", "corvane"))


def test_what_cannot_be_done_there_is_told(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    choose(stage, stage.ask("/deals", "corvane"), "wrong")
    home = opened(stage, "tom")
    stage.clock.advance(2 * members.STANDING_KEPT)
    stage.server.faults.fail_next("users.info", "internal_error")
    with stage.home_shown("tom"):
        assert "full members" in shown(modal_behind(stage, home, "home_undo:1"))


def test_what_only_a_closed_channel_corrected_is_not_there(stage: Stage) -> None:
    members = [stage.ana, stage.tom, stage.workspace.bot_user]
    board = stage.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=members)
    stage.share(stage.publish(PURCHASE), where=board)
    choose(stage, stage.ask("/deals", "corvane", where=board), "wrong")
    assert "Last corrections" not in shown(opened(stage, "tom"))


def test_a_person_can_have_their_traces_deleted(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE), who="tom")
    assert f"<@{stage.tom}>" in words(stage.ask("/deals", "corvane"))
    modal = modal_behind(stage, opened(stage, "tom"), "held")
    assert "1 article shared by you" in shown(modal)
    with stage.home_shown("tom"):
        assert "Done" in shown(stage.slack.submit(modal))
    answer = words(stage.ask("/deals", "corvane"))
    assert "Tessel Robotics" in answer
    assert f"<@{stage.tom}>" not in answer
