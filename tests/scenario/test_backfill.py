"""What was shared before Seams was there, in a workspace that it serves now."""

from bot.console.values import ChannelKind
from bot.services import backfill
from bot.services.capture import SharedMessage
from bot.services.reading import read_article
from bot.values import Audience
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import Stage, words


def fill_in(stage: Stage, url: str, *, from_bot: bool = False) -> tuple[str, ...]:
    """Keep and read an old message of the deals channel; gives its articles."""
    team_id, services = stage.workspace.team_id, stage.seams.services
    backfill.keep_channel(services, team_id=team_id, channel_id=stage.deals, audience=Audience.UNKNOWN)
    message = SharedMessage(
        team_id=team_id,
        channel_id=stage.deals,
        audience=Audience.UNKNOWN,
        message_ts="1707130800.000100",
        version_ts=None,
        thread_ts=None,
        user_id=stage.ana,
        from_bot=from_bot,
        links=(url,),
    )
    found = backfill.keep_message(services, message)
    for article_id in found:
        read_article(services, team_id, article_id, "import", tries_left=0)
    return found


def ask_slack(stage: Stage) -> None:
    because = f"import:{stage.deals}"  # a channel of this test's own
    backfill.ask_about_channels(stage.seams.services, stage.workspace.team_id, because=because)
    stage.settle()


def test_it_stays_hidden_until_slack_says_who_sees_the_channel(stage: Stage) -> None:
    fill_in(stage, stage.publish(PURCHASE))
    assert "Tessel" not in words(stage.ask("/deals", "corvane", where=stage.lobby))
    ask_slack(stage)
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=stage.lobby))


def test_what_a_channel_that_is_private_now_shared_stays_there(stage: Stage) -> None:
    fill_in(stage, stage.publish(PURCHASE))
    stage.workspace.change_channel(stage.deals, kind=ChannelKind.PRIVATE)
    ask_slack(stage)
    assert "Tessel" not in words(stage.ask("/deals", "corvane", where=stage.lobby))


def test_nobody_is_told_of_it(stage: Stage) -> None:
    fill_in(stage, stage.publish(PURCHASE))
    ask_slack(stage)
    assert stage.said() == []


def test_who_shares_it_today_is_told(stage: Stage) -> None:
    url = stage.publish(PURCHASE)
    fill_in(stage, url)
    [reply] = stage.replies(stage.share(url))
    assert "Tessel" in words(reply)


def test_a_bot_s_message_is_left_where_bots_are(stage: Stage) -> None:
    assert fill_in(stage, stage.publish(PURCHASE), from_bot=True) == ()
