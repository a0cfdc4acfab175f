"""What a piece of durable work is, and how much of it a process takes on."""

from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """Which jobs of one workspace come first; the lowest does, and of the same the oldest."""

    AT_ONCE = 1  # short: what a deleted message said is withdrawn
    POSTED = 2  # somebody waits for it
    LATER = 3  # nobody waits for it, and there may be much of it: gives way


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of durable work: `key` makes it unique, `args` are ids."""

    name: str
    queue: str
    key: str
    args: tuple[str, ...]
    priority: Priority = Priority.POSTED


@dataclass(frozen=True, slots=True)
class QueueSize:
    """How many jobs of one queue this process works on at once, and how many for one workspace.

    It looks for some every `polling_seconds`, which costs also where there are none; None: twice a second.
    """

    name: str
    concurrency: int
    per_team: int | None
    polling_seconds: float | None = None
