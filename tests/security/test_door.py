"""The door over HTTP: what Slack did not sign, or not now, is 401 in any shape; there is nothing else.

A real server stands before an app that takes note of what it is given.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from unittest.mock import Mock

import pytest
from slack_bolt import App, BoltRequest, BoltResponse

from bot.console.delivery import sign
from bot.metrics import Metrics
from bot.probes import Probes
from bot.web import MAX_BODY_BYTES, Door, open_server

SECRET, NEW_SECRET = "the old secret", "the new secret"
BODY = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()
FORM = b"command=/deals&text=corvane"


Fields = Callable[[], list[str]]  # made when they are sent: a signature is good for five minutes


class DoorAt:
    """A door that listens, and the bodies that it let in."""

    def __init__(self, port: int, let_in: list[BoltRequest]) -> None:
        self.port, self.let_in = port, let_in

    def knock(self, head: str, body: bytes = b"") -> int:
        """Send a request as it stands and give the answer's status; 0 when there is none."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(head.replace("\n", "\r\n").encode("latin-1", "replace") + b"\r\n\r\n" + body)
            answer = connection.makefile("rb").readline()
        return int(answer.split()[1]) if answer else 0

    def post(self, body: bytes, *fields: str, path: str = "/slack/events") -> int:
        head = [f"POST {path} HTTP/1.1", "Host: seams", f"Content-Length: {len(body)}", "Connection: close"]
        return self.knock("\n".join([*head, *fields]), body)


@pytest.fixture(scope="module")
def open_door() -> Iterator[DoorAt]:
    let_in: list[BoltRequest] = []

    def dispatch(request: BoltRequest) -> BoltResponse:
        let_in.append(request)
        return BoltResponse(status=200, body="")

    probes = Probes(Metrics(), problems=lambda: ())
    app = Mock(spec=App, dispatch=dispatch)
    door = Door(app, signing_secrets=(NEW_SECRET, SECRET), probes=probes, metrics=Metrics())
    server, port = open_server(door, host="127.0.0.1", port=0)

    def serve() -> None:
        with suppress(OSError):  # its sockets are closed under it
            server.run()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield DoorAt(port, let_in)
    server.task_dispatcher.shutdown()
    server.close()
    thread.join(60)


@pytest.fixture
def door(open_door: DoorAt) -> DoorAt:
    open_door.let_in.clear()
    return open_door


def signed(
    body: bytes = BODY, *, seconds: int = 0, secret: str = SECRET, kind: str = "application/json"
) -> list[str]:
    """The headers with which Slack would send a body, as many seconds from now."""
    at = int(time.time()) + seconds
    return [
        f"Content-Type: {kind}",
        f"X-Slack-Request-Timestamp: {at}",
        f"X-Slack-Signature: {sign(secret, at, body)}",
    ]


def stamped(timestamp: str) -> list[str]:
    """Signed for now, but for what it says of the time."""
    kind, _, signature = signed()
    return [kind, f"X-Slack-Request-Timestamp: {timestamp}", signature]


def marked(signature: str) -> list[str]:
    """With another signature than that of Slack."""
    return [*signed()[:2], f"X-Slack-Signature: {signature}"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        pytest.param(BODY, lambda: signed(), id="valid"),
        pytest.param(FORM, lambda: signed(FORM, kind="application/x-www-form-urlencoded"), id="valid form"),
        pytest.param(BODY, lambda: signed(seconds=-200), id="timestamp -200 s"),
        pytest.param(BODY, lambda: signed(secret=NEW_SECRET), id="secret rotation: the new one"),
        pytest.param(BODY, lambda: signed(secret=SECRET), id="secret rotation: the old one"),
    ],
)
def test_what_slack_signed_is_let_in(door: DoorAt, body: bytes, fields: Fields) -> None:
    assert door.post(body, *fields()) == 200
    assert [request.raw_body for request in door.let_in] == [body.decode()]


SSL_CHECK, CHALLENGE = b"ssl_check=1&token=x", b'{"type": "url_verification", "challenge": "a word"}'
LATIN = b'{"type": "\xff\xfe"}'


def without(field: str) -> list[str]:
    return [line for line in signed() if not line.startswith(field)]


def changed(form: str) -> list[str]:
    """Signed right, but for how the signature's digits are written."""
    kind, timestamp, signature = signed()
    digits = signature.partition("=")[2]
    return [kind, timestamp, f"X-Slack-Signature: {form.format(digits, digits.upper(), digits[:-1])}"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        pytest.param(BODY, list, id="missing headers"),
        pytest.param(BODY, lambda: without("X-Slack-Signature"), id="missing signature"),
        pytest.param(BODY, lambda: without("X-Slack-Request"), id="missing timestamp"),
        pytest.param(BODY, lambda: signed(secret="another"), id="wrong secret"),
        pytest.param(BODY, lambda: signed(secret=""), id="empty secret"),
        pytest.param(BODY.replace(b"message", b"massage"), lambda: signed(), id="body changed by one byte"),
        pytest.param(BODY + b"\n", lambda: signed(), id="body with one byte more"),
        pytest.param(b"", lambda: signed(), id="body left out"),
        pytest.param(BODY, lambda: signed(seconds=-301), id="timestamp -301 s"),
        pytest.param(BODY, lambda: signed(seconds=360), id="timestamp +360 s"),
        pytest.param(BODY, lambda: stamped("abc"), id="timestamp non-numeric"),
        pytest.param(BODY, lambda: stamped(""), id="timestamp empty"),
        pytest.param(BODY, lambda: stamped("nan"), id="timestamp nan"),
        pytest.param(BODY, lambda: stamped("-1"), id="timestamp negative"),
        pytest.param(BODY, lambda: stamped("1e9"), id="timestamp in powers"),
        pytest.param(BODY, lambda: stamped("0x65000000"), id="timestamp hexadecimal"),
        pytest.param(BODY, lambda: stamped("1 2"), id="timestamp of two numbers"),
        pytest.param(BODY, lambda: stamped("9" * 400), id="timestamp of 400 digits"),
        pytest.param(BODY, lambda: stamped("9" * 5000), id="timestamp of 5,000 digits"),
        pytest.param(BODY, lambda: stamped("\xb2\xb3"), id="timestamp non-ASCII"),
        pytest.param(BODY, lambda: marked("v0=é" + "0" * 62), id="signature non-ASCII"),
        pytest.param(BODY, lambda: changed("v1={0}"), id="signature of a wrong version"),
        pytest.param(BODY, lambda: changed("v0={1}"), id="signature upper-case"),
        pytest.param(BODY, lambda: marked(""), id="signature empty"),
        pytest.param(BODY, lambda: marked("v0="), id="signature of nothing"),
        pytest.param(BODY, lambda: marked("v0=" + "0" * 64), id="signature of zeros"),
        pytest.param(BODY, lambda: changed("v0={2}"), id="signature cut short"),
        pytest.param(LATIN, lambda: signed(LATIN), id="body not UTF-8"),
        pytest.param(
            SSL_CHECK, lambda: ["Content-Type: application/x-www-form-urlencoded"], id="ssl_check=1 unsigned"
        ),
        pytest.param(CHALLENGE, lambda: ["Content-Type: application/json"], id="url_verification unsigned"),
    ],
)
def test_what_slack_did_not_sign_is_401(door: DoorAt, body: bytes, fields: Fields) -> None:
    assert door.post(body, *fields()) == 401
    assert not door.let_in


@pytest.mark.parametrize(("seconds", "status"), [(-300, 200), (-301, 401), (300, 200), (301, 401)])
def test_the_window_is_five_minutes_both_ways(
    door: DoorAt, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int
) -> None:
    now = int(time.time())
    monkeypatch.setattr("slack_sdk.signature.Clock.now", lambda _self: float(now))
    monkeypatch.setattr("time.time", lambda: now)
    assert door.post(BODY, *signed(seconds=seconds)) == status


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="JSON cut short"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="nothing"),
        pytest.param(b'"text"', id="a text"),
        pytest.param(b"[" * 100_000, id="JSON nested deeply"),
        pytest.param(b'{"a":' * 100_000, id="JSON objects nested deeply"),
        pytest.param(b"9" * 100_000, id="a number of 100,000 digits"),
    ],
)
def test_a_signed_body_that_is_no_object_is_400(door: DoorAt, body: bytes) -> None:
    assert door.post(body, *signed(body)) == 400
    assert not door.let_in


CHUNKED = "POST /slack/events HTTP/1.1\nHost: seams\nTransfer-Encoding: chunked\nConnection: close"
MORE = f"POST /slack/events HTTP/1.1\nHost: seams\nContent-Length: {MAX_BODY_BYTES + 1}"


class TestSize:
    def test_a_body_that_is_announced_too_large_is_not_waited_for(self, door: DoorAt) -> None:
        assert door.knock(MORE) == 413

    def test_a_body_that_grows_too_large_is_413(self, door: DoorAt) -> None:
        chunk = b"%x\r\n" % 500_000 + b"x" * 500_000 + b"\r\n"
        assert door.knock(CHUNKED, chunk * 3) == 413

    def test_the_largest_body_is_let_in(self, door: DoorAt) -> None:
        body = b'{"a":"' + b"x" * (MAX_BODY_BYTES - 10) + b'"}'
        assert door.post(body, *signed(body)) == 200

    def test_endless_headers_are_431(self, door: DoorAt) -> None:
        assert door.knock("GET /healthz HTTP/1.1\n" + "X-A: b\n" * 60_000) == 431

    @pytest.mark.parametrize(
        "head", ["rubbish", "GET  HTTP/9.9", "POST /slack/events HTTP/1.1\nContent-Length: x"]
    )
    def test_what_is_no_request_is_refused(self, door: DoorAt, head: str) -> None:
        assert door.knock(head) in {400, 404, 501, 505}
        assert not door.let_in

    def test_a_request_smuggled_behind_another_is_refused(self, door: DoorAt) -> None:
        head = "POST /slack/events HTTP/1.1\nHost: seams\nContent-Length: 4\n"
        assert door.knock(
            head + "Transfer-Encoding: chunked, identity", b"0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n"
        ) in {400, 401, 501}
        assert not door.let_in


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/metrics", id="/metrics not public"),
        *("/", "/slack", "/slack/events/", "/slack/install", "/slack/oauth_redirect", "/slack/events%00"),
        *("/../slack/events", "/.env", "/seams.db"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "HEAD", "OPTIONS", "TRACE"])
def test_nothing_else_is_there(door: DoorAt, method: str, path: str) -> None:
    assert door.knock(f"{method} {path} HTTP/1.1\nHost: seams\nConnection: close") == 404
    assert not door.let_in


def test_idle_connections_keep_nobody_out(door: DoorAt) -> None:
    with ExitStack() as idle:
        for _ in range(150):
            idle.enter_context(socket.create_connection(("127.0.0.1", door.port), timeout=60)).sendall(
                b"POST "
            )
        assert door.post(BODY, *signed()) == 200


def test_an_empty_secret_opens_no_door() -> None:
    with pytest.raises(ValueError, match="empty secret"):
        Door(Mock(spec=App), signing_secrets=("",), probes=Mock(spec=Probes), metrics=Metrics())
