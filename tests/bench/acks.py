"""How soon Slack is answered while the readers have all they can do: `make bench-ack`.

50 messages with a link (or RATE) and 10 commands a second, signed as Slack's, go to Seams in one process on
SQLite and in three on PostgreSQL (where SEAMS_TEST_POSTGRES names a server), over HTTP and over Socket Mode.
At the end everything that was acknowledged must be in the record, and every command answered. All of it, the
load and the made-up Slack too, shares this machine's cores.
"""

import argparse
import os
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Thread

import psycopg
from sqlalchemy import func, select

from bot.console import payloads
from bot.console.delivery import Carry, Envelope, HttpCarrier
from bot.console.values import Json
from bot.console.workspace import Workspace
from storage.engine import open_engine, snapshot
from storage.schema import ArticleRow, ArticleState, PostingRow
from tests.bench.load import Sent, Spread, send_evenly, spread
from tests.bench.outside import Outside
from tests.bench.parts import Parts, Process, get
from tests.console.socket_mode import SocketModeServer

COMMANDS = 10.0  # a second
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


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that Slack tells Seams, made beforehand; `message` is the channel and ts of a posted link."""

    envelope: Envelope
    payload: Json
    message: tuple[str, str] | None = None


class Load:
    """What people in a workspace do: they post links to articles that nobody has seen, and type commands."""

    def __init__(self, workspace: Workspace, carry: Carry, url: str) -> None:
        self._workspace, self._carry, self._url = workspace, carry, url
        self._ana = workspace.add_user("ana")
        self._channels = [workspace.add_channel(f"deals-{number}", members=["ana"]) for number in range(5)]
        self._numbers = count()
        self.acked: list[tuple[str, str]] = []  # channel and ts of every message that was acknowledged

    def posts(self, number: int) -> Iterator[Delivery]:
        """So many messages with a link."""
        made = [self._post() for _ in range(number)]
        return iter(made)

    def commands(self, number: int) -> Iterator[Delivery]:
        """So many commands."""
        made = [self._command(next(self._numbers)) for _ in range(number)]
        return iter(made)

    def send(self, delivery: Delivery) -> bool:
        """Tell Seams; whether it acknowledged."""
        ok = self._carry(delivery.envelope, delivery.payload, {}).ok
        if ok and delivery.message:
            self.acked.append(delivery.message)
        return ok

    def _post(self) -> Delivery:
        number = next(self._numbers)
        channel = self._channels[number % len(self._channels)]
        message = self._workspace.post(channel, "ana", f"<{self._url}/news/{number}.html>")
        event = payloads.message_event(self._workspace, message)
        payload = payloads.event_callback(self._workspace, event, self._workspace.new_id("Ev"))
        return Delivery(Envelope.EVENT, payload, (channel, message.ts))

    def _command(self, number: int) -> Delivery:
        channel = self._workspace.channel(self._channels[number % len(self._channels)])
        payload = payloads.slash_command(
            self._workspace,
            self._workspace.user("ana"),
            channel,
            "/deals",
            WORDS[number % len(WORDS)],
            trigger_id=f"trigger-{number}",
            reply_url=f"{self._url}/response/{number}",
        )
        return Delivery(Envelope.COMMAND, payload)


def main() -> int:
    """Print the figures of every case; 1 when what was acknowledged was lost in one."""
    parser = argparse.ArgumentParser(description="How soon Slack is answered under load.")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each case lasts")
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
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
    failed = [
        str(case) for case in cases if given.only in str(case) and not run(case, given.rate, given.seconds)
    ]
    if failed:
        say(f"Lost something: {'; '.join(failed)}")
    return bool(failed)


def run(case: Case, rate: float, seconds: float) -> bool:
    """Measure one case and print it; whether nothing was lost that was acknowledged."""
    say(f"\n{case}")
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(database_of(case, directory))
        workspace = Workspace(lambda: datetime.now(UTC))
        socket = stack.enter_context(SocketModeServer(workspace)) if case.socket else None
        outside = stack.enter_context(Outside(answers_of(workspace, socket.url if socket else "")))
        environment = {
            "DATABASE_URL": database,
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_API_URL": f"{outside.url}/api/",
            "SEAMS_FETCH_ALLOW": f"127.0.0.1:{outside.port}",
            **({"SLACK_APP_TOKEN": workspace.app_token} if case.socket else {"SLACK_SIGNING_SECRET": SECRET}),
        }
        parts = stack.enter_context(Parts(directory, environment))
        started = [parts.start(name) for name in (("web", "worker", "clock") if case.postgres else ("all",))]
        carry: Carry = socket or HttpCarrier(started[0].url, SECRET)
        if socket:
            assert socket.wait_for_app()
        return measure(Load(workspace, carry, outside.url), outside, started, database, rate, seconds)


def answers_of(workspace: Workspace, socket_url: str) -> dict[str, Json]:
    """What Slack says of the workspace, its people and channels, whoever is asked about."""
    return {
        "auth.test": {
            "team_id": workspace.team_id,
            "team": "Bench",
            "url": "https://bench.slack.com/",
            "bot_id": "B0",
            "user_id": workspace.bot_user,
        },
        "users.info": {"user": {"id": "U0", "team_id": workspace.team_id, "locale": "en-US", "tz": "UTC"}},
        "conversations.info": {"channel": {"id": "C0", "is_channel": True, "is_member": True}},
        "apps.connections.open": {"url": socket_url},
    }


def measure(
    load: Load, outside: Outside, started: list[Process], database: str, rate: float, seconds: float
) -> bool:
    """Load, look, and tell."""
    posts, commands = load.posts(round(rate * seconds)), load.commands(round(COMMANDS * seconds))
    waiting, early = load.posts(BACKLOG), load.posts(20)
    idle = spread(
        [sent.seconds for sent in send_evenly(lambda: load.send(next(early)), per_second=10, seconds=2)]
    )
    for delivery in waiting:
        load.send(delivery)
    asked: list[Sent] = []

    def ask() -> None:
        asked.extend(send_evenly(lambda: load.send(next(commands)), per_second=COMMANDS, seconds=seconds))

    before, asking = read_so_far(database), Thread(target=ask)
    asking.start()
    events = send_evenly(lambda: load.send(next(posts)), per_second=rate, seconds=seconds)
    asking.join()
    read = read_so_far(database) - before
    told(events, asked, idle)
    memory = ", ".join(
        f"{each.part} ready in {each.ready_seconds:.2f} s, {each.memory()['own']} MB"
        + (f" + {each.memory()['child']} MB reading" if each.memory()["child"] else "")
        for each in started
    )
    say(f"  meanwhile {read / seconds:.1f} articles/s were read; {memory}")
    lost = len(set(load.acked) - postings(database))
    answered = wait_for_answers(outside, sum(sent.ok for sent in asked))
    say(f"  messages acknowledged: {len(load.acked)}, of them lost: {lost}")
    say(f"  commands sent: {len(asked)}, answered: {answered}")
    say(f"  inside: {'; '.join(filter(None, map(inside, started)))}")
    stops = ", ".join(f"{each.part} {each.stop()[1]:.1f} s" for each in started)
    say(f"  stopped in: {stops}")
    return not lost and answered >= sum(sent.ok for sent in asked)


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


def inside(process: Process) -> str:
    """What a process says itself: the mean of what it timed, in ms."""
    told = get(process.metrics_port, "/metrics")[1]
    sums: dict[str, float] = {}
    for name, labels, value in re.findall(r"^(seams_\w+)_seconds_sum(\{\S*\}) (\S+)$", told, re.MULTILINE):
        sums[name + labels] = float(value)
    means = [
        f"{name}{labels} {sums[name + labels] / float(number) * 1000:.0f}"
        for name, labels, number in re.findall(
            r"^(seams_\w+)_seconds_count(\{\S*\}) (\S+)$", told, re.MULTILINE
        )
        if float(number)
    ]
    return f"{process.part}: " + ", ".join(mean.replace("seams_", "") for mean in means) if means else ""


def wait_for_answers(outside: Outside, wanted: int) -> int:
    """How many commands were answered in the end."""
    for _ in range(1200):
        if outside.answered() >= wanted:
            break
        time.sleep(0.1)
    return outside.answered()


def say(text: str) -> None:
    """To standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
