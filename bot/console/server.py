"""A loopback HTTP server that speaks the part of Slack's Web API that Seams uses, and enforces its rules.

Paths: /api/METHOD, /response/TEAM/KEY (response_url), /upload/TEAM/FILE, /files/TEAM/FILE/NAME, and with a
desk /oauth/v2/authorize.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from urllib.parse import parse_qsl, urlsplit

from bot.console.faults import Fault, Faults, Pace
from bot.console.loopback import Answer, Loopback, Request
from bot.console.oauth import AUTHORIZE_PATH, DECIDE_PATH, OAuthDesk
from bot.console.replies import reply_to_url
from bot.console.values import Json
from bot.console.web_api import METHODS, SCOPES
from bot.console.web_api.call import ApiError, Call
from bot.console.workspace import Workspace

_UNSIGNED = frozenset({"api.test"})
_APP_TOKEN = frozenset({"apps.connections.open"})
_BY_CREDENTIALS = frozenset({"oauth.v2.access"})
_PACED = frozenset({"chat.postMessage", "files.completeUploadExternal"})


@dataclass(frozen=True, slots=True)
class Called:
    """One call that arrived, its arguments without the token, and the answer (None when dropped).

    It is there as soon as what it did can be seen, and not before.
    """

    team_id: str
    method: str
    args: Json
    status: int
    answer: Json | None


class SlackServer(Loopback):
    """Serves one or more workspaces; the token says which. A context manager."""

    def __init__(
        self,
        *workspaces: Workspace,
        port: int = 0,
        pace: bool = False,
        burst: int = 5,
        desk: OAuthDesk | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pace` limits posting to one a second a channel beyond a burst; `desk` lets apps in."""
        self.workspaces: Sequence[Workspace] = workspaces
        self.desk = desk
        self.faults = Faults()
        self._pace = Pace(monotonic, burst=burst) if pace else None
        self._sleep = sleep
        self._lock = Lock()
        self._called: list[Called] = []
        super().__init__(self._respond, port=port)

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL has to be."""
        return f"{self.url}/api/"

    def calls(self, method: str | None = None) -> tuple[Called, ...]:
        """The calls that arrived, all or of one method, in order."""
        with self._lock:
            return tuple(c for c in self._called if method in (None, c.method))

    def _respond(self, request: Request) -> Answer | None:
        parts = urlsplit(request.target).path.strip("/").split("/")
        if parts[0] == "api" and len(parts) == 2:
            return self._api(parts[1], request)
        if self.desk is not None and "/".join(parts) == AUTHORIZE_PATH:
            return self.desk.page(request, self.workspaces)
        if self.desk is not None and "/".join(parts) == DECIDE_PATH:
            return self.desk.decide(request, self.workspaces)
        workspace = next((w for w in self.workspaces if len(parts) > 2 and w.team_id == parts[1]), None)
        if workspace is None:
            return Answer(404, "text/plain", b"not found")
        if parts[0] == "response":
            return self._response_url(workspace, parts[2], request)
        if parts[0] == "upload":
            return _receive_upload(workspace, parts[2], request.body)
        return _send_file(workspace, parts[2], request)

    def _response_url(self, workspace: Workspace, key: str, request: Request) -> Answer | None:
        fault = self.faults.take("response_url")
        if fault is not None and not fault.after:
            return self._broken("response_url", workspace, {}, fault)
        with workspace.at_once():
            status, answer = reply_to_url(workspace, key, request.body)
            self._remember("response_url", workspace, _loads(request.body), status, answer, fault)
        return _json(status, answer) if fault is None else self._break(fault)

    def _api(self, method: str, request: Request) -> Answer | None:
        args = arguments(request)
        token = bearer(request, args)
        args.pop("token", None)
        if method in _BY_CREDENTIALS and self.desk is not None:
            return self._exchange(self.desk, method, request, args)
        try:
            workspace = self._workspace_of(method, token, args)
        except ApiError as error:
            return _json(200, _failed(error))
        fault = self.faults.take(method)
        if fault is not None and not fault.after:
            return self._broken(method, workspace, args, fault)
        wait = self._wait(method, workspace, args)
        if wait:
            return self._broken(
                method, workspace, args, Fault(error="ratelimited", status=429, retry_after=wait)
            )
        with workspace.at_once():
            answer = self._call(method, Call(workspace, self.url, args))
            self._remember(method, workspace, args, 200, answer, fault)
        if fault is not None:
            return self._break(fault)
        granted = {} if workspace.scopes is None else {"X-OAuth-Scopes": ",".join(sorted(workspace.scopes))}
        return _json(200, answer, granted)

    def _call(self, method: str, call: Call) -> Json:
        try:
            if method not in METHODS:
                raise ApiError("unknown_method", req_method=method)
            _check_scope(method, call.workspace)
            return {"ok": True} | METHODS[method](call)
        except ApiError as error:
            return _failed(error)

    def _exchange(self, desk: OAuthDesk, method: str, request: Request, args: Json) -> Answer | None:
        """A call that is made with the app's credentials, before there is a token."""
        fault, workspace = self.faults.take(method), self.workspaces[0]
        if fault is not None:
            return self._broken(method, workspace, {}, fault)
        answer = desk.exchange(request, args, self.workspaces)
        self._remember(method, workspace, {"grant_type": args.get("grant_type")}, 200, None)
        return _json(200, answer)

    def _workspace_of(self, method: str, token: str, args: Json) -> Workspace:
        if method in _UNSIGNED and not token:
            return self.workspaces[0]
        if not token:
            raise ApiError("not_authed")
        for workspace in _owners_first(self.workspaces, args):
            if token == workspace.app_token and method in _APP_TOKEN:
                return workspace
            if token == workspace.bot_token or token in workspace.older_tokens:
                if workspace.revoked:
                    raise ApiError("token_revoked")
                if method in _APP_TOKEN:
                    raise ApiError("not_allowed_token_type")
                return workspace
        raise ApiError("invalid_auth")

    def _wait(self, method: str, workspace: Workspace, args: Json) -> int:
        if self._pace is None or method not in _PACED:
            return 0
        where = args.get("channel") or args.get("channel_id")
        return self._pace.wait_for(f"{workspace.team_id}/{where}")

    def _broken(self, method: str, workspace: Workspace, args: Json, fault: Fault) -> Answer | None:
        """A call that has no effect."""
        with workspace.at_once():
            self._remember(method, workspace, args, 0, None, fault)
        return self._break(fault)

    def _break(self, fault: Fault) -> Answer | None:
        if fault.delay:
            self._sleep(fault.delay)
        if fault.drop:
            return None
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        return _json(fault.status, _refusal(fault), headers)

    def _remember(
        self,
        method: str,
        workspace: Workspace,
        args: Json,
        status: int,
        answer: Json | None,
        fault: Fault | None = None,
    ) -> None:
        """Count a call with its answer, or with what a fault makes of it."""
        if fault is not None:
            status, answer = (0, None) if fault.drop else (fault.status, _refusal(fault))
        with self._lock:
            self._called.append(Called(workspace.team_id, method, args, status, answer))


def _owners_first(workspaces: Sequence[Workspace], args: Json) -> list[Workspace]:
    """The workspaces, those first that have the channel: a token of an organisation is good in several."""
    channel = args.get("channel")
    return sorted(workspaces, key=lambda each: all(known.id != channel for known in each.channels()))


def arguments(request: Request) -> Json:
    """The arguments of a call, from its query and its body: a form, or JSON."""
    args: Json = dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))
    if request.headers.get("content-type", "").startswith("application/json"):
        return args | _loads(request.body)
    return args | dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))


def bearer(request: Request, args: Json) -> str:
    """The token of a call, from its header or else its arguments; "" when there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.casefold() == "bearer" else str(args.get("token", ""))


def _check_scope(method: str, workspace: Workspace) -> None:
    needed = SCOPES.get(method, ())
    if workspace.scopes is not None and needed and not workspace.scopes.intersection(needed):
        raise ApiError("missing_scope", needed=needed[0], provided=",".join(sorted(workspace.scopes)))


def _refusal(fault: Fault) -> Json:
    return {"ok": False, "error": fault.error or "internal_error"}


def _failed(error: ApiError) -> Json:
    return {"ok": False, "error": error.code} | error.details


def _loads(body: bytes) -> Json:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _json(status: int, answer: Json, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(answer).encode()
    return Answer(status, "application/json; charset=utf-8", body, headers or {})


def _receive_upload(workspace: Workspace, file_id: str, body: bytes) -> Answer:
    try:
        file = workspace.file(file_id)
    except KeyError:
        return Answer(404, "text/plain", b"not found")
    if len(body) != file["size"]:
        return Answer(400, "text/plain", b"not the length that was said")
    workspace.save_file(file | {"content": body})
    return Answer(200, "text/plain", f"OK - {len(body)}".encode())


def _send_file(workspace: Workspace, file_id: str, request: Request) -> Answer:
    if bearer(request, {}) != workspace.bot_token:
        # Slack answers with its sign-in page, and with status 200.
        return Answer(200, "text/html", b"<!DOCTYPE html><title>Sign in</title>")
    try:
        file = workspace.file(file_id)
    except KeyError:
        return Answer(404, "text/plain", b"not found")
    return Answer(200, str(file.get("mimetype", "application/octet-stream")), file["content"] or b"")
