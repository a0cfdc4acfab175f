"""The modal that takes the text of an article."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.explaining import explain
from bot.services import Services, capture
from bot.views import reading
from bot.views.actions import Callback, read_target
from handlers.reply import spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the submission; what was typed stays in the modal when it can't be taken."""

    @app.view(Callback.PASTE_TEXT)
    def take_text(ack: Ack, view: Json, body: Json, context: BoltContext) -> None:
        with spoken_to(services, context, ask=False):
            try:
                pasted = reading.read_paste(view)
                target = read_target(str(view.get("private_metadata") or ""))
                capture.paste_text(services, str(context.team_id), str(body["user"]["id"]), target, pasted)
            except Exception as error:  # noqa: BLE001 - told in the modal
                ack(response_action="errors", errors={reading.PASTE_BLOCK: explain(error).text})
                return
        ack()
