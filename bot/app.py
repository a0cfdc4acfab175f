"""Builds the Bolt app: who we are in Slack, every listener, and the one place where errors become words."""

import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

import handlers
from bot.errors import SeamsError
from bot.services import Services
from bot.slack import TIMEOUT_SECONDS, Identity
from bot.views.help import render_error, render_unexpected

LISTENER_THREADS = 16  # Bolt's own default of 5 lets a few slow answers delay every ack

_log = logging.getLogger(__name__)


def build_app(services: Services, *, token: str, identity: Identity, signing_secret: str) -> App:
    """Make the app of one workspace, the same over HTTP and Socket Mode."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_token=token,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
        )

    app = App(
        client=WebClient(base_url=services.settings.slack_api_url, timeout=TIMEOUT_SECONDS),
        authorize=authorize,
        signing_secret=signing_secret,
        listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="seams-listener"),
    )
    app.error(report_error)
    handlers.register(app, services)
    return app


def report_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """Tell the person what happened and what to do; tell the log all the rest under the same id.

    An error before the ack (an event that could not be stored) answers 500, so that Slack sends it again.
    """
    if isinstance(error, SeamsError):
        message = render_error(error.message)
        _log.info("refused: %s", error.code)
    else:
        error_id = secrets.token_hex(4)
        message = render_unexpected(error_id)
        _log.error("error %s", error_id, exc_info=error)
    response_url = body.get("response_url")
    if response_url:
        WebhookClient(response_url).send(
            text=message.text,
            blocks=list(message.blocks),
            response_type="ephemeral",
            replace_original=False,
        )
    return BoltResponse(status=500, body="")
