"""Messages and views as the page gets them: texts in pieces, names for ids, elements numbered."""

import re
from collections.abc import Sequence

from bot.console.elements import interactive
from bot.console.mrkdwn import Names, Node, emoji, parse_mrkdwn
from bot.console.plain import harmless
from bot.console.values import Json

_EMOJI = re.compile(r":([a-z0-9_+'-]+):")
_FILE_PATH = re.compile(r"/files/[^/]+/(?P<id>F\w+)/")


def shown_blocks(blocks: Sequence[Json], names: Names) -> list[Json]:
    """Blocks for one reader; `place` numbers the interactive elements as `interactive` yields them."""
    shown = [_shown(block, names) for block in blocks]
    for place, (_, element) in enumerate(interactive(shown)):
        element["place"] = place
    return shown


def shown_text(text: str, names: Names) -> list[Json]:
    """A mrkdwn text in pieces: {"kind", "text", "parts", "target"}, without what is empty."""
    return [_piece(node) for node in parse_mrkdwn(text, names)]


def plain(text: object) -> str:
    """The text of a plain_text object, with emoji; "" for anything else."""
    return _with_emoji(str(text.get("text", ""))) if isinstance(text, dict) else ""


def file_id(place: object) -> str | None:
    """The id of the uploaded file that an address or a `slack_file` names, None for other pictures."""
    if isinstance(place, dict):
        return str(place["id"]) if place.get("id") else file_id(place.get("url"))
    match = _FILE_PATH.search(place) if isinstance(place, str) else None
    return match["id"] if match else None


def _piece(node: Node) -> Json:
    piece: Json = {"kind": node.kind, "text": node.text, "target": node.target}
    piece["parts"] = [_piece(part) for part in node.parts]
    return {name: value for name, value in piece.items() if value}


def _shown(part: Json, names: Names) -> Json:
    kind = part.get("type")
    if kind == "mrkdwn":
        return {"type": kind, "nodes": shown_text(str(part.get("text", "")), names)}
    if kind == "plain_text":
        return {"type": kind, "text": plain(part)}
    if kind == "emoji":
        return {"type": "text", "text": emoji(str(part.get("name")))}
    if kind == "user" and "user_id" in part:
        return {"type": "mention", "text": "@" + names.user(str(part["user_id"]))}
    if kind == "channel" and "channel_id" in part:
        return {"type": "mention", "text": "#" + names.channel(str(part["channel_id"]))}
    shown = {name: _inside(value, names) for name, value in part.items()}
    if kind == "image":
        shown["file"] = file_id(part.get("slack_file")) or file_id(part.get("image_url"))
    return shown


def _inside(value: object, names: Names) -> object:
    if isinstance(value, dict):
        return _shown(value, names)
    if isinstance(value, list):
        return [_inside(item, names) for item in value]
    return value


def _with_emoji(text: str) -> str:
    return _EMOJI.sub(lambda match: emoji(match[1]), harmless(text))
