"""Seams is invited to a channel."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from bot.services import Services, greetings

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to who joins; it is taken before it is acknowledged, as messages are."""

    def take(body: Json, event: Json, context: BoltContext, next: Callable[[], BoltResponse]) -> None:
        if event.get("user") == context.bot_user_id and event.get("channel") and body.get("event_id"):
            greetings.joined_channel(
                services,
                str(body["event_id"]),
                team_id=str(context.team_id),
                channel_id=str(event["channel"]),
            )
        next()

    @app.event("member_joined_channel", middleware=[take])
    def acknowledge() -> None:
        """Everything has been done."""
