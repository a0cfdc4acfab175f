"""Checks of single texts: what stands between `<` and `>`, stray entities, lengths."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ANGLE = re.compile(r"<[^<>]*>")
# What the views build themselves. Broadcasts (<!channel>, <!here>, <!subteam^...>) are never among it.
_OURS = re.compile(
    r"""<https?://[^\s<>|"`\\]+(\|[^<>|\n]+)?>
      | <@[UW][A-Z0-9]+>
      | <\#[CGD][A-Z0-9]+>
      | <!date\^\d+\^[^<>|^]+(\^https?://[^\s<>|]+)?\|[^<>|]+>""",
    re.VERBOSE,
)
_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
# Marks that reorder, hide or break a line. Newline is a mark of our own layout.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def mrkdwn_problems(what: str, text: str) -> Iterator[str]:
    """Whatever in a mrkdwn text Slack would read as markup that the views do not build."""
    for match in _ANGLE.finditer(text):
        if not _OURS.fullmatch(match[0]):
            yield f"{what}: foreign markup {match[0][:60]!r}"
    # A leading > quotes a line; every other bracket left over was never closed or opened.
    rest = re.sub(r"^>", "", _ANGLE.sub("", text), flags=re.MULTILINE)
    if "<" in rest or ">" in rest:
        yield f"{what}: a bracket that is not escaped"
    if _AMPERSAND.search(text):
        yield f"{what}: an ampersand that is not escaped"
    if _UNSEEN.search(text):
        yield f"{what}: an invisible character"


def text_object_problems(what: str, text: object, most: int, *, plain_only: bool = False) -> Iterator[str]:
    """Everything wrong with a text object that may hold `most` characters."""
    if not isinstance(text, Mapping):
        yield f"{what}: is missing"
        return
    yield from _typed_problems(what, text, plain_only=plain_only)
    content = text.get("text")
    if not isinstance(content, str) or not content.strip():
        yield f"{what}: is empty"
        return
    mrkdwn = text.get("type") == "mrkdwn"
    size = len(content) if mrkdwn else _escaped_length(content)
    if size > most:
        yield f"{what}: {size} characters, at most {most}"
    if mrkdwn:
        yield from mrkdwn_problems(what, content)
    elif _UNSEEN.search(content):
        yield f"{what}: an invisible character"


def _typed_problems(what: str, text: Mapping[str, Any], *, plain_only: bool) -> Iterator[str]:
    kind = text.get("type")
    if kind not in ("plain_text", "mrkdwn") or (plain_only and kind != "plain_text"):
        yield f"{what}: a text of type {kind!r}"
    if "emoji" in text and kind != "plain_text":
        yield f"{what}: emoji is for plain_text only"
    if "verbatim" in text and kind != "mrkdwn":
        yield f"{what}: verbatim is for mrkdwn only"


def _escaped_length(text: str) -> int:
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
