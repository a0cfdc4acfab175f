"""Says in Slack what was read: one bookmark, and a thread reply when there is something to say."""

import logging

from slack_sdk import WebClient

from bot.errors import SlackGone
from bot.jobs import RetryLater
from bot.services import Services, languages
from bot.services.answers import reading_answer
from bot.services.audiences import learn_audience
from bot.services.capture import MAX_LINKS
from bot.services.work import add_take_back, tell_key
from bot.slack import add_reaction, find_replies, post_once, take_back
from bot.views import reading
from storage import postings, queues
from storage.engine import snapshot, transaction

SAVED_REACTION = "bookmark"
STILL_TOLD_SECONDS = 1.0

_log = logging.getLogger(__name__)


def tell_posting(services: Services, team_id: str, posting_id: str, because: str) -> None:
    """Tell those who see a posting what its article says, once; raises RetryLater while Slack is down."""
    with transaction(services.engine) as session:
        telling = postings.mark_telling(session, team_id=team_id, posting_id=posting_id)
    if telling is None:
        return
    try:
        client = services.slack(team_id)
        learn_audience(services, client, team_id, telling.channel_id)
        key = _key(posting_id, because)
        reply_ts = _tell(services, client, team_id, posting_id, key=key, may_be_posted=telling.again)
    except SlackGone as gone:
        _log.warning("posting %s can't be told: %s", posting_id, gone.code)
        reply_ts = None
    with transaction(services.engine) as session:
        known = postings.mark_told(session, team_id=team_id, posting_id=posting_id, reply_ts=reply_ts)
        if reply_ts is not None and not known:  # the message was deleted meanwhile
            add_take_back(services, session, team_id, telling.channel_id, reply_ts)


def tell_left_out(services: Services, team_id: str, channel_id: str, message_ts: str) -> None:
    """Say under a message that it has more links than are read."""
    with languages.posted_in(services, team_id=team_id, channel_id=channel_id):
        message = reading.render_left_out(MAX_LINKS)
    try:
        post_once(
            services.slack(team_id),
            channel_id=channel_id,
            message=message,
            key=f"left-out:{channel_id}:{message_ts}",
            thread_ts=message_ts,
            may_be_posted=True,
        )
    except SlackGone as gone:
        _log.warning("can't answer in %s: %s", channel_id, gone.code)


def take_back_reply(services: Services, team_id: str, channel_id: str, reply_ts: str) -> None:
    """Delete a reply of ours under a message that is gone."""
    try:
        take_back(services.slack(team_id), channel_id=channel_id, message_ts=reply_ts)
    except SlackGone as gone:
        _log.warning("can't delete a reply in %s: %s", channel_id, gone.code)


def take_back_lost(
    services: Services, team_id: str, channel_id: str, message_ts: str, posting_id: str
) -> None:
    """Delete replies of ours that were cut off in being noted, to what the message shares no more.

    Raises RetryLater while somebody may still be at such a reply: it could come after we looked.
    """
    if queues.is_running(services.engine, tell_key(team_id, posting_id)):
        raise RetryLater("it is being told", seconds=STILL_TOLD_SECONDS)
    with snapshot(services.engine) as session:
        if postings.get_posting(session, team_id=team_id, posting_id=posting_id) is not None:
            return  # a later edit shares it again
    try:
        client = services.slack(team_id)
        for reply_ts in find_replies(
            client, channel_id=channel_id, thread_ts=message_ts, key=_key(posting_id)
        ):
            take_back(client, channel_id=channel_id, message_ts=reply_ts)
    except SlackGone as gone:
        _log.warning("can't delete a reply in %s: %s", channel_id, gone.code)


def _key(posting_id: str, because: str = "") -> str:
    """What the replies to a posting carry; all begin alike."""
    return f"posting:{posting_id}:{because}"


def _tell(
    services: Services, client: WebClient, team_id: str, posting_id: str, *, key: str, may_be_posted: bool
) -> str | None:
    with snapshot(services.engine) as session:
        answer = reading_answer(session, team_id=team_id, posting_id=posting_id)
    if answer is None:  # withdrawn meanwhile
        return None
    if answer.is_read:
        add_reaction(client, channel_id=answer.channel_id, message_ts=answer.message_ts, name=SAVED_REACTION)
    with languages.posted_in(services, team_id=team_id, channel_id=answer.channel_id):
        message = reading.render(answer)
    if message is None:
        return None
    posted = post_once(
        client,
        channel_id=answer.channel_id,
        message=message,
        key=key,
        thread_ts=answer.thread_ts or answer.message_ts,
        may_be_posted=may_be_posted,
    )
    return posted.ts
