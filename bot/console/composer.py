"""What Slack's composer makes of what somebody types: escaped text and a rich_text block."""

import re
from collections.abc import Callable

from bot.console.values import Json

_PIECE = re.compile(
    r"```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|(?P<url>https?://[^\s<>]+)|@(?P<user>[\w.-]+)|#(?P<channel>[\w-]+)",
    re.DOTALL,
)
_TRAILING = ".,;:!?)]}'\"»”’…"

Find = Callable[[str], str | None]


def escape(text: str) -> str:
    """Escape the three characters that Slack escapes in text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def compose(typed: str, *, find_user: Find, find_channel: Find) -> tuple[str, tuple[Json, ...]]:
    """The `text` and the `blocks` of a message that somebody typed.

    URLs become links but not inside code, @name and #name become mentions when `find_user` and
    `find_channel` know an id for them.
    """
    text: list[str] = []
    elements: list[Json] = []
    inline: list[Json] = []
    at = 0
    for match in _PIECE.finditer(typed):
        shown, element, end = _piece(match, find_user, find_channel)
        _add_text(typed[at : match.start()], text, inline)
        text.append(shown)
        if element["type"] == "rich_text_preformatted":
            elements += [{"type": "rich_text_section", "elements": inline}] if inline else []
            elements.append(element)
            inline = []
        else:
            inline.append(element)
        at = end
    _add_text(typed[at:], text, inline)
    elements += [{"type": "rich_text_section", "elements": inline}] if inline else []
    return "".join(text), (
        {"type": "rich_text", "block_id": "typed", "elements": elements},
    ) if elements else ()


def _add_text(plain: str, text: list[str], inline: list[Json]) -> None:
    if plain:
        text.append(escape(plain))
        inline.append({"type": "text", "text": plain})


def _piece(match: re.Match[str], find_user: Find, find_channel: Find) -> tuple[str, Json, int]:
    kind, value = str(match.lastgroup), match[str(match.lastgroup)]
    if kind == "pre":
        inside: Json = {"type": "text", "text": value}
        return f"```{escape(value)}```", {"type": "rich_text_preformatted", "elements": [inside]}, match.end()
    if kind == "code":
        return f"`{escape(value)}`", {"type": "text", "text": value, "style": {"code": True}}, match.end()
    if kind == "url":
        url = value.rstrip(_TRAILING)
        return f"<{escape(url)}>", {"type": "link", "url": url}, match.start() + len(url)
    found = (find_user if kind == "user" else find_channel)(value)
    if found is None:
        return escape(match[0]), {"type": "text", "text": match[0]}, match.end()
    if kind == "user":
        return f"<@{found}>", {"type": "user", "user_id": found}, match.end()
    return f"<#{found}|{value}>", {"type": "channel", "channel_id": found}, match.end()
