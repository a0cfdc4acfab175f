from datetime import timedelta

import httpx
import pytest

from bot.console.server import SlackServer
from bot.console.tickets import ReplyAddress
from bot.console.times import StageClock
from bot.console.values import Json
from bot.console.workspace import Workspace
from tests.console.conftest import deals


def post_to(server: SlackServer, key: str, body: object) -> tuple[int, Json]:
    answer = httpx.post(f"{server.url}/response/T0SEAMS/{key}", json=body)
    return answer.status_code, answer.json()


@pytest.fixture
def reply_key(workspace: Workspace) -> str:
    return workspace.tickets.address(ReplyAddress(channel=deals(workspace), user=workspace.user("ana").id))


def test_a_response_url_is_used_up_after_five(server: SlackServer, reply_key: str) -> None:
    answers = [post_to(server, reply_key, {"text": "t"}) for _ in range(6)]
    assert [status for status, _ in answers] == [200] * 5 + [404]
    assert answers[5][1]["error"] == "used_url"


@pytest.mark.parametrize(("minutes", "status"), [(30, 200), (31, 404)])
def test_a_response_url_lives_thirty_minutes(
    server: SlackServer, reply_key: str, clock: StageClock, minutes: int, status: int
) -> None:
    clock.advance(timedelta(minutes=minutes))
    assert post_to(server, reply_key, {"text": "t"})[0] == status


def test_an_unknown_response_url_is_refused(server: SlackServer) -> None:
    assert post_to(server, "nonsense", {"text": "t"})[0] == 404


def test_a_response_is_checked_like_a_message(server: SlackServer, reply_key: str) -> None:
    status, answer = post_to(server, reply_key, {"text": "t", "blocks": [{"type": "nonsense"}]})
    assert (status, answer["error"]) == (400, "invalid_blocks")


def test_a_second_response_can_replace_or_delete_the_first(
    server: SlackServer, reply_key: str, workspace: Workspace
) -> None:
    post_to(server, reply_key, {"text": "working"})
    post_to(server, reply_key, {"text": "done", "replace_original": True})
    assert [m.text for m in workspace.ephemerals("deals-watch")] == ["done"]
    post_to(server, reply_key, {"delete_original": True})
    assert workspace.ephemerals("deals-watch") == ()
