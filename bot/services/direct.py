"""Writes to one person alone, once, in their conversation with Seams."""

from slack_sdk import WebClient

from bot.errors import SlackGone
from bot.services import Services
from bot.slack import Posted, post_once
from bot.slack_people import find_conversation
from bot.views.message import Message
from storage import people
from storage.engine import snapshot, transaction


def tell_person(
    services: Services,
    client: WebClient,
    team_id: str,
    user_id: str,
    message: Message,
    *,
    key: str,
    again: bool,
) -> None:
    """Post to a person; `again` looks first whether an earlier try came through.

    So their conversation must be known before the first try: where Slack did not tell it yet, it is asked.
    Raises SlackGone or RetryLater.
    """
    with snapshot(services.engine) as session:
        known = people.conversation_of(session, team_id=team_id, user_id=user_id)
    try:
        channel_id = known or find_conversation(client, user_id)
        posted = _post(client, channel_id, user_id, message, key=key, again=again)
    except SlackGone as gone:
        if known is None or gone.code != "channel_not_found":
            raise
        channel_id = find_conversation(client, user_id)  # the known one was another bot's
        posted = _post(client, channel_id, user_id, message, key=key, again=again)
    remember_conversation(services, team_id, user_id, posted.channel_id)


def _post(
    client: WebClient, channel_id: str | None, user_id: str, message: Message, *, key: str, again: bool
) -> Posted:
    """Where the conversation is not to be known, Slack finds it, and nothing can be looked up there."""
    may_be_posted = again and channel_id is not None
    place = channel_id or user_id
    return post_once(client, channel_id=place, message=message, key=key, may_be_posted=may_be_posted)


def remember_conversation(services: Services, team_id: str, user_id: str, channel_id: str) -> None:
    """Keep where a person reads what we write to them alone, if that channel is such a conversation."""
    if not channel_id.startswith("D"):
        return
    with snapshot(services.engine) as session:
        if people.conversation_of(session, team_id=team_id, user_id=user_id) == channel_id:
            return
    with transaction(services.engine) as session:
        people.remember_conversation(session, team_id=team_id, user_id=user_id, conversation_id=channel_id)
