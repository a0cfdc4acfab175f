"""A workspace with a clock that stands still, its server, and an app that answers what it is told to."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.console.delivery import HttpCarrier
from bot.console.loopback import Answer, Loopback, Request
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.times import StageClock
from bot.console.values import ChannelKind, Json
from bot.console.workspace import Workspace

SECRET = "a signing secret"
START = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


class App:
    """Stands for the app: keeps every request and gives the prepared answers, then 200s."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: list[Answer | None] = []
        self._heard = threading.Condition()

    def __call__(self, request: Request) -> Answer | None:
        with self._heard:
            self.requests.append(request)
            self._heard.notify_all()
        return self.answers.pop(0) if self.answers else Answer(200, "text/plain", b"")

    def then(self, status: int, body: object = "", headers: dict[str, str] | None = None) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        kind = "text/plain" if isinstance(body, str) else "application/json"
        self.answers.append(Answer(status, kind, text.encode(), headers or {}))

    def next(self) -> Request:
        """The first request that was not taken yet, waited for."""
        with self._heard:
            assert self._heard.wait_for(lambda: self.requests, 60)
            return self.requests.pop(0)

    def events(self) -> list[Json]:
        return [json.loads(request.body)["event"] for request in self.requests]


@pytest.fixture
def clock() -> StageClock:
    return StageClock(START)


@pytest.fixture
def workspace(clock: StageClock) -> Workspace:
    made = Workspace(clock)
    ana = made.add_user("ana", timezone="Europe/Madrid", locale="es-ES")
    tom = made.add_user("tom", timezone="America/New_York")
    made.add_channel("deals-watch", members=[ana, tom, made.bot_user])
    made.add_channel("lobby", members=[ana])
    made.add_channel("board", kind=ChannelKind.PRIVATE, members=[ana])
    return made


@pytest.fixture
def server(workspace: Workspace) -> Iterator[SlackServer]:
    with SlackServer(workspace) as running:
        yield running
    assert running.errors == ()


@pytest.fixture
def client(server: SlackServer, workspace: Workspace) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=server.api_url, retry_handlers=[])


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def slack(app: App, workspace: Workspace, server: SlackServer) -> Iterator[Slack]:
    with Loopback(app) as listening:
        carry = HttpCarrier(listening.url, SECRET, patience=60.0)
        yield Slack(workspace, carry, server_url=server.url, waits=(0, 0, 0), sleep=lambda _: None)


def deals(workspace: Workspace) -> str:
    return workspace.channel("deals-watch").id
