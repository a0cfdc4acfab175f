"""Texts as searches compare them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Words without case, accents and punctuation, each after one blank: "Adiós, Perú" -> " adios peru"."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(character)
    )
    return "".join(f" {word}" for word in _WORD.findall(bare))
