"""A newspaper that fails when told to: every page has a row of answers, the last of which stays."""

from collections import deque
from html import escape
from threading import Event, Lock

from bot.console.loopback import Answer, Loopback, Request


def page(text: str, status: int = 200) -> Answer:
    """An article as a page; the first line is its title."""
    title, _, body = text.partition("\n")
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in body.splitlines())
    html = f"<html><head><title>{escape(title)}</title></head><body><article><h1>{escape(title)}</h1>"
    return Answer(status, "text/html; charset=utf-8", f"{html}{paragraphs}</article></body></html>".encode())


class Pages(Loopback):
    """Serves what was put online. While `gate` is cleared, every reader waits."""

    def __init__(self) -> None:
        super().__init__(self._respond)
        self.gate = Event()
        self.gate.set()
        self.asked = Event()  # set when somebody asks for a page
        self._lock = Lock()
        self._answers: dict[str, deque[Answer]] = {}

    def __enter__(self) -> "Pages":
        self.start()
        return self

    @property
    def host(self) -> str:
        """`host:port`, as SEAMS_FETCH_ALLOW wants it."""
        return f"127.0.0.1:{self.port}"

    def put(self, *answers: Answer) -> str:
        """Put a page online that answers so, one answer a reader, then the last one for good."""
        with self._lock:
            path = f"/{len(self._answers) + 1}.html"
            self._answers[path] = deque(answers)
        return f"{self.url}{path}"

    def _respond(self, request: Request) -> Answer:
        if request.target == "/robots.txt":
            return Answer(404, "text/plain", b"not found")
        self.asked.set()
        self.gate.wait(100)
        with self._lock:
            answers = self._answers.get(request.target)
            if answers is None:
                return Answer(404, "text/plain", b"not found")
            return answers.popleft() if len(answers) > 1 else answers[0]
