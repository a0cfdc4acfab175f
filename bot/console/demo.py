"""`seams demo`: sets the stand-in workspace up, has the app started against it, plays the tour, prompts."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from bot.console.delivery import HttpCarrier
from bot.console.news import NewsServer
from bot.console.prompt import COMMANDS, Prompt, ReadLine
from bot.console.render import Screen
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.stage import CHANNEL, DemoApp, Stage
from bot.console.times import Now, StageClock
from bot.console.tour import ANA, TOM, first_day, play
from bot.console.workspace import Workspace

_SECRET = "the stand-in's signing secret"  # noqa: S105 - both ends of it are this process
_PATIENCE = 60.0  # seconds for an ack; the first one may have to wait for imports on a slow machine


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the app has to be started with; everything is gone when the demo ends."""

    data_dir: Path  # empty, for the database and everything else
    slack_api_url: str  # ends in /api/
    bot_token: str
    signing_secret: str
    fetch_allow: str  # host:port of the sample newspapers
    now: Now  # the tour's clock


StartApp = Callable[[Surroundings], AbstractContextManager[DemoApp]]


def run_demo(
    start_app: StartApp,
    *,
    console: Console | None = None,
    read_line: ReadLine | None = None,
    commands: Sequence[str] = COMMANDS,
    today: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[str]:
    """Play the demo; returns what should have been answered and was not (nothing, if all is well).

    There is a prompt after the tour when a terminal is there, or a `read_line` is given.
    """
    console = console or Console(highlight=False)
    with open_stage(start_app, console=console, today=today) as (stage, start):
        play(stage, start)
        if read_line is not None or (sys.stdin.isatty() and console.is_terminal):
            Prompt(stage, read_line or _line_editor(), commands=commands).run()
        else:
            stage.narrate(
                "That was the tour. On a terminal, a prompt follows here for links and commands of yours."
            )
        return stage.missed


@contextmanager
def open_stage(
    start_app: StartApp, *, console: Console, today: Callable[[], datetime]
) -> Iterator[tuple[Stage, datetime]]:
    """Set everything up on this machine; yields the stage and 00:00 of the tour's first day."""
    start = first_day(today())
    with ExitStack() as stack:
        clock = StageClock(start)
        workspace = _workspace(clock)
        server = stack.enter_context(SlackServer(workspace))
        news = stack.enter_context(NewsServer(start.date()))
        folder = stack.enter_context(TemporaryDirectory(prefix="seams-demo-", ignore_cleanup_errors=True))
        console.print(Text("Starting Seams against a Slack workspace on this machine ...", style="dim"))
        app = stack.enter_context(
            start_app(
                Surroundings(
                    data_dir=Path(folder),
                    slack_api_url=server.api_url,
                    bot_token=workspace.bot_token,
                    signing_secret=_SECRET,
                    fetch_allow=news.host,
                    now=clock,
                )
            )
        )
        slack = Slack(
            workspace, HttpCarrier(app.url, _SECRET, patience=_PATIENCE), server_url=server.url, waits=(0.0,)
        )
        posted = Path(folder) / "posted"
        posted.mkdir()
        screen = Screen(workspace, ANA, posted)
        yield Stage(workspace, slack, news, clock, app, console, screen, reader=ANA), start


def _workspace(clock: StageClock) -> Workspace:
    workspace = Workspace(clock)
    workspace.add_user(ANA, real_name="Ana Robles", timezone="Europe/Madrid", locale="en-GB")
    workspace.add_user(TOM, real_name="Tom Achebe", timezone="Europe/London", locale="en-GB")
    workspace.add_channel(CHANNEL, members=[ANA, TOM])
    return workspace


def _line_editor() -> ReadLine:
    """`input`, with the arrow keys and a history where the platform has them."""
    with suppress(ImportError):
        import readline  # noqa: F401 - being imported is what it does
    return input
