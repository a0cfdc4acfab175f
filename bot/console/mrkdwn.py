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
_STYLES = {"bold": "bold", "italic": "italic", "strike": "strike"}
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


def unescape(text: str) -> str:
    """Undo Slack's three escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def emoji(name: str) -> str:
    """The picture of an emoji, or its name between colons when there is none."""
    base = name.split("::", 1)[0]
    shown = Emoji.replace(f":{base}:")
    return one_line(shown if shown != f":{base}:" else f":{name}:")


def render_mrkdwn(text: str, names: Names) -> Text:
    """A mrkdwn text with its styles, links and names."""
    rendered = Text()
    at = 0
    for match in _FENCE.finditer(text):
        rendered.append_text(_lines(text[at : match.start()], names))
        rendered.append(harmless(unescape(match[1].strip("\n"))), style="cyan")
        at = match.end()
    rendered.append_text(_lines(text[at:], names))
    return rendered


def _lines(text: str, names: Names) -> Text:
    return Text("\n").join(_line(line, names) for line in text.split("\n"))


def _line(line: str, names: Names) -> Text:
    for quote in (">>>", "&gt;&gt;&gt;", "> ", "&gt; ", ">", "&gt;"):
        if line.startswith(quote):
            return Text.assemble((_QUOTE_BAR, "dim")).append_text(
                _inline(line.removeprefix(quote).lstrip(), names, "")
            )
    return _inline(line, names, "")


def _inline(text: str, names: Names, style: str) -> Text:
    rendered = Text(style=style)
    at = 0
    for match in _INLINE.finditer(text):
        rendered.append(harmless(unescape(text[at : match.start()])))
        rendered.append_text(_piece(match, names))
        at = match.end()
    rendered.append(harmless(unescape(text[at:])))
    return rendered


def _piece(match: re.Match[str], names: Names) -> Text:
    kind = str(match.lastgroup)
    content = match[kind]
    if kind in _STYLES:
        return _inline(content, names, _STYLES[kind])
    if kind == "code":
        return Text(harmless(unescape(content)), style="cyan")
    if kind == "emoji":
        return Text(emoji(content))
    return _entity(content, names)


def _entity(content: str, names: Names) -> Text:
    target, _, label = content.partition("|")
    if target.startswith("@"):
        return Text("@" + one_line(names.user(target[1:])), style="bold blue")
    if target.startswith("#"):
        return Text("#" + one_line(names.channel(target[1:])), style="bold blue")
    if target.startswith("!date^"):
        return Text(one_line(_date(target, unescape(label), names.zone)))
    if target.startswith("!"):
        return Text("@" + one_line(unescape(label) or target[1:].split("^")[0]), style="bold yellow")
    if not target.startswith(("http://", "https://", "mailto:")):
        return Text(harmless(f"<{unescape(content)}>"))
    url = unescape(target)
    return linked(unescape(label) or url.removeprefix("mailto:"), url, "blue")


def _date(target: str, fallback: str, zone: tzinfo) -> str:
    parts = target.split("^")
    try:
        moment = datetime.fromtimestamp(int(parts[1]), tz=zone)
        return re.sub(r"\{(\w+)\}", lambda word: _date_format(word[1]).format(moment), parts[2])
    except (ValueError, IndexError, OverflowError, OSError, KeyError):
        return fallback


def _date_format(word: str) -> str:
    return _DATE_WORDS[word.removesuffix("_pretty")]
