"""Slack's mrkdwn as a reader sees it: https://docs.slack.dev/messaging/formatting-message-text/"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from rich.emoji import Emoji
from rich.text import Text

from bot.console.plain import harmless, linked, one_line

_QUOTE_BAR = "▌ "
_FENCE = re.compile(r"```(.*?)```", re.DOTALL)


def _marked(mark: str, name: str) -> str:
    # The mark must not touch a letter outside; inside, an entity is taken whole, with the marks in its URL.
    inside = rf"(?:<[^<>\n]*>|[^{mark}\n<])+"
    return rf"(?<![\w{mark}]){mark}(?P<{name}>(?!\s){inside}(?<!\s)){mark}(?![\w{mark}])"


_INLINE = re.compile(
    "|".join(
        [
            r"`(?P<code>[^`\n]+)`",
            r"<(?P<entity>[^<>\n]+)>",
            _marked(r"\*", "bold"),
            _marked("_", "italic"),
            _marked("~", "strike"),
            r":(?P<emoji>[a-z0-9_+'-]+):",
        ]
    )
)
_NESTING = frozenset({"bold", "italic", "strike"})
_STYLES = MappingProxyType(
    {
        "bold": "bold",
        "italic": "italic",
        "strike": "strike",
        "code": "cyan",
        "pre": "cyan",
        "mention": "bold blue",
        "call": "bold yellow",
    }
)
_DATE_WORDS = MappingProxyType(
    {
        "date_num": "{0:%Y-%m-%d}",
        "date": "{0:%B} {0.day}, {0.year}",
        "date_long": "{0:%A}, {0:%B} {0.day}, {0.year}",
        "date_short": "{0:%b} {0.day}, {0.year}",
        "time": "{0:%H:%M}",
        "time_secs": "{0:%H:%M:%S}",
    }
)


@dataclass(frozen=True, slots=True)
class Names:
    """How ids become names: functions from an id to a name without @ or #, and the reader's time zone."""

    user: Callable[[str], str]
    channel: Callable[[str], str]
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a text, free of control characters.

    `kind` is text, code, pre, mention or call (of a whole channel), which hold a `text`; link, which has a
    `target` too (http, https or mailto); or bold, italic, strike or quote, which hold `parts`.
    """

    kind: str
    text: str = ""
    parts: tuple["Node", ...] = ()
    target: str = ""


def unescape(text: str) -> str:
    """Undo Slack's three escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def emoji(name: str) -> str:
    """The picture of an emoji, or its name between colons when there is none."""
    base = name.split("::", 1)[0]
    shown = Emoji.replace(f":{base}:")
    return one_line(shown if shown != f":{base}:" else f":{name}:")


def render_mrkdwn(text: str, names: Names) -> Text:
    """A mrkdwn text with its styles, links and names, for a terminal."""
    return _styled(parse_mrkdwn(text, names), "")


def parse_mrkdwn(text: str, names: Names) -> tuple[Node, ...]:
    """A mrkdwn text in pieces; ends of lines are kept as plain text, but for those beside a fence."""
    nodes: list[Node] = []
    at = 0
    for match in _FENCE.finditer(text):
        nodes += _lines(text[at : match.start()], names)
        nodes.append(Node("pre", harmless(unescape(match[1].strip("\n")))))
        at = match.end()
    return (*nodes, *_lines(text[at:], names))


def _styled(nodes: tuple[Node, ...], style: str) -> Text:
    rendered = Text(style=style)
    for node in nodes:
        if node.kind == "quote":
            rendered.append(_QUOTE_BAR, style="dim").append_text(_styled(node.parts, ""))
        elif node.kind == "link":
            rendered.append_text(linked(node.text, node.target, "blue"))
        elif node.parts:
            rendered.append_text(_styled(node.parts, _STYLES[node.kind]))
        else:
            rendered.append(node.text, style=_STYLES.get(node.kind))
    return rendered


def _lines(text: str, names: Names) -> list[Node]:
    nodes: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        nodes += [Node("text", "\n")] if number else []
        nodes += _line(line, names)
    return nodes


def _line(line: str, names: Names) -> list[Node]:
    for quote in (">>>", "&gt;&gt;&gt;", "> ", "&gt; ", ">", "&gt;"):
        if line.startswith(quote):
            return [Node("quote", parts=tuple(_inline(line.removeprefix(quote).lstrip(), names)))]
    return _inline(line, names)


def _inline(text: str, names: Names) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    for match in _INLINE.finditer(text):
        nodes += _plain(text[at : match.start()])
        nodes.append(_piece(match, names))
        at = match.end()
    return nodes + _plain(text[at:])


def _plain(text: str) -> list[Node]:
    return [Node("text", harmless(unescape(text)))] if text else []


def _piece(match: re.Match[str], names: Names) -> Node:
    kind = str(match.lastgroup)
    content = match[kind]
    if kind in _NESTING:
        return Node(kind, parts=tuple(_inline(content, names)))
    if kind == "code":
        return Node("code", harmless(unescape(content)))
    if kind == "emoji":
        return Node("text", emoji(content))
    return _entity(content, names)


def _entity(content: str, names: Names) -> Node:
    target, _, label = content.partition("|")
    if target.startswith("@"):
        return Node("mention", "@" + one_line(names.user(target[1:])))
    if target.startswith("#"):
        return Node("mention", "#" + one_line(names.channel(target[1:])))
    if target.startswith("!date^"):
        return Node("text", one_line(_date(target, unescape(label), names.zone)))
    if target.startswith("!"):
        return Node("call", "@" + one_line(unescape(label) or target[1:].split("^")[0]))
    if not target.startswith(("http://", "https://", "mailto:")):
        return Node("text", harmless(f"<{unescape(content)}>"))
    url = unescape(target)
    return Node("link", one_line(unescape(label) or url.removeprefix("mailto:")), target=harmless(url))


def _date(target: str, fallback: str, zone: tzinfo) -> str:
    parts = target.split("^")
    try:
        moment = datetime.fromtimestamp(int(parts[1]), tz=zone)
        return re.sub(r"\{(\w+)\}", lambda word: _date_format(word[1]).format(moment), parts[2])
    except (ValueError, IndexError, OverflowError, OSError, KeyError):
        return fallback


def _date_format(word: str) -> str:
    return _DATE_WORDS[word.removesuffix("_pretty")]
