"""From bytes to text when the server, the page and the bytes disagree about the encoding."""

import codecs
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# What pages that declare these really send (WHATWG Encoding, "names and labels").
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")


def decode(body: bytes, *, declared: str | None) -> str:
    """Decode a page or a text file; `declared` is the charset of its Content-Type.

    The order: byte order mark, bytes that are valid multi-byte UTF-8 (hardly ever anything else, whatever is
    declared), the header, the page's own meta, and at last what loses least.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    names = list(_declared(body, declared))
    for name in (*(n for n in names if _outranks_utf8(n, body)), "utf-8", *names):
        try:
            return body.decode(name)
        except (ValueError, LookupError):  # undecodable; no such encoding, or no name of one at all
            continue
    return _salvaged(body)


def looks_binary(body: bytes) -> bool:
    """Whether bytes are no text in any encoding that pages use (UTF-16 and UTF-32 carry a mark)."""
    start = body[:4096]
    if any(start.startswith(mark) for mark, _ in _BOMS):
        return False
    odd = sum(byte < 32 and byte not in b"\t\n\f\r\x1b\x00" for byte in start)
    nulls = start.count(0)
    return odd > len(start) // 50 or len(start) // 50 < nulls < len(start) // 4


def _declared(body: bytes, header: str | None) -> Iterator[str]:
    meta = _META.search(body[:4096])
    for name in (header, (meta[1] or meta[2]).decode("ascii", "ignore") if meta else None):
        low = (name or "").strip().lower()
        if low and low not in ("utf-8", "utf8", "utf-7"):
            yield _MEANT.get(low, low)


def _outranks_utf8(name: str, body: bytes) -> bool:
    """Encodings whose bytes pass for UTF-8 or ASCII by accident."""
    return (name.startswith(("utf-16", "utf-32")) and 0 in body[:64]) or name.startswith(("iso-2022", "hz"))


def _salvaged(body: bytes) -> str:
    """Mostly UTF-8 with some damage, else Windows-1252 (which maps nearly every byte)."""
    high = sum(byte >= 0x80 for byte in body)
    in_pairs = sum(len(found[0]) for found in _MULTIBYTE.finditer(body))
    return body.decode("utf-8" if in_pairs * 2 > high else "cp1252", errors="replace")
