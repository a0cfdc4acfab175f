"""The one place that makes foreign text safe for Slack: cleaning, escaping, cutting, linking.

`mrkdwn` goes into mrkdwn objects and a message's `text`, `plain` into plain_text objects. Both count a limit
in escaped characters, as Slack does, and cut between graphemes, on a word where one is near.
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import regex  # type: ignore[import-untyped]  # the one with \X, a grapheme

from bot.locale import _

NAME_LIMIT = 80
_URL_LIMIT = 1000
_COMBINING_LIMIT = 4  # marks on one letter; more is decoration that runs over the lines around it
_INPUT_LIMIT = 40_000  # characters looked at, however long the text
# Letters and signs that show nothing, though Unicode does not call them controls.
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# mrkdwn has no escape for its own marks, so they become the nearest look-alikes.
_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_URL_SAFE = "%/:?#[]@!$&'()*+,;=-._~"
# No user name ("https://microsoft.com@evil.com") and, as IDNA has been applied, nothing but ASCII.
_HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_UNFINISHED = re.compile(r"(?:<[^>]*|&\w*)$")  # a link or an entity that a cut went through
_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")


def clean(text: str) -> str:
    """One visible line: no controls, bidi marks, zero-width or piled-up characters; spaces folded."""
    kept: list[str] = []
    marks = 0
    for char in text[:_INPUT_LIMIT]:
        category = unicodedata.category(char)
        marks = marks + 1 if category[0] == "M" else 0
        if char.isspace() or category == "Cc":
            kept.append(" ")
        elif category not in ("Cf", "Cs") and char not in _BLANKS and marks <= _COMBINING_LIMIT:
            kept.append(char)
    return " ".join("".join(kept).split())


def shortened(text: str, limit: int = 3500) -> str:
    """The beginning of a text of ours, at most `limit` characters, whole lines where there are several."""
    if len(text) <= limit:
        return text
    head = text[: limit - 2]
    lines = head.rpartition("\n")[0] or head
    return _UNFINISHED.sub("", lines).rstrip() + " …"


def escape(text: str) -> str:
    """Replace Slack's three special characters by their entities."""
    return "".join(_ENTITIES.get(c, c) for c in text)


def neutral(text: str) -> str:
    """Replace the marks that format mrkdwn by look-alikes."""
    return "".join(_LOOKALIKES.get(c, c) for c in text)


def plain(text: str, limit: int = NAME_LIMIT) -> str:
    """Clean text for a plain_text object, at most `limit` characters once Slack has escaped it."""
    return _cut(clean(text), limit, lambda piece: piece)


def mrkdwn(text: str, limit: int = NAME_LIMIT) -> str:
    """Clean text that shows as itself in mrkdwn, at most `limit` escaped characters."""
    return _cut(neutral(clean(text)), limit, escape)


def name(text: str, limit: int = NAME_LIMIT) -> str:
    """A name for mrkdwn; never empty."""
    return mrkdwn(text, limit) or _("(no name)")


def plain_name(text: str, limit: int = NAME_LIMIT) -> str:
    """A name for a plain_text object; never empty."""
    return plain(text, limit) or _("(no name)")


def bold(text: str) -> str:
    """Make mrkdwn bold."""
    return f"*{text}*"


def quotation(text: str, limit: int) -> str:
    """A sentence as a mrkdwn quote block; "" when nothing visible is left of it."""
    shown = mrkdwn(text, limit)
    return f"> “{shown}”" if shown else ""


def safe_url(url: str | None, limit: int = _URL_LIMIT) -> str | None:
    """The address as it may stand inside `<...>`, or None when it may not be a link at all.

    An address can't be shortened: one that is longer than `limit` escaped characters is none.
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return None
    address = escape(quote(parts.geturl(), safe=_URL_SAFE, errors="replace"))
    return address if len(address) <= limit else None


def link(url: str | None, label: str, limit: int = NAME_LIMIT, *, address_limit: int = _URL_LIMIT) -> str:
    """`label` leading to `url`; only the label when the address is missing, too long or not to be trusted."""
    address = safe_url(url, address_limit)
    # A label ends at ">", which is escaped; a second "|" is read in more than one way.
    shown = name(label.replace("|", "∣"), limit)
    return f"<{address}|{shown}>" if address else shown


def user(user_id: str | None) -> str | None:
    """A mention that renders as the person's name; None for what is no user id."""
    return f"<@{user_id}>" if user_id and _USER.fullmatch(user_id) else None


def channel(channel_id: str) -> str | None:
    """A mention that renders as the channel's name, for those who may see it; None for what is no id."""
    return f"<#{channel_id}>" if _CHANNEL.fullmatch(channel_id) else None


def _cut(text: str, limit: int, write: Callable[[str], str]) -> str:
    """Write `text`, shortened so that its escaped length is at most `limit`."""
    if len(escape(text)) <= limit:
        return write(text)
    room = limit - 1
    kept = ""
    for grapheme in regex.findall(r"\X", text[: limit + 1]):
        room -= len(escape(grapheme))
        if room < 0:
            break
        kept += grapheme
    head, space, _tail = kept.rpartition(" ")
    if space and len(kept) - len(head) < 40 and not text[len(kept) :].startswith(" "):
        kept = head
    return write(kept.rstrip(" ,;:")) + "…" if limit > 0 else ""
