"""A worker as it runs in earnest, on a database of its own, a stand-in for Slack and pages on loopback."""

import multiprocessing
import os
import signal
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.console.delivery import HttpCarrier
from bot.console.loopback import Loopback
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.times import StageClock
from bot.console.workspace import Workspace
from bot.running import Part, prepare_database, running
from bot.services import Services
from bot.services.capture import SharedMessage
from bot.settings import Settings
from bot.values import Audience
from storage import teams
from storage.engine import open_engine, snapshot, transaction
from storage.schema import ArticleRow, ArticleState
from tests.bench.press import Press

SERVER = "SEAMS_TEST_POSTGRES"
SECRET = "a signing secret"
ME = "BENCH"
CHANNEL = "C0BENCH"
PRESS = "press"  # the process that serves the pages


@dataclass(frozen=True, slots=True)
class Workshop:
    """Seams at work; `workspace` is what its stand-in Slack holds, `poster` posts in it through `slack`."""

    services: Services
    workspace: Workspace
    slack: Slack
    channel_id: str
    poster: str

    def open_team(self, team_id: str) -> None:
        """Have a workspace."""
        with transaction(self.services.engine) as session:
            teams.remember_team(session, team_id=team_id)

    def count_read(self, team_id: str) -> int:
        """How many articles of a workspace have been read."""
        read = (ArticleRow.team_id == team_id, ArticleRow.state == ArticleState.READ)
        with snapshot(self.services.engine) as session:
            return session.scalar(select(func.count()).select_from(ArticleRow).where(*read)) or 0


def message(team_id: str, channel_id: str, number: int, links: Sequence[str]) -> SharedMessage:
    """The `number`th message of a channel that everybody may see."""
    return SharedMessage(
        team_id=team_id,
        channel_id=channel_id,
        audience=Audience.PUBLIC,
        message_ts=f"{1_770_000_000 + number}.000100",
        version_ts=None,
        thread_ts=None,
        user_id="U0BENCH",
        from_bot=False,
        links=tuple(links),
    )


@contextmanager
def open_workshop(database_url: str, *, fetch_allow: str, readers: int) -> Iterator[Workshop]:
    """Start Seams with `readers` reader processes on an empty database."""
    engine = open_engine(database_url)
    prepare_database(engine)
    engine.dispose()
    workspace = Workspace(StageClock(datetime.now(UTC)))
    members = [workspace.add_user("ana", timezone="Europe/Madrid"), workspace.bot_user]
    channel_id = workspace.add_channel("deals", members=members)
    with SlackServer(workspace) as server, tempfile.TemporaryDirectory() as directory:
        settings = Settings(
            database_url=database_url,
            bot_token=SecretStr(workspace.bot_token),
            signing_secret=SecretStr(SECRET),
            app_token=None,
            slack_api_url=server.api_url,
            fetch_allow=fetch_allow,
            data_dir=Path(directory),
            readers=readers,
            host="127.0.0.1",
            port=0,
        )
        with running(settings, frozenset({Part.WEB, Part.WORKER})) as seams:
            carry = HttpCarrier(f"{seams.url}/slack/events", SECRET)
            slack = Slack(workspace, carry, server_url=server.url, waits=(0.0,))
            yield Workshop(seams.services, workspace, slack, channel_id, "ana")


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The addresses of empty databases by name: SQLite, and PostgreSQL where SEAMS_TEST_POSTGRES is set."""
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        found = {"SQLite": f"sqlite:///{directory}/bench.db"}
        if server := os.environ.get(SERVER):
            name = f"seams_{uuid.uuid4().hex}"
            _execute(server, f"CREATE DATABASE {name}")
            stack.callback(_execute, server, f"DROP DATABASE {name} WITH (FORCE)")
            found["PostgreSQL"] = f"{server.rpartition('/')[0]}/{name}"
        yield found


@contextmanager
def printed(count: int, *, seconds: float = 0.0) -> Iterator[str]:
    """The pages of a `Press` on a loopback server of their own, each `seconds` slow; gives its address."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(count, seconds, there), name=PRESS
    )
    server.start()
    try:
        yield str(here.recv())
    finally:
        server.terminate()
        server.join()


def _serve(count: int, seconds: float, there: Connection) -> None:
    press = Press(count, seconds=seconds)
    with Loopback(press.answer) as loopback:
        there.send(loopback.url)
        signal.pause()


def _execute(server: str, command: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command.encode())
