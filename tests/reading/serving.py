"""A web server of one thread per connection that says exactly what a test tells it to, hostile or not."""

import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

SOON = 20.0  # seconds in which what gives up after tenths of one has done so, on a busy machine
Reply = bytes | Callable[["Talk"], None]


class Talk:
    """One connection, after its request has been read."""

    def __init__(self, connection: socket.socket, head: bytes, over: threading.Event) -> None:
        self._connection = connection
        self._over = over
        self.head = head

    def send(self, part: bytes) -> None:
        self._connection.sendall(part)

    def drip(self, part: bytes, *, every: float) -> None:
        """Send the same part again and again until the other side or the test has had enough."""
        while not self._over.wait(every):
            self.send(part)

    def hold(self) -> None:
        """Say nothing more, and keep the line."""
        self._over.wait()


class Site:
    """Serves `pages` (path -> raw reply) on a loopback port; keeps the request heads it saw.

    Requests for robots.txt, which every site gets once, are kept apart in `robots_heads`.
    """

    def __init__(self, pages: dict[str, Reply] | None = None, *, tls: ssl.SSLContext | None = None) -> None:
        self.pages = pages or {}
        self.heads: list[str] = []
        self.robots_heads: list[str] = []
        self._tls = tls
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._listen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in self._threads:
            thread.join(60)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http{'s' if self._tls else ''}://{self.host}{path}"

    def _start(self, function: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=function, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self._start(self._answer, connection)

    def _answer(self, raw: socket.socket) -> None:
        with raw:
            raw.settimeout(60)
            try:
                connection = self._tls.wrap_socket(raw, server_side=True) if self._tls else raw
                with connection:
                    self._reply(connection)
            except OSError:  # the client went away, as it should from some of these
                return

    def _reply(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(65536)
            if not part:
                return
            head += part
        path = head.split(b" ")[1].decode()
        (self.robots_heads if path == "/robots.txt" else self.heads).append(head.decode())
        reply = self.pages.get(path, answer(b"", status="404 Not Found"))
        if callable(reply):
            reply(Talk(connection, head, self._over))
        else:
            connection.sendall(reply)


def answer(body: bytes, *, status: str = "200 OK", kind: str | None = "text/html", **headers: str) -> bytes:
    """A whole HTTP answer; header names are written with underscores."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    if kind is not None:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, *, status: str = "302 Found") -> bytes:
    return answer(b"", status=status, Location=location)
