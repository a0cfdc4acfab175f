"""Messages in the terminal: the same that Slack would get, its suggestions as a list; and JSON."""

import json
from datetime import UTC

from rich.console import Console

from bot.console.blocks import render_blocks
from bot.console.mrkdwn import Names
from bot.console.plain import is_harmful
from bot.views.actions import Action
from bot.views.message import Message


def show(message: Message, console: Console) -> None:
    """Lay a message out. Of its buttons only those that suggest something else make sense here."""
    names = Names(lambda user_id: user_id, lambda channel_id: channel_id, UTC)
    for block in message.blocks:
        if block.get("type") == "actions":
            for element in block["elements"]:
                if str(element.get("action_id", "")).startswith(Action.RUN):
                    console.print(f"  • {element['text']['text']}", markup=False)
        else:
            for part in render_blocks([block], names):
                console.print(part)


def json_text(value: object) -> str:
    """JSON for people and programs: letters as they are, and escaped what a terminal would act on."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(f"\\u{ord(c):04x}" if c != "\n" and is_harmful(c) else c for c in written)
