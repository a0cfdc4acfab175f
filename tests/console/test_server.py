import contextlib
import http.client
import sys
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.console.server import SlackServer
from bot.console.times import StageClock
from bot.console.values import Json
from bot.console.web_api import METHODS
from bot.console.workspace import Workspace
from tests.console.building import error_of
from tests.console.conftest import deals
from tests.examples import examples


@contextlib.contextmanager
def at_every_step() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_auth_test_says_who_the_token_is(client: WebClient, workspace: Workspace) -> None:
    answer = client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        "T0SEAMS",
        workspace.bot_user,
        "B0SEAMS",
    )


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
def test_a_call_needs_a_token(server: SlackServer, token: str, code: str) -> None:
    assert error_of(WebClient(token=token or None, base_url=server.api_url).auth_test) == code


def test_a_token_in_the_form_is_as_good_as_in_the_header(server: SlackServer, workspace: Workspace) -> None:
    answer = httpx.post(f"{server.api_url}auth.test", data={"token": workspace.bot_token})
    assert answer.json()["ok"]


def test_an_app_token_is_needed_for_socket_mode(client: WebClient) -> None:
    assert error_of(lambda: client.api_call("apps.connections.open")) == "not_allowed_token_type"


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert error_of(lambda: client.api_call("chat.shout")) == "unknown_method"


def test_a_missing_scope_is_named(workspace: Workspace, client: WebClient) -> None:
    workspace.scopes = frozenset({"commands"})
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=deals(workspace), text="t")
    assert (caught.value.response["error"], caught.value.response["needed"]) == (
        "missing_scope",
        "chat:write",
    )


def test_two_workspaces_share_a_server_and_nothing_else(clock: StageClock) -> None:
    one = Workspace(clock, team_id="T1", bot_token="xoxb-1")
    two = Workspace(clock, team_id="T2", bot_token="xoxb-2")
    with SlackServer(one, two) as server:
        answer = WebClient(token="xoxb-2", base_url=server.api_url).auth_test()
    assert answer["team_id"] == "T2"


def test_a_fault_meets_the_next_call_only(
    client: WebClient, server: SlackServer, workspace: Workspace
) -> None:
    server.faults.fail_next("chat.postMessage", "channel_not_found")
    assert (
        error_of(lambda: client.chat_postMessage(channel=deals(workspace), text="t")) == "channel_not_found"
    )
    assert client.chat_postMessage(channel=deals(workspace), text="t")["ok"]


def test_a_rate_limit_says_when_to_come_back(client: WebClient, server: SlackServer) -> None:
    server.faults.fail_next("auth.test", status=429, retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")


def test_the_sdks_handler_waits_out_a_rate_limit(server: SlackServer, workspace: Workspace) -> None:
    server.faults.fail_next("auth.test", status=429, retry_after=0)
    handlers = [RateLimitErrorRetryHandler(max_retry_count=1)]
    client = WebClient(token=workspace.bot_token, base_url=server.api_url, retry_handlers=list(handlers))
    assert client.auth_test()["ok"]


def test_a_server_error_has_its_status(client: WebClient, server: SlackServer) -> None:
    server.faults.fail_next("auth.test", status=500)
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response.status_code == 500


def test_a_dropped_call_has_no_answer_and_no_effect(
    client: WebClient, server: SlackServer, workspace: Workspace
) -> None:
    server.faults.fail_next("chat.postMessage", drop=True)
    with pytest.raises((OSError, http.client.HTTPException)):
        client.chat_postMessage(channel=deals(workspace), text="t")
    assert workspace.messages("deals-watch") == ()


def test_an_answer_can_be_lost_after_the_effect(
    client: WebClient, server: SlackServer, workspace: Workspace
) -> None:
    server.faults.fail_next("chat.postMessage", drop=True, after=True)
    with pytest.raises((OSError, http.client.HTTPException)):
        client.chat_postMessage(channel=deals(workspace), text="t")
    assert len(workspace.messages("deals-watch")) == 1


def test_more_than_a_burst_in_one_channel_is_held_back(workspace: Workspace) -> None:
    hour = [0.0]
    with SlackServer(workspace, pace=True, burst=2, monotonic=lambda: hour[0]) as server:
        client = WebClient(token=workspace.bot_token, base_url=server.api_url, retry_handlers=[])
        for _ in range(2):
            client.chat_postMessage(channel=deals(workspace), text="t")
        assert error_of(lambda: client.chat_postMessage(channel=deals(workspace), text="t")) == "ratelimited"
        hour[0] = 1.0
        assert client.chat_postMessage(channel=deals(workspace), text="t")["ok"]


def test_calls_are_remembered_without_the_token(
    client: WebClient, server: SlackServer, workspace: Workspace
) -> None:
    client.api_call("auth.test", params={"token": workspace.bot_token})
    assert "xoxb" not in repr(server.calls())


@pytest.mark.parametrize(
    ("fault", "rounds"),
    [({}, 50), ({"drop": True, "after": True, "delay": 0.2}, 3)],
    ids=["answered", "lost"],
)
def test_a_call_is_counted_as_soon_as_anybody_sees_what_it_did(
    client: WebClient, server: SlackServer, workspace: Workspace, fault: Json, rounds: int
) -> None:
    seen: list[tuple[int, int]] = []

    def looked() -> bool:
        seen.append((len(workspace.messages("deals-watch")), len(server.calls("chat.postMessage"))))
        return seen[-1] == (rounds, rounds)

    watching = threading.Thread(target=workspace.wait, args=(looked, 10))
    watching.start()
    with at_every_step():
        for _ in range(rounds):
            if fault:
                server.faults.fail_next("chat.postMessage", **fault)
            with contextlib.suppress(OSError, http.client.HTTPException):
                client.chat_postMessage(channel=deals(workspace), text="t")
        watching.join()
    assert [pair for pair in seen if pair[0] != pair[1]] == []


def test_who_waits_for_a_call_that_changes_nothing_is_woken(
    client: WebClient, server: SlackServer, workspace: Workspace
) -> None:
    began, calling = time.monotonic(), threading.Timer(0.2, client.auth_test)
    calling.start()
    workspace.wait(lambda: server.calls("auth.test"), 60)
    calling.join()
    assert time.monotonic() - began < 50


ARGUMENTS = st.dictionaries(
    st.sampled_from(
        "channel ts text blocks user view trigger_id timestamp name files metadata limit cursor".split()
    ),
    st.text(max_size=8)
    | st.integers()
    | st.lists(st.integers(), max_size=2)
    | st.just("deals-watch")
    | st.none(),
)


@examples(60)
@given(method=st.sampled_from(sorted(METHODS)), arguments=ARGUMENTS)
def test_no_arguments_break_the_stand_in(
    server: SlackServer, workspace: Workspace, method: str, arguments: Json
) -> None:
    workspace.revoked = False
    headers = {"Authorization": f"Bearer {workspace.bot_token}"}
    assert "ok" in httpx.post(f"{server.api_url}{method}", json=arguments, headers=headers).json()
