"""The state of a stand-in Slack workspace. Thread-safe; the time is handed in."""

from collections import defaultdict
from dataclasses import replace
from typing import TypedDict, Unpack

from bot.console.directory import Directory
from bot.console.tickets import Tickets
from bot.console.times import Now, stamp_after
from bot.console.values import Json, Message, Note, Reaction
from bot.console.views import Views


class Content(TypedDict, total=False):
    """What a message may carry beside its text."""

    blocks: tuple[Json, ...]
    attachments: tuple[Json, ...]
    files: tuple[Json, ...]
    metadata: Json | None


class Workspace(Directory):
    """Team, people, channels, messages and views, and the one app that is installed: Seams."""

    def __init__(
        self,
        now: Now,
        *,
        team_id: str = "T0SEAMS",
        name: str = "Costura Capital",
        domain: str = "costura",
        bot_token: str = "xoxb-stand-in-bot",  # noqa: S107 - worth nothing outside the stand-in
        app_token: str = "xapp-stand-in-app",  # noqa: S107
        scopes: frozenset[str] | None = None,
        enterprise_id: str | None = None,
        org_wide: bool = False,
        first_id: int = 0,
    ) -> None:
        """`scopes` is what the app was granted; None grants everything.

        `enterprise_id` makes it a workspace of an organisation, `org_wide` of one that installs for all, in
        which ids must differ (`first_id`).
        """
        self.now = now
        self.enterprise_id, self.org_wide = enterprise_id, org_wide
        self.older_tokens: set[str] = set()  # that were renewed and have not expired yet
        super().__init__(team_id, first_id=first_id)
        self.name, self.domain = name, domain
        self.bot_token, self.app_token, self.scopes = bot_token, app_token, scopes
        self.app_id, self.bot_id = "A0SEAMS", "B0SEAMS"
        self.tickets = Tickets(now)
        self.revoked = False
        self.socket_url = ""  # where Socket Mode is served, when it is
        self.views = Views(self._lock, self._touch)
        self._messages: defaultdict[str, dict[str, Message]] = defaultdict(dict)
        self._last_stamp: dict[str, str] = {}
        self._newest: str | None = None
        self._notes: list[Note] = []
        self._files: dict[str, Json] = {}

    # Messages

    def post(
        self,
        where: str,
        who: str,
        text: str,
        *,
        thread_ts: str | None = None,
        subtype: str | None = None,
        bot_id: str | None = None,
        only_for: str | None = None,
        **content: Unpack[Content],
    ) -> Message:
        """Store a message and return it; `only_for` makes it ephemeral."""
        with self._changed:
            channel = self.channel(where).id
            ts = stamp_after(self.now(), self._last_stamp.get(channel))
            self._last_stamp[channel] = ts
            message = Message(
                channel=channel,
                ts=ts,
                user=self.user(who).id,
                text=text,
                thread_ts=thread_ts,
                subtype=subtype,
                bot_id=bot_id,
                only_for=only_for,
                **content,
            )
            self._messages[channel][ts] = message
            self._touch()
            return message

    def edit(
        self, where: str, ts: str, *, text: str, mark: bool = True, **content: Unpack[Content]
    ) -> Message:
        """Replace a message's text and content; returns the new one. Raises KeyError."""
        with self._changed:
            old = self.any_message(where, ts)
            edited = self.stamp() if mark else old.edited
            new = replace(old, text=text, edited=edited, **content)
            self._messages[old.channel][ts] = new
            self._touch()
            return new

    def remove(self, where: str, ts: str) -> Message:
        """Delete a message and return what it was. Raises KeyError."""
        with self._changed:
            old = self._messages[self.channel(where).id].pop(ts)
            self._touch()
            return old

    def react(self, where: str, ts: str, who: str, name: str) -> bool:
        """Put an emoji under a message; False when that user's stands there already. Raises KeyError."""
        with self._changed:
            old, user = self.message(where, ts), self.user(who).id
            users = next((r.users for r in old.reactions if r.name == name), ())
            if user in users:
                return False
            self._set_reaction(old, Reaction(name, (*users, user)))
            return True

    def unreact(self, where: str, ts: str, who: str, name: str) -> bool:
        """Take an emoji back; False when there was none. Raises KeyError."""
        with self._changed:
            old, user = self.message(where, ts), self.user(who).id
            users = next((r.users for r in old.reactions if r.name == name), ())
            if user not in users:
                return False
            self._set_reaction(old, Reaction(name, tuple(u for u in users if u != user)))
            return True

    def message(self, where: str, ts: str) -> Message:
        """The message that everybody in the channel sees under `ts`. Raises KeyError."""
        found = self.any_message(where, ts)
        if found.only_for is not None:
            raise KeyError(ts)
        return found

    def any_message(self, where: str, ts: str) -> Message:
        """The message under `ts`, be it ephemeral or not. Raises KeyError."""
        with self._lock:
            return self._messages[self.channel(where).id][ts]

    def messages(self, where: str) -> tuple[Message, ...]:
        """What everybody in a channel sees, oldest first, with the replies in threads."""
        return tuple(m for m in self.everything(where) if m.only_for is None)

    def everything(self, where: str) -> tuple[Message, ...]:
        """All messages of a channel, the ephemeral ones among them, oldest first."""
        with self._lock:
            return tuple(self._messages[self.channel(where).id].values())

    def thread(self, where: str, ts: str) -> tuple[Message, ...]:
        """The replies under a message, oldest first, without the message itself."""
        return tuple(m for m in self.messages(where) if m.is_reply and m.thread_ts == ts)

    def ephemerals(self, where: str, who: str | None = None) -> tuple[Message, ...]:
        """What only one reader sees (of everybody's, when `who` is None), oldest first."""
        reader = None if who is None else self.user(who).id
        hidden = (m for m in self.everything(where) if m.only_for is not None)
        return tuple(m for m in hidden if reader in (None, m.only_for))

    # Files, notes, waiting

    def save_file(self, file: Json) -> None:
        """Keep what is known of an uploaded file under its id."""
        with self._changed:
            self._files[str(file["id"])] = file
            self._touch()

    def file(self, file_id: str) -> Json:
        """What is known of an uploaded file. Raises KeyError."""
        with self._lock:
            return self._files[file_id]

    def note(self, kind: str, channel: str, detail: str) -> None:
        """Record what Slack lets pass and a test may want to look at."""
        with self._changed:
            self._notes.append(Note(kind, channel, detail))

    def notes(self, kind: str | None = None) -> tuple[Note, ...]:
        """What was recorded, all or of one kind."""
        with self._lock:
            return tuple(n for n in self._notes if kind in (None, n.kind))

    def stamp(self) -> str:
        """The present time as Slack writes it, later than every stamp that was given before."""
        with self._lock:
            self._newest = stamp_after(self.now(), self._newest)
            return self._newest

    def _set_reaction(self, message: Message, reaction: Reaction) -> None:
        names = [r.name for r in message.reactions]
        changed = [reaction if r.name == reaction.name else r for r in message.reactions]
        if reaction.name not in names:
            changed.append(reaction)
        kept = tuple(r for r in changed if r.users)
        self._messages[message.channel][message.ts] = replace(message, reactions=kept)
        self._touch()
