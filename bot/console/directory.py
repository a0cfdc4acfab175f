"""The people and the channels of a stand-in workspace."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Condition, RLock
from typing import TypeVar

from bot.console.values import Channel, ChannelKind, User

Item = TypeVar("Item")


class Directory:
    """Users and channels, found by id or by name. Thread-safe; every change wakes those who wait."""

    def __init__(self, team_id: str, *, first_id: int = 0) -> None:
        """Begin with one user: the app's own. Ids are numbered from `first_id` on."""
        self.team_id = team_id
        self._lock = RLock()
        self._changed = Condition(self._lock)
        self.changes = 0  # how often anything changed
        self._count = first_id
        self._users: dict[str, User] = {}
        self._channels: dict[str, Channel] = {}
        self.bot_user = self.add_user("seams", real_name="Seams", is_bot=True)

    def add_user(
        self,
        name: str,
        *,
        real_name: str = "",
        timezone: str = "UTC",
        locale: str = "en-US",
        is_bot: bool = False,
        team_id: str | None = None,
        restricted: bool = False,
    ) -> str:
        """Let somebody in; returns the user id. Another `team_id` makes a guest of a shared channel."""
        with self._changed:
            user_id = self._new_id("U")
            self._users[user_id] = User(
                id=user_id,
                name=name,
                real_name=real_name or name.title(),
                team_id=team_id or self.team_id,
                timezone=timezone,
                locale=locale,
                is_bot=is_bot,
                restricted=restricted,
            )
            return user_id

    def add_channel(
        self,
        name: str,
        *,
        kind: ChannelKind = ChannelKind.PUBLIC,
        members: Iterable[str] = (),
        shared: bool = False,
    ) -> str:
        """Make a channel whose members are named by id or name; returns its id."""
        with self._changed:
            channel_id = self._new_id("D" if kind is ChannelKind.DIRECT else "C")
            ids = frozenset(self.user(member).id for member in members)
            self._channels[channel_id] = Channel(
                id=channel_id, name=name.lstrip("#"), kind=kind, members=ids, shared=shared
            )
            return channel_id

    def user(self, who: str) -> User:
        """The user of that id or name ("ana", "@ana"). Raises KeyError."""
        with self._lock:
            if who in self._users:
                return self._users[who]
            return _first((u for u in self._users.values() if u.name == who.lstrip("@")), who)

    def channel(self, where: str) -> Channel:
        """The channel of that id or name ("deals", "#deals"). Raises KeyError."""
        with self._lock:
            if where in self._channels:
                return self._channels[where]
            return _first((c for c in self._channels.values() if c.name == where.lstrip("#")), where)

    def users(self) -> tuple[User, ...]:
        """Everybody, the app's own user among them, in order of arrival."""
        with self._lock:
            return tuple(self._users.values())

    def channels(self) -> tuple[Channel, ...]:
        """Every channel, in order of creation."""
        with self._lock:
            return tuple(self._channels.values())

    def real_name(self, user_id: str) -> str:
        """Whose message it is, as readers see it; "somebody" for one who is not here."""
        try:
            return self.user(user_id).real_name
        except KeyError:
            return "somebody"

    def user_name(self, user_id: str) -> str:
        """The name behind an id ("ID|name" too) in a text; the id itself for one who is not here."""
        try:
            return self.user(user_id.split("|")[0]).name
        except KeyError:
            return user_id

    def channel_name(self, channel_id: str) -> str:
        """The name behind a channel's id in a text; the id itself for one that is not here."""
        try:
            return self.channel(channel_id).name
        except KeyError:
            return channel_id

    def join(self, where: str, who: str) -> None:
        """Make somebody a member of a channel."""
        self._set_members(where, lambda members: members | {self.user(who).id})

    def leave(self, where: str, who: str) -> None:
        """Take somebody out of a channel."""
        self._set_members(where, lambda members: members - {self.user(who).id})

    def restrict(self, who: str) -> None:
        """Make a member a guest. Raises KeyError."""
        with self._changed:
            old = self.user(who)
            self._users[old.id] = replace(old, restricted=True)
            self._touch()

    def change_channel(
        self,
        where: str,
        *,
        kind: ChannelKind | None = None,
        archived: bool | None = None,
        shared: bool | None = None,
    ) -> None:
        """Archive a channel, share it, or make it private or public."""
        with self._changed:
            old = self.channel(where)
            self._channels[old.id] = replace(
                old,
                kind=old.kind if kind is None else kind,
                archived=old.archived if archived is None else archived,
                shared=old.shared if shared is None else shared,
            )
            self._touch()

    def direct_channel(self, who: str) -> str:
        """The id of the app's direct channel with a user, made when there is none."""
        with self._changed:
            members = frozenset({self.user(who).id, self.bot_user})
            for channel in self._channels.values():
                if channel.kind is ChannelKind.DIRECT and channel.members == members:
                    return channel.id
            return self.add_channel(self.user(who).name, kind=ChannelKind.DIRECT, members=members)

    def new_id(self, prefix: str) -> str:
        """An id that was not given out before."""
        with self._lock:
            return self._new_id(prefix)

    def wait(self, until: Callable[[], object], timeout: float = 60.0) -> bool:
        """Wait until `until()` is true, looking again whenever something changed; False after `timeout` s."""
        with self._changed:
            return bool(self._changed.wait_for(until, timeout))

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Do several things of which nobody sees only a part; wakes those who wait at the end."""
        with self._changed:
            yield
            self._changed.notify_all()

    def _touch(self) -> None:
        self.changes += 1
        self._changed.notify_all()

    def _new_id(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count:010d}"

    def _set_members(self, where: str, change: Callable[[frozenset[str]], frozenset[str]]) -> None:
        with self._changed:
            old = self.channel(where)
            self._channels[old.id] = replace(old, members=change(old.members))
            self._touch()


def _first(found: Iterable[Item], key: str) -> Item:
    for item in found:
        return item
    raise KeyError(key)
