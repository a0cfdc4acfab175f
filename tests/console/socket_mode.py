"""Serves Socket Mode: what HttpCarrier does over HTTP, over a WebSocket. Only tests need it."""

import json
import time
from collections.abc import Mapping
from concurrent.futures import Future, InvalidStateError, wait
from contextlib import suppress
from threading import Condition, Thread
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from bot.console.delivery import PATIENCE, Ack, Envelope
from bot.console.values import Json
from bot.console.workspace import Workspace


class SocketModeServer:
    """A WebSocket server for one workspace's app; call it to deliver. A context manager.

    While it runs, apps.connections.open hands out its address. Connections with another ticket are closed.
    """

    def __init__(self, workspace: Workspace, *, patience: float = PATIENCE) -> None:
        self._workspace, self._patience = workspace, patience
        self._ticket = workspace.new_id("ticket")
        self._changed = Condition()
        self._connections: list[ServerConnection] = []
        self._acks: dict[str, tuple[ServerConnection, Future[Json]]] = {}
        self._count = 0
        self._server = serve(self._talk, "127.0.0.1", 0)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The address with the ticket, as apps.connections.open gives it."""
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/link/?ticket={self._ticket}"

    def __enter__(self) -> "SocketModeServer":
        self._workspace.socket_url = self.url
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workspace.socket_url = ""
        self.disconnect()
        self._server.shutdown()
        self._thread.join()

    def __call__(self, envelope: Envelope, payload: Json, extra: Mapping[str, str]) -> Ack:
        """Deliver once, over the newest connection, and wait for the acknowledgement."""
        began = time.perf_counter()
        answer: Future[Json] = Future()
        with self._changed:
            self._count += 1
            envelope_id = f"envelope-{self._count}"
            if not self._connections:
                return Ack(envelope, 0, 0.0, reason="connection_failed")
            connection = self._connections[-1]
            self._acks[envelope_id] = (connection, answer)
        self._send(connection, _enveloped(envelope, envelope_id, payload, extra))
        answered = bool(wait([answer], self._patience).done)
        del self._acks[envelope_id]
        lost = answer.cancelled()
        ack = answer.result() if answered and not lost else None
        took = time.perf_counter() - began
        if ack is None:
            return Ack(envelope, 0, took, reason="connection_failed" if lost else "http_timeout")
        body = ack.get("payload")
        return Ack(envelope, 200, took, json.dumps(body) if body else "")

    def wait_for_app(self, timeout: float = 60.0) -> bool:
        """Wait until the app has connected; False after `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._connections, timeout) != []

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours, and hang up."""
        with self._changed:
            leaving = list(self._connections)
        for connection in leaving:
            self._send(connection, {"type": "disconnect", "reason": reason})
            connection.close()

    def _talk(self, connection: ServerConnection) -> None:
        query = urlsplit(connection.request.path if connection.request else "").query
        if parse_qs(query).get("ticket") != [self._ticket]:
            return
        hello = {
            "type": "hello",
            "num_connections": len(self._connections) + 1,
            "connection_info": {"app_id": self._workspace.app_id},
            "debug_info": {"host": "stand-in", "approximate_connection_time": 3600},
        }
        self._send(connection, hello)
        with self._changed:
            self._connections.append(connection)
            self._changed.notify_all()
        try:
            for text in connection:
                self._hear(str(text))
        except ConnectionClosed:
            pass
        finally:
            with self._changed:
                self._connections.remove(connection)
                for waited_on, answer in list(self._acks.values()):
                    if waited_on is connection:
                        answer.cancel()
                self._changed.notify_all()

    def _hear(self, text: str) -> None:
        with suppress(ValueError, InvalidStateError):
            ack = json.loads(text)
            if (waiting := self._acks.get(str(ack.get("envelope_id")))) is not None:
                waiting[1].set_result(ack)

    @staticmethod
    def _send(connection: ServerConnection, body: Json) -> None:
        with suppress(ConnectionClosed):
            connection.send(json.dumps(body))


def _enveloped(envelope: Envelope, envelope_id: str, payload: Json, extra: Mapping[str, str]) -> Json:
    body: Json = {
        "envelope_id": envelope_id,
        "type": str(envelope),
        "payload": payload,
        "accepts_response_payload": envelope is not Envelope.EVENT,
    }
    if envelope is Envelope.EVENT:
        body["retry_attempt"] = int(extra.get("X-Slack-Retry-Num", 0))
        body["retry_reason"] = extra.get("X-Slack-Retry-Reason", "")
    return body
