"""What an answer of the Web API means: done for good, or worth another try."""

from unittest.mock import Mock

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.errors import SlackGone
from bot.jobs import RetryLater
from bot.slack import identify, post_once
from bot.views.message import Message

NO_JSON = "Received a response in a non-JSON format: <html>maintenance</html>"


def refused(code: str, *, status: int = 200) -> SlackApiError:
    client = WebClient(token="xoxb-1")
    answer = SlackResponse(
        client=client,
        http_verb="POST",
        api_url="/",
        req_args={},
        data={"ok": False, "error": code},
        headers={},
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]


def client_that_fails(error: Exception) -> Mock:
    client = Mock(spec=WebClient)
    client.auth_test.side_effect = error
    client.chat_postMessage.side_effect = error
    return client


@pytest.mark.parametrize(
    "error",
    [
        refused(NO_JSON),
        refused(NO_JSON, status=502),
        refused("internal_error"),
        refused("ratelimited", status=429),
    ],
)
def test_a_post_that_slack_did_not_judge_is_tried_again(error: SlackApiError) -> None:
    with pytest.raises(RetryLater):
        post_once(client_that_fails(error), channel_id="C012AB3CD", message=Message("Hello", ()), key="k")


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "thread_not_found"])
def test_a_post_that_slack_refuses_is_given_up(code: str) -> None:
    with pytest.raises(SlackGone) as caught:
        post_once(
            client_that_fails(refused(code)), channel_id="C012AB3CD", message=Message("Hello", ()), key="k"
        )
    assert caught.value.code == code


@pytest.mark.parametrize(
    "error",
    [refused(NO_JSON), refused("oops", status=503), refused("ratelimited", status=429), OSError("no route")],
)
def test_a_token_is_not_blamed_for_what_it_is_not_to_blame_for(error: Exception) -> None:
    with pytest.raises(SlackGone, match="can't be reached"):
        identify(client_that_fails(error))


def test_a_refused_token_is_said_to_be_so() -> None:
    with pytest.raises(SlackGone, match=r"refuses SLACK_BOT_TOKEN \(invalid_auth\)"):
        identify(client_that_fails(refused("invalid_auth")))
