"""The buttons under a page that could not be read: paste its text, try again."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.services import Services, capture
from bot.views import reading
from bot.views.actions import Action, read_target
from bot.views.message import Message
from handlers.actions.answers import pattern
from handlers.reply import reply, spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the buttons."""

    @app.action(pattern(Action.PASTE_TEXT))
    def ask_for_text(
        ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        ack()

        def open_modal() -> None:
            target = read_target(str(action.get("value") or ""))
            client.views_open(trigger_id=body["trigger_id"], view=reading.paste_modal(target))

        with spoken_to(services, context):
            reply(respond, open_modal)

    @app.action(pattern(Action.RETRY))
    def read_again(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()

        def try_again() -> Message:
            target = read_target(str(action.get("value") or ""))
            capture.read_again(services, str(context.team_id), target, because=str(body["trigger_id"]))
            return reading.render_trying_again()

        with spoken_to(services, context):
            reply(respond, try_again)
