"""The AMP twins of an article, told by their address alone."""

import re

# "/amp", "/amp/", ".amp", ".amp.html" at the end; "/amp/" in front.
_TAIL = re.compile(r"(?<=[^/])/amp/?$|(?<=[^/])\.amp(\.html?|\.php|)$", re.IGNORECASE)
_HEAD = re.compile(r"^/amp(?=/[^/])", re.IGNORECASE)


def without_amp(netloc: str, path: str) -> tuple[str, str]:
    """Host and path of the article proper: "amp.paper.es/x/amp" -> "www.paper.es/x"."""
    if netloc.startswith("amp.") and netloc.count(".") >= 2:
        rest = netloc.removeprefix("amp.")
        netloc = rest if rest.startswith("www.") or rest.partition(":")[0].count(".") > 1 else f"www.{rest}"
    path = _HEAD.sub("", path, count=1)
    return netloc, _TAIL.sub(lambda tail: tail[1] or "", path, count=1)
