"""What the handlers, the jobs and the shell ask for.

Each function here does one thing that a user would name, in one database transaction where it can.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.jobs import Outbox
from bot.metrics import Metrics
from bot.services.ports import ReadArticle, SlackPort
from bot.settings import Settings
from storage.engine import Engine


@dataclass(frozen=True, slots=True)
class Services:
    """What a running Seams holds: the database, the way to enqueue work, and the edges to the world."""

    engine: Engine
    settings: Settings
    outbox: Outbox
    slack: SlackPort
    read: ReadArticle
    read_apart: ReadArticle  # for what broke or held up `read`: with children of its own, and more patience
    now: Callable[[], datetime]
    metrics: Metrics = field(default_factory=Metrics)
