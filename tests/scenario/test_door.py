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
from bot.console.values import Json, Message
from bot.queries import Command
from bot.services import feedback
from bot.services.commands import Viewer, share
from bot.views.actions import State
from tests.scenario.articles import PURCHASE, QUIET
from tests.scenario.conftest import PATIENCE, SECRET, Stage
from tests.scenario.pages import page

BODY = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()


def knock(stage: Stage, body: bytes = BODY, headers: Mapping[str, str] = MappingProxyType({})) -> Ack:
    """Send a body as Slack does, signed, but for the headers that say otherwise."""
    carry = HttpCarrier(str(stage.seams.url), SECRET, patience=PATIENCE)
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


class Recorder:
    """Somebody who records what Slack sends, and sends the last of it again a second later."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self._carry = stage, stage.slack._carry
        stage.slack._carry = self.carry

    def carry(self, envelope: Envelope, payload: Json, extra: Mapping[str, str]) -> Ack:
        self._last = (envelope, payload, extra)
        return self._carry(envelope, payload, extra)

    def send_again(self) -> None:
        self.stage.settle()
        self.stage.clock.advance(timedelta(seconds=1))
        assert self._carry(*self._last).ok

    def give_back(self) -> None:
        self.stage.slack._carry = self._carry


@pytest.fixture
def recorder(stage: Stage) -> Iterator[Recorder]:
    """Where an article was read."""
    stage.share(stage.publish(PURCHASE))
    stage.clock.advance(timedelta(minutes=1))
    recorder = Recorder(stage)
    yield recorder
    recorder.give_back()


def told(stage: Stage) -> tuple[Message, ...]:
    return stage.workspace.ephemerals(stage.deals, "ana")


def test_a_command_sent_again_posts_nothing_more(stage: Stage, recorder: Recorder) -> None:
    stage.ask("/digest", "now")
    recorder.send_again()
    stage.wait(lambda: len(told(stage)) == 2)
    stage.settle()
    assert len(stage.said()) == 1


def test_a_press_sent_again_shares_nothing_more(stage: Stage, recorder: Recorder) -> None:
    pressed = Viewer(stage.workspace.team_id, stage.deals, stage.ana, request_id="a press")
    state = State(Command.DEALS, "corvane")
    first, again = (share(stage.seams.services, pressed, state) for _ in range(2))
    assert first is not None
    assert again is None


def test_a_press_sent_again_takes_nothing_back(stage: Stage, recorder: Recorder) -> None:
    stage.ask("/digest", "now")
    stage.settle()
    before = len(told(stage))
    stage.slack.click("ana", stage.said()[0], "feedback:1")
    stage.wait(lambda: len(told(stage)) > before)
    recorder.send_again()
    stage.ask("/articles")
    [count] = feedback.counts(stage.seams.services, team_id=stage.workspace.team_id)
    assert (count.useful, count.not_useful) == (1, 0)


def test_commands_do_not_wait_for_the_articles_that_are_read(stage: Stage) -> None:
    stage.pages.gate.clear()
    for start in range(0, 20, 5):
        urls = [stage.pages.put(page(f"{QUIET}Number {number}.")) for number in range(start, start + 5)]
        stage.slack.post(stage.deals, "ana", " ".join(urls))
    stage.ask("/deals", "corvane")
    assert stage.seams.services.outbox.pending() >= 20
    stage.pages.gate.set()
