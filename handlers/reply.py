"""How a listener answers: through the response URL, which works also where the bot is no member."""

from slack_bolt import Respond

from bot.views.message import Message


def reply(respond: Respond, message: Message, *, replace: bool = False, in_channel: bool = False) -> None:
    """Send a message to the person who asked, or to the channel; `replace` puts it where the buttons were."""
    respond(
        text=message.text,
        blocks=list(message.blocks),
        response_type="in_channel" if in_channel else "ephemeral",
        replace_original=replace,
        unfurl_links=False,
        unfurl_media=False,
    )
