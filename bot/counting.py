"""How far things are counted: an answer that shows ten of a million does not wait for the million."""

MOST_COUNTED = 1_000
"""A total beyond it stands for this many and more."""

MOST_IN_CHANNEL = 100
"""The same, where there are many totals beside each other."""

MOST_LATEST = 100
"""The same for changes where only the last few matter."""


def many(total: int, most: int = MOST_COUNTED) -> str:
    """A total as people read it: "999", "1000+"."""
    return str(total) if total <= most else f"{most}+"
