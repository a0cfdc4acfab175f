"""What people do in the stand-in workspace, and how the app hears of it."""

from bot.console import payloads
from bot.console.composer import compose
from bot.console.delivery import Ack, deliver_event
from bot.console.interactions import Interactions
from bot.console.values import ChannelKind, Json, Message


class Slack(Interactions):
    """People at work. People and channels are named by id or name; every verb returns when the app has acked.

    `acks` holds the app's answers to everything, in order.
    """

    # Messages

    def post(
        self,
        where: str,
        who: str,
        typed: str,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        files: tuple[Json, ...] = (),
    ) -> str:
        """Somebody types a message and sends it; returns its ts. URLs become links as in Slack's composer."""
        text, blocks = self._compose(typed)
        subtype = "thread_broadcast" if broadcast else "file_share" if files else None
        return self.post_raw(
            where, who, text, blocks=blocks, thread_ts=thread_ts, files=files, subtype=subtype
        )

    def post_raw(
        self,
        where: str,
        who: str,
        text: str,
        *,
        blocks: tuple[Json, ...] = (),
        attachments: tuple[Json, ...] = (),
        files: tuple[Json, ...] = (),
        thread_ts: str | None = None,
        subtype: str | None = None,
        bot_id: str | None = None,
    ) -> str:
        """Store a message exactly as given and tell the app of it; returns its ts."""
        message = self.workspace.post(
            where,
            who,
            text,
            blocks=blocks,
            attachments=attachments,
            files=files,
            thread_ts=thread_ts,
            subtype=subtype,
            bot_id=bot_id,
        )
        self.announce(message)
        return message.ts

    def announce(self, message: Message) -> None:
        """Tell the app of a stored message, as Slack does of every one in the channels it is in."""
        if not self._is_in(message.channel):
            return
        self.event(payloads.message_event(self.workspace, message))
        # https://docs.slack.dev/reference/events/app_mention: not in direct conversations
        direct = self.workspace.channel(message.channel).kind is ChannelKind.DIRECT
        if f"<@{self.workspace.bot_user}>" in message.text and not direct:
            self.event(payloads.app_mention(self.workspace, message))

    def edit(self, where: str, ts: str, typed: str) -> None:
        """The author changes a message."""
        text, blocks = self._compose(typed)
        old = self.workspace.message(where, ts)
        self._changed(self.workspace.edit(where, ts, text=text, blocks=blocks), old)

    def unfurl(self, where: str, ts: str, title: str) -> None:
        """Slack adds a preview to a message, which the app hears of as a change."""
        old = self.workspace.message(where, ts)
        preview: Json = {"id": 1, "title": title, "fallback": title}
        self._changed(
            self.workspace.edit(
                where, ts, text=old.text, mark=False, attachments=(*old.attachments, preview)
            ),
            old,
        )

    def delete(self, where: str, ts: str) -> None:
        """The author deletes a message."""
        old = self.workspace.remove(where, ts)
        if self._is_in(old.channel):
            self.event(payloads.message_deleted(self.workspace, old))

    # Channels and App Home

    def invite(self, where: str, who: str, *, inviter: str | None = None) -> None:
        """Somebody joins a channel, by invitation or not; the app hears of it in its own channels."""
        self.workspace.join(where, who)
        channel, user = self.workspace.channel(where), self.workspace.user(who)
        if self._is_in(channel.id):
            by = self.workspace.user(inviter) if inviter else None
            self.event(payloads.member_joined(self.workspace, user, channel, by))

    def open_home(self, who: str, *, tab: str = "home") -> None:
        """Somebody opens the app's Home (or its "messages")."""
        self.event(payloads.home_opened(self.workspace, self.workspace.user(who), tab))

    def uninstall(self) -> None:
        """The workspace removes the app: its token dies, and the app hears of it twice."""
        self.workspace.revoked = True
        self.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.workspace.bot_user]}})
        self.event({"type": "app_uninstalled"})

    def event(self, event: Json, *, event_id: str | None = None) -> list[Ack]:
        """Deliver an event, with Slack's retries; a given `event_id` repeats one. Returns every answer."""
        if self._events is not None and event["type"] not in self._events:
            return []
        payload = payloads.event_callback(self.workspace, event, event_id or self.workspace.new_id("Ev"))
        acks = deliver_event(self._carry, payload, waits=self._waits, sleep=self._sleep)
        self.acks += acks
        return acks

    def _changed(self, new: Message, old: Message) -> None:
        if self._is_in(new.channel):
            self.event(payloads.message_changed(self.workspace, new, old))

    def _is_in(self, channel_id: str) -> bool:
        return self.workspace.bot_user in self.workspace.channel(channel_id).members

    def _compose(self, typed: str) -> tuple[str, tuple[Json, ...]]:
        users = {user.name: user.id for user in self.workspace.users()}
        channels = {c.name: c.id for c in self.workspace.channels() if c.kind is not ChannelKind.DIRECT}
        return compose(typed, find_user=users.get, find_channel=channels.get)
