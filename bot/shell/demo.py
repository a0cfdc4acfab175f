"""`seams demo`: the same program as in a real workspace, started against the stand-in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from pydantic import SecretStr

from bot import logs
from bot.console.demo import Surroundings, run_demo
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
        database_url=None,
        slack_api_url=surroundings.slack_api_url,
        fetch_allow=surroundings.fetch_allow,
        data_dir=surroundings.data_dir,
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
    missed = run_demo(start_app)
    if missed:
        raise SeamsError("The demo did not work as it should:\n  " + "\n  ".join(missed))
