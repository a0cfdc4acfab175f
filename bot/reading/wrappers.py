"""Addresses that only stand around another one: alerts, share buttons, mail filters, AMP caches."""

import re
from urllib.parse import unquote, unquote_plus

_GOOGLE = re.compile(r"(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?")
_AMP_PATH = re.compile(r"/amp/(?P<tls>s/)?(?P<rest>[^/]+\.[^/]+.*)")
_CACHE_PATH = re.compile(r"/(?:[cvr]|wp)/(?P<tls>s/)?(?P<rest>[^/]+\.[^/]+.*)")
# host, path, the parameters that may hold the target
_REDIRECTORS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (_GOOGLE, "/url", ("url", "q")),
    (re.compile(r"lm?\.facebook\.com|lm?\.instagram\.com"), "/", ("u",)),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"www\.linkedin\.com"), "/safety/go", ("url",)),
    (re.compile(r"slack-redir\.net"), "/link", ("url",)),
    (re.compile(r"\w+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"out\.reddit\.com"), "/", ("url",)),
)


def unwrapped(host: str, path: str, query: str) -> str | None:
    """The http(s) address inside a known wrapper, or None when this is no wrapper."""
    if _GOOGLE.fullmatch(host):
        found = _from_path(_AMP_PATH, path, query)
    elif host == "cdn.ampproject.org" or host.endswith(".cdn.ampproject.org"):
        found = _from_path(_CACHE_PATH, path, query)
    else:
        found = None
    return found or _from_query(host, path, query)


def _from_path(pattern: re.Pattern[str], path: str, query: str) -> str | None:
    match = pattern.fullmatch(path)
    if match is None:
        return None
    scheme = "https" if match["tls"] else "http"
    host, _, rest = match["rest"].partition("/")
    return f"{scheme}://{unquote(host)}/{rest}" + (f"?{query}" if query else "")


def _from_query(host: str, path: str, query: str) -> str | None:
    fields = [piece.partition("=")[::2] for piece in query.split("&")]
    for hosts, own_path, names in _REDIRECTORS:
        if path == own_path and hosts.fullmatch(host):
            for name in names:
                target = next((unquote_plus(value) for key, value in fields if key == name), "")
                if target.startswith(("http://", "https://")):
                    return target
    return None
