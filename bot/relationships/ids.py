"""Ids that are the same on every machine, in every run and after every rebuild."""

import hashlib


def stable_id(*parts: str) -> str:
    """Sixteen hexadecimal characters that depend on the parts and their order alone."""
    # The unit separator stands in no key, id or word of ours, so ("a", "bc") and ("ab", "c") differ.
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
