"""How far things are counted: an answer that shows ten of a million does not wait for the million."""

MOST_COUNTED = 5_000
"""A total beyond it stands for this many and more."""

MOST_IN_CHANNEL = 1_000
"""The same, where there are many totals beside each other."""


def many(total: int, most: int = MOST_COUNTED) -> str:
    """A total as people read it: "4999", "5000+"."""
    return str(total) if total <= most else f"{most}+"
