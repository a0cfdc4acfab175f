"""`seams demo --web`: the demo's three weeks, played beforehand, as a page to look around and act in."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.text import Text

from bot.console.demo import StartApp, open_stage
from bot.console.page.acts import Hands
from bot.console.page.door import Page
from bot.console.prompt import COMMANDS
from bot.console.stage import CHANNEL, DemoApp, Stage
from bot.console.tour import ANA, TOM, play
from bot.console.values import ChannelKind, Json

PRIVATE, LOBBY = "deal-room", "lobby"  # only Ana is in the first; Seams is not in the second
LUCIA = "lucia"  # her Slack speaks Spanish
_TICK_SECONDS = 1.0
_QUARTER = timedelta(minutes=15)


def serve_page(
    start_app: StartApp,
    *,
    ready: Callable[[str], None],
    wait: Callable[[], None] = lambda: _until_interrupted(),
    port: int = 0,
    console: Console | None = None,
    commands: Sequence[str] = COMMANDS,
    today: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[str]:
    """Serve the page until `wait` returns; returns what went unanswered in the story.

    `ready` is told the page's address when it can be opened. Raises OSError when the port is taken.
    """
    console = console or Console(highlight=False)
    with open_stage(start_app, console=Console(quiet=True), today=today) as (stage, start):
        hands = Hands(stage.slack, stage.clock, stage.app, stage.news, commands)
        page = Page(hands, tries=_tries(stage), port=port)
        try:
            playing = Text("Playing three weeks of a team that shares articles: half a minute", style="dim")
            if not console.is_terminal:  # where nothing can turn, a line says why nothing else comes
                console.print(playing)
            with console.status(playing):
                play(stage, start)
                _close_a_door(stage)
            page.start()
            with _ticking(stage.app):
                ready(page.url)
                wait()
        finally:
            page.stop()
        return stage.missed


def _close_a_door(stage: Stage) -> None:
    """A third person comes, and Ana shares something behind a closed door: the only private channel."""
    workspace = stage.workspace
    workspace.add_user(LUCIA, real_name="Lucía Vega", timezone="Europe/Madrid", locale="es-ES")
    workspace.join(CHANNEL, LUCIA)
    for person in (ANA, TOM, LUCIA):
        workspace.direct_channel(person)
    workspace.add_channel(PRIVATE, kind=ChannelKind.PRIVATE, members=[ANA])
    workspace.add_channel(LOBBY, members=[ANA, TOM, LUCIA])
    stage.clock.advance(_QUARTER)
    stage.slack.invite(PRIVATE, "seams", inviter=ANA)
    stage.work_off("Working", 0, lambda: 0)
    stage.slack.post(PRIVATE, ANA, f"Not for the others yet: {stage.news.url('norvento-talks-en')}")
    stage.slack.post(
        LOBBY, TOM, "The coffee machine is back. Seams isn't in here; /invite @seams lets it in."
    )
    stage.work_off("Reading", 0, lambda: 0)
    stage.clock.advance(_QUARTER)


def _tries(stage: Stage) -> list[Json]:
    def entry(title: str, text: str, channel: str = CHANNEL) -> Json:
        return {"title": title, "text": text, "channel": channel}

    fresh = stage.news.url("brackwater-round-en")
    return [
        entry("The deals of a company", "/deals microsoft"),
        entry("A company at a glance", "/company openai"),
        entry("A map of its neighbours", "/company openai map"),
        entry("How two companies stand", "/relationship openai microsoft"),
        entry("Ask in plain words", "@seams what about Tarsovia and Kelvarra since October?"),
        entry("Be told at once of a company", "/watch brackwater shipping", "seams"),
        entry("Post a new article", f"Have you seen this? {fresh}"),
        entry("Set the digest up", "/digest settings"),
        entry("Speak Spanish in this channel", "/digest language es"),
        entry("What only the private channel knows", "/deals tarsovia", PRIVATE),
    ]


@contextmanager
def _ticking(app: DemoApp) -> Iterator[None]:
    """Let the clock process look at the time every second; it only moves when somebody does something."""
    ended = threading.Event()

    def tick() -> None:
        while not ended.wait(_TICK_SECONDS):
            app.tick()

    thread = threading.Thread(target=tick, name="clock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _until_interrupted() -> None:
    ended = threading.Event()
    while not ended.wait(1.0):  # a wait without an end can't be interrupted everywhere
        pass
