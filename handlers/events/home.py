"""Somebody opens App Home."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.services import Services
from handlers.homes import show_home


def register(app: App, services: Services) -> None:
    """Listen to Home being opened; the conversation beside it ("messages") shows itself."""

    @app.event("app_home_opened")
    def open_home(event: Mapping[str, Any], context: BoltContext, client: WebClient) -> None:
        if event.get("tab") == "home":
            show_home(services, client, context, shown=event.get("view"))
