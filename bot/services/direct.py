"""Writes to one person alone, once, in their conversation with Seams."""

from slack_sdk import WebClient

from bot.errors import SlackGone
from bot.services import Services
from bot.slack import post_once
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
    """Post to a person; `again` looks first whether an earlier try came through. Raises SlackGone
    or RetryLater.

    Slack tells which conversation is theirs when we are written to there, or first post: only a first post
    whose answer was lost can't be looked for, and is made again.
    """
    with snapshot(services.engine) as session:
        known = people.conversation_of(session, team_id=team_id, user_id=user_id)
    try:
        posted = post_once(
            client,
            channel_id=known or user_id,
            message=message,
            key=key,
            may_be_posted=again and known is not None,
        )
    except SlackGone as gone:
        if known is None or gone.code != "channel_not_found":
            raise
        posted = post_once(client, channel_id=user_id, message=message, key=key)  # it was another bot's
    remember_conversation(services, team_id, user_id, posted.channel_id)


def remember_conversation(services: Services, team_id: str, user_id: str, channel_id: str) -> None:
    """Keep where a person reads what we write to them alone, if that channel is such a conversation."""
    if not channel_id.startswith("D"):
        return
    with snapshot(services.engine) as session:
        if people.conversation_of(session, team_id=team_id, user_id=user_id) == channel_id:
            return
    with transaction(services.engine) as session:
        people.remember_conversation(session, team_id=team_id, user_id=user_id, conversation_id=channel_id)
