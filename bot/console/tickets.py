"""Trigger ids and response_urls: Slack's short-lived permissions to open a modal or to answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import RLock

from bot.console.times import Now

TRIGGER_LIFETIME = timedelta(seconds=3)
REPLY_LIFETIME = timedelta(minutes=30)
REPLY_USES = 5


class TicketRefused(Exception):
    """A trigger id or a response_url is unknown, used up or too old; `code` is Slack's word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAddress:
    """What a response_url stands for: where, for whom, and the message it came from, if any."""

    channel: str
    user: str
    origin: str | None = None  # ts of the message whose button was clicked
    thread_ts: str | None = None


class Tickets:
    """Hands out trigger ids and response_urls and enforces their limits."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._lock = RLock()
        self._count = 0
        self._triggers: dict[str, tuple[str, datetime]] = {}
        self._used_triggers: set[str] = set()
        self._addresses: dict[str, tuple[ReplyAddress, datetime]] = {}
        self._uses: dict[str, int] = {}
        self._last_reply: dict[str, str] = {}

    def trigger(self, user: str) -> str:
        """A trigger id for what `user` just did."""
        with self._lock:
            self._count += 1
            trigger_id = f"{self._count}.{int(self._now().timestamp())}.{self._count:032x}"
            self._triggers[trigger_id] = (user, self._now())
            return trigger_id

    def take_trigger(self, trigger_id: str) -> str:
        """Use a trigger id up; returns the user. Raises TicketRefused."""
        with self._lock:
            if trigger_id not in self._triggers:
                raise TicketRefused("invalid_trigger_id")
            user, given = self._triggers[trigger_id]
            if trigger_id in self._used_triggers:
                raise TicketRefused("exchanged_trigger_id")
            if self._now() - given > TRIGGER_LIFETIME:
                raise TicketRefused("expired_trigger_id")
            self._used_triggers.add(trigger_id)
            return user

    def address(self, reply_to: ReplyAddress) -> str:
        """The key of a new response_url."""
        with self._lock:
            self._count += 1
            key = f"{self._count:024x}"
            self._addresses[key] = (reply_to, self._now())
            return key

    def use_address(self, key: str) -> ReplyAddress:
        """Count one use of a response_url. Raises TicketRefused after 5 uses or 30 minutes."""
        with self._lock:
            if key not in self._addresses:
                raise TicketRefused("invalid_url")
            reply_to, given = self._addresses[key]
            if self._now() - given > REPLY_LIFETIME:
                raise TicketRefused("expired_url")
            if self._uses.get(key, 0) >= REPLY_USES:
                raise TicketRefused("used_url")
            self._uses[key] = self._uses.get(key, 0) + 1
            return reply_to

    def uses(self, key: str) -> int:
        """How often a response_url was used."""
        with self._lock:
            return self._uses.get(key, 0)

    def last_reply(self, key: str) -> str | None:
        """The ts of the last message sent through a response_url."""
        with self._lock:
            return self._last_reply.get(key)

    def remember_reply(self, key: str, ts: str) -> None:
        """Keep the ts of a message sent through a response_url, so that a later one can replace it."""
        with self._lock:
            self._last_reply[key] = ts
