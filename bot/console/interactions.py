"""How people use what an app shows: slash commands, buttons, menus, modals and shortcuts."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.console import payloads
from bot.console.delivery import RETRY_WAITS, Ack, Carry, Envelope
from bot.console.elements import find_element, used, view_values
from bot.console.replies import say
from bot.console.tickets import ReplyAddress
from bot.console.values import Json, Message, View
from bot.console.web_api.call import ApiError
from bot.console.web_api.views import shown_view, view_body
from bot.console.workspace import Workspace


class Interactions:
    """The part of `Slack` (see bot.console.sender) that is about what the app shows."""

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
        block, element = find_element(message.blocks, action_id, value=value, label=label)
        return self.use(who, message, used(block, element, value=value, action_ts=self.workspace.stamp()))

    def use(self, who: str, message: Message, action: Json) -> Ack:
        """Somebody does `action`, as Slack reports it, to an element of a message."""
        user = self.workspace.user(who)
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
        return self.use_in_view(view, action, view_values(blocks, filled or {}))

    def use_in_view(self, view: View, action: Json, values: Json) -> Ack:
        """The reader of a view does `action`, as Slack reports it, while its inputs hold `values`."""
        payload = self._interaction("block_actions", view.user)
        payload |= payloads.clicked_in_view(self.workspace, view, action, values)
        return self._deliver(Envelope.INTERACTIVE, payload)

    def submit(self, view: View, filled: Mapping[str, object] | None = None) -> View:
        """The reader of a modal submits it with `filled` inputs (by action_id or block_id).

        Returns the view as it stands then: closed, open with errors, or what the app put in its place.
        """
        return self.submit_values(view, view_values(view.body["blocks"], filled or {}))

    def submit_values(self, view: View, values: Json) -> View:
        """The same with the values as Slack reports them."""
        payload = self._interaction("view_submission", view.user)
        shown = shown_view(view, self.workspace.team_id, self.workspace.app_id)
        shown["state"] = {"values": values}
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

    def suggest(self, user_id: str, block_id: str, action_id: str, typed: str, place: Json) -> list[Json]:
        """The options that the app offers for what somebody types into a menu; none when it does not answer.

        `place` says where the menu stands: {"view": ...}, or {"channel": ..., "message": ...}.
        """
        payload = self._interaction("block_suggestion", user_id)
        payload |= {"block_id": block_id, "action_id": action_id, "value": typed} | place
        answer = self._deliver(Envelope.INTERACTIVE, payload).json()
        groups = [group.get("options") or [] for group in answer.get("option_groups") or []]
        return [option for group in [answer.get("options") or [], *groups] for option in group]

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
            stack = self.workspace.views.opened(view.user) if action == "clear" else (view,)
            for each in stack:
                self.workspace.views.close(each.id)
            return self.workspace.views.get(view.id)
        try:
            body = view_body(answer.get("view"), "modal")
        except ApiError as error:
            self.refused.append(error.code)
            return view
        view_id = view.id if action == "update" else self.workspace.new_id("V")
        return self.workspace.views.save(View(id=view_id, user=view.user, body=body))
