"""How soon Slack is answered while the readers have all they can do: `make bench-ack`.

50 messages with a link and 10 commands a second, signed as Slack's, go to Seams in one process on SQLite and
in three on PostgreSQL (where SEAMS_TEST_POSTGRES names a server), over HTTP and over Socket Mode. At the end
everything that was acknowledged must be in the record, and every command answered. All of it, the load and
the made-up Slack too, shares this machine's cores.
"""

import argparse
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from threading import Thread

import psycopg
from sqlalchemy import func, select

from bot.console import payloads
from bot.console.delivery import HttpCarrier
from bot.console.loopback import Answer, Loopback, Request
from bot.console.news import print_page, read_samples
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.workspace import Workspace
from storage.engine import open_engine, snapshot
from storage.schema import ArticleRow, ArticleState, PostingRow
from tests.bench.load import Sent, Spread, send_evenly, spread
from tests.bench.parts import Parts, Process
from tests.console.socket_mode import SocketModeServer

EVENTS, COMMANDS = 50.0, 10.0  # a second
SECRET = "a signing secret"
BACKLOG = 60  # articles that wait before the first measured event
WORDS = ("", "microsoft", "openai, microsoft", "oracle", "nvidia since:2024")
GOAL, MOST = 0.3, 3.0  # seconds: the p99 that is aimed at, and what Slack takes at most


@dataclass(frozen=True, slots=True)
class Case:
    """What runs: one process or three, on which database, by which door."""

    postgres: str | None
    socket: bool

    def __str__(self) -> str:
        parts = "PostgreSQL, web + worker + clock" if self.postgres else "SQLite, one process"
        return f"{parts}, {'Socket Mode' if self.socket else 'HTTP'}"


class Press(Loopback):
    """Newspapers with as many different articles as anybody asks for, in three languages."""

    def __init__(self) -> None:
        first_day = date(2026, 3, 2)
        self._pages = [
            print_page(sample, first_day)
            for sample in read_samples()
            if sample.lang in {"en", "es", "fr"} and sample.published is not None
        ]
        self._numbers = count()
        super().__init__(self._respond)

    @property
    def host(self) -> str:
        """`host:port`, as SEAMS_FETCH_ALLOW wants it."""
        return f"127.0.0.1:{self.port}"

    def address(self) -> str:
        """The address of an article that nobody has seen yet."""
        return f"{self.url}/news/{next(self._numbers)}.html"

    def _respond(self, request: Request) -> Answer:
        number = int("".join(filter(str.isdigit, request.target)) or 0)
        page = self._pages[number % len(self._pages)]
        page = page.replace("</h1>", f" ({number})</h1>", 1).replace("</p>", f" {number}.</p>", 1)
        return Answer(200, "text/html; charset=utf-8", page.encode())


class Load:
    """People in a workspace who post links and type commands."""

    def __init__(self, slack: Slack, press: Press, channels: list[str]) -> None:
        self._slack, self._press, self._channels = slack, press, channels
        self._numbers = count()
        self.acked: list[tuple[str, str]] = []  # channel and ts of every message that was acknowledged

    def post(self) -> bool:
        """Somebody posts a link; whether Seams acknowledged it."""
        channel = self._channel()
        message = self._slack.workspace.post(channel, "ana", f"<{self._press.address()}>")
        acks = self._slack.event(payloads.message_event(self._slack.workspace, message))
        if acks[-1].ok:
            self.acked.append((channel, message.ts))
        return acks[-1].ok

    def command(self) -> bool:
        """Somebody asks for deals; whether Seams acknowledged it."""
        number = next(self._numbers)
        return self._slack.command("ana", self._channel(), "/deals", WORDS[number % len(WORDS)]).ok

    def answers(self) -> int:
        """How many commands were answered."""
        workspace = self._slack.workspace
        return sum(len(workspace.ephemerals(channel)) for channel in self._channels)

    def _channel(self) -> str:
        return self._channels[next(self._numbers) % len(self._channels)]


def main() -> int:
    """Print the figures of every case; 1 when what was acknowledged was lost in one."""
    parser = argparse.ArgumentParser(description="How soon Slack is answered under load.")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each case lasts")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    given = parser.parse_args()
    server = os.environ.get("SEAMS_TEST_POSTGRES")
    cases = [
        Case(where, socket)
        for where in (None, server)
        if where or server != where
        for socket in (False, True)
    ]
    if server is None:
        cases = [Case(None, False), Case(None, True)]
        say("SEAMS_TEST_POSTGRES names no server: SQLite alone")
    failed = [str(case) for case in cases if given.only in str(case) and not run(case, given.seconds)]
    if failed:
        say(f"Lost something: {'; '.join(failed)}")
    return bool(failed)


def run(case: Case, seconds: float) -> bool:
    """Measure one case and print it; whether nothing was lost that was acknowledged."""
    say(f"\n{case}")
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(database_of(case, directory))
        workspace = Workspace(lambda: datetime.now(UTC))
        workspace.add_user("ana")
        channels = [
            workspace.add_channel(f"deals-{number}", members=["ana", workspace.bot_user])
            for number in range(5)
        ]
        server, press = stack.enter_context(SlackServer(workspace)), stack.enter_context(Press())
        environment = {
            "DATABASE_URL": database,
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_API_URL": server.api_url,
            "SEAMS_FETCH_ALLOW": press.host,
            **({"SLACK_APP_TOKEN": workspace.app_token} if case.socket else {"SLACK_SIGNING_SECRET": SECRET}),
        }
        socket = stack.enter_context(SocketModeServer(workspace)) if case.socket else None
        parts = stack.enter_context(Parts(directory, environment))
        started = [parts.start(name) for name in (("web", "worker", "clock") if case.postgres else ("all",))]
        carry = socket or HttpCarrier(started[0].url, SECRET)
        if socket:
            socket.wait_for_app()
        slack = Slack(workspace, carry, server_url=server.url, waits=())
        load = Load(slack, press, channels)
        return measure(load, started, database, seconds)


def measure(load: Load, started: list[Process], database: str, seconds: float) -> bool:
    """Load, look, and tell."""
    idle = spread([sent.seconds for sent in send_evenly(load.post, per_second=10, seconds=2)])
    for _ in range(BACKLOG):
        load.post()
    commands: list[Sent] = []
    asked = Thread(
        target=lambda: commands.extend(send_evenly(load.command, per_second=COMMANDS, seconds=seconds))
    )
    before = read_so_far(database)
    asked.start()
    events = send_evenly(load.post, per_second=EVENTS, seconds=seconds)
    asked.join()
    read = read_so_far(database) - before
    told(events, commands, idle)
    memory = ", ".join(
        f"{each.part} ready in {each.ready_seconds:.2f} s, {each.memory()['own']} MB"
        + (f" + {each.memory()['child']} MB reading" if each.memory()["child"] else "")
        for each in started
    )
    say(f"  meanwhile {read / seconds:.1f} articles/s were read; {memory}")
    lost = len(set(load.acked) - postings(database))
    answered = wait_for_answers(load, sum(sent.ok for sent in commands))
    say(f"  messages acknowledged: {len(load.acked)}, of them lost: {lost}")
    say(f"  commands sent: {len(commands)}, answered: {answered}")
    stops = ", ".join(f"{each.part} {each.stop()[1]:.1f} s" for each in started)
    say(f"  stopped in: {stops}")
    return not lost and answered >= sum(sent.ok for sent in commands)


def told(events: list[Sent], commands: list[Sent], idle: Spread) -> None:
    """Print how soon everything was acknowledged."""
    for name, sent in (("messages", events), ("commands", commands)):
        found = spread([each.seconds for each in sent])
        refused = sum(not each.ok for each in sent)
        held = "goal held" if found.p99 < GOAL and found.most < MOST else "goal missed"
        say(f"  {name}: {found}; not acknowledged: {refused}; {held}")
    busy = spread([each.seconds for each in events])
    say(f"  p50 of an idle Seams: {idle.p50 * 1000:.0f} ms; under load {busy.p50 / idle.p50:.1f} times that")


@contextmanager
def database_of(case: Case, directory: Path) -> Iterator[str]:
    """A new database."""
    if case.postgres is None:
        yield f"sqlite:///{directory / 'seams.db'}"
        return
    name = f"seams_{uuid.uuid4().hex}"
    with psycopg.connect(case.postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield f"{case.postgres.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def postings(database: str) -> set[tuple[str, str]]:
    """Channel and ts of every message that is in the record."""
    engine = open_engine(database)
    try:
        with snapshot(engine) as session:
            found = session.execute(select(PostingRow.channel_id, PostingRow.message_ts)).all()
    finally:
        engine.dispose()
    return {(channel, ts) for channel, ts in found}


def read_so_far(database: str) -> int:
    """How many articles were read."""
    engine = open_engine(database)
    try:
        with snapshot(engine) as session:
            read = select(func.count()).where(ArticleRow.state == ArticleState.READ)
            return session.scalar(read) or 0
    finally:
        engine.dispose()


def wait_for_answers(load: Load, wanted: int) -> int:
    """How many commands were answered in the end."""
    for _ in range(200):
        if load.answers() >= wanted:
            break
        time.sleep(0.1)
    return load.answers()


def say(text: str) -> None:
    """To standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
