"""What one person of the stand-in workspace has before them, as JSON for the page."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.console.mrkdwn import Names, emoji
from bot.console.page.content import plain, shown_blocks, shown_text
from bot.console.times import moment_of
from bot.console.values import Channel, ChannelKind, Json, Message, User, View
from bot.console.workspace import Workspace

_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def people(workspace: Workspace) -> list[User]:
    """Those whom a visitor may act as."""
    return [u for u in workspace.users() if not u.is_bot and not u.deleted and u.team_id == workspace.team_id]


def channels_of(workspace: Workspace, user: User) -> list[Channel]:
    """The channels that somebody is in; direct ones last, and of those only what is the app's."""
    mine = [c for c in workspace.channels() if user.id in c.members and not c.archived]
    return sorted(mine, key=lambda c: c.kind is ChannelKind.DIRECT)


def picture_type(content: bytes) -> str | None:
    """The media type of a picture that a browser may show, else None."""
    return next((kind for magic, kind in _PICTURES.items() if content.startswith(magic)), None)


class Sight:
    """The workspace through the eyes of one person."""

    def __init__(self, workspace: Workspace, user: User) -> None:
        self._workspace, self._user = workspace, user
        self._zone = ZoneInfo(user.timezone)
        self._names = Names(workspace.user_name, workspace.channel_name, self._zone)

    def everything(self) -> Json:
        """All that the page shows; `version` grows with every change."""
        version = self._workspace.changes
        home, now = self._workspace.views.home(self._user.id), self._local(self._workspace.now())
        return {
            "version": version,
            "now": _day(now) + f" {now.year}, {now:%H:%M}",
            "me": self._user.id,
            "users": [self._person(user) for user in self._workspace.users()],
            "channels": [self._channel(c) for c in channels_of(self._workspace, self._user)],
            "modals": [self._view(view) for view in self._workspace.views.opened(self._user.id)],
            "home": self._view(home) if home else None,
        }

    def _person(self, user: User) -> Json:
        return {"id": user.id, "name": user.name, "real_name": user.real_name, "bot": user.is_bot}

    def _channel(self, channel: Channel) -> Json:
        seen = [m for m in self._workspace.everything(channel.id) if m.only_for in (None, self._user.id)]
        return {
            "id": channel.id,
            "name": channel.name,
            "kind": channel.kind,
            "members": sorted(self._workspace.user_name(member) for member in channel.members),
            "has_app": self._workspace.bot_user in channel.members,
            "messages": [self._message(message) for message in seen],
        }

    def _message(self, message: Message) -> Json:
        moment = self._local(moment_of(message.ts))
        return {
            "ts": message.ts,
            "channel": message.channel,
            "user": message.user,
            "author": self._workspace.real_name(message.user),
            "app": bool(message.bot_id),
            "time": f"{moment:%H:%M}",
            "day": _day(moment),
            "iso": moment.isoformat(),
            "nodes": shown_text(message.text, self._names),
            "blocks": shown_blocks(message.blocks, self._names),
            "files": [self._file(file) for file in message.files],
            "previews": [str(a.get("title") or a.get("fallback") or "") for a in message.attachments],
            "reactions": [
                {"emoji": emoji(r.name), "name": r.name, "users": [*map(self._workspace.real_name, r.users)]}
                for r in message.reactions
            ],
            "thread": message.thread_ts,
            "reply": message.is_reply,
            "broadcast": message.subtype == "thread_broadcast",
            "only_you": message.only_for is not None,
            "edited": message.edited is not None,
        }

    def _file(self, file: Json) -> Json:
        kept = self._kept(str(file.get("id")))
        content = kept.get("content") or b""
        return {
            "id": file.get("id"),
            "title": str(file.get("title") or file.get("name") or "file"),
            "name": str(file.get("name") or "file"),
            "alt": str(kept.get("alt_txt") or file.get("title") or file.get("name") or ""),
            "picture": picture_type(content) is not None,
            "size": len(content),
        }

    def _kept(self, file_id: str) -> Json:
        try:
            return self._workspace.file(file_id)
        except KeyError:
            return {}

    def _view(self, view: View) -> Json:
        body = view.body
        blocks: Sequence[Json] = body.get("blocks") or []
        return {
            "id": view.id,
            "title": plain(body.get("title")),
            "submit": plain(body.get("submit")) or "Submit",
            "close": plain(body.get("close")) or "Cancel",
            "can_submit": bool(body.get("submit")) or any(b.get("type") == "input" for b in blocks),
            "blocks": shown_blocks(blocks, self._names),
            "errors": dict(view.errors),
        }

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"
