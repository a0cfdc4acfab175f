"""Short ways to write messages, views and expectations in these tests."""

from collections.abc import Callable

import pytest
from slack_sdk.errors import SlackApiError

from bot.console.values import Json


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return str(caught.value.response["error"])


def too_many_blocks(count: int) -> Json:
    return {"text": "t", "blocks": [{"type": "divider"}] * count}


def texts(**parts: object) -> Json:
    return {"text": "t", "blocks": [parts]}


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def button(**parts: object) -> Json:
    element = {"type": "button", "action_id": "a", "text": plain(1)} | parts
    return texts(type="actions", elements=[element])


def modal(**parts: object) -> Json:
    return {"type": "modal", "title": plain(5), "blocks": [section("x")]} | parts
