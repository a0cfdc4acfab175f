"""The buttons of a digest and of its settings."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.services import Services, feedback
from bot.services.digest_forms import open_form, preview_form
from bot.views.actions import Action, read_opinion
from bot.views.message import Message
from handlers.actions.answers import pattern, viewer_of
from handlers.reply import reply, spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the buttons."""

    @app.action(pattern(Action.DIGEST_SETTINGS))
    def settings(
        ack: Ack, action: Json, body: Json, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        ack()
        viewer = viewer_of(body, context)
        channel_id = str(action.get("value") or "") or viewer.channel_id

        def open_modal() -> None:
            view = open_form(services, viewer.team_id, channel_id, viewer.user_id)
            client.views_open(trigger_id=body["trigger_id"], view=view)

        with spoken_to(services, context, ask=False):
            reply(respond, open_modal)

    @app.action(pattern(Action.DIGEST_PREVIEW))
    def preview(ack: Ack, body: Json, context: BoltContext, client: WebClient) -> None:
        ack()
        with spoken_to(services, context, ask=False):
            view = preview_form(services, str(context.team_id), body["view"])
            client.views_push(trigger_id=body["trigger_id"], view=view)

    @app.action(pattern(Action.FEEDBACK))
    def count(ack: Ack, action: Json, body: Json, context: BoltContext, respond: Respond) -> None:
        ack()
        viewer = viewer_of(body, context)

        def give() -> Message | None:
            return feedback.give(services, viewer, read_opinion(str(action.get("value") or "")))

        with spoken_to(services, context):
            reply(respond, give)
