"""What lies around Seams in a bench: a Slack that says yes to all, and newspapers. A process of its own.

The stand-in of the demo keeps Slack's rules and remembers everything, which takes time that a bench has not.
"""

import http.client
import json
import multiprocessing
from datetime import date
from itertools import count
from multiprocessing.connection import Connection
from threading import Event, Lock
from typing import Self

from bot.console.loopback import Answer, Loopback, Request
from bot.console.news import print_page, read_samples
from bot.console.values import Json


class _Yes(Loopback):
    """Answers every call as Slack does when all is well, and serves as many articles as anybody asks for."""

    def __init__(self, answers: dict[str, Json]) -> None:
        self._answers = answers
        self._pages = [
            print_page(sample, date(2026, 3, 2))
            for sample in read_samples()
            if sample.lang in {"en", "es", "fr"} and sample.published is not None
        ]
        self._stamps, self._lock = count(1), Lock()
        self._answered = 0
        super().__init__(self._respond)

    def _respond(self, request: Request) -> Answer:
        _, kind, rest = (*request.target.split("?")[0].split("/", 2), "", "")[:3]
        if kind == "news":
            return Answer(200, "text/html; charset=utf-8", self._article(int(rest.removesuffix(".html"))))
        if kind == "response":
            with self._lock:
                self._answered += 1
            return Answer(200, "text/plain", b"ok")
        if kind == "answered":
            return Answer(200, "text/plain", str(self._answered).encode())
        if kind != "api":
            return Answer(404, "text/plain", b"not found")
        said = {"ok": True, "ts": f"1900000000.{next(self._stamps):06}", **self._answers.get(rest, {})}
        return Answer(200, "application/json", json.dumps(said).encode())

    def _article(self, number: int) -> bytes:
        page = self._pages[number % len(self._pages)]
        return page.replace("</h1>", f" ({number})</h1>", 1).replace("</p>", f" {number}.</p>", 1).encode()


class Outside:
    """Runs it. `answers` are what methods say beside "ok". A context manager."""

    def __init__(self, answers: dict[str, Json]) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, answers), daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._process.start()
        self.port = int(self._ours.recv())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def answered(self) -> int:
        """How many answers came to response addresses."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/answered")
        found = int(connection.getresponse().read())
        connection.close()
        return found


def _serve(parent: Connection, answers: dict[str, Json]) -> None:
    with _Yes(answers) as server:
        parent.send(server.port)
        Event().wait()
