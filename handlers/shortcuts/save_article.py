"""The message shortcut "Save article": for old messages, bots' posts, and channels without the bot."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from bot.services import Services, capture
from bot.values import Audience
from bot.views import reading
from handlers.events.message import shared_message
from handlers.reply import reply, spoken_to

CALLBACK_ID = "save_article"


def register(app: App, services: Services) -> None:
    """Listen to the shortcut."""

    @app.shortcut({"type": "message_action", "callback_id": CALLBACK_ID})
    def save_article(ack: Ack, shortcut: Mapping[str, Any], context: BoltContext, respond: Respond) -> None:
        ack()
        message = shared_message(
            shortcut["message"],
            team_id=str(context.team_id),
            channel_id=str(shortcut["channel"]["id"]),
            audience=Audience.UNKNOWN,
            version_ts=None,
        )
        request_id = f"shortcut:{shortcut['trigger_id']}"
        with spoken_to(services, context):
            reply(respond, lambda: reading.render_saving(capture.save_message(services, request_id, message)))
