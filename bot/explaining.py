"""What a person reads of an error, wherever it happened."""

import logging
import secrets

from bot.errors import SeamsError
from bot.refusals import words_of
from bot.views.help import render_error, render_unexpected
from bot.views.message import Message

_log = logging.getLogger(__name__)


def explain(error: Exception) -> Message:
    """What to say about an error: its own words when it has some, else a number that stands in the log."""
    if isinstance(error, SeamsError):
        _log.info("refused: %s", error.code)
        return render_error(error.message)
    if (said := words_of(error)) is not None:
        _log.warning("Slack refused: %s", type(error).__name__)
        return render_error(said)
    error_id = secrets.token_hex(4)
    _log.error("error %s", error_id, exc_info=error)
    return render_unexpected(error_id)
