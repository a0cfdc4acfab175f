"""The modal in which a person follows a company."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.explaining import explain
from bot.services import Services, homes
from bot.views import follow
from bot.views.actions import Callback
from handlers.homes import show_home
from handlers.reply import spoken_to


def register(app: App, services: Services) -> None:
    """Listen to the submission; what was typed stays in the modal when it can't be followed."""

    @app.view(Callback.FOLLOW)
    def take(ack: Ack, view: Mapping[str, Any], context: BoltContext, client: WebClient) -> None:
        with spoken_to(services, context, ask=False):
            try:
                wish = follow.read_follow(view)
                homes.follow(
                    services, str(context.team_id), str(context.user_id), typed=wish.typed, tier=wish.tier
                )
            except Exception as error:  # noqa: BLE001 - told in the modal
                ack(response_action="errors", errors={follow.NAME_BLOCK: explain(error).text})
                return
        ack()
        show_home(services, client, context, shown=None)
