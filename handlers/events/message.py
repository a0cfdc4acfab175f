"""Messages posted, edited and deleted in the channels Seams was invited to."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from bot.services import Services, capture, questions
from bot.services.capture import SharedMessage
from bot.values import Audience
from handlers.asked import audience_of, question_of
from handlers.message_links import links_in

Json = Mapping[str, Any]

# A plain message, one sent to the channel from a thread, one with a file, one by a bot.
POSTED = frozenset({None, "thread_broadcast", "file_share", "bot_message", "me_message"})


def register(app: App, services: Services) -> None:
    """Listen to messages.

    The work is done in a middleware: Bolt acknowledges an event before its listener runs, but after its
    middleware. So what was acknowledged is stored, and a failure here makes Slack send the event again.
    """

    def store(body: Json, event: Json, context: BoltContext, next: Callable[[], BoltResponse]) -> None:
        if event.get("channel_type") == "im" and event.get("subtype") in POSTED:
            take_direct_message(services, body, event, context)
        else:
            handle_message(services, body, event, context)
        next()

    @app.event("message", middleware=[store])
    def acknowledge() -> None:
        """Everything has been done."""


def handle_message(services: Services, body: Json, event: Json, context: BoltContext) -> None:
    """Parse one message event and have it captured."""
    subtype = event.get("subtype")
    if not (event.get("channel") and event.get("ts") and body.get("event_id")):
        return  # no message of Slack's lacks these; asking for it again would not mend it
    changed = event.get("message") or {}
    if subtype == "message_deleted" or changed.get("subtype") == "tombstone":
        capture.capture_deletion(
            services,
            str(body["event_id"]),
            team_id=str(context.team_id),
            channel_id=str(event["channel"]),
            message_ts=str(event.get("deleted_ts") or changed["ts"]),
        )
    elif event.get("channel_type") != "im" and (subtype in POSTED or subtype == "message_changed"):
        message = changed if subtype == "message_changed" else event
        if _is_own(message, context):
            return
        shared = shared_message(
            message,
            team_id=str(context.team_id),
            channel_id=str(event["channel"]),
            audience=audience_of(body, event),
            version_ts=str(event.get("event_ts") or event["ts"]) if subtype == "message_changed" else None,
        )
        capture.capture_message(services, str(body["event_id"]), shared)


def take_direct_message(services: Services, body: Json, event: Json, context: BoltContext) -> None:
    """Take a message that was sent to us alone: it is a question, and none of its links is read."""
    question = question_of(body, event, context)
    if question is not None:
        questions.take_question(services, str(body["event_id"]), question)


def shared_message(
    message: Json, *, team_id: str, channel_id: str, audience: Audience, version_ts: str | None
) -> SharedMessage:
    """The pointer and the links of a Slack message."""
    return SharedMessage(
        team_id=team_id,
        channel_id=channel_id,
        audience=audience,
        message_ts=str(message["ts"]),
        version_ts=version_ts,
        thread_ts=message.get("thread_ts"),
        user_id=message.get("user"),
        from_bot=bool(message.get("bot_id")) or message.get("subtype") == "bot_message",
        links=links_in(message),
    )


def _is_own(message: Json, context: BoltContext) -> bool:
    return bool(
        (context.bot_id and message.get("bot_id") == context.bot_id)
        or (context.bot_user_id and message.get("user") == context.bot_user_id)
    )
