"""What is followed is told at once: to those who follow it, once, and nothing that they may not know."""

from datetime import timedelta

import pytest

from bot.console.values import ChannelKind, Message
from bot.services import audiences, backfill, rebuilding
from bot.services.capture import SharedMessage
from bot.services.reading import read_article
from bot.services.ticking import every_minute
from bot.values import Audience
from storage import people
from storage.engine import transaction
from tests.scenario.articles import ALIAS, PURCHASE, TWELVE_DEALS
from tests.scenario.conftest import START, Stage, words
from tests.scenario.test_corrections import choose, form, submit

MINUTE = timedelta(minutes=1)
RUMOUR = """Corvane is said to look at Larkspur Energy
The logistics group Corvane is in talks to acquire Larkspur Energy, two people familiar with the matter said.
Corvane may pay $90 million for Larkspur Energy. Neither company would comment on Monday.
"""


def tick(stage: Stage, after: timedelta = MINUTE) -> None:
    """Let time go by, and the clock look at what is due."""
    stage.clock.advance(after)
    every_minute(stage.seams.services)
    stage.settle()


def follow_alone(stage: Stage) -> str:
    """Have somebody new follow Corvane for themselves; gives their conversation with Seams.

    People and what was said to them live on from test to test, so that each such test needs its own.
    """
    who = stage.workspace.add_user(f"reader{len(stage.workspace.users())}")
    where = stage.workspace.direct_channel(who)
    stage.ask("/watch", '"corvane" now', where=where, who=who)
    return where


def board_of(stage: Stage) -> str:
    """A private channel."""
    members = [stage.ana, stage.workspace.bot_user]
    return stage.workspace.add_channel("board", kind=ChannelKind.PRIVATE, members=members)


def alerts(stage: Stage, where: str = "") -> list[Message]:
    """What was told at once in a channel."""
    return [each for each in stage.said(where) if each.text.startswith("News of companies")]


@pytest.fixture
def followed(stage: Stage) -> Stage:
    """The lobby follows Corvane."""
    stage.ask("/watch", '"corvane" now', where=stage.lobby)
    return stage


def test_what_is_posted_elsewhere_is_told_where_it_is_followed(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    [alert] = alerts(followed, followed.lobby)
    assert "Corvane acquired Tessel Robotics, $650 m" in alert.text
    assert "has acquired Tessel Robotics" in words(alert)


def test_a_rumour_is_told_as_one(followed: Stage) -> None:
    followed.share(followed.publish(RUMOUR))
    tick(followed)
    assert "Corvane may acquire Larkspur Energy" in alerts(followed, followed.lobby)[0].text


def test_nobody_else_is_told(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    assert [alerts(followed, where) for where in (followed.deals, followed.elsewhere)] == [[], []]


def test_what_nobody_follows_is_told_to_nobody(followed: Stage) -> None:
    followed.share(followed.publish(ALIAS))
    tick(followed)
    assert alerts(followed, followed.lobby) == []


def test_it_is_told_once_however_often_the_clock_looks_and_the_event_comes(followed: Stage) -> None:
    url = followed.publish(PURCHASE)
    followed.share(url)
    every_minute(followed.seams.services)
    for _ in range(3):
        every_minute(followed.seams.services)
        tick(followed)
    followed.share(f"{url}?utm_source=again")
    tick(followed)
    assert len(alerts(followed, followed.lobby)) == 1


def test_two_watches_that_match_tell_it_once(followed: Stage) -> None:
    followed.ask("/watch", '"tessel robotics" now', where=followed.lobby)
    followed.ask("/watch", '"tessel robotics", corvane now', where=followed.lobby)
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    tick(followed)
    assert len(alerts(followed, followed.lobby)) == 1


@pytest.mark.parametrize("fault", ["no answer", "server error"])
def test_a_post_whose_answer_was_lost_is_not_posted_twice(followed: Stage, fault: str) -> None:
    followed.share(followed.publish(PURCHASE))
    status = {"no answer": None, "server error": 503}[fault]
    followed.server.faults.fail_next("chat.postMessage", drop=status is None, status=status, after=True)
    tick(followed)
    assert len(alerts(followed, followed.lobby)) == 1


def test_a_person_is_told_once_although_the_answer_was_lost(stage: Stage) -> None:
    where = follow_alone(stage)
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("chat.postMessage", drop=True, after=True)
    tick(stage)
    assert len(alerts(stage, where)) == 1


def follow_from_afar(stage: Stage) -> str:
    """The same for somebody of whom it is not known where they read what is written to them."""
    where = follow_alone(stage)
    [who] = stage.workspace.channel(where).members - {stage.workspace.bot_user}
    with transaction(stage.seams.services.engine) as session:
        team_id = stage.workspace.team_id
        people.remember_conversation(session, team_id=team_id, user_id=who, conversation_id=None)
    return where


def test_a_person_who_was_never_written_to_is_told_once_although_the_answer_was_lost(stage: Stage) -> None:
    where = follow_from_afar(stage)
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("chat.postMessage", drop=True, after=True)
    tick(stage)
    assert len(alerts(stage, where)) == 1


def test_without_the_scope_to_ask_where_a_person_is_told_all_the_same(stage: Stage) -> None:
    where = follow_from_afar(stage)
    stage.share(stage.publish(PURCHASE))
    stage.server.faults.fail_next("conversations.open", "missing_scope")
    tick(stage)
    assert len(alerts(stage, where)) == 1


def test_a_burst_is_one_message(followed: Stage) -> None:
    followed.share(f"{followed.publish(PURCHASE)} {followed.publish(RUMOUR)}")
    tick(followed)
    [alert] = alerts(followed, followed.lobby)
    assert "Tessel" in alert.text
    assert "Larkspur" in alert.text


def test_what_a_thread_tells_is_not_told_again_in_its_channel(stage: Stage) -> None:
    stage.ask("/watch", '"corvane" now')
    ts = stage.share(stage.publish(PURCHASE))
    tick(stage)
    assert "Tessel" in words(stage.replies(ts)[0])
    assert alerts(stage) == []


def test_the_digest_does_not_tell_again_what_was_told_at_once(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    assert "Tessel" not in words(followed.ask("/digest", "preview", where=followed.lobby))
    assert "Tessel" in words(followed.ask("/digest", "preview"))


@pytest.mark.parametrize("reader", ["a channel", "a person"])
def test_who_was_told_wrongly_at_once_is_told_so_at_once_and_not_again(stage: Stage, reader: str) -> None:
    where = stage.lobby if reader == "a channel" else follow_alone(stage)
    if reader == "a channel":
        stage.ask("/watch", '"corvane" now', where=where)
    stage.share(stage.publish(PURCHASE))
    tick(stage)
    said = choose(stage, stage.ask("/deals", "corvane"), "wrong")
    tick(stage)
    tick(stage)
    assert "told here before; it is not so" in alerts(stage, where)[-1].text
    stage.press(said, "Undo")
    tick(stage)
    tick(stage)
    assert "Corvane acquired Tessel Robotics, $650 m, told otherwise here" in alerts(stage, where)[-1].text
    assert len(alerts(stage, where)) == 3
    assert "told otherwise" not in words(stage.ask("/digest", "preview", where=stage.lobby))


def test_a_company_that_was_told_of_at_once_and_renamed_is_told_of_at_once(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    card = followed.ask("/company", "corvane")
    view = form(followed, card, "rename", action="company_menu")
    submit(followed, view, {"name": "Northlight Group"})
    tick(followed)
    assert "Corvane is now called Northlight Group" in alerts(followed, followed.lobby)[-1].text


def test_what_is_corrected_and_taken_back_before_anybody_heard_of_it_is_not_told(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    followed.press(choose(followed, followed.ask("/deals", "corvane"), "wrong"), "Undo")
    tick(followed)
    assert len(alerts(followed, followed.lobby)) == 1


def test_a_person_is_told_in_their_own_conversation(stage: Stage) -> None:
    where = follow_alone(stage)
    stage.share(stage.publish(PURCHASE))
    tick(stage)
    [alert] = alerts(stage, where)
    assert "Tessel" in alert.text
    assert "that you follow" in alert.text


@pytest.mark.parametrize("tier", ["digest", "silent"])
def test_the_other_tiers_are_told_nothing_at_once(stage: Stage, tier: str) -> None:
    stage.ask("/watch", f'"corvane" {tier}', where=stage.lobby)
    stage.share(stage.publish(PURCHASE))
    tick(stage)
    assert alerts(stage, stage.lobby) == []


def test_a_pair_that_is_silent_is_not_told_though_its_company_is_followed(followed: Stage) -> None:
    followed.ask("/watch", '"corvane", "tessel robotics" silent', where=followed.lobby)
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    assert alerts(followed, followed.lobby) == []


def test_in_quiet_hours_it_waits_for_their_end(followed: Stage) -> None:
    followed.ask("/watch", "quiet 8:30-10:00 Europe/Madrid", where=followed.lobby)  # it is 9:00 there
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    tick(followed, timedelta(minutes=58))
    assert alerts(followed, followed.lobby) == []
    tick(followed)
    assert len(alerts(followed, followed.lobby)) == 1


def test_what_was_withdrawn_while_it_was_quiet_is_not_told(followed: Stage) -> None:
    followed.ask("/watch", "quiet 8:30-10:00 Europe/Madrid", where=followed.lobby)
    ts = followed.share(followed.publish(PURCHASE))
    tick(followed)
    followed.slack.delete(followed.deals, ts)
    followed.settle()
    tick(followed, timedelta(hours=2))
    assert alerts(followed, followed.lobby) == []


@pytest.mark.parametrize("wish", ["off corvane", "corvane silent"])
def test_what_is_wanted_no_more_is_not_told(followed: Stage, wish: str) -> None:
    followed.share(followed.publish(PURCHASE))
    followed.ask("/watch", wish, where=followed.lobby)
    tick(followed)
    assert alerts(followed, followed.lobby) == []


def test_over_the_days_cap_the_rest_is_counted_and_the_next_waits_for_tomorrow(followed: Stage) -> None:
    followed.ask("/watch", "cap 8", where=followed.lobby)
    followed.share(followed.publish(TWELVE_DEALS))
    tick(followed)
    [first] = alerts(followed, followed.lobby)
    assert "And 4 more." in first.text
    assert "And 4 more. Deals dated since then: `/deals since:2026-03-02`" in words(first)
    assert "That makes 8 changes today" in first.text
    followed.ask("/watch", '"copperfield networks" now', where=followed.lobby)
    followed.share(followed.publish(ALIAS))
    tick(followed)
    assert len(alerts(followed, followed.lobby)) == 1
    tick(followed, timedelta(days=1))
    assert len(alerts(followed, followed.lobby)) == 2


@pytest.mark.parametrize("reader", ["lobby", "person"])
def test_what_only_a_private_channel_knows_is_told_nowhere_else(stage: Stage, reader: str) -> None:
    where = follow_alone(stage) if reader == "person" else stage.lobby
    stage.ask("/watch", '"corvane" now', where=stage.lobby)
    stage.share(stage.publish(PURCHASE), where=board_of(stage))
    tick(stage)
    assert alerts(stage, where) == []


def test_a_private_channel_is_told_what_is_public(stage: Stage) -> None:
    board = board_of(stage)
    stage.ask("/watch", '"corvane" now', where=board)
    stage.share(stage.publish(PURCHASE))
    tick(stage)
    assert "Tessel" in alerts(stage, board)[0].text


def test_what_was_private_is_told_when_it_is_posted_in_public(followed: Stage) -> None:
    url = followed.publish(PURCHASE)
    followed.share(url, where=board_of(followed))
    tick(followed)
    assert alerts(followed, followed.lobby) == []
    followed.share(url)
    tick(followed)
    assert len(alerts(followed, followed.lobby)) == 1


def test_a_channel_that_another_organisation_began_to_read_is_told_nothing(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    followed.workspace.change_channel(followed.lobby, shared=True)
    tick(followed)
    assert alerts(followed, followed.lobby) == []


def test_a_channel_that_turned_private_takes_along_what_was_to_be_told(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    followed.workspace.change_channel(followed.deals, kind=ChannelKind.PRIVATE)
    audiences.recheck_audiences(followed.seams.services, followed.workspace.team_id)
    tick(followed)
    assert alerts(followed, followed.lobby) == []


def test_an_old_message_that_is_saved_now_is_no_news(followed: Stage) -> None:
    ts = followed.slack.post(followed.elsewhere, "ana", followed.publish(PURCHASE))
    followed.clock.advance(timedelta(days=2))
    message = followed.workspace.message(followed.elsewhere, ts)
    followed.slack.shortcut("ana", message, "save_article")
    followed.wait(lambda: followed.workspace.ephemerals(followed.elsewhere, "ana"))
    followed.settle()
    tick(followed)
    assert alerts(followed, followed.lobby) == []


def test_an_import_and_a_rebuild_are_no_news(followed: Stage) -> None:
    services, team_id = followed.seams.services, followed.workspace.team_id
    message = SharedMessage(
        team_id=team_id,
        channel_id=followed.deals,
        audience=Audience.PUBLIC,
        message_ts=f"{START.timestamp() - 60:.6f}",
        version_ts=None,
        thread_ts=None,
        user_id=followed.ana,
        from_bot=False,
        links=(followed.publish(PURCHASE),),
    )
    backfill.keep_channel(services, team_id=team_id, channel_id=followed.deals, audience=Audience.PUBLIC)
    [article_id] = backfill.keep_message(services, message)
    read_article(services, team_id, article_id, "import", tries_left=0)
    rebuilding.rebuild(services, team_id, progress=lambda _done, _total: None)
    assert "Tessel" in words(followed.ask("/deals", "corvane"))
    tick(followed)
    assert alerts(followed, followed.lobby) == []


def test_a_channel_out_of_reach_is_given_up_and_the_next_one_told(followed: Stage) -> None:
    where = follow_alone(followed)
    followed.share(followed.publish(PURCHASE))
    followed.server.faults.fail_next("chat.postMessage", "is_archived")
    tick(followed)
    tick(followed)
    told = [*alerts(followed, followed.lobby), *alerts(followed, where)]
    assert len(told) == 1


def test_the_alert_leads_to_what_is_followed(followed: Stage) -> None:
    followed.share(followed.publish(PURCHASE))
    tick(followed)
    [alert] = alerts(followed, followed.lobby)
    assert followed.slack.click("tom", alert, label="What is followed").ok
    followed.wait(lambda: followed.workspace.ephemerals(followed.lobby, "tom"))
    assert "Corvane (At once)" in followed.workspace.ephemerals(followed.lobby, "tom")[-1].text
    assert alerts(followed, followed.lobby) == [alert]
