"""A few words in a modal, where no message can carry them: on App Home."""

from bot.locale import _
from bot.views.message import Message, View


def notice_modal(message: Message) -> View:
    """What a message says, to be read and closed."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Seams", "emoji": False},
        "close": {"type": "plain_text", "text": _("Close"), "emoji": False},
        "blocks": list(message.blocks),
    }
