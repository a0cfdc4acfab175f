"""The menus that change what is followed."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from bot.services import Services
from bot.services.commands import choose_tier
from bot.views.actions import Action, read_watch_choice
from handlers.actions.answers import pattern, viewer_of
from handlers.reply import reply, spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the menus."""

    @app.action(pattern(Action.WATCH_TIER))
    def change(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer = viewer_of(body, context)
        value = str((action.get("selected_option") or {}).get("value") or "")
        with spoken_to(services, context):
            reply(respond, lambda: choose_tier(services, viewer, read_watch_choice(value)), replace=True)
