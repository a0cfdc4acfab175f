"""Makes text that came from a message fit to be written to a terminal."""

import unicodedata

from rich.text import Text

# Besides controls: marks that turn the reading direction around, and lone surrogates that can't be encoded.
_HARMFUL = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(text: str) -> str:
    """Drop control characters, marks of direction and surrogates; keep line ends, make tabs four spaces."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(c for c in unified if c == "\n" or not is_harmful(c))


def one_line(text: str) -> str:
    """The same on a single line."""
    return " ".join(harmless(text).split())


def safe_link(url: str) -> str | None:
    """The URL if it may become a terminal hyperlink (http, https, printable ASCII), else None."""
    if not url.startswith(("http://", "https://")) or not url.isascii() or not url.isprintable():
        return None
    return url.replace(" ", "%20")


def linked(label: str, url: str, style: str = "") -> Text:
    """`label` as a terminal hyperlink to `url`, or as mere text when the URL is no safe one."""
    target = safe_link(url)
    text = Text(one_line(label), style=f"underline {style}".strip())
    if target is not None:
        text.stylize(f"link {target}")
    return text


def is_harmful(char: str) -> bool:
    """Whether a terminal would act on a character, or could not write it."""
    return unicodedata.category(char) in _HARMFUL or char in _DIRECTION
