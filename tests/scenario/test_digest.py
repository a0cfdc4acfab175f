"""The weekly digest: when it comes, what it tells, and that it comes once."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.console.values import ChannelKind
from bot.digest.schedule import Schedule, latest_period
from bot.services import digests
from storage import people
from storage.digests import RunState, claim_digest, get_digest, mark_digest
from storage.engine import snapshot, transaction
from storage.people import Person
from tests.scenario.articles import ALIAS, PURCHASE
from tests.scenario.conftest import START, Stage, words

WEEK = timedelta(weeks=1)
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # 09:00 in Madrid
MADRID = Schedule(weekday=0, hour=9, minute=0, timezone="Europe/Madrid")


def subscribe(stage: Stage, *where: str, who: str = "ana") -> None:
    """Switch the digest on, in the week before MONDAY."""
    for channel in where or (stage.deals,):
        stage.ask("/digest", "on", where=channel, who=who)


def come(stage: Stage, moment: datetime) -> None:
    """Let it be that moment, and the clock look at what is due."""
    stage.clock.set(moment)
    digests.enqueue_due(stage.seams.services)
    stage.settle()


def run_of(stage: Stage, where: str, moment: datetime) -> RunState | None:
    """How far the digest of that moment came."""
    key = latest_period(MADRID, moment).key
    with snapshot(stage.seams.services.engine) as session:
        run = get_digest(session, team_id=stage.workspace.team_id, channel_id=where, period_key=key)
    return run.state if run else None


@pytest.fixture
def news(stage: Stage) -> Stage:
    """A channel with the digest on in which an article was posted on Tuesday."""
    subscribe(stage)
    stage.clock.set(START + timedelta(days=1))
    stage.share(stage.publish(PURCHASE))
    stage.clock.advance(timedelta(minutes=1))
    return stage


def test_it_comes_on_monday_at_nine_where_the_person_who_wanted_it_lives(news: Stage) -> None:
    come(news, MONDAY)
    assert "Tessel" in words(news.said()[0])


def test_it_does_not_come_a_minute_early(news: Stage) -> None:
    come(news, MONDAY - timedelta(minutes=1))
    assert news.said() == []


def test_switching_it_on_says_when_it_comes(stage: Stage) -> None:
    said = words(stage.ask("/digest", "on"))
    assert "Mondays at 09:00 (Europe/Madrid)" in said
    assert "9 Mar 2026" in said


@pytest.mark.parametrize("zone", [None, "Mars/Olympus"], ids=["not told", "unknown"])
def test_where_slack_does_not_tell_the_time_zone_it_is_utc(stage: Stage, zone: str | None) -> None:
    told = Person(stage.ana, "en-US", zone, stage.clock(), full_member=True)
    with transaction(stage.seams.services.engine) as session:
        people.remember_person(session, team_id=stage.workspace.team_id, person=told)
    assert "(UTC)" in words(stage.ask("/digest", "on"))


def test_its_time_can_be_moved(news: Stage) -> None:
    news.ask("/digest", "when friday 17:00")
    come(news, datetime(2026, 3, 6, 16, 0, tzinfo=UTC))
    assert len(news.said()) == 1


def test_a_move_in_mid_week_tells_nothing_twice(news: Stage) -> None:
    news.ask("/digest", "when friday 17:00")
    come(news, datetime(2026, 3, 6, 16, 0, tzinfo=UTC))
    news.ask("/digest", "when monday 9:00")
    come(news, MONDAY)
    assert "Tessel" not in words(news.said()[1])


def test_switched_off_it_does_not_come(news: Stage) -> None:
    news.ask("/digest", "off")
    come(news, MONDAY)
    assert news.said() == []


def test_switched_off_after_it_was_due_it_does_not_come(news: Stage) -> None:
    news.ask("/digest", "off")
    key = latest_period(MADRID, MONDAY).key
    digests.post_digest(news.seams.services, news.workspace.team_id, news.deals, key)
    assert news.said() == []


def test_a_preview_is_for_one_and_counts_as_nothing(news: Stage) -> None:
    assert "Tessel" in words(news.ask("/digest", "preview"))
    assert news.said() == []
    come(news, MONDAY)
    assert "Tessel" in words(news.said()[0])


def test_now_posts_it_and_the_next_one_tells_what_is_new_after_it(news: Stage) -> None:
    news.ask("/digest", "now")
    news.settle()
    assert "Tessel" in words(news.said()[0])
    come(news, MONDAY)
    assert "Tessel" not in words(news.said()[1])


def test_it_comes_once_however_often_the_clock_looks(news: Stage) -> None:
    for minute in range(3):
        come(news, MONDAY + timedelta(minutes=minute))
    assert len(news.said()) == 1


def test_it_comes_once_when_two_clocks_look_at_the_same_time(news: Stage) -> None:
    news.clock.set(MONDAY)
    with ThreadPoolExecutor(4) as clocks:
        list(clocks.map(digests.enqueue_due, [news.seams.services] * 4))
    news.settle()
    assert len(news.said()) == 1


def test_it_comes_once_when_its_job_is_done_again(news: Stage) -> None:
    come(news, MONDAY)
    key = latest_period(MADRID, MONDAY).key
    digests.post_digest(news.seams.services, news.workspace.team_id, news.deals, key)
    assert len(news.said()) == 1


def test_a_quiet_week_is_one_line(news: Stage) -> None:
    come(news, MONDAY)
    come(news, MONDAY + WEEK)
    quiet = news.said()[1]
    assert quiet.text.startswith("Nothing changed between companies")
    assert len(quiet.blocks) == 1


def test_after_three_weeks_of_silence_one_digest_tells_all(news: Stage) -> None:
    news.clock.advance(timedelta(days=10))
    news.share(news.publish(ALIAS))
    come(news, MONDAY + 2 * WEEK)
    [digest] = news.said()
    assert "Tessel" in words(digest)
    assert "Copperfield" in words(digest)
    assert "3 Mar to 23 Mar 2026" in words(digest)


def test_what_was_deleted_before_is_not_told(stage: Stage) -> None:
    subscribe(stage)
    stage.clock.set(START + timedelta(days=1))
    ts = stage.share(stage.publish(PURCHASE))
    stage.slack.delete(stage.deals, ts)
    stage.settle()
    come(stage, MONDAY)
    assert "Tessel" not in words(stage.said()[0])


def test_every_channel_is_told_what_all_may_know(news: Stage) -> None:
    subscribe(news, news.lobby)
    come(news, MONDAY)
    assert "Tessel" in words(news.said(news.lobby)[0])


def test_a_private_channel_is_told_its_own_and_nobody_else_is(stage: Stage) -> None:
    board = stage.workspace.add_channel(
        "board", kind=ChannelKind.PRIVATE, members=[stage.ana, stage.workspace.bot_user]
    )
    subscribe(stage, board, stage.deals)
    stage.clock.set(START + timedelta(days=1))
    stage.share(stage.publish(PURCHASE), where=board)
    come(stage, MONDAY)
    assert "Tessel" in words(stage.said(board)[0])
    assert stage.said(stage.deals)[0].text.startswith("Nothing changed")


def test_what_a_channel_said_that_turned_private_in_silence_is_told_nowhere_else(stage: Stage) -> None:
    subscribe(stage, stage.lobby)
    stage.clock.set(START + timedelta(days=1))
    stage.share(stage.publish(PURCHASE))
    stage.workspace.change_channel(stage.deals, kind=ChannelKind.PRIVATE)
    come(stage, MONDAY)
    assert stage.said(stage.lobby)[0].text.startswith("Nothing changed")


def test_what_a_channel_said_that_turned_public_is_told_to_all(stage: Stage) -> None:
    board = stage.workspace.add_channel(
        "board", kind=ChannelKind.PRIVATE, members=[stage.ana, stage.workspace.bot_user]
    )
    subscribe(stage, stage.lobby)
    stage.clock.set(START + timedelta(days=1))
    stage.share(stage.publish(PURCHASE), where=board)
    stage.workspace.change_channel(board, kind=ChannelKind.PUBLIC)
    stage.share("we are public now", where=board)
    come(stage, MONDAY)
    assert "Tessel" in words(stage.said(stage.lobby)[0])


@pytest.mark.parametrize(
    "error",
    ["not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_such_word"],
)
def test_a_channel_out_of_reach_is_given_up_and_the_next_one_served(news: Stage, error: str) -> None:
    first, second = sorted([news.deals, news.lobby])
    subscribe(news, news.lobby)
    news.server.faults.fail_next("chat.postMessage", error)
    come(news, MONDAY)
    states = [run_of(news, first, MONDAY), run_of(news, second, MONDAY)]
    assert sorted(map(str, states)) == [RunState.FAILED, RunState.POSTED]
    assert len(news.said(first)) + len(news.said(second)) == 1


def test_what_a_failed_digest_would_have_told_comes_with_the_next(news: Stage) -> None:
    news.server.faults.fail_next("chat.postMessage", "not_in_channel")
    come(news, MONDAY)
    come(news, MONDAY + WEEK)
    assert "Tessel" in words(news.said()[0])


def test_a_rate_limit_is_waited_out(news: Stage) -> None:
    before = len(news.server.calls("chat.postMessage"))
    news.server.faults.fail_next("chat.postMessage", status=429, retry_after=1)
    began = time.monotonic()
    come(news, MONDAY)
    assert time.monotonic() - began >= 1
    assert [call.status for call in news.server.calls("chat.postMessage")[before:]] == [429, 200]
    assert len(news.said()) == 1


@pytest.mark.parametrize("fault", ["no answer", "server error"])
def test_a_post_whose_answer_was_lost_is_not_posted_twice(news: Stage, fault: str) -> None:
    status = {"no answer": None, "server error": 503}[fault]
    news.server.faults.fail_next("chat.postMessage", drop=status is None, status=status, after=True)
    come(news, MONDAY)
    assert len(news.said()) == 1
    assert run_of(news, news.deals, MONDAY) is RunState.POSTED


@pytest.mark.parametrize("state", [RunState.CLAIMED, RunState.POSTING], ids=["claimed", "about to post"])
def test_it_comes_once_when_seams_was_stopped_before_it_was_posted(news: Stage, state: RunState) -> None:
    """What another process began and left: its job is done again."""
    news.clock.set(MONDAY)
    key = latest_period(MADRID, MONDAY).key
    where = {"team_id": news.workspace.team_id, "channel_id": news.deals, "period_key": key}
    with transaction(news.seams.services.engine) as session:
        claim_digest(session, **where, now=MONDAY)
        mark_digest(session, **where, state=state)
    for _ in range(2):
        digests.post_digest(news.seams.services, news.workspace.team_id, news.deals, key)
    [digest] = news.said()
    assert "Tessel" in words(digest)


def test_blocks_that_slack_refuses_are_said_in_words(news: Stage) -> None:
    news.server.faults.fail_next("chat.postMessage", "invalid_blocks")
    come(news, MONDAY)
    [digest] = news.said()
    assert digest.blocks == ()
    assert "Tessel" in digest.text


@pytest.mark.parametrize("typed", ["on", "now"])
def test_it_cannot_be_had_where_the_bot_is_not(stage: Stage, typed: str) -> None:
    assert "/invite" in words(stage.ask("/digest", typed, where=stage.elsewhere))


def test_a_channel_whose_schedule_is_broken_does_not_stop_the_others(news: Stage) -> None:
    """A time zone may vanish with an upgrade of the zone files."""
    from storage import channels
    from storage.engine import transaction

    with transaction(news.seams.services.engine) as session:
        channels.set_digest(
            session,
            team_id=news.workspace.team_id,
            channel_id="C0000000001",
            on=True,
            schedule=Schedule(0, 9, 0, "Europe/Atlantis"),
            now=START,
        )
    come(news, MONDAY)
    assert len(news.said()) == 1


def test_a_channel_that_another_organisation_reads_gets_no_digest(stage: Stage) -> None:
    stage.workspace.change_channel(stage.deals, shared=True)
    answer = stage.ask("/digest", "on")
    assert "Another organisation" in words(answer)


def test_a_channel_that_was_shared_in_silence_gets_no_digest(news: Stage) -> None:
    news.workspace.change_channel(news.deals, shared=True)
    come(news, MONDAY)
    assert run_of(news, news.deals, MONDAY) is RunState.SKIPPED
    assert news.said() == []
