"""What the event of a message says of who asks, and who reads."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.services.questions import Question
from bot.values import Audience
from handlers.message_links import links_in

Json = Mapping[str, Any]

_AUDIENCES = {
    "channel": Audience.PUBLIC,
    "group": Audience.PRIVATE,
    "mpim": Audience.PRIVATE,
    "im": Audience.PRIVATE,
}
# Ids of conversations that are never public, where an event does not say the kind.
_PRIVATE_IDS = ("D", "G")


def audience_of(body: Json, event: Json) -> Audience:
    """Who can read the channel, as far as the event says."""
    if body.get("is_ext_shared_channel"):
        return Audience.SHARED
    if str(event.get("channel")).startswith(_PRIVATE_IDS):
        return Audience.PRIVATE
    return _AUDIENCES.get(str(event.get("channel_type")), Audience.UNKNOWN)


def question_of(body: Json, event: Json, context: BoltContext) -> Question | None:
    """The question that a message asks; None for one by a bot, whose answers to answers would never end."""
    complete = event.get("channel") and event.get("ts") and event.get("user") and body.get("event_id")
    if not complete or event.get("bot_id") or event.get("user") == context.bot_user_id:
        return None
    return Question(
        team_id=str(context.team_id),
        channel_id=str(event["channel"]),
        user_id=str(event["user"]),
        message_ts=str(event["ts"]),
        thread_ts=event.get("thread_ts"),
        text=str(event.get("text") or ""),
        has_links=bool(links_in(event)),
    )
