"""The few blocks that the views are made of. Texts come in ready: escaped and within their limits."""

import json
from collections.abc import Sequence

from bot.locale import _
from bot.views.actions import Action
from bot.views.message import Block, View
from bot.views.text import plain_name

MAX_BLOCKS = 50
MAX_HEADER = 150
MAX_BUTTON = 75
MAX_VALUE = 2000
MAX_TEXT = 4000
# chat.postMessage refuses more with msg_blocks_too_long; the limit is on all blocks of a message together.
MAX_TOTAL = 12_000


def size(blocks: Sequence[Block]) -> int:
    """How many characters the blocks are as Slack gets them, for comparison with MAX_TOTAL."""
    return len(json.dumps(list(blocks), ensure_ascii=False, separators=(",", ":")))


def header(text: str) -> Block:
    """A title line, plain text."""
    return {"type": "header", "text": _plain(text, MAX_HEADER)}


def section(text: str, button: Block | None = None) -> Block:
    """A paragraph of mrkdwn, with a button at its right if there is one."""
    block: Block = {"type": "section", "text": _mrkdwn(text)}
    if button is not None:
        block["accessory"] = button
    return block


def context(*texts: str) -> Block:
    """Small print, mrkdwn."""
    return {"type": "context", "elements": [_mrkdwn(text) for text in texts]}


def actions(*buttons: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(label: str, action: Action, value: str, *, index: int = 0, primary: bool = False) -> Block:
    """A button; `index` tells buttons of one action apart, since ids must differ within a message."""
    block: Block = {
        "type": "button",
        "text": _plain(label, MAX_BUTTON),
        "action_id": f"{action}:{index}" if index else str(action),
        "value": value,
    }
    if primary:
        block["style"] = "primary"
    return block


def text_input(
    block_id: str, label: str, *, hint: str | None = None, multiline: bool = False, optional: bool = False
) -> Block:
    """A field of a modal; its value comes back under `block_id` and the action id "value"."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, 150),
        "element": {"type": "plain_text_input", "action_id": "value", "multiline": multiline},
        "optional": optional,
    }
    if hint:
        block["hint"] = _plain(hint, 150)
    return block


def modal(callback_id: str, title: str, submit: str, blocks: list[Block], private_metadata: str) -> View:
    """A modal; `title` and `submit` have 24 characters at most."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title, 24),
        "submit": _plain(submit, 24),
        "close": _plain(_("Cancel"), 24),
        "private_metadata": private_metadata,
        "blocks": blocks,
    }


def _mrkdwn(text: str) -> Block:
    # verbatim: Slack must not turn addresses and names inside an article's words into links.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": plain_name(text, limit), "emoji": False}
