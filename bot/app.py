"""Builds the Bolt app: who we are in Slack, every listener, and what becomes of errors."""

from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

import handlers
from bot.explaining import explain
from bot.services import Services
from bot.slack import TIMEOUT_SECONDS, Identity

LISTENER_THREADS = 16  # Bolt's own default of 5 lets a few slow answers delay every ack


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


def report_error(error: Exception) -> BoltResponse:
    """Answer 500 to what could not be stored or understood, so that Slack sends it again.

    What goes wrong after the ack is told to the person by `handlers.reply`.
    """
    explain(error)
    return BoltResponse(status=500, body="")
