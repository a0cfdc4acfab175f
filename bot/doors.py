"""The ways into a process, opened and closed: HTTP or Socket Mode for Slack, a small port for monitors."""

import logging
import threading
import time
from contextlib import ExitStack

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.app import build_app
from bot.connecting import Authorize
from bot.errors import SettingsError
from bot.installing import open_install_pages
from bot.metrics import Metrics
from bot.probes import Probes
from bot.services import Services
from bot.settings import Settings
from bot.stopping import Deadline
from bot.web import THREADS, Door, WsgiApp, kind_of, open_server

_log = logging.getLogger(__name__)


def open_web(
    services: Services, authorize: Authorize, probes: Probes, deadline: Deadline, stack: ExitStack
) -> str | None:
    """Take events and commands from Slack until the stack closes; gives the address, None in Socket Mode.

    Raises SettingsError when the port is taken or Slack refuses the app token.
    """
    settings = services.settings
    app = build_app(services, authorize=authorize)
    # Its threads end at the latest with the process, whose end `bot.stopping` sees to.
    stack.callback(app.listener_runner.listener_executor.shutdown, wait=False)
    if settings.app_token is not None:
        handler = _connect(app, settings.app_token.get_secret_value(), services, stack)
        probes.require(lambda: [] if handler.client.is_connected() else ["Slack is not connected."])
        return None
    pages = open_install_pages(services) if settings.many_workspaces else None
    secrets = settings.signing_secrets
    door = Door(app, signing_secrets=secrets, pages=pages, probes=probes, metrics=services.metrics)
    port = _listen(door, settings.host, settings.port, "PORT", deadline, stack)
    _log.info("listening on port %s", port)
    return f"http://127.0.0.1:{port}"


def open_probes(settings: Settings, probes: Probes, deadline: Deadline, stack: ExitStack) -> int | None:
    """Answer monitors on the port that the settings name, if any, and give it; raises SettingsError."""
    if settings.metrics_port is None:
        return None
    port = _listen(
        probes, settings.metrics_host, settings.metrics_port, "SEAMS_METRICS_PORT", deadline, stack, threads=2
    )
    _log.info("metrics on port %s", port)
    return port


def _listen(
    app: WsgiApp,
    host: str,
    port: int,
    setting: str,
    deadline: Deadline,
    stack: ExitStack,
    threads: int = THREADS,
) -> int:
    server, bound = open_server(app, host=host, port=port, setting=setting, threads=threads)
    thread = threading.Thread(target=server.run, name=f"seams-{setting}", daemon=True)
    thread.start()
    stack.callback(thread.join, 5)
    stack.callback(server.close)
    # What came in is answered first.
    stack.callback(lambda: server.task_dispatcher.shutdown(timeout=int(deadline.left())))
    return bound


class _Handler(SocketModeHandler):
    """Answers what comes over the WebSocket, and times it."""

    metrics: Metrics

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Have Bolt answer one request."""
        began = time.time()
        answer = run_bolt_app(self.app, req)
        send_response(client, req, answer, began)
        self.metrics.ack("socket", kind_of(req.payload), answer.status, time.time() - began)


def _connect(app: App, app_token: str, services: Services, stack: ExitStack) -> _Handler:
    client = WebClient(base_url=services.settings.slack_api_url)
    handler = _Handler(app, app_token, web_client=client, concurrency=THREADS)
    handler.metrics = services.metrics
    stack.callback(handler.close)
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except Exception as error:
        raise SettingsError(
            f"Slack does not open a Socket Mode connection ({error}). "
            "Is SLACK_APP_TOKEN right, and is Socket Mode on?"
        ) from error
    _log.info("connected in Socket Mode")
    return handler
