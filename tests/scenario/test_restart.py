"""The program killed and started again: what was acknowledged is done, and done once.

The pages are such as are read without any language model, to be quick: German ones, and some that fail.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest

from bot.console.delivery import HttpCarrier
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.times import StageClock
from bot.console.values import Message
from bot.console.workspace import Workspace
from bot.jobs import Outbox
from storage import search
from storage.engine import Engine, open_engine, snapshot
from tests.scenario.conftest import PATIENCE, SECRET, START
from tests.scenario.pages import Pages, page

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
GERMAN = """Ein langer Sommer an der Küste
Die Strände waren auch in diesem Jahr wieder voll, und der Rat der Stadt ist mit der Saison sehr zufrieden.
Das Wetter blieb bis in den September hinein schön, und der Leuchtturm wurde neu gestrichen. Nummer {}.
"""


class Program:
    """Seams in a process of its own, in a workspace of its own."""

    def __init__(self, database_url: str, directory: Path, stack: ExitStack) -> None:
        self.workspace = Workspace(StageClock(START))
        self.workspace.add_user("ana")
        self.server = stack.enter_context(SlackServer(self.workspace))
        self.pages = stack.enter_context(Pages())
        self._count = 0
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.server.api_url,
            "SEAMS_FETCH_ALLOW": self.pages.host,
            "SEAMS_DATA_DIR": str(directory),
            "SEAMS_HOST": "127.0.0.1",
            "SEAMS_PRELOAD": "off",
            "PORT": "0",
        }
        self._log = directory / "log"

    def start(self) -> None:
        """Start it, and return when it takes requests."""
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run", "all"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self.wait(lambda: "Stop with Ctrl-C" in self._log.read_text())
        [port] = re.findall(r"listening on port (\d+)", self._log.read_text())
        carry = HttpCarrier(f"http://127.0.0.1:{port}", SECRET, patience=PATIENCE)
        self.slack = Slack(self.workspace, carry, server_url=self.server.url, waits=())

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """Ask it to stop, as every supervisor does; returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def open_channel(self) -> str:
        self._count += 1
        return self.workspace.add_channel(f"channel-{self._count}", members=["ana", self.workspace.bot_user])

    def post(self, channel: str, url: str) -> str:
        """Ana posts a link, and the program acknowledges it."""
        ts = self.slack.post(channel, "ana", url)
        assert self.slack.acks[-1].ok
        return ts

    def german(self) -> str:
        """The address of a new page that can be read and says nothing of companies."""
        self._count += 1
        return self.pages.put(page(GERMAN.format(self._count)))

    def dead(self) -> str:
        """The address of a page that is no more, which gets a reply without being read."""
        self._count += 1
        return f"{self.pages.url}/dead-{self._count}"

    @contextmanager
    def database(self) -> Iterator[Engine]:
        engine = open_engine(self._environment["DATABASE_URL"])
        yield engine
        engine.dispose()

    def pending(self) -> int:
        """How much work is left, as the database has it."""
        with self.database() as engine:
            outbox = Outbox(engine)
            left = outbox.pending()
            outbox.close()
        return left

    def articles(self, channel: str) -> int:
        """How many articles were read, as the database has it."""
        team_id = self.workspace.team_id
        with self.database() as engine, snapshot(engine) as session:
            return search.search_articles(session, team_id=team_id, channel_id=channel, limit=1).total

    def wait(self, until: Callable[[], object]) -> None:
        for _ in range(int(PATIENCE / 0.05)):
            if until():
                return
            time.sleep(0.05)
        raise AssertionError(self._log.read_text())

    def is_saved(self, channel: str, ts: str) -> bool:
        return [reaction.name for reaction in self.workspace.message(channel, ts).reactions] == ["bookmark"]

    def replies(self, channel: str, ts: str) -> list[Message]:
        return [m for m in self.workspace.thread(channel, ts) if m.user == self.workspace.bot_user]


@dataclass(frozen=True, slots=True)
class Survived:
    """What was on its way when the program was killed, by the ts of its message; all is done by now."""

    program: Program
    channel: str
    posted: str  # the reply stood in the thread, and the program did not know it yet
    fetching: str
    acknowledged: str
    listed: str  # what /articles answers after the second start


@pytest.fixture(scope="module")
def own_database(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database that no other worker serves."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'seams.db'}"
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


@pytest.fixture(scope="module")
def program(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with ExitStack() as stack:
        made = Program(own_database, tmp_path_factory.mktemp("program"), stack)
        stack.callback(made.kill)
        made.start()
        yield made


@pytest.fixture(scope="module")
def survived(program: Program) -> Survived:
    """One kill while three links were on their way, and a second start."""
    channel = program.open_channel()
    program.server.faults.fail_next("chat.postMessage", delay=5.0, drop=True, after=True)
    posted = program.post(channel, program.dead())
    program.wait(lambda: program.replies(channel, posted))
    program.pages.gate.clear()
    program.pages.asked.clear()
    fetching = program.post(channel, program.german())
    assert program.pages.asked.wait(PATIENCE)
    acknowledged = program.post(channel, program.dead())
    program.kill()
    program.pages.gate.set()
    program.start()
    program.wait(lambda: program.pending() == 0)
    workspace = program.workspace
    program.slack.command("ana", channel, "/articles")
    assert workspace.wait(lambda: workspace.ephemerals(channel, "ana"), PATIENCE)
    listed = workspace.ephemerals(channel, "ana")[-1].text
    return Survived(program, channel, posted, fetching, acknowledged, listed)


def test_a_link_that_was_only_acknowledged_is_read_after_a_kill(survived: Survived) -> None:
    assert len(survived.program.replies(survived.channel, survived.acknowledged)) == 1


def test_a_page_that_was_being_fetched_is_read_after_a_kill(survived: Survived) -> None:
    assert survived.program.is_saved(survived.channel, survived.fetching)


def test_a_reply_that_stood_already_is_not_posted_again_after_a_kill(survived: Survived) -> None:
    assert len(survived.program.replies(survived.channel, survived.posted)) == 1


def test_the_record_has_every_article_after_a_kill(survived: Survived) -> None:
    assert "1 article" in survived.listed


def test_told_to_stop_it_finishes_what_is_under_way_and_leaves_what_waits(survived: Survived) -> None:
    program, channel = survived.program, survived.channel
    program.server.faults.fail_next("chat.postMessage", status=429, retry_after=600)
    program.post(channel, program.dead())
    program.wait(lambda: program.server.calls("chat.postMessage")[-1].status == 429)
    program.pages.gate.clear()
    program.pages.asked.clear()
    program.post(channel, program.german())
    assert program.pages.asked.wait(PATIENCE)
    Timer(0.5, program.pages.gate.set).start()
    began = time.monotonic()
    assert program.stop() == 0
    assert time.monotonic() - began < PATIENCE / 2
    assert program.articles(channel) == 2  # one from before
    assert program.pending() >= 1  # Slack wanted a pause
