"""How many examples a property is tried on: a few with all tests, all of them in the long run."""

from hypothesis import settings

ALL = 40  # that the long run tries where a test names no number


def examples(most: int, otherwise: settings | None = None) -> settings:
    """As many of these as the profile tries of all, and at least one."""
    return settings(otherwise, max_examples=max(1, most * settings().max_examples // ALL))
