"""What strangers' bytes are given to, and what must hold whatever they are.

Each target takes bytes and returns when all is well; anything it raises is a fault.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import BoltContext

from bot.errors import LinkRefused, ReadingError, UserError
from bot.extraction.dates import find_days
from bot.extraction.money import find_amounts
from bot.queries import Command, parse
from bot.reading.clean import MAX_TEXT, MAX_TITLE
from bot.reading.guard import policy_for
from bot.reading.links import canonical_url
from bot.reading.page import read_page
from bot.reading.robots import own_rules
from bot.values import Audience
from handlers.asked import audience_of, question_of
from handlers.events.message import shared_message
from handlers.message_links import links_in

NAMES = (
    *(
        "text",
        "blocks",
        "elements",
        "type",
        "url",
        "attachments",
        "title_link",
        "from_url",
        "fields",
        "style",
    ),
    *("code", "ts", "user", "bot_id", "channel", "channel_type", "subtype", "thread_ts", "event_id", "x"),
)
VALUES: tuple[Any, ...] = (
    *(
        "rich_text",
        "rich_text_section",
        "link",
        "mrkdwn",
        "section",
        "https://paper.example/a",
        "http://[",
        "",
    ),
    *("<https://paper.example/a|b>", "`<https://paper.example/a>`", "C1", "D1", "U1", "1.0", "im", "channel"),
    *(None, True, False, 0, -1, 1.5, (), "https://files.slack.com/a", "javascript:x", "http://", "\ud800"),
)
# Controls but line ends and tabs, direction, zero width: nothing of a page that people or models are shown.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
TODAY = date(2026, 5, 4)
LANGUAGES = ("en", "es", "fr")


def fuzz_event(data: bytes) -> None:
    """The parser of events: whatever shape a message has, its pointers and links come out of it."""
    body = _json(data)
    event = _json(data[::-1])
    audience_of(body, event)
    for link in links_in(event):
        assert link.startswith(("http://", "https://"))
    question_of(body, event, BoltContext({"team_id": "T1", "bot_user_id": "U0"}))
    if event.get("ts"):
        shared_message(event, team_id="T1", channel_id="C1", audience=Audience.PUBLIC, version_ts=None)


def fuzz_text(data: bytes) -> None:
    """The links in the text of a message."""
    for link in links_in({"text": data.decode("utf-8", "replace")}):
        assert link.startswith(("http://", "https://"))


def fuzz_url(data: bytes) -> None:
    """The canonicaliser: an address in one spelling, which the guard reads the same way, or a refusal."""
    try:
        once = canonical_url(data.decode("utf-8", "surrogateescape"))
    except LinkRefused:
        return
    assert canonical_url(once) == once
    assert once.isascii()
    parts = urlsplit(once)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert not parts.username
    assert not parts.fragment
    if parts.port is None:
        policy_for(once, allow=(), seconds=1)


def fuzz_money(data: bytes) -> None:
    """The sums of a text: places inside the text, in order of the text, no negative ones."""
    text = data[1:].decode("utf-8", "replace")
    for amount in find_amounts(text, lang=_language(data)):
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.money.amount >= 0


def fuzz_dates(data: bytes) -> None:
    """The days of a text."""
    text = data[1:].decode("utf-8", "replace")
    for day in find_days(text, lang=_language(data), published=TODAY):
        assert 0 <= day.start < day.end <= len(text)


def fuzz_html(data: bytes) -> None:
    """The reader of pages: a clean page, or a reason why there is none."""
    _page(data, "text/html; charset=utf-8")


def fuzz_pdf(data: bytes) -> None:
    """The reader of PDFs."""
    _page(data, "application/pdf")


def fuzz_command(data: bytes) -> None:
    """The parser of slash commands: a query, or a sentence that says what is wrong."""
    commands = list(Command)
    try:
        parse(commands[data[0] % len(commands)] if data else commands[0], _words(data), today=TODAY)
    except UserError:
        return


def fuzz_robots(data: bytes) -> None:
    """The rules of a robots.txt: a text that the parser of such files takes."""
    from protego import Protego

    rules = "\n".join(own_rules(data.decode("utf-8", "replace"), "SeamsBot"))
    Protego.parse(rules).can_fetch("https://paper.example/a?b=c", "SeamsBot")


def _page(data: bytes, kind: str) -> None:
    try:
        page = read_page(data, content_type=kind, url="https://paper.example/news/1")
    except ReadingError:
        return
    assert len(page.text) <= MAX_TEXT
    assert len(page.title or "") <= MAX_TITLE
    for text in (page.text, page.title or "", page.site or ""):
        assert not UNSEEN.search(text)
    assert page.url is not None
    assert urlsplit(page.url).hostname == "paper.example" or page.url.startswith("https://")


def _language(data: bytes) -> str:
    return LANGUAGES[data[0] % len(LANGUAGES)] if data else LANGUAGES[0]


def _json(data: bytes) -> dict[str, Any]:
    """An object of the names and values that messages have, put together as the bytes say."""
    left = iter(data)
    return {NAMES[number % len(NAMES)]: _value(left, 0) for number in left}


def _value(left: Iterator[int], depth: int) -> Any:
    choice = next(left, 0)
    if choice < 128 or depth > 5:
        return VALUES[choice % len(VALUES)]
    size = choice % 4
    if choice < 192:
        return [_value(left, depth + 1) for _ in range(size)]
    return {NAMES[next(left, 0) % len(NAMES)]: _value(left, depth + 1) for _ in range(size)}


def _words(data: bytes) -> str:
    return data[1:].decode("utf-8", "replace")


TARGETS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {
        "event": fuzz_event,
        "text": fuzz_text,
        "url": fuzz_url,
        "money": fuzz_money,
        "dates": fuzz_dates,
        "html": fuzz_html,
        "pdf": fuzz_pdf,
        "command": fuzz_command,
        "robots": fuzz_robots,
    }
)
