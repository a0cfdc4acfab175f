"""What the stand-in workspace holds: people, channels, messages, views. All of it frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class ChannelKind(StrEnum):
    """Who may find and read a channel."""

    PUBLIC = "public"
    PRIVATE = "private"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A member of the workspace, or a guest from another team in a shared channel."""

    id: str
    name: str
    real_name: str
    team_id: str
    timezone: str = "UTC"
    locale: str = "en-US"
    is_bot: bool = False
    deleted: bool = False
    restricted: bool = False  # a guest, who sees only the channels they were invited to


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A conversation; `shared` means that another organisation is in it (Slack Connect)."""

    id: str
    name: str
    kind: ChannelKind = ChannelKind.PUBLIC
    members: frozenset[str] = frozenset()
    shared: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji under a message and who put it there, in order."""

    name: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it stands now. `only_for` is the one reader of an ephemeral message, else None."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    files: tuple[Json, ...] = ()
    thread_ts: str | None = None
    metadata: Json | None = None
    reactions: tuple[Reaction, ...] = ()
    edited: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    only_for: str | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def as_slack(self, *, team_id: str, with_metadata: bool = False) -> Json:
        """The message as Slack's API writes it."""
        body: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": team_id}
        optional: Mapping[str, object] = {
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "thread_ts": self.thread_ts,
            "blocks": list(self.blocks),
            "attachments": list(self.attachments),
            "files": list(self.files),
            "metadata": self.metadata if with_metadata else None,
            "edited": {"user": self.user, "ts": self.edited} if self.edited else None,
            "reactions": [
                {"name": r.name, "users": list(r.users), "count": len(r.users)} for r in self.reactions
            ],
            "is_ephemeral": True if self.only_for else None,
        }
        body.update({key: value for key, value in optional.items() if value})
        return body


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A modal that somebody sees, or a person's App Home. `body` is the view as Slack's API writes it."""

    id: str
    user: str
    body: Json
    open: bool = True
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """ "modal" or "home"."""
        return str(self.body.get("type", "modal"))

    @property
    def callback_id(self) -> str:
        """The name by which the app knows the view; may be empty."""
        return str(self.body.get("callback_id", ""))


@dataclass(frozen=True, slots=True)
class Note:
    """Something Slack would let pass and a careful app would not do; `kind` is a slug."""

    kind: str
    channel: str
    detail: str
