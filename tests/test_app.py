"""Whose a request is."""

import threading
import time
from typing import Any
from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from slack_bolt import BoltContext, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.app import LISTENER_THREADS, build_app, name_workspace
from bot.console.delivery import sign
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


def test_a_command_is_acknowledged_while_every_listener_is_busy() -> None:
    services = Mock()
    services.settings.slack_api_url = "http://127.0.0.1:1/api/"
    app = build_app(
        services,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-x"),
    )
    done = threading.Event()
    for _ in range(LISTENER_THREADS):
        app.listener_runner.listener_executor.submit(done.wait, 10)
    body = urlencode({"command": "/deals", "text": "x", "team_id": "T1", "channel_id": "C1", "user_id": "U1"})
    now = int(time.time())
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": str(now),
        "x-slack-signature": sign("a signing secret", now, body.encode()),
    }
    answer = app.dispatch(BoltRequest(body=body, headers=dict(headers)))
    assert not done.is_set()
    assert answer.status == 200
    app.listener_runner.listener_executor.shutdown(wait=False, cancel_futures=True)
    done.set()


def test_work_for_a_workspace_that_left_ends_in_quiet() -> None:
    unless_gone(Mock(side_effect=StorageError("gone", code="unknown_team")))(("T1",), 3)


def test_any_other_trouble_with_the_database_is_tried_again() -> None:
    with pytest.raises(StorageError):
        unless_gone(Mock(side_effect=StorageError("damaged")))(("T1",), 3)
