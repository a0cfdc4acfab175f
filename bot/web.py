"""The HTTP door: signed requests from Slack, the pages of those who install Seams, and a health check."""

import json
import logging
import os
import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier
from waitress.server import create_server

from bot.errors import SettingsError
from bot.installing import InstallPages, WebPage
from bot.metrics import Metrics
from bot.probes import Probes, StartResponse, show

if TYPE_CHECKING:
    from waitress.server import BaseWSGIServer, MultiSocketServer

MAX_BODY_BYTES = 1_000_000  # Slack's own payloads stay far below
EVENTS_PATH = "/slack/events"
# Idle ones take a place each until they are dropped, so there are more places than an idler needs to bother.
MOST_CONNECTIONS = 1_000

SLOW_SECONDS = 1.0
THREADS = 48  # most wait for their turn to write, and must not keep a command from being acknowledged

_log = logging.getLogger(__name__)

WsgiApp = Callable[[Mapping[str, Any], StartResponse], Iterable[bytes]]


class Door:
    """A WSGI application that lets signed requests through to Bolt, and browsers to the pages."""

    def __init__(
        self,
        app: App,
        *,
        signing_secrets: Sequence[str],
        probes: Probes,
        metrics: Metrics,
        pages: InstallPages | None = None,
    ) -> None:
        """Guard `app` with the secret of the Slack app, or either of two while it is changed.

        Without `pages` browsers find nothing.
        """
        self._app, self._pages, self._probes, self._metrics = app, pages, probes, metrics
        if not all(signing_secrets):
            raise ValueError("an empty secret would let anybody sign")
        self._verifiers = tuple(map(SignatureVerifier, signing_secrets))

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        began = time.perf_counter()
        route = (environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
        if (probe := self._probes.answer(environ)) is not None:
            return show(probe, start_response)
        if self._pages is not None and (page := self._page(self._pages, environ)) is not None:
            return _shown(start_response, page)
        if route != ("POST", EVENTS_PATH):
            return _plain(start_response, HTTPStatus.NOT_FOUND, "not found")
        body = environ["wsgi.input"].read()
        if not self._is_signed(environ, body):
            return _plain(start_response, HTTPStatus.UNAUTHORIZED, "invalid signature")
        if environ.get("CONTENT_TYPE", "").startswith("application/json") and not _is_object(body):
            return _plain(start_response, HTTPStatus.BAD_REQUEST, "no JSON object")
        return self._dispatch(environ, body.decode(), start_response, began)

    def _page(self, pages: InstallPages, environ: Mapping[str, Any]) -> WebPage | None:
        if environ["REQUEST_METHOD"] != "GET":
            return None
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        return pages.answer(path, query=query, headers=_headers(environ))

    def _is_signed(self, environ: Mapping[str, Any], body: bytes) -> bool:
        """Whether Slack signed the body; the SDK's verifier raises on malformed headers and bodies."""
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        try:
            return any(verifier.is_valid(body, timestamp, signature) for verifier in self._verifiers)
        except (ValueError, TypeError, OverflowError):  # no number, no ASCII or UTF-8, a number without end
            return False

    def _dispatch(
        self, environ: Mapping[str, Any], body: str, start_response: StartResponse, began: float
    ) -> Iterable[bytes]:
        request = BoltRequest(body=body, query=environ.get("QUERY_STRING", ""), headers=_headers(environ))
        response = self._app.dispatch(request)
        status, took = HTTPStatus(response.status), time.perf_counter() - began
        self._metrics.ack("http", kind_of(request.body), response.status, took)
        if took > SLOW_SECONDS:
            _log.warning("slow answer", extra={"kind": kind_of(request.body), "seconds": round(took, 3)})
        start_response(
            f"{status.value} {status.phrase}",
            [(name, value) for name, values in response.headers.items() for value in values],
        )
        return [response.body.encode()]


def kind_of(body: Mapping[str, Any]) -> str:
    """What Slack sends: an event, a command, or an interaction (a button, a menu, a modal, a shortcut)."""
    if "command" in body:
        return "command"
    return "event" if "event" in body else "interaction"


def _headers(environ: Mapping[str, Any]) -> dict[str, str | Sequence[str]]:
    """The headers of a request, with lower-case names."""
    return {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or name == "CONTENT_TYPE"
    }


def _is_object(body: bytes) -> bool:
    """Whether Bolt can take the body; it breaks on other JSON, and Slack would send that three times more."""
    try:
        return isinstance(json.loads(body or b"{}"), dict)
    except (ValueError, RecursionError):
        return False


def _shown(start_response: StartResponse, page: WebPage) -> Iterable[bytes]:
    status = HTTPStatus(page.status)
    start_response(
        f"{status.value} {status.phrase}",
        [(name, value) for name, values in page.headers.items() for value in values],
    )
    return [page.body.encode()]


def _plain(start_response: StartResponse, status: HTTPStatus, text: str) -> Iterable[bytes]:
    start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]


def open_server(
    app: WsgiApp, *, host: str, port: int, setting: str = "PORT", threads: int = THREADS
) -> "tuple[BaseWSGIServer | MultiSocketServer, int]":
    """Bind a waitress server, which `.run()` serves, and say its port (0 takes any free one).

    Raises SettingsError, naming the setting of the port, for an address that can't be had.
    """
    try:
        listening = socket.create_server((host, port))
    except OSError as error:
        hosts = setting.replace("PORT", "HOST") if "_" in setting else "SEAMS_HOST"
        raise SettingsError(
            f"Seams can't listen on {host}, port {port} ({os.strerror(error.errno or 0)}). Stop what listens "
            f"there, or set {setting} (and {hosts}) to another.",
            code="port",
        ) from error
    server = create_server(
        app,
        sockets=[listening],
        threads=threads,
        max_request_body_size=MAX_BODY_BYTES,
        channel_timeout=30,
        connection_limit=MOST_CONNECTIONS,
        asyncore_use_poll=True,  # select() knows no more than 1,024 files
        clear_untrusted_proxy_headers=True,
        ident="seams",
    )
    return server, listening.getsockname()[1]
