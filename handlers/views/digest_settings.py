"""The modal of a channel's digest: saved, or tried first."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.explaining import explain
from bot.services import Services
from bot.services.digest_forms import save
from bot.views.actions import Callback
from bot.views.digest_form import ON, FormErrors
from handlers.homes import show_home
from handlers.reply import spoken_to

Json = Mapping[str, Any]


def register(app: App, services: Services) -> None:
    """Listen to the submission; what was chosen stays in the modal when it can't be taken."""

    @app.view(Callback.DIGEST_SETTINGS)
    def take_settings(ack: Ack, view: Json, context: BoltContext, client: WebClient) -> None:
        with spoken_to(services, context, ask=False):
            try:
                saved = save(services, str(context.team_id), str(context.user_id), view)
            except FormErrors as error:
                ack(response_action="errors", errors=error.fields)
                return
            except Exception as error:  # noqa: BLE001 - told in the modal
                ack(response_action="errors", errors={ON: explain(error).text})
                return
        ack(response_action="update", view=saved)
        show_home(services, client, context, shown=None, ask=False)
