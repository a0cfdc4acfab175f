"""What a person reads of an error, wherever it happened."""

import logging
import secrets

from bot.errors import SeamsError
from bot.views.help import render_error, render_unexpected
from bot.views.message import Message

_log = logging.getLogger(__name__)


def explain(error: Exception) -> Message:
    """What to say about an error: its own words when it has some, else a number that stands in the log."""
    if isinstance(error, SeamsError):
        _log.info("refused: %s", error.code)
        return render_error(error.message)
    error_id = secrets.token_hex(4)
    _log.error("error %s", error_id, exc_info=error)
    return render_unexpected(error_id)
