from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.workspace import Workspace
from tests.console.socket_mode import SocketModeServer


@pytest.fixture
def socket(workspace: Workspace) -> Iterator[SocketModeServer]:
    with SocketModeServer(workspace, patience=60.0) as running:
        yield running


@pytest.fixture
def heard(workspace: Workspace, server: SlackServer, socket: SocketModeServer) -> Iterator[list[str]]:
    """What a real Bolt app in Socket Mode hears."""
    found: list[str] = []
    client = WebClient(token=workspace.bot_token, base_url=server.api_url)
    app = App(client=client, token_verification_enabled=False)

    @app.event("message")
    def hear(event: dict[str, Any]) -> None:
        found.append(str(event.get("text")))

    @app.command("/deals")
    def answer(ack: Callable[..., Any]) -> None:
        ack("Usage")

    handler = SocketModeHandler(app, workspace.app_token, web_client=WebClient(base_url=server.api_url))
    handler.connect()  # type: ignore[no-untyped-call]
    assert socket.wait_for_app()
    yield found
    handler.close()  # type: ignore[no-untyped-call]
    app.listener_runner.listener_executor.shutdown()


@pytest.fixture
def slack(workspace: Workspace, server: SlackServer, socket: SocketModeServer) -> Slack:
    return Slack(workspace, socket, server_url=server.url, waits=())


def test_an_event_reaches_an_app_over_the_socket(slack: Slack, heard: list[str]) -> None:
    slack.post("deals-watch", "ana", "hola")
    assert slack.acks[0].ok


def test_an_acknowledgement_can_carry_an_answer(slack: Slack, heard: list[str], workspace: Workspace) -> None:
    slack.command("ana", "deals-watch", "/deals", "help")
    assert [m.text for m in workspace.ephemerals("deals-watch")] == ["Usage"]


def test_without_a_connection_nothing_is_delivered(slack: Slack) -> None:
    slack.post("deals-watch", "ana", "hola")
    assert (slack.acks[0].status, slack.acks[0].reason) == (0, "connection_failed")


def test_the_address_is_given_to_an_app_token_only(
    workspace: Workspace, server: SlackServer, socket: SocketModeServer
) -> None:
    client = WebClient(token=workspace.app_token, base_url=server.api_url)
    assert client.apps_connections_open(app_token=workspace.app_token)["url"] == socket.url
