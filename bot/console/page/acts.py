"""What a visitor of the page does, carried out as one person of the workspace."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.console.delivery import Ack
from bot.console.elements import initial, interactive, state_of, used
from bot.console.news import NewsServer
from bot.console.sender import Slack
from bot.console.stage import DemoApp
from bot.console.times import StageClock
from bot.console.values import Channel, Json, Message, User, View

SHORTCUTS = MappingProxyType({"save_article": "Save article"})
_MINUTE = timedelta(minutes=1)
_STATELESS = frozenset({"button", "workflow_button", "overflow", "image"})


class Refused(Exception):
    """The page asked for something that can't be done; `message` is for the visitor."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Hands:
    """Does what the page asks for. Every act raises Refused for what can't be done."""

    slack: Slack
    clock: StageClock
    app: DemoApp
    news: NewsServer
    commands: Sequence[str]

    def do(self, user: User, act: str, args: Json) -> Json:
        """One act of a person; what it answers beside its effects, mostly nothing."""
        if act not in _ACTS:
            raise Refused(f"The page can't do {act}.")
        if act in _ADVANCING:
            self.clock.advance(_MINUTE)
        try:
            return _ACTS[act](self, user, args) or {}
        except (LookupError, TypeError, ValueError) as error:
            raise Refused("That is no longer there. Reload the page.") from error

    # Messages

    def post(self, user: User, args: Json) -> None:
        """Send a message, or a slash command when it begins like one."""
        channel, text = self._channel(user, args), str(args["text"]).strip()
        thread = args.get("thread")
        if not text:
            raise Refused("There is nothing to send.")
        if not text.startswith("/"):
            self.slack.post(channel.id, user.id, text, thread_ts=str(thread) if thread else None)
        elif thread:
            raise Refused("Slash commands don't work in threads. Mention @seams there instead.")
        else:
            self._command(user, channel, text)

    def delete(self, user: User, args: Json) -> None:
        """Take one's own message back."""
        message = self._message(user, args)
        if message.user != user.id:
            raise Refused("You can only delete what you wrote.")
        self.slack.delete(message.channel, message.ts)

    def shortcut(self, user: User, args: Json) -> None:
        """Pick a shortcut from a message's menu."""
        self._check(self.slack.shortcut(user.id, self._message(user, args), str(args["callback_id"])))

    def upload(self, user: User, args: Json) -> None:
        """Put an article (a text, or a file in base64) on a newspaper's page and post its link."""
        channel, text = self._channel(user, args), str(args.get("text", "")).strip()
        content = b64decode(str(args.get("content", "")))
        if content:
            url = self.news.publish_file(str(args["name"]), content)
        elif text:
            url = self.news.publish_text(text)
        else:
            raise Refused("There is no text in it.")
        self.slack.post(channel.id, user.id, url)

    # Buttons and views

    def press(self, user: User, args: Json) -> None:
        """Use an element of a message."""
        message = self._message(user, args)
        self._check(self.slack.use(user.id, message, self._used(message.blocks, args)))

    def press_view(self, user: User, args: Json) -> None:
        """Use an element of a modal or of App Home."""
        view = self._view(user, args)
        blocks = view.body["blocks"]
        self._check(self.slack.use_in_view(view, self._used(blocks, args), _values(blocks, args)))

    def suggest(self, user: User, args: Json) -> Json:
        """Ask the app for the options of a menu."""
        if "view" in args:
            view = self._view(user, args)
            blocks, place = view.body["blocks"], {"view": view.body | {"id": view.id}}
        else:
            message = self._message(user, args)
            blocks = message.blocks
            said = message.as_slack(team_id=self.slack.workspace.team_id)
            place = {"channel": {"id": message.channel}, "message": said}
        block, element = _at(blocks, args)
        options = self.slack.suggest(
            user.id, str(block.get("block_id", "")), element["action_id"], str(args["typed"]), place
        )
        return {"options": options}

    def submit(self, user: User, args: Json) -> None:
        """Send a modal off."""
        view = self._view(user, args)
        self.slack.submit_values(view, _values(view.body["blocks"], args))
        self._check(self.slack.acks[-1])

    def close(self, user: User, args: Json) -> None:
        """Close a modal without sending it."""
        self._check(self.slack.close(self._view(user, args)))

    def home(self, user: User, args: Json) -> None:
        """Open the app's Home, or its messages."""
        self.slack.open_home(user.id, tab=str(args.get("tab", "home")))

    # Time

    def later(self, user: User, args: Json) -> None:
        """Let time pass, and the clock process look at it."""
        now = self.clock().astimezone(ZoneInfo(user.timezone))
        self.clock.set(_later(now, str(args["until"])))
        self.app.tick()

    def _command(self, user: User, channel: Channel, text: str) -> None:
        command, _, rest = text.partition(" ")
        if command in self.commands:
            self._check(self.slack.command(user.id, channel.id, command, rest.strip()))
        elif command == "/invite":
            name = rest.strip().lstrip("@") or "seams"
            self.slack.invite(channel.id, self.slack.workspace.user(name).id, inviter=user.id)
        else:
            raise Refused(f"{command} is no command here. There are: {', '.join(self.commands)}, /invite.")

    def _channel(self, user: User, args: Json) -> Channel:
        channel = self.slack.workspace.channel(str(args["channel"]))
        if user.id not in channel.members:
            raise LookupError(channel.id)
        return channel

    def _message(self, user: User, args: Json) -> Message:
        message = self.slack.workspace.any_message(self._channel(user, args).id, str(args["ts"]))
        if message.only_for not in (None, user.id):
            raise LookupError(message.ts)
        return message

    def _view(self, user: User, args: Json) -> View:
        view = self.slack.workspace.views.get(str(args["view"]))
        if view.user != user.id or not view.open:
            raise LookupError(view.id)
        return view

    def _used(self, blocks: Sequence[Json], args: Json) -> Json:
        block, element = _at(blocks, args)
        return used(block, element, value=args.get("value"), action_ts=self.slack.workspace.stamp())

    def _check(self, ack: Ack | None) -> None:
        if ack is not None and not ack.ok:
            raise Refused(f"Seams did not answer ({ack.reason or ack.status}). Try again.")


def _at(blocks: Sequence[Json], args: Json) -> tuple[Json, Json]:
    return list(interactive(blocks))[int(args["place"])]


def _values(blocks: Sequence[Json], args: Json) -> Json:
    """What Slack reports as the state of a view: by block_id and action_id, as given or as it began."""
    given: Mapping[str, object] = args.get("values") or {}
    values: Json = {}
    for place, (block, element) in enumerate(interactive(blocks)):
        if element["type"] not in _STATELESS:
            state = state_of(element, given.get(str(place), initial(element)))
            block_id = str(block.get("block_id") or element["action_id"])
            values.setdefault(block_id, {})[element["action_id"]] = state
    return values


def _later(now: datetime, until: str) -> datetime:
    if until == "hour":
        return now + timedelta(hours=1)
    days = {"tomorrow": 1, "monday": 7 - now.weekday()}[until]
    return (now + timedelta(days=days)).replace(hour=9, minute=0)


_Act = Callable[[Hands, User, Json], Json | None]
_ACTS: Mapping[str, _Act] = MappingProxyType(
    {
        "post": Hands.post,
        "delete": Hands.delete,
        "shortcut": Hands.shortcut,
        "upload": Hands.upload,
        "press": Hands.press,
        "press_view": Hands.press_view,
        "suggest": Hands.suggest,
        "submit": Hands.submit,
        "close": Hands.close,
        "home": Hands.home,
        "later": Hands.later,
    }
)
_ADVANCING = frozenset({"post", "delete", "shortcut", "upload", "press", "press_view", "submit"})
