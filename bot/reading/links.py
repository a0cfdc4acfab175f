"""One article, one address: the canonical form of a link, and when a page may name another one."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NoReturn
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

import idna
from tld import get_fld

from bot.errors import LinkRefused
from bot.reading.amp import without_amp
from bot.reading.trackers import without_trackers
from bot.reading.wrappers import unwrapped

MAX_LENGTH = 4096  # characters; far above what publishers use, far below what a log or a database minds
_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # urlsplit would drop some of them in silence
_MISREAD = re.compile(r"[\s\\%]")  # in the host part, where libraries disagree about them
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE_IN_PATH = "/%:@!$&'()*+,;=-._~"
_HOME = re.compile(r"/?(index\.\w+|home|[a-z]{2}([-_][a-z]{2})?)?/?", re.IGNORECASE)
_IDENTIFYING = re.compile(
    r"(?:.*id|p|n|no|num|art|article|articulo|noticia|nota|story|item|doc|key|slug)", re.IGNORECASE
)


def canonical_url(url: str) -> str:
    """The one spelling under which an article is stored; the same again when applied twice.

    http(s) only, lower-case IDNA host, no default port, tracker, AMP form, share wrapper or fragment.
    Raises LinkRefused for anything that is not an address of a public page.
    """
    seen = url.strip()
    while True:
        plain = _canonical_once(seen)
        if plain == seen:
            return plain
        seen = plain


def canonical_from_page(fetched_url: str, rel_canonical: str | None) -> str:
    """The canonical URL of a fetched page, which may name itself on its own registrable site.

    A page's word is not taken when it names another site, the front page, or drops what told two articles
    apart (`?id=`): one careless template would make a whole newspaper one article.
    """
    own = canonical_url(fetched_url)
    if not rel_canonical or not rel_canonical.strip():
        return own
    try:
        named = canonical_url(urljoin(fetched_url, rel_canonical.strip()))
    except (LinkRefused, ValueError):
        return own
    here, there = urlsplit(own), urlsplit(named)
    if not _same_site(here, there) or _is_home(there) or _loses_identity(here, there):
        return own
    if here.scheme == "https" and there.scheme == "http":
        return named.replace("http://", "https://", 1)
    return named


def site_of(url: str) -> str:
    """The registrable domain of a URL ("bbc.co.uk"), or its host when it has none (an address, localhost).

    Under a suffix that the Public Suffix List does not know, its default rule holds: the last two labels.
    """
    host = urlsplit(url).hostname or ""
    if ":" in host or _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        return host
    known = get_fld(f"https://{host}/", fail_silently=True, search_private=True)
    return known or ".".join(host.split(".")[-2:])


def _canonical_once(url: str) -> str:
    """One round of cleaning; a wrapper may hide another, so rounds go on until nothing moves."""
    parts = _split(url)
    scheme, host = parts.scheme, _host(parts)
    port = _port(parts)
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = _without_dots(_escaped(parts.path)) or "/"
    query = _escaped(parts.query, also="?")
    target = unwrapped(host, path, query)
    if target is not None:
        return target
    netloc, path = without_amp(netloc, path)
    query = without_trackers(query)
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")


def _split(url: str) -> SplitResult:
    """Split a URL and refuse what browsers and libraries read differently."""
    if len(url) > MAX_LENGTH:
        _refuse("This link is too long to be an article's address.")
    try:
        url.encode()
        parts = urlsplit(url)
    except ValueError:  # unbalanced brackets, lone surrogates, a netloc that NFKC would change
        _refuse("This is not a web address. Copy it again from the browser.")
    if _CONTROL.search(url) or _MISREAD.search(parts.netloc):
        _refuse("This is not a web address. Check it for spaces and backslashes.")
    if parts.scheme not in _PORTS:
        _refuse("Only http and https links can be read.")
    if "@" in parts.netloc:
        _refuse("Links that carry a user name or password are not opened. Remove the part before the @.")
    return parts


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        _refuse("This is not a web address: its port is not a number that exists.")


def _host(parts: SplitResult) -> str:
    """The host in lower-case ASCII: a name, an IPv4 address in its usual form, or a bracketed IPv6 one."""
    raw = (parts.hostname or "").rstrip(".")
    try:
        if "[" in parts.netloc:
            return f"[{IPv6Address(raw)}]"
        name = raw if raw.isascii() else idna.encode(raw, uts46=True).decode().rstrip(".")
        labels = name.lower().split(".")
        if _NUMERIC_LABEL.fullmatch(labels[-1]):  # "2130706433", "0x7f.1": an address in disguise
            return str(IPv4Address(name))
    except (idna.IDNAError, AddressValueError, UnicodeError):
        _refuse_host()
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        _refuse_host()
    return ".".join(labels)


def _refuse_host() -> NoReturn:
    _refuse("This is not a web address: the site's name is not valid.")


def _refuse(message: str) -> NoReturn:
    raise LinkRefused(message)


def _escaped(text: str, *, also: str = "") -> str:
    """Percent-encode once: what must be is, what need not be is not (RFC 3986, section 6.2.2)."""
    whole = quote(_ESCAPE.sub("%25", text), safe=_SAFE_IN_PATH + also)
    return re.sub(r"%[0-9A-Fa-f]{2}", _one_escape, whole)


def _one_escape(match: re.Match[str]) -> str:
    char = unquote_to_bytes(match[0]).decode("latin-1")
    return char if char in _UNRESERVED else match[0].upper()


def _without_dots(path: str) -> str:
    """Resolve "." and ".." segments (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for place, segment in enumerate(segments):
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
        if segment in (".", "..") and place == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def _same_site(here: SplitResult, there: SplitResult) -> bool:
    if here.hostname == there.hostname:
        return here.port == there.port
    return there.port is None and site_of(here.geturl()) == site_of(there.geturl())


def _is_home(parts: SplitResult) -> bool:
    return not parts.query and _HOME.fullmatch(parts.path) is not None


def _loses_identity(here: SplitResult, there: SplitResult) -> bool:
    """Whether the named page is the fetched one without the parameter that says which article it is."""
    if there.query or here.path.rstrip("/") != there.path.rstrip("/"):
        return False
    return any(_IDENTIFYING.fullmatch(piece.partition("=")[0]) for piece in here.query.split("&"))
