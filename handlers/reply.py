"""How a listener answers: through the response URL, which works also where the bot is no member.

What goes wrong after the ack is put into words here. Bolt's own error handling takes the ack back when an
error follows it at once, and Slack then tells the person that the command failed.
"""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus

from slack_bolt import BoltContext, Respond
from slack_sdk.webhook import WebhookResponse

from bot.explaining import explain
from bot.services import Services, languages
from bot.views.message import Message

# In all, for one answer: the listener's thread waits, and so does the person.
PATIENCE_SECONDS = 10.0

_log = logging.getLogger(__name__)


def spoken_to(services: Services, context: BoltContext, *, ask: bool = True) -> AbstractContextManager[None]:
    """Speak the language of whoever did something, for everything made and said inside.

    After the ack only, as Slack may be asked; before it with `ask=False`, where what is known must do.
    """
    return languages.spoken_to(services, team_id=str(context.team_id), user_id=str(context.user_id), ask=ask)


def reply(
    respond: Respond,
    make: Callable[[], Message | None],
    *,
    replace: bool = False,
    in_channel: bool = False,
) -> bool:
    """Send what `make` gives to the person who asked, or to the channel; nothing for None.

    `replace` puts it where the buttons were. An error is told to the person alone, and replaces nothing.
    Tells whether it was made without one.
    """
    made = True
    try:
        message = make()
    except Exception as error:  # noqa: BLE001 - the one place where a listener's error becomes words
        message, replace, in_channel, made = explain(error), False, False, False
    if message is None:
        return made
    try:
        _send(respond, message, replace=replace, in_channel=in_channel)
    except OSError as error:
        _log.warning("an answer could not be sent: %s", type(error).__name__)
    return made


def _send(respond: Respond, message: Message, *, replace: bool, in_channel: bool) -> None:
    blocks, patience = list(message.blocks), PATIENCE_SECONDS
    while True:
        answer = respond(
            text=message.text,
            blocks=blocks,
            response_type="in_channel" if in_channel else "ephemeral",
            replace_original=replace,
            unfurl_links=False,
            unfurl_media=False,
        )
        if answer.status_code < 400:
            return
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS and (wait := asked_seconds(answer)) <= patience:
            patience -= wait
            time.sleep(wait)
            continue
        _log.error("Slack did not take an answer: %s %s", answer.status_code, answer.body[:100])
        if not blocks or "blocks" not in answer.body:
            return
        blocks = []  # its text alone says the same


def asked_seconds(answer: WebhookResponse) -> float:
    """How long Slack asks us to wait; at least a moment, so that its patience ends."""
    named = {name.lower(): value for name, value in answer.headers.items()}
    try:
        return max(0.1, float(named["retry-after"]))
    except (KeyError, ValueError):
        return 1.0
