"""Messages in the terminal: the same that Slack would get, without its buttons."""

from datetime import UTC

from rich.console import Console

from bot.console.blocks import render_blocks
from bot.console.mrkdwn import Names
from bot.views.message import Message


def show(message: Message, console: Console) -> None:
    """Lay a message out; buttons need Slack, so they are left out."""
    names = Names(lambda user_id: user_id, lambda channel_id: channel_id, UTC)
    blocks = [block for block in message.blocks if block.get("type") != "actions"]
    for part in render_blocks(blocks, names):
        console.print(part)
