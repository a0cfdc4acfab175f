"""Slash commands: every one is parsed, answered and rendered by `bot.services.commands`."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.queries import Command
from bot.services import Services
from bot.services.commands import Viewer, answer, form
from bot.views.actions import State
from bot.views.message import Message
from handlers.reply import reply, spoken_to


def register(app: App, services: Services) -> None:
    """Listen to every command; a new one is a `Command`, its answer, and an entry in manifest.json."""
    for name in Command:
        _listen(app, services, name)


def _listen(app: App, services: Services, name: Command) -> None:
    @app.command(name.value)
    def run(
        ack: Ack, command: Mapping[str, Any], context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        ack()
        place = (str(context.team_id), str(command["channel_id"]))
        viewer = Viewer(*place, str(command["user_id"]), request_id=str(command.get("trigger_id") or ""))
        state = State(name, str(command.get("text") or ""))

        def make() -> Message | None:
            view = form(services, viewer, state)
            if view is None:
                return answer(services, viewer, state)
            client.views_open(trigger_id=str(command["trigger_id"]), view=view)
            return None

        with spoken_to(services, context):
            reply(respond, make)
