"""Where Seams may connect to: the policy for every hop of a fetch.

Anyone in a channel can make this host open a URL, so an address is refused unless it is plainly public.
drawbridge resolves once, checks every answer and dials the very address it checked.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from drawbridge import Policy

from bot.errors import LinkRefused

ROBOT = "SeamsBot"  # the name by which a robots.txt may call us
USER_AGENT = f"{ROBOT}/0.1 (+article reader)"
_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")

# Beyond drawbridge's own list. IPv6 is refused outside 2000::/3, which covers ::/96 (compatible),
# 64:ff9b::/96 (NAT64), 5f00::/16 (SRv6), fec0::/10 (site-local); mapped addresses are
# unwrapped before the check; 6to4 (2002::/16) and Teredo (2001::/32) are refused, whatever they carry.
_BLOCKED: frozenset[IPv4Network | IPv6Network] = frozenset(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # Azure's host, which answers from every virtual machine
            "192.88.99.0/24",  # 6to4 relays
            "3fff::/20",  # documentation
            "::/3",
            "4000::/2",
            "8000::/1",
        ),
    )
)


def parse_allow(text: str) -> frozenset[str]:
    """Read "host, host:port" into the allow list; "" is the empty list."""
    return frozenset(entry.strip().lower() for entry in text.split(",") if entry.strip())


def policy_for(url: str, *, allow: Iterable[str], seconds: float) -> Policy:
    """The policy for one hop to `url`; raises LinkRefused when no connection may even be tried.

    A host on the allow list ("host" for any port, "host:port" for that one) may be private. `seconds` bounds
    each network operation; the fetcher bounds the whole.
    """
    host, port = _target(url)
    trusted = any(entry.strip("[]").replace("]:", ":") in (host, f"{host}:{port}") for entry in allow)
    if not trusted and port not in _PORTS.values():
        raise LinkRefused(
            "Links to unusual ports are not opened. Paste the article's text instead.", code="port_refused"
        )
    return Policy(
        allow_private=trusted,
        allow_ports=frozenset({port}),
        ip_blocklist=frozenset() if trusted else _BLOCKED,
        timeout=seconds,
        max_redirects=0,  # the fetcher follows them itself, to check each hop here
        user_agent=USER_AGENT,
        max_response_bytes=None,  # the fetcher counts, raw and decoded
    )


def check_redirect(source: str, target: str) -> None:
    """Refuse the step from https down to http; raises LinkRefused."""
    if urlsplit(source).scheme == "https" and urlsplit(target).scheme != "https":
        raise LinkRefused(
            "The page leads from a safe to an unsafe connection. Paste the article's text instead.",
            code="downgrade_refused",
        )


def _target(url: str) -> tuple[str, int]:
    """Host (lower case, no brackets) and port of a URL that a browser and httpx read alike."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise LinkRefused("This is not a web address. Copy it again from the browser.") from None
    if parts.scheme not in _PORTS or not host:
        raise LinkRefused("Only http and https links can be read.", code="scheme_refused")
    if "@" in parts.netloc:
        raise LinkRefused(
            "Links that carry a user name or password are not opened. Remove the part before the @.",
            code="credentials_refused",
        )
    if _CONTROL.search(parts.netloc) or "%" in parts.netloc:
        raise LinkRefused("This is not a web address. Copy it again from the browser.")
    return host, port if port is not None else _PORTS[parts.scheme]
