"""Builds the Bolt app: who we are in Slack, every listener, and what becomes of errors."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.http_retry import default_retry_handlers

import handlers
from bot.connecting import Authorize
from bot.explaining import explain
from bot.locale import N_, _
from bot.logs import Listeners, begin
from bot.pacing import ShortPatience
from bot.services import Services
from bot.slack import TIMEOUT_SECONDS

_ANSWERED_LATER = frozenset({"block_actions", "message_action", "shortcut"})
LISTENER_THREADS = 16  # Bolt's own default of 5 lets a few slow answers delay every ack


# Said by Bolt itself, before anything is known of who asks.
NOT_INSTALLED = N_(
    "Seams is no longer installed in this workspace, or its permission was withdrawn. Ask the person who "
    "runs it for the address where it is installed again."
)


def build_app(services: Services, *, authorize: Authorize) -> App:
    """Make the app, the same over HTTP and Socket Mode, for one workspace and for many.

    It takes what it is given: over HTTP `bot.web.Door` has checked the signature.
    """
    app = App(
        logger=_quiet(),
        client=WebClient(
            base_url=services.settings.slack_api_url,
            timeout=TIMEOUT_SECONDS,
            retry_handlers=[*default_retry_handlers(), ShortPatience()],
        ),
        before_authorize=name_workspace,
        authorize=authorize,  # type: ignore[arg-type]  # Bolt's own type forgets that it may know nobody
        request_verification_enabled=False,  # it knows one secret, and while they change there are two
        user_facing_authorize_error_message=_(NOT_INSTALLED),
        listener_executor=Listeners(LISTENER_THREADS, thread_name_prefix="seams-listener"),
    )
    app.error(report_error)
    app.use(acknowledge)
    handlers.register(app, services)
    return app


def _quiet() -> logging.Logger:
    """Bolt's loggers take their level from this one, not from their parents: at INFO they quote requests."""
    logger = logging.getLogger("slack_bolt.seams")
    logger.setLevel(max(logging.root.level, logging.WARNING))
    return logger


def name_workspace(body: Mapping[str, Any], context: BoltContext, next: Callable[[], BoltResponse]) -> None:
    """Let a request belong to the workspace that it was made in.

    What happens in a modal of an app that an organisation installed may name the organisation instead.
    """
    team_id = context.team_id
    if team_id is None or team_id.startswith("E"):
        user = body.get("user")
        acted_in = user.get("team_id") if isinstance(user, Mapping) else None
        context["team_id"] = acted_in or team_id
    begin(team=context.team_id, channel=context.channel_id)
    next()


def acknowledge(body: Mapping[str, Any], context: BoltContext, next: Callable[[], BoltResponse]) -> None:
    """Acknowledge at once what is answered later, not only when a listener has a thread for it.

    What a modal or a menu of choices waits for is in the acknowledgement itself: its listener gives that.
    """
    if "command" in body or body.get("type") in _ANSWERED_LATER:
        context.ack()
    next()


def report_error(error: Exception) -> BoltResponse:
    """Answer 500 to what could not be stored or understood, so that Slack sends it again.

    What goes wrong after the ack is told to the person by `handlers.reply`.
    """
    explain(error)
    return BoltResponse(status=500, body="")
