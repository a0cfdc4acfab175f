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


# A message of a given size, and the largest size that Slack takes.
LIMITS: list[tuple[Callable[[int], Json], int]] = [
    (too_many_blocks, 50),
    (lambda n: texts(type="section", text=mrkdwn(n)), 3000),
    (lambda n: texts(type="section", fields=[mrkdwn(1)] * n), 10),
    (lambda n: texts(type="section", fields=[mrkdwn(n)]), 2000),
    (lambda n: texts(type="header", text=plain(n)), 150),
    (lambda n: texts(type="context", elements=[mrkdwn(1)] * n), 10),
    (lambda n: texts(type="markdown", text="x" * n), 12_000),
    (lambda n: texts(type="divider", block_id="x" * n), 255),
    (lambda n: button(text=plain(n)), 75),
    (lambda n: button(value="x" * n), 2000),
    (lambda n: button(url="x" * n), 3000),
    (lambda n: button(action_id="x" * n), 255),
    (lambda n: texts(type="table", rows=[[{"type": "raw_text", "text": "x"}]] * n), 100),
    (lambda n: texts(type="table", rows=[[{"type": "raw_text", "text": "x"}] * n]), 20),
    (lambda n: texts(type="image", image_url="x" * n, alt_text="a"), 3000),
    (lambda n: texts(type="image", image_url="https://x.example", alt_text="a" * n), 2000),
]
