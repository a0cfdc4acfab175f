"""One call of the Web API: its arguments, and the error that it may end in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.console.tickets import TicketRefused
from bot.console.values import Channel, ChannelKind, Json, Message, User
from bot.console.workspace import Workspace


class ApiError(Exception):
    """The call fails; `code` is Slack's error code, `details` what else its answer holds."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True, slots=True)
class Call:
    """The workspace a token belongs to, the server's address ("http://127.0.0.1:8000") and the arguments."""

    workspace: Workspace
    base_url: str
    args: Mapping[str, object]

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """An argument that must not be empty. Raises ApiError."""
        value = self.text(name)
        if not value:
            raise ApiError(
                "invalid_arguments", response_metadata={"messages": [f"missing required field: {name}"]}
            )
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """An argument as a truth value: true, "true" and "1" are."""
        value = self.args.get(name)
        return default if value is None else str(value).casefold() in {"true", "1"}

    def structure(self, name: str) -> object:
        """An argument that is JSON, be it parsed already or still text. Raises ApiError."""
        value = self.args.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            parsed: object = json.loads(value)
        except ValueError as error:
            raise ApiError("invalid_json") from error
        return parsed

    def records(self, name: str, error: str) -> tuple[Json, ...]:
        """An argument that is a list of JSON objects; `error` is what else it ends in."""
        value = self.structure(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise ApiError(error)
        return tuple(value)

    def channel(self, name: str = "channel") -> Channel:
        """The channel an argument names, if the app may know of it. Raises ApiError."""
        where = self.text(name)
        try:
            channel = self.workspace.channel(where)
        except KeyError as error:
            raise ApiError("channel_not_found") from error
        if channel.kind is not ChannelKind.PUBLIC and self.workspace.bot_user not in channel.members:
            raise ApiError("channel_not_found")
        return channel

    def joined_channel(self, name: str = "channel", *, open_only: bool = True) -> Channel:
        """The same, if the app is in it and, with `open_only`, it is not archived. Raises ApiError."""
        channel = self.channel(name)
        if self.workspace.bot_user not in channel.members:
            raise ApiError("not_in_channel")
        if open_only and channel.archived:
            raise ApiError("is_archived")
        return channel

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """The message an argument names. Raises ApiError."""
        try:
            return self.workspace.message(channel.id, self.required(name))
        except KeyError as error:
            raise ApiError("message_not_found") from error

    def user(self, name: str = "user") -> User:
        """The person an argument names by id. Raises ApiError."""
        found = next((u for u in self.workspace.users() if u.id == self.text(name)), None)
        if found is None:
            raise ApiError("user_not_found")
        return found

    def page(self, items: tuple[object, ...], *, default: int = 100) -> tuple[tuple[object, ...], Json]:
        """The asked-for page of `items` and the metadata with the cursor of the next one."""
        limit = self._number("limit", default)
        start = self._number("cursor", 0)
        after = start + limit
        return items[start:after], {"next_cursor": str(after) if after < len(items) else ""}

    def take_trigger(self) -> str:
        """Use the call's trigger id up; returns the user who did something. Raises ApiError."""
        try:
            return self.workspace.tickets.take_trigger(self.required("trigger_id"))
        except TicketRefused as refusal:
            raise ApiError(refusal.code) from refusal

    def _number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise ApiError("invalid_cursor" if name == "cursor" else "invalid_limit") from error
