"""A few words in a modal, where no message can carry them: on App Home."""

from bot.locale import _
from bot.views.message import Message, View


def notice_modal(message: Message, *, title: str = "") -> View:
    """What a message says, to be read and closed; `title` has 24 characters at most."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title or _("Please note"), "emoji": False},
        "close": {"type": "plain_text", "text": _("Close"), "emoji": False},
        "blocks": list(message.blocks),
    }
