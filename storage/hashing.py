"""Ids and keys that are made of what they stand for."""

import hashlib
import unicodedata

from storage.columns import storable


def hash_of(*parts: str) -> str:
    """Sixty-four hexadecimal characters that depend on the parts and their order alone."""
    joined = "\x1f".join(storable(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()


def id_of(*parts: str) -> str:
    """A shorter hash, long enough that no two of a team's things will ever share it."""
    return hash_of(*parts)[:24]


def content_hash(text: str) -> str:
    """The same for texts that differ only in case, in white space or in how accents are composed."""
    return hash_of(" ".join(unicodedata.normalize("NFKC", text).casefold().split()))
