"""What happens to links that people post."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import MetaData, update

from bot.console.delivery import Envelope
from bot.console.payloads import event_callback, message_event
from storage import articles, teams
from storage.engine import Engine, snapshot, transaction
from storage.postings import visible_postings
from storage.schema import PostingRow, TellingState
from tests.scenario.articles import PURCHASE, QUIET
from tests.scenario.conftest import SECRET, Stage, words


def test_a_link_gets_one_bookmark_and_a_reply_that_says_what_was_read(stage: Stage) -> None:
    ts = stage.share(f"look: {stage.publish(PURCHASE)}")
    assert stage.reactions(ts) == ["bookmark"]
    [reply] = stage.replies(ts)
    assert "Corvane" in words(reply)
    assert "Tessel Robotics" in words(reply)
    assert "650" in words(reply)


def test_an_article_about_no_companies_gets_a_bookmark_and_no_reply(stage: Stage) -> None:
    ts = stage.share(stage.publish(QUIET))
    assert stage.reactions(ts) == ["bookmark"]
    assert stage.replies(ts) == []


def test_a_message_without_links_causes_nothing(stage: Stage) -> None:
    ts = stage.share("good morning")
    assert stage.reactions(ts) == []
    assert stage.replies(ts) == []


def test_the_same_event_three_times_is_one_reply(stage: Stage) -> None:
    url = stage.publish(PURCHASE)
    event = {
        "type": "message", "channel": stage.deals, "channel_type": "channel", "user": stage.ana,
        "text": f"<{url}>", "ts": stage.workspace.stamp(),
    }  # fmt: skip
    stage.workspace.post(stage.deals, "ana", f"<{url}>")
    ts = stage.workspace.messages(stage.deals)[-1].ts
    event["ts"] = ts
    for _ in range(3):
        stage.slack.event(event, event_id="Ev0SAME")
    stage.settle()
    assert len(stage.replies(ts)) == 1
    assert stage.reactions(ts) == ["bookmark"]
    assert len(kept_articles(stage)) == 1


def kept_articles(stage: Stage) -> tuple[str, ...]:
    with snapshot(stage.seams.services.engine) as session:
        return articles.article_ids(session, team_id=stage.workspace.team_id)


def test_the_same_event_from_two_sides_at_once_is_one_reply(stage: Stage) -> None:
    message = stage.workspace.post(stage.deals, "ana", f"<{stage.publish(PURCHASE)}>")
    event = message_event(stage.workspace, message)
    with ThreadPoolExecutor(4) as sides:
        acks = list(sides.map(lambda _: stage.slack.event(event, event_id="Ev0BOTH"), range(4)))
    assert all(ack.ok for (ack,) in acks)
    stage.settle()
    assert len(stage.replies(message.ts)) == 1
    assert len(kept_articles(stage)) == 1


def test_an_event_whose_first_delivery_failed_is_taken_when_slack_sends_it_again(stage: Stage) -> None:
    identity = stage.seams.identity
    assert identity
    with transaction(stage.seams.services.engine) as session:
        teams.purge_team(session, team_id=identity.team_id)  # nothing can be stored
    message = stage.workspace.post(stage.deals, "ana", f"<{stage.publish(PURCHASE)}>")
    event = message_event(stage.workspace, message)
    assert [ack.status for ack in stage.slack.event(event, event_id="Ev0AGAIN")] == [500, 500]
    with transaction(stage.seams.services.engine) as session:
        teams.remember_team(session, team_id=identity.team_id, bot_user_id=identity.bot_user_id)
    callback = event_callback(stage.workspace, event, "Ev0AGAIN")
    retried = {"X-Slack-Retry-Num": "2", "X-Slack-Retry-Reason": "http_error"}
    assert stage.slack._carry(Envelope.EVENT, callback, retried).ok
    stage.settle()
    assert len(stage.replies(message.ts)) == 1


def test_the_same_link_in_two_channels_is_one_article_told_in_both(stage: Stage) -> None:
    url = stage.publish(PURCHASE)
    first = stage.share(url)
    stage.clock.advance(timedelta(minutes=1))
    second = stage.share(url, where=stage.lobby)
    assert len(stage.replies(first)) == 1
    [reply] = stage.replies(second, where=stage.lobby)
    assert "lready saved" in words(reply)
    [article_id] = kept_articles(stage)
    with snapshot(stage.seams.services.engine) as session:
        where = {"team_id": stage.workspace.team_id, "channel_id": stage.deals}
        pointers = visible_postings(session, **where, article_id=article_id)
    assert {each.channel_id for each in pointers} == {stage.deals, stage.lobby}


def test_a_link_added_by_an_edit_is_read(stage: Stage) -> None:
    ts = stage.share("wait for it")
    stage.slack.edit(stage.deals, ts, f"here: {stage.publish(PURCHASE)}")
    stage.settle()
    assert len(stage.replies(ts)) == 1


def test_slacks_own_preview_changes_nothing(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    stage.slack.unfurl(stage.deals, ts, "Corvane buys")
    stage.settle()
    assert len(stage.replies(ts)) == 1


def test_a_deleted_message_withdraws_what_only_it_supported(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    assert "Tessel" in words(stage.ask("/deals", "corvane"))
    stage.slack.delete(stage.deals, ts)
    stage.settle()
    assert "Tessel" not in words(stage.ask("/deals", "corvane"))


def test_the_reply_under_a_deleted_message_is_deleted_too(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    assert stage.replies(ts)
    stage.slack.delete(stage.deals, ts)
    stage.settle()
    assert stage.replies(ts) == []


def test_a_reply_that_was_cut_off_in_being_noted_is_deleted_with_its_message(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE))
    with transaction(stage.seams.services.engine) as session:
        forgotten = update(PostingRow).where(
            PostingRow.message_ts == ts, PostingRow.channel_id == stage.deals
        )
        session.execute(forgotten.values(telling=TellingState.TELLING, reply_ts=None))
    stage.slack.delete(stage.deals, ts)
    stage.settle()
    assert stage.replies(ts) == []


def test_a_reply_that_comes_after_its_message_went_and_is_not_noted_is_deleted_too(stage: Stage) -> None:
    before = len(stage.server.calls("chat.delete"))
    # Slow between the bookmark and the reply, whose answer is lost then: nobody knows where it stands.
    stage.server.faults.fail_next("reactions.add", "already_reacted", delay=1.0, after=True)
    stage.server.faults.fail_next("chat.postMessage", drop=True, after=True)
    ts = stage.slack.post(stage.deals, "ana", stage.publish(PURCHASE))
    stage.wait(lambda: stage.reactions(ts))
    stage.slack.delete(stage.deals, ts)
    stage.settle()
    assert len(stage.server.calls("chat.delete")) > before
    assert stage.replies(ts) == []


def test_a_channel_without_the_bot_is_not_read(stage: Stage) -> None:
    ts = stage.share(stage.publish(PURCHASE), where=stage.elsewhere)
    assert stage.replies(ts, where=stage.elsewhere) == []


def test_save_article_works_in_a_channel_without_the_bot(stage: Stage) -> None:
    ts = stage.slack.post(stage.elsewhere, "ana", stage.publish(PURCHASE))
    stage.slack.shortcut("tom", stage.workspace.message(stage.elsewhere, ts), "save_article")
    stage.wait(lambda: stage.workspace.ephemerals(stage.elsewhere, "tom"))
    stage.settle()
    assert "Tessel" in words(stage.ask("/deals", "corvane", where=stage.elsewhere))


def test_save_article_on_a_message_without_links_says_so(stage: Stage) -> None:
    ts = stage.slack.post(stage.deals, "ana", "no link")
    stage.slack.shortcut("ana", stage.workspace.message(stage.deals, ts), "save_article")
    stage.wait(lambda: stage.workspace.ephemerals(stage.deals, "ana"))
    assert "no link" in words(stage.workspace.ephemerals(stage.deals, "ana")[-1]).lower()


def test_a_bots_post_is_left_alone_until_the_channel_allows_it(stage: Stage) -> None:
    def bot_posts() -> str:
        text = f"<{stage.publish(PURCHASE)}>"
        ts = stage.slack.post_raw(stage.deals, "ana", text, subtype="bot_message", bot_id="B0FEED")
        stage.settle()
        return ts

    assert stage.replies(bot_posts()) == []
    stage.ask("/articles", "bots on")
    assert len(stage.replies(bot_posts())) == 1


def test_more_links_than_are_read_are_said_to_be_left_out(stage: Stage) -> None:
    urls = [stage.publish(f"{QUIET}Number {number}.") for number in range(6)]
    ts = stage.share(" ".join(urls))
    [reply] = stage.replies(ts)
    assert "5" in words(reply)


def test_the_sixth_link_is_not_read(stage: Stage) -> None:
    urls = [stage.publish(f"{QUIET}Number {number}.") for number in range(5)]
    stage.share(" ".join([*urls, stage.publish(PURCHASE)]))
    assert "Tessel" not in words(stage.ask("/deals", "corvane"))


@pytest.mark.parametrize("sample", ["dead-link", "paywall", "cookie-wall"])
def test_a_page_that_cannot_be_read_is_said_so_with_a_way_out(stage: Stage, sample: str) -> None:
    ts = stage.share(stage.news.url(sample))
    [reply] = stage.replies(ts)
    assert "aste" in words(reply)
    assert stage.reactions(ts) == []


@pytest.mark.parametrize(("page", "apart"), [("paywall", True), ("cookie-wall", False)])
def test_a_page_that_could_not_be_read_can_be_pasted_with_its_title_apart_or_above(
    stage: Stage, page: str, apart: bool
) -> None:
    ts = stage.share(stage.news.url(page))
    [failed] = stage.replies(ts)
    view = stage.open_modal(failed, "paste_text")
    title, _, text = PURCHASE.partition("\n")
    stage.slack.submit(view, {"title": title, "text": text} if apart else {"text": f"{title}\n\n{text}"})
    stage.settle()
    assert title in words(stage.replies(ts)[-1])
    assert "Tessel" in words(stage.replies(ts)[-1])
    assert "Tessel" in words(stage.ask("/deals", "corvane"))


def test_a_slack_outage_delays_the_reply_and_loses_nothing(stage: Stage) -> None:
    stage.server.faults.fail_next("chat.postMessage", "internal_error")
    ts = stage.share(stage.publish(PURCHASE))
    assert len(stage.replies(ts)) == 1


def test_an_event_that_cannot_be_stored_is_not_acknowledged(stage: Stage) -> None:
    engine, identity = stage.seams.services.engine, stage.seams.identity
    assert identity
    with transaction(engine) as session:
        teams.purge_team(session, team_id=identity.team_id)
    before = len(stage.slack.acks)
    stage.slack.post(stage.deals, "ana", stage.publish(PURCHASE))
    assert [ack.status for ack in stage.slack.acks[before:]] == [500, 500]


def test_nothing_of_a_message_is_kept_but_its_links(stage: Stage) -> None:
    stage.share(f"between us: the secret word is xylophone {stage.publish(PURCHASE)}")
    kept = everything_in(stage.seams.services.engine)
    assert "Tessel" in kept
    assert "xylophone" not in kept


def test_the_token_of_a_single_workspace_is_stored_nowhere(stage: Stage) -> None:
    stage.share(stage.publish(PURCHASE))
    kept = everything_in(stage.seams.services.engine)
    assert "Tessel" in kept
    assert [secret for secret in (stage.workspace.bot_token, "xoxb-", SECRET) if secret in kept] == []


def everything_in(engine: Engine) -> str:
    """All rows of all tables, those of the queue among them."""
    schemas = [None, "dbos"] if engine.dialect.name == "postgresql" else [None]
    metadata = MetaData()
    with engine.connect() as connection:
        for schema in schemas:
            metadata.reflect(connection, schema=schema)
        return "\n".join(
            str(row) for table in metadata.sorted_tables for row in connection.execute(table.select())
        )
