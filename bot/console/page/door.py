"""The page's HTTP server, on 127.0.0.1 only: the page itself, what a person sees, what a person does, files.

Another site that the visitor has open may send requests here, too. It can't read the page's token, without
which nothing is told or done; and a name of its own for this machine is refused by the Host header.
"""

import json
import mimetypes
import secrets
from importlib.resources import files
from urllib.parse import parse_qs, quote, urlsplit

from bot.console.loopback import Answer, Loopback, Request
from bot.console.page.acts import SHORTCUTS, Hands, Refused
from bot.console.page.state import Sight, people, picture_type
from bot.console.values import Json, User
from bot.console.workspace import Workspace

PATIENCE = 20.0  # seconds that a question for news waits
_TOKEN_HEADER = "x-page-token"  # noqa: S105 - the header's name
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Page(Loopback):
    """Serves the stand-in workspace to a browser. A context manager."""

    def __init__(self, hands: Hands, *, tries: list[Json] | None = None, port: int = 0) -> None:
        """`tries` are suggestions ({"title", "text"}) that the visitor may send; `port` 0 takes a free one.

        Raises OSError when the port is taken.
        """
        self._hands = hands
        self._tries = tries or []
        self._token = secrets.token_urlsafe(24)
        self._static = {
            "/" + item.name: item.read_bytes() for item in files(__package__).joinpath("static").iterdir()
        }
        super().__init__(self._respond, port=port)

    @property
    def url(self) -> str:
        """The page's address."""
        return f"{super().url}/"

    @property
    def _workspace(self) -> Workspace:
        return self._hands.slack.workspace

    def _respond(self, request: Request) -> Answer:
        parts = urlsplit(request.target)
        if request.headers.get("host") not in (f"127.0.0.1:{self.port}", f"localhost:{self.port}"):
            return _text(421, "This page is served to this machine alone.")
        if parts.path in ("/state", "/act"):
            return self._with_token(parts.path, parts.query, request)
        if request.method not in ("GET", "HEAD"):
            return _text(405, "Only for reading.")
        if parts.path == "/":
            page = self._static["/index.html"].replace(b"{token}", self._token.encode())
            return Answer(200, "text/html; charset=utf-8", page, _HEADERS)
        if parts.path.startswith("/files/"):
            return self._file(parts.path.removeprefix("/files/"))
        if parts.path in self._static:
            kind = mimetypes.guess_type(parts.path)[0] or "application/octet-stream"
            kind += "; charset=utf-8" if kind.startswith("text/") else ""
            return Answer(200, kind, self._static[parts.path], _HEADERS)
        return _text(404, "There is no such page.")

    def _with_token(self, path: str, query: str, request: Request) -> Answer:
        given = request.headers.get(_TOKEN_HEADER, "")
        if not secrets.compare_digest(given.encode(), self._token.encode()):
            return _json(403, {"error": "This page is out of date. Reload it."})
        try:
            if path == "/state":
                asked = parse_qs(query)
                return self._state(self._person(asked.get("as", [""])[0]), asked.get("since", ["-1"])[0])
            args = json.loads(request.body) if request.method == "POST" else None
            if not isinstance(args, dict):
                return _json(400, {"error": "Nothing was asked for."})
            user = self._person(str(args.pop("as", "")))
            return _json(200, self._hands.do(user, str(args.pop("act", "")), args))
        except Refused as refusal:
            return _json(409, {"error": refusal.message})
        except ValueError:
            return _json(400, {"error": "That could not be read."})

    def _state(self, user: User, since: str) -> Answer:
        workspace, seen = self._workspace, int(since)
        workspace.wait(lambda: workspace.changes != seen, PATIENCE)
        everything = Sight(workspace, user).everything()
        everything |= {
            "team": workspace.name,
            "app": workspace.bot_user,
            "people": [person.id for person in people(workspace)],
            "commands": list(self._hands.commands),
            "shortcuts": [{"id": name, "title": title} for name, title in SHORTCUTS.items()],
            "tries": self._tries,
        }
        return _json(200, everything)

    def _person(self, name: str) -> User:
        found = people(self._workspace)
        return next((user for user in found if name in (user.id, user.name)), found[0])

    def _file(self, file_id: str) -> Answer:
        try:
            file = self._workspace.file(file_id)
        except KeyError:
            return _text(404, "There is no such file.")
        content: bytes = file.get("content") or b""
        picture = picture_type(content)
        if picture:
            return Answer(200, picture, content, _HEADERS)
        name = quote(str(file.get("name") or "file"))
        headers = _HEADERS | {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Answer(200, "application/octet-stream", content, headers)


def _text(status: int, text: str) -> Answer:
    return Answer(status, "text/plain; charset=utf-8", text.encode(), _HEADERS)


def _json(status: int, body: Json) -> Answer:
    return Answer(status, "application/json; charset=utf-8", json.dumps(body).encode(), _HEADERS)
