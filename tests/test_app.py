"""Whose a request is."""

import io
import logging
import threading
from typing import Any
from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from slack_bolt import App, BoltContext, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot import logs
from bot.app import LISTENER_THREADS, build_app, name_workspace
from bot.errors import StorageError
from bot.services.job_types import unless_gone


@pytest.mark.parametrize(
    ("named", "body", "workspace"),
    [
        ("T1", {"user": {"id": "U1", "team_id": "T2"}}, "T1"),
        ("E1", {"user": {"id": "U1", "team_id": "T2"}}, "T2"),
        (None, {"user": {"id": "U1", "team_id": "T2"}}, "T2"),
        (None, {"user": "U1"}, None),
    ],
)
def test_a_request_belongs_to_the_workspace_it_was_made_in(
    named: str | None, body: dict[str, Any], workspace: str | None
) -> None:
    context = BoltContext({"team_id": named})
    went_on = Mock()
    name_workspace(body, context, went_on)
    assert context.team_id == workspace
    went_on.assert_called_once_with()


@pytest.fixture
def app() -> App:
    """With services that break whatever is asked of them."""
    services = Mock()
    services.settings.slack_api_url = "http://127.0.0.1:1/api/"
    return build_app(
        services,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-x"),
    )


def command() -> BoltRequest:
    """Somebody types one."""
    body = urlencode({"command": "/deals", "text": "x", "team_id": "T1", "channel_id": "C1", "user_id": "U1"})
    return BoltRequest(body=body, headers={"content-type": "application/x-www-form-urlencoded"})


def test_a_command_is_acknowledged_while_every_listener_is_busy(app: App) -> None:
    done = threading.Event()
    for _ in range(LISTENER_THREADS):
        app.listener_runner.listener_executor.submit(done.wait, 10)
    answer = app.dispatch(command())
    assert not done.is_set()
    assert answer.status == 200
    app.listener_runner.listener_executor.shutdown(wait=False, cancel_futures=True)
    done.set()


def test_what_a_listener_logs_names_the_workspace_and_the_channel(app: App) -> None:
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    logs.set_up("INFO", stream=stream)
    app.dispatch(command())
    app.listener_runner.listener_executor.shutdown()
    root.handlers[:], root.level = before, level
    [line] = [
        line for line in stream.getvalue().splitlines() if "bot.app" in line or "bot.explaining" in line
    ]
    assert "team=T1" in line
    assert "channel=C1" in line


def test_work_for_a_workspace_that_left_ends_in_quiet() -> None:
    unless_gone(Mock(side_effect=StorageError("gone", code="unknown_team")))(("T1",), 3)


def test_any_other_trouble_with_the_database_is_tried_again() -> None:
    with pytest.raises(StorageError):
        unless_gone(Mock(side_effect=StorageError("damaged")))(("T1",), 3)
