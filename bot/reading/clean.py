"""Text as it is kept: one spelling of every space, nothing invisible, paragraphs apart by a blank line."""

import re
import unicodedata
from collections.abc import Iterable

MAX_TITLE = 300  # characters
MAX_TEXT = 200_000  # characters, about 35,000 words; what follows is no article any more

# Controls, format characters (bidi, zero width, soft hyphen, tags), surrogates, private use, unassigned.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters that printers join, as PDFs have them.
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")


def clean_line(text: str) -> str:
    """One line of visible text: NFC, single spaces, nothing invisible."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str) -> str:
    """The same for a text of several lines, each trimmed; blank lines stay."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    changed: dict[int, str | None] = {
        ord(c): None for c in set(text) if unicodedata.category(c) in _INVISIBLE and c not in "\n\t"
    }
    changed |= _LIGATURES
    text = _SPACES.sub(" ", text.translate(changed))
    return "\n".join(line.strip() for line in text.split("\n"))


def clean_title(text: str | None) -> str | None:
    """A title of at most MAX_TITLE characters, cut at a word; None when nothing visible is left."""
    title = clean_line(text or "")
    if len(title) > MAX_TITLE:
        title = title[: MAX_TITLE - 1].rpartition(" ")[0] or title[: MAX_TITLE - 1]
        title = title.rstrip(" ,;:-") + "…"
    return title or None


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Put paragraphs together, a blank line between, and stop before MAX_TEXT characters."""
    kept: list[str] = []
    size = 0
    for paragraph in paragraphs:
        size += len(paragraph) + 2
        if kept and size > MAX_TEXT:
            break
        kept.append(paragraph[:MAX_TEXT])
    return "\n\n".join(kept)
