"""What is said of a digest that can't be posted for the time being."""

from bot.locale import _
from bot.outcomes import outcome
from bot.views.blocks import section
from bot.views.message import Message
from bot.views.text import channel


def pause_words(code: str) -> str:
    """Why a digest does not come, and what brings it back, in mrkdwn; "" when nobody can do anything."""
    said = outcome(code).person
    return _(said) if said else ""


def render_pause(channel_id: str, code: str) -> Message:
    """To the person who switched a channel's digest on: it does not come, why, and the way back."""
    text = _("The digest of {channel} could not be posted. {reason} Nothing of it is lost.").format(
        channel=channel(channel_id) or "", reason=pause_words(code)
    )
    return Message(text, (section(text),))
