"""The pace that Slack wants, kept before it has to ask."""

from unittest.mock import patch

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.web import SlackResponse

from bot.pacing import POST, PacedClient, Pacing, ShortPatience


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def pacing(watch: Watch) -> Pacing:
    return Pacing(monotonic=watch, post_seconds=1.0)


def test_a_channel_takes_one_post_a_second(pacing: Pacing, watch: Watch) -> None:
    assert pacing.wait_for("T1", POST, "C1") == 0
    watch.now += 0.5
    assert pacing.wait_for("T1", POST, "C1") == 0.5
    watch.now += 1.5
    assert pacing.wait_for("T1", POST, "C1") == 0


def test_those_who_wait_come_back_one_after_the_other(pacing: Pacing) -> None:
    assert [pacing.wait_for("T1", POST, "C1") for _ in range(4)] == [0, 1, 2, 3]


def test_channels_workspaces_and_other_methods_do_not_wait_for_each_other(pacing: Pacing) -> None:
    pacing.wait_for("T1", POST, "C1")
    assert pacing.wait_for("T1", POST, "C2") == 0
    assert pacing.wait_for("T2", POST, "C1") == 0
    assert pacing.wait_for("T1", "reactions.add", "C1") == 0


def test_what_slack_asks_holds_for_the_method_and_the_workspace(pacing: Pacing, watch: Watch) -> None:
    pacing.hold("T1", "conversations.info", 30)
    assert pacing.wait_for("T1", "conversations.info", "C9") == 30
    assert pacing.wait_for("T1", "users.info", "") == 0
    assert pacing.wait_for("T2", "conversations.info", "C9") == 0
    watch.now += 30
    assert pacing.wait_for("T1", "conversations.info", "C9") == 0


@pytest.mark.parametrize(("asked", "waits"), [("1", True), ("2", True), ("3", False), ("soon", False)])
def test_a_person_is_kept_waiting_for_seconds_only(asked: str, waits: bool) -> None:
    refusal = HttpResponse(status_code=429, headers={"Retry-After": [asked]})
    request = HttpRequest(method="POST", url="http://127.0.0.1/", headers={})
    assert ShortPatience().can_retry(state=RetryState(), request=request, response=refusal) is waits


def answer(status: int, **headers: str) -> SlackResponse:
    return SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": status == 200, "ts": "1.1", "error": "ratelimited"},
        headers=headers,
        status_code=status,
    )


def make_client(pacing: Pacing) -> PacedClient:
    return PacedClient(
        token="xoxb-1", team_id="T1", base_url="http://127.0.0.1:9/api/", timeout=1, pacing=pacing
    )


def test_a_post_that_would_come_too_early_does_not_leave_the_machine(pacing: Pacing) -> None:
    with patch.object(WebClient, "api_call", return_value=answer(200)) as sent:
        make_client(pacing).chat_postMessage(channel="C1", text="one")
        with pytest.raises(SlackApiError) as early:
            make_client(pacing).chat_postMessage(channel="C1", text="two")
    assert sent.call_count == 1
    assert early.value.response.status_code == 429
    assert float(early.value.response.headers["Retry-After"]) == 1


def test_a_429_keeps_the_next_call_back(pacing: Pacing) -> None:
    refusal = SlackApiError("no", answer(429, **{"Retry-After": "12"}))  # type: ignore[no-untyped-call]
    with patch.object(WebClient, "api_call", side_effect=refusal) as sent:
        for _ in range(2):
            with pytest.raises(SlackApiError):
                make_client(pacing).users_info(user="U1")
    assert sent.call_count == 1


def test_calls_and_what_slack_refused_of_them_are_counted(pacing: Pacing) -> None:
    client = make_client(pacing)
    with patch.object(WebClient, "api_call", return_value=answer(200)):
        client.chat_postMessage(channel="C1", text="one")
    refusal = SlackApiError("no", answer(429, **{"Retry-After": "12"}))  # type: ignore[no-untyped-call]
    with patch.object(WebClient, "api_call", side_effect=refusal), pytest.raises(SlackApiError):
        client.conversations_info(channel="C1")
    told = pacing.metrics.render()[1].decode().splitlines()
    assert 'seams_slack_call_seconds_count{method="chat.postMessage"} 1.0' in told
    assert 'seams_slack_429_total{method="conversations.info"} 1.0' in told
    assert 'seams_slack_errors_total{error="ratelimited",method="conversations.info"} 1.0' in told


def test_nothing_is_posted_while_another_process_may_post_the_same() -> None:
    unsure = Pacing(may_post=lambda: False)
    assert unsure.wait_for("T1", "chat.postMessage", "C1") > 0
    assert unsure.wait_for("T1", "files.completeUploadExternal", "") > 0
    assert unsure.wait_for("T1", "conversations.replies", "C1") == 0
