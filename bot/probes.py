"""What supervisors and monitors ask of a process: /healthz, /readyz and /metrics.

The web process answers the first two on its own port, and /metrics there to who has the token. A port of
their own (`SEAMS_METRICS_PORT`) answers all three in any process.
"""

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.metrics import Metrics

PLAIN = "text/plain; charset=utf-8"

StartResponse = Callable[[str, list[tuple[str, str]]], object]


@dataclass(frozen=True, slots=True)
class Probe:
    """One answer."""

    status: HTTPStatus
    body: bytes
    content_type: str = PLAIN


class Probes:
    """Answers for this process. `problems` says what keeps it from working, nothing when it is ready."""

    def __init__(
        self, metrics: Metrics, *, problems: Callable[[], Iterable[str]], token: str | None = None
    ) -> None:
        """With `token` the metrics are for who brings it as bearer token."""
        self._metrics, self._checks, self._token = metrics, [problems], token

    def require(self, problems: Callable[[], Iterable[str]]) -> None:
        """Let readiness depend on something more."""
        self._checks.append(problems)

    def answer(self, environ: Mapping[str, Any], *, own_port: bool = False) -> Probe | None:
        """The answer to a GET of one of the three; None for anything else.

        Without a token /metrics is there on a port of its own alone.
        """
        if environ["REQUEST_METHOD"] != "GET":
            return None
        path = environ.get("PATH_INFO", "")
        if path == "/healthz":
            return Probe(HTTPStatus.OK, b"ok")
        if path == "/readyz":
            problems = [problem for check in self._checks for problem in check()]
            status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
            return Probe(status, "\n".join(problems or ["ready"]).encode())
        if path == "/metrics" and (own_port or self._token is not None):
            return self._told_metrics(environ.get("HTTP_AUTHORIZATION", ""))
        return None

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the WSGI application of a port of its own."""
        probe = self.answer(environ, own_port=True) or Probe(HTTPStatus.NOT_FOUND, b"not found")
        return show(probe, start_response)

    def _told_metrics(self, authorization: str) -> Probe:
        if self._token is not None and not _same(authorization, f"Bearer {self._token}"):
            return Probe(HTTPStatus.UNAUTHORIZED, b"a bearer token is needed: SEAMS_METRICS_TOKEN")
        content_type, body = self._metrics.render()
        return Probe(HTTPStatus.OK, body, content_type)


def show(probe: Probe, start_response: StartResponse) -> Iterable[bytes]:
    """Give an answer to a WSGI server."""
    start_response(f"{probe.status.value} {probe.status.phrase}", [("Content-Type", probe.content_type)])
    return [probe.body]


def _same(given: str, wanted: str) -> bool:
    # WSGI hands headers over as Latin-1.
    return hmac.compare_digest(given.encode("latin-1", "replace"), wanted.encode())
