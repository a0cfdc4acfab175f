"""The links that a Slack message shares."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

Json = Mapping[str, Any]

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_ANGLE_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")
_BARE_LINK = re.compile(r"(?<![<|\w])https?://[^\s<>|\"']+")
_SLACK_HOSTS = ("slack.com", "slack-files.com", "slack-edge.com")


def links_in(message: Json) -> tuple[str, ...]:
    """The http(s) links of a message in order, once each; none from code, none to Slack itself.

    Rich text is read where there is any, else `<url|label>` in the text; what a bot posts may carry its
    links in attachments. Link previews that Slack adds itself (`from_url`) are not counted.
    """
    found = list(_in_blocks(message.get("blocks")))
    if not found:
        found = list(_in_text(str(message.get("text") or "")))
    if message.get("bot_id"):
        found += _in_attachments(message.get("attachments"))
    return tuple(dict.fromkeys(url for url in found if not _is_slack(url)))


def _objects(found: object) -> Iterator[Json]:
    """The objects of a list: what has a shape that Slack never sends is passed over."""
    return (one for one in (found if isinstance(found, Sequence) else ()) if isinstance(one, Mapping))


def _in_blocks(blocks: object) -> Iterator[str]:
    for block in _objects(blocks):
        if block.get("type") == "rich_text":
            yield from _in_rich_text(block.get("elements"))
        else:
            for text in (*_objects([block.get("text")]), *_objects(block.get("fields"))):
                if text.get("type") == "mrkdwn":
                    yield from _in_text(str(text.get("text") or ""))


def _in_rich_text(elements: object) -> Iterator[str]:
    for element in _objects(elements):
        kind = element.get("type")
        if kind == "link" and not any(style.get("code") for style in _objects([element.get("style")])):
            url = str(element.get("url") or "")
            if url.startswith(("http://", "https://")):
                yield url
        elif kind != "rich_text_preformatted":
            yield from _in_rich_text(element.get("elements"))


def _in_text(text: str) -> Iterator[str]:
    text = _CODE.sub(" ", text)
    angled = _ANGLE_LINK.findall(text)
    bare = _BARE_LINK.findall(_ANGLE_LINK.sub(" ", text))
    for url in (*angled, *(url.rstrip(".,;:!?)]}'") for url in bare)):
        yield url.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _in_attachments(attachments: object) -> list[str]:
    return [
        str(attachment["title_link"])
        for attachment in _objects(attachments)
        if attachment.get("title_link") and not attachment.get("from_url")
    ]


def _is_slack(url: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return True  # no address at all
    return not host or any(host == slack or host.endswith("." + slack) for slack in _SLACK_HOSTS)
