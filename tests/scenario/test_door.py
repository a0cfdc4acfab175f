"""What comes in over HTTP: what Slack signed, once, and answered in time.

What is turned away is tried in `tests/security/test_door.py`.
"""

import http.client
import json
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlsplit

import pytest

from bot.console.delivery import Ack, Envelope, HttpCarrier, encode, sign
from bot.console.payloads import event_callback, message_event
from bot.console.values import Json
from bot.services import feedback
from tests.scenario.articles import PURCHASE, QUIET
from tests.scenario.conftest import SECRET, Stage, words

BODY = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()


def knock(stage: Stage, body: bytes = BODY, headers: Mapping[str, str] = MappingProxyType({})) -> Ack:
    """Send a body as Slack does, signed, but for the headers that say otherwise."""
    carry = HttpCarrier(str(stage.seams.url), SECRET)
    return carry.send(Envelope.EVENT, body, {"Content-Type": "application/json", **headers})


def signed_at(timestamp: str, body: bytes = BODY, secret: str = SECRET) -> dict[str, str]:
    """The headers of a request that is signed for a time (seconds since 1970)."""
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": sign(secret, int(timestamp), body)}


def ask(stage: Stage, method: str, path: str, headers: Mapping[str, str] = MappingProxyType({})) -> int:
    """The status of a request that ends after its headers."""
    address = urlsplit(str(stage.seams.url))
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    connection.request(method, path, headers=dict(headers))
    status = connection.getresponse().status
    connection.close()
    return status


def test_what_slack_signed_is_let_in(stage: Stage) -> None:
    assert knock(stage).status == 200


def test_another_secret_is_turned_away(stage: Stage) -> None:
    assert knock(stage, BODY, signed_at(str(int(time.time())), secret="another secret")).status == 401


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"text"', b"{}", b'{"type": 1}', b"[" * 100_000]
)
def test_a_signed_body_without_sense_breaks_nothing(stage: Stage, body: bytes) -> None:
    assert knock(stage, body).status in {200, 400, 404}


def test_it_tells_that_it_is_well(stage: Stage) -> None:
    assert ask(stage, "GET", "/healthz") == 200


def test_slacks_challenge_is_answered(stage: Stage) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "a word"}).encode()
    assert knock(stage, body).json() == {"challenge": "a word"}


def test_a_request_sent_again_does_nothing_more(stage: Stage) -> None:
    workspace = stage.workspace
    message = workspace.post(stage.deals, "ana", f"<{stage.publish(PURCHASE)}>")
    event = event_callback(workspace, message_event(workspace, message), "Ev0REPLAYED")
    body, _ = encode(Envelope.EVENT, event)
    headers = signed_at(str(int(time.time())), body)
    for _ in range(3):
        assert knock(stage, body, headers).ok
        stage.settle()
    assert len(stage.replies(message.ts)) == 1


def twice(stage: Stage) -> None:
    """Let each request come in twice from now on, as it would from whoever recorded it."""
    carry = stage.slack._carry

    def again(envelope: Envelope, payload: Json, extra: Mapping[str, str]) -> Ack:
        assert carry(envelope, payload, extra).ok
        stage.settle()
        stage.clock.advance(timedelta(seconds=1))
        return carry(envelope, payload, extra)

    stage.slack._carry = again


@pytest.fixture
def recorded(stage: Stage) -> Iterator[Stage]:
    """A channel where an article was read, and where each request comes in twice."""
    carry = stage.slack._carry
    stage.share(stage.publish(PURCHASE))
    stage.clock.advance(timedelta(minutes=1))
    twice(stage)
    yield stage
    stage.slack._carry = carry


def test_a_command_sent_again_posts_nothing_more(recorded: Stage) -> None:
    recorded.ask("/digest", "now")
    recorded.wait(lambda: len(recorded.workspace.ephemerals(recorded.deals, "ana")) == 2)
    recorded.settle()
    assert len(recorded.said()) == 1


def test_a_press_sent_again_shares_and_flips_nothing_more(recorded: Stage) -> None:
    recorded.slack.click("ana", recorded.ask("/deals", "corvane"), label="Share in channel")
    recorded.wait(lambda: recorded.said())
    recorded.ask("/digest", "now")
    recorded.settle()
    shared, digest = recorded.said()
    assert "Shared by" in words(shared)
    before = len(recorded.workspace.ephemerals(recorded.deals, "ana"))
    recorded.slack.click("ana", digest, "feedback:1")
    recorded.wait(lambda: len(recorded.workspace.ephemerals(recorded.deals, "ana")) > before)
    [count] = feedback.counts(recorded.seams.services, team_id=recorded.workspace.team_id)
    assert (count.useful, count.not_useful) == (1, 0)


def test_commands_are_answered_in_time_while_many_articles_are_read(stage: Stage) -> None:
    for start in range(0, 20, 5):
        urls = [stage.publish(f"{QUIET}Number {number}.") for number in range(start, start + 5)]
        stage.slack.post(stage.deals, "ana", " ".join(urls))
    began = time.monotonic()
    stage.ask("/deals", "corvane")
    assert time.monotonic() - began < 3
