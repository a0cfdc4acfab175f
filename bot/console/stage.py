"""What the demo plays on: the stand-in workspace, the running app, a clock that can be set, the terminal."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.rule import Rule
from rich.text import Text

from bot.console.elements import interactive, label_of
from bot.console.news import NewsServer
from bot.console.plain import one_line
from bot.console.render import Screen
from bot.console.sender import Slack
from bot.console.times import StageClock
from bot.console.values import Message, View
from bot.console.workspace import Workspace

CHANNEL = "deals-watch"
_QUIET_SECONDS = 1.0  # waits shorter than this show no progress bar
_WORK_SECONDS = 180.0  # on a slow machine that does much else, whose first article waits for the models
_ANSWER_SECONDS = 60.0
_SLICE_SECONDS = 0.2


class DemoApp(Protocol):
    """The running Seams, as far as the demo knows it."""

    @property
    def url(self) -> str:
        """Where Slack's requests go, without the path."""

    def settle(self, timeout: float) -> bool:
        """Wait until no work is queued or running; False after `timeout` seconds."""

    def tick(self) -> None:
        """Do what the clock process does at the present time: enqueue what is due."""


@dataclass(slots=True)
class Stage:
    """The verbs of the tour and the prompt.

    `reader` is whom the prompt speaks for; `missed` collects what should have been answered and was not.
    """

    workspace: Workspace
    slack: Slack
    news: NewsServer
    clock: StageClock
    app: DemoApp
    console: Console
    screen: Screen
    reader: str
    monotonic: Callable[[], float] = time.monotonic
    missed: list[str] = field(default_factory=list)
    _shown: set[tuple[str, str]] = field(default_factory=set)

    def narrate(self, text: str) -> None:
        """Say something to the person at the terminal."""
        self.console.print(Padding(Text(text, style="italic yellow"), (1, 0, 0, 0)))

    def move_to(self, moment: datetime, title: str = "") -> None:
        """Set the clock, with a line across the terminal when there is a title."""
        self.clock.set(moment)
        if title:
            self.console.print()
            self.console.print(Rule(Text(title, style="bold"), style="yellow"))

    def share(self, who: str, text: str, *, links: int = 1) -> None:
        """Somebody posts a message with links; shown once the app has read them."""
        ts = self.slack.post(CHANNEL, who, text)
        if not self.work_off("Reading", links, lambda: self._heard(ts)) or not self._heard(ts):
            self.missed.append(f"what the app says of: {text}")
        self.show_new()

    def ask(self, who: str, command: str, text: str = "") -> None:
        """Somebody types a slash command and gets the answer."""
        name = one_line(self.workspace.user(who).real_name)
        typed = Text.assemble((name, "bold"), "  ", (one_line(f"{command} {text}"), "bold green"))
        self.console.print(Padding(typed, (1, 0, 0, 0)))
        before = self._count()
        ack = self.slack.command(who, CHANNEL, command, text)
        answered = ack.ok and self.workspace.wait(lambda: self._count() > before, _ANSWER_SECONDS)
        if not answered:
            self.missed.append(f"the answer to {command} {text}")
        self.work_off("Working", 0, lambda: 0)
        self.show_new()

    def press(self, who: str, label: str) -> View | None:
        """Somebody presses the newest button of that label; returns the modal that opens, if one does.

        Raises LookupError when nobody sees such a button.
        """
        message = self._with_button(who, label)
        modals = len(self.workspace.views.opened())
        before = self.workspace.changes
        self.slack.click(who, message, label=label)
        self.workspace.wait(lambda: self.workspace.changes > before, _ANSWER_SECONDS)
        self.work_off("Working", 0, lambda: 0)
        opened = self.workspace.views.opened()
        self.show_new()
        return opened[-1] if len(opened) > modals else None

    def submit(self, view: View, filled: Mapping[str, object]) -> View:
        """Send a modal off and show what comes of it."""
        after = self.slack.submit(view, filled)
        self.work_off("Reading", 0, lambda: 0)
        self.show_new()
        return after

    def let_clock_tick(self) -> None:
        """Let the clock process look at the time, and show what it posts."""
        before = self._count()
        self.app.tick()
        self.work_off("Working", 0, lambda: 0)
        if self._count() == before:
            self.missed.append(f"the digest of {self.clock():%d %B}")
        self.show_new()

    def show_new(self) -> None:
        """Print what was not printed yet, whoever sees it, with threads under their message."""
        for message in sorted(self.workspace.everything(CHANNEL), key=lambda m: (m.thread_ts or m.ts, m.ts)):
            content = (message.ts, message.text + repr(message.blocks))  # an edited message is shown again
            if content not in self._shown:
                self._shown.add(content)
                self.console.print(
                    Padding(self.screen.message(message), (0 if message.is_reply else 1, 0, 0, 0))
                )

    def show_view(self, view: View) -> None:
        """Print a modal."""
        self.console.print(self.screen.view(view))

    def show_home(self, who: str) -> None:
        """Somebody opens the app's Home, and sees it."""
        user = self.workspace.user(who).id
        before = self.workspace.changes
        self.slack.open_home(who)
        self.workspace.wait(lambda: self.workspace.changes > before, _ANSWER_SECONDS)
        home = self.workspace.views.home(user)
        if home is None:
            self.missed.append("Home")
        else:
            self.show_view(home)

    def work_off(self, label: str, total: int, done: Callable[[], int]) -> bool:
        """Wait for the app to finish its work, under a progress bar when that takes a while."""
        began = self.monotonic()
        while self.monotonic() - began < _QUIET_SECONDS:
            if self.app.settle(_SLICE_SECONDS):
                return True
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(f"{label} (language models load on first use)", total=total or None)
            while self.monotonic() - began < _WORK_SECONDS:
                progress.update(task, completed=done() if total else None)
                if self.app.settle(_SLICE_SECONDS):
                    return True
        return False

    def _heard(self, ts: str) -> int:
        message = self.workspace.message(CHANNEL, ts)
        return len(message.reactions) + len(self.workspace.thread(CHANNEL, ts))

    def _count(self) -> int:
        return len(self.workspace.everything(CHANNEL))

    def _with_button(self, who: str, label: str) -> Message:
        user = self.workspace.user(who).id
        for message in reversed(self.workspace.everything(CHANNEL)):
            labels = [label_of(element) for _, element in interactive(message.blocks)]
            if message.only_for in (None, user) and label in labels:
                return message
        raise LookupError(f"no button {label!r}")
