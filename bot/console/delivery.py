"""Carries what happens in the workspace to the app, as Slack does: signed, repeated, with little patience."""

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from bot.console.values import Json

PATIENCE = 3.0  # seconds in which Slack wants an acknowledgement
RETRY_WAITS = (0.0, 60.0, 300.0)  # seconds before each retry of an event


class Envelope(StrEnum):
    """What is delivered; the names are those of Socket Mode."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer to one delivery; status 0 is no answer, `seconds` the time it took."""

    envelope: Envelope
    status: int
    seconds: float
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    retry: int = 0
    reason: str = ""  # why there was no answer, in Slack's words

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged."""
        return 200 <= self.status < 300

    def json(self) -> Json:
        """The body as an object; plain text becomes {"text": ...}, nothing becomes {}."""
        if not self.body.strip():
            return {}
        try:
            parsed = json.loads(self.body)
        except ValueError:
            return {"text": self.body}
        return parsed if isinstance(parsed, dict) else {"text": self.body}


Carry = Callable[[Envelope, Json, Mapping[str, str]], Ack]


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Slack's v0 signature: https://docs.slack.dev/authentication/verifying-requests-from-slack/"""
    base = b"v0:%d:" % timestamp + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encode(envelope: Envelope, payload: Json) -> tuple[bytes, str]:
    """The body of a delivery over HTTP and its content type."""
    if envelope is Envelope.EVENT:
        return json.dumps(payload).encode(), "application/json"
    form = payload if envelope is Envelope.COMMAND else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


class HttpCarrier:
    """Delivers to `{app_url}/slack/events`. Signs with the real time, whatever the stage's clock says."""

    def __init__(
        self,
        app_url: str,
        signing_secret: str,
        *,
        path: str = "/slack/events",
        patience: float = PATIENCE,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """`wall` is seconds since 1970, for the signature: the app checks that it is fresh."""
        address = urlsplit(app_url)
        self._host, self._port = address.hostname or "127.0.0.1", address.port or 80
        self._secret, self._path, self._patience, self._wall = signing_secret, path, patience, wall

    def __call__(self, envelope: Envelope, payload: Json, extra: Mapping[str, str]) -> Ack:
        """Deliver once."""
        body, content_type = encode(envelope, payload)
        return self.send(envelope, body, {"Content-Type": content_type, **extra})

    def send(self, envelope: Envelope, body: bytes, headers: Mapping[str, str]) -> Ack:
        """Send these bytes, signed unless `headers` bring a signature of their own."""
        timestamp = int(self._wall())
        signed = {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": sign(self._secret, timestamp, body),
            **headers,
        }
        began = time.perf_counter()
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._patience)
        try:
            connection.request("POST", self._path, body, signed)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            took = time.perf_counter() - began
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Ack(
                envelope, answer.status, took, text, found, reason="" if answer.status < 300 else "http_error"
            )
        except TimeoutError:
            return Ack(envelope, 0, time.perf_counter() - began, reason="http_timeout")
        except (OSError, http.client.HTTPException):
            return Ack(envelope, 0, time.perf_counter() - began, reason="connection_failed")
        finally:
            connection.close()


def deliver_event(
    carry: Carry, payload: Json, *, waits: Sequence[float], sleep: Callable[[float], None]
) -> list[Ack]:
    """Deliver an event, again after each of `waits` while it fails; returns every answer."""
    acks = [carry(Envelope.EVENT, payload, {})]
    for number, wait in enumerate(waits, start=1):
        if acks[-1].ok or acks[-1].headers.get("x-slack-no-retry") == "1":
            break
        sleep(wait)
        headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": acks[-1].reason}
        acks.append(carry(Envelope.EVENT, payload, headers))
    return acks
