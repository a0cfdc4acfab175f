"""Puts App Home before a person: when they open it, and after what they do there."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.explaining import explain
from bot.services import Services, homes
from bot.views import home as home_view
from bot.views.message import View
from handlers.reply import spoken_to

_log = logging.getLogger(__name__)


def show_home(
    services: Services,
    client: WebClient,
    context: BoltContext,
    *,
    shown: Mapping[str, Any] | None,
    ask: bool = True,
) -> None:
    """Publish a person's Home in the place of `shown`, the view that they had before them, if any.

    `ask` as for `spoken_to`.
    """
    user_id = str(context.user_id)
    with spoken_to(services, context, ask=ask):
        view = _make(services, str(context.team_id), user_id, str(context.channel_id or ""))
    try:
        client.views_publish(user_id=user_id, view=view, hash=(shown or {}).get("hash"))
    except SlackApiError as error:
        # A conflict says that a newer Home is there already.
        if error.response.get("error") != "hash_conflict":
            _log.warning("App Home can't be shown: %s", error.response.get("error"))


def _make(services: Services, team_id: str, user_id: str, conversation_id: str) -> View:
    try:
        home = homes.home_of(services, team_id=team_id, user_id=user_id, conversation_id=conversation_id)
        return home_view.render(home)
    except Exception as error:  # noqa: BLE001 - told where the Home would be
        return home_view.render_failure(explain(error))
