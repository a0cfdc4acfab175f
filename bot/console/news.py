"""Serves the sample articles as newspapers would, on a loopback port of their own, dated around the tour.

Pages are at /news/SITE/SLUG; texts and files that somebody hands to the prompt are put at /news/pasted/...
"""

import mimetypes
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from html import escape
from importlib.resources import files
from threading import Lock
from types import TracebackType
from urllib.parse import urlsplit

from babel.dates import format_date

from bot.console.loopback import Answer, Loopback, Request

_HTML = "text/html; charset=utf-8"
_PRESS_TIME = time(6, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample page: `published` is the day of the tour it is dated on, None when it is no article."""

    name: str
    path: str
    lang: str | None
    published: int | None
    status: int


def read_samples() -> tuple[Sample, ...]:
    """Every sample page, in the order of the index."""
    index = tomllib.loads(_file("index.toml"))
    return tuple(
        Sample(
            name=name,
            path=entry["path"],
            lang=entry.get("lang"),
            published=entry.get("published"),
            status=entry.get("status", 200),
        )
        for name, entry in index.items()
    )


def print_page(sample: Sample, first_day: date) -> str:
    """The page's HTML with its dates filled in, `first_day` being day 0 of the tour."""
    page = _file(f"{sample.name}.html")
    if sample.published is None:
        return page
    day = first_day + timedelta(days=sample.published)
    moment = datetime.combine(day, _PRESS_TIME)
    words = format_date(day, "long", locale=sample.lang or "en")
    return page.replace("{published}", moment.isoformat()).replace("{date}", words)


class NewsServer:
    """The sample newspapers on 127.0.0.1. A context manager."""

    def __init__(self, first_day: date, *, port: int = 0) -> None:
        """`first_day` is day 0 of the tour."""
        self._first_day = first_day
        self._lock = Lock()
        self._pasted: dict[str, tuple[str, bytes]] = {}
        self._loopback = Loopback(self._respond, port=port)

    @property
    def host(self) -> str:
        """`host:port`, as SEAMS_FETCH_ALLOW wants it."""
        return f"127.0.0.1:{self._loopback.port}"

    @cached_property
    def samples(self) -> Mapping[str, Sample]:
        """The sample pages by name."""
        return {sample.name: sample for sample in read_samples()}

    def url(self, name: str) -> str:
        """The address of a sample page. Raises KeyError."""
        return f"{self._loopback.url}/news/{self.samples[name].path}"

    def publish_file(self, filename: str, content: bytes) -> str:
        """Put a file online as it is; returns its address."""
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        return self._publish(filename, kind, content)

    def publish_text(self, text: str) -> str:
        """Put a pasted text online as a page whose headline is its first line; returns its address."""
        title, _, body = text.strip().partition("\n")
        paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in body.splitlines() if line.strip())
        heading = escape(title.strip())
        page = f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>{heading}</title></head>\n"
        page += f"<body><article><h1>{heading}</h1>\n{paragraphs or heading}</article></body></html>\n"
        return self._publish("text.html", _HTML, page.encode())

    def start(self) -> None:
        """Begin to answer."""
        self._loopback.start()

    def stop(self) -> None:
        """Stop and free the port."""
        self._loopback.stop()

    def __enter__(self) -> "NewsServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _publish(self, filename: str, content_type: str, content: bytes) -> str:
        safe = "".join(c if (c.isalnum() and c.isascii()) or c in ".-_" else "-" for c in filename)
        with self._lock:
            path = f"pasted/{len(self._pasted) + 1}/{safe}"
            self._pasted[path] = (content_type, content)
        return f"{self._loopback.url}/news/{path}"

    def _respond(self, request: Request) -> Answer:
        path = urlsplit(request.target).path.removeprefix("/news/")
        with self._lock:
            pasted = self._pasted.get(path)
        if pasted is not None:
            return Answer(200, *pasted)
        sample = next((s for s in self.samples.values() if s.path == path), self.samples["dead-link"])
        return Answer(sample.status, _HTML, print_page(sample, self._first_day).encode())


def _file(name: str) -> str:
    return files("bot.console.articles").joinpath(name).read_text("utf-8")
