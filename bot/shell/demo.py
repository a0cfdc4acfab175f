"""`seams demo`: the same program as in a real workspace, started against the stand-in."""

import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from pydantic import SecretStr
from rich.console import Console

from bot import logs
from bot.console.demo import Surroundings, run_demo
from bot.console.page.demo import serve_page
from bot.errors import SeamsError
from bot.running import Part, Running, prepare_database, running
from bot.services.ticking import every_minute
from bot.settings import Settings
from storage.engine import open_engine

POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class App:
    """The running Seams as the demo sees it."""

    seams: Running

    @property
    def url(self) -> str:
        """Where Slack's requests go, without the path."""
        return self.seams.url or ""

    def settle(self, timeout: float) -> bool:
        """Wait until no work is queued or running; False after `timeout` seconds."""
        deadline = monotonic() + timeout
        pause = threading.Event()
        while self.seams.services.outbox.pending():
            if monotonic() >= deadline:
                return False
            pause.wait(POLL_SECONDS)
        return True

    def tick(self) -> None:
        """Do what the clock process does at the present time: enqueue what is due."""
        every_minute(self.seams.services)


@contextmanager
def start_app(surroundings: Surroundings) -> Iterator[App]:
    """Start web and worker; the tour moves the clock by hand."""
    settings = Settings(
        bot_token=SecretStr(surroundings.bot_token),
        signing_secret=SecretStr(surroundings.signing_secret),
        app_token=None,
        private_channels=True,
        shared_channels=True,
        database_url=None,
        slack_api_url=surroundings.slack_api_url,
        fetch_allow=surroundings.fetch_allow,
        data_dir=surroundings.data_dir,
        readers=1,
        preload=True,
        host="127.0.0.1",
        port=0,
    )
    engine = open_engine(settings.database)
    prepare_database(engine)
    engine.dispose()
    with running(settings, frozenset({Part.WEB, Part.WORKER}), now=surroundings.now) as seams:
        yield App(seams)


def demo() -> None:
    """Play the tour; raises SeamsError when something in it went unanswered."""
    logs.set_up("ERROR")
    _complain(run_demo(start_app))


def demo_page(*, port: int, browse: bool, console: Console) -> None:
    """Serve the demo as a page until Ctrl-C; raises SeamsError when the port is taken or the story failed."""
    logs.set_up("ERROR")
    # SIGTERM ends it as cleanly as Ctrl-C, and Ctrl-C also where a shell started it with SIGINT ignored.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)

    def ready(url: str) -> None:
        console.print(f"The workspace is at {url}")
        console.print("Stop with Ctrl-C; nothing of it is kept.")
        if browse and _has_display():
            webbrowser.open(url)

    try:
        missed = serve_page(start_app, ready=ready, port=port, console=console)
    except OSError as error:
        raise SeamsError(f"The page can't be served at port {port}: {error.strerror}. Say --port.") from error
    except KeyboardInterrupt:
        console.print("Ended.")
    else:
        _complain(missed)


def _complain(missed: list[str]) -> None:
    if missed:
        raise SeamsError("The demo did not work as it should:\n  " + "\n  ".join(missed))


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
