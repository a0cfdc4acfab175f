"""What people do in the stand-in workspace, and how the app hears of it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.console import payloads
from bot.console.composer import compose
from bot.console.delivery import RETRY_WAITS, Ack, Carry, Envelope, deliver_event
from bot.console.elements import find_element, used, view_values
from bot.console.replies import say
from bot.console.tickets import ReplyAddress
from bot.console.values import ChannelKind, Json, Message, View
from bot.console.web_api.call import ApiError
from bot.console.web_api.views import shown_view, view_body
from bot.console.workspace import Workspace


class Slack:
    """People at work. People and channels are named by id or name; every verb returns when the app has acked.

    `acks` holds the app's answers to everything, in order.
    """

    def __init__(
        self,
        workspace: Workspace,
        carry: Carry,
        *,
        server_url: str,
        events: frozenset[str] | None = None,
        waits: Sequence[float] = RETRY_WAITS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`server_url` is SlackServer.url; `events` the event types the app subscribed to (None: all)."""
        self.workspace = workspace
        self.acks: list[Ack] = []
        self.refused: list[str] = []  # what the app put in an ack and Slack would not take
        self._carry, self._base = carry, server_url
        self._events, self._waits, self._sleep = events, waits, sleep
        self._count = 0

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
        if f"<@{self.workspace.bot_user}>" in message.text:
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

    # Commands and clicks

    def command(self, who: str, where: str, command: str, text: str = "") -> Ack:
        """Somebody types a slash command."""
        user, channel = self.workspace.user(who), self.workspace.channel(where)
        key = self.workspace.tickets.address(ReplyAddress(channel=channel.id, user=user.id))
        payload = payloads.slash_command(
            self.workspace,
            user,
            channel,
            command,
            text,
            trigger_id=self.workspace.tickets.trigger(user.id),
            reply_url=self._reply_url(key),
        )
        ack = self._deliver(Envelope.COMMAND, payload)
        if ack.ok and ack.json():
            self._say(ReplyAddress(channel=channel.id, user=user.id), ack.json(), key)
        return ack

    def click(
        self,
        who: str,
        message: Message,
        action_id: str = "",
        *,
        value: str | None = None,
        label: str | None = None,
    ) -> Ack:
        """Somebody uses a button or menu of a message, found by action_id, value or label; or LookupError."""
        user = self.workspace.user(who)
        block, element = find_element(message.blocks, action_id, value=value, label=label)
        action = used(block, element, value=value, action_ts=self.workspace.stamp())
        key = self.workspace.tickets.address(
            ReplyAddress(
                channel=message.channel, user=user.id, origin=message.ts, thread_ts=message.thread_ts
            )
        )
        payload = self._interaction("block_actions", who)
        payload |= payloads.clicked_in_message(self.workspace, message, action, self._reply_url(key))
        return self._deliver(Envelope.INTERACTIVE, payload)

    def click_view(
        self,
        view: View,
        action_id: str = "",
        *,
        value: str | None = None,
        label: str | None = None,
        filled: Mapping[str, object] | None = None,
    ) -> Ack:
        """The reader of a modal or App Home uses an element of it. Raises LookupError."""
        blocks = view.body["blocks"]
        block, element = find_element(blocks, action_id, value=value, label=label)
        action = used(block, element, value=value, action_ts=self.workspace.stamp())
        payload = self._interaction("block_actions", view.user)
        payload |= payloads.clicked_in_view(self.workspace, view, action, view_values(blocks, filled or {}))
        return self._deliver(Envelope.INTERACTIVE, payload)

    def submit(self, view: View, filled: Mapping[str, object] | None = None) -> View:
        """The reader of a modal submits it with `filled` inputs (by action_id or block_id).

        Returns the view as it stands then: closed, open with errors, or what the app put in its place.
        """
        payload = self._interaction("view_submission", view.user)
        shown = shown_view(view, self.workspace.team_id, self.workspace.app_id)
        shown["state"] = {"values": view_values(view.body["blocks"], filled or {})}
        payload |= {"view": shown, "response_urls": []}
        return self._answer_submission(view, self._deliver(Envelope.INTERACTIVE, payload))

    def close(self, view: View) -> Ack | None:
        """The reader of a modal closes it; the app hears of it only if it asked to (notify_on_close)."""
        self.workspace.views.close(view.id)
        if not view.body.get("notify_on_close"):
            return None
        payload = self._interaction("view_closed", view.user)
        shown = shown_view(view, self.workspace.team_id, self.workspace.app_id)
        return self._deliver(Envelope.INTERACTIVE, payload | {"view": shown, "is_cleared": False})

    def shortcut(self, who: str, message: Message, callback_id: str) -> Ack:
        """Somebody picks a shortcut from a message's menu."""
        user = self.workspace.user(who)
        address = ReplyAddress(channel=message.channel, user=user.id)
        reply_url = self._reply_url(self.workspace.tickets.address(address))
        payload = self._interaction("message_action", who)
        payload |= payloads.chosen_on_message(self.workspace, message, callback_id, reply_url)
        return self._deliver(Envelope.INTERACTIVE, payload)

    def global_shortcut(self, who: str, callback_id: str) -> Ack:
        """Somebody picks a shortcut from Slack's own menu."""
        payload = self._interaction("shortcut", who) | {"callback_id": callback_id}
        return self._deliver(Envelope.INTERACTIVE, payload | {"action_ts": self.workspace.stamp()})

    def _changed(self, new: Message, old: Message) -> None:
        if self._is_in(new.channel):
            self.event(payloads.message_changed(self.workspace, new, old))

    def _is_in(self, channel_id: str) -> bool:
        return self.workspace.bot_user in self.workspace.channel(channel_id).members

    def _compose(self, typed: str) -> tuple[str, tuple[Json, ...]]:
        users = {user.name: user.id for user in self.workspace.users()}
        channels = {c.name: c.id for c in self.workspace.channels() if c.kind is not ChannelKind.DIRECT}
        return compose(typed, find_user=users.get, find_channel=channels.get)

    def _reply_url(self, key: str) -> str:
        return f"{self._base}/response/{self.workspace.team_id}/{key}"

    def _interaction(self, kind: str, who: str) -> Json:
        user = self.workspace.user(who)
        return payloads.interaction(self.workspace, kind, user, self.workspace.tickets.trigger(user.id))

    def _deliver(self, envelope: Envelope, payload: Json) -> Ack:
        ack = self._carry(envelope, payload, {})
        self.acks.append(ack)
        return ack

    def _say(self, address: ReplyAddress, message: Json, key: str) -> None:
        try:
            say(self.workspace, address, message, key)
        except ApiError as error:
            self.refused.append(error.code)

    def _answer_submission(self, view: View, ack: Ack) -> View:
        answer = ack.json()
        action = answer.get("response_action")
        if not ack.ok:
            return view
        if action == "errors":
            return self.workspace.views.save(replace(view, errors=answer.get("errors", {})))
        if action not in {"update", "push"}:
            self.workspace.views.close(view.id)
            return self.workspace.views.get(view.id)
        try:
            body = view_body(answer.get("view"), "modal")
        except ApiError as error:
            self.refused.append(error.code)
            return view
        view_id = view.id if action == "update" else self.workspace.new_id("V")
        return self.workspace.views.save(View(id=view_id, user=view.user, body=body))
