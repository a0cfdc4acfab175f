"""How far things are counted: an answer that shows ten of a million does not wait for the million."""

MOST_COUNTED = 5_000
"""A total beyond it stands for this many and more."""


def many(total: int) -> str:
    """A total as people read it: "4999", "5000+"."""
    return str(total) if total <= MOST_COUNTED else f"{MOST_COUNTED}+"
