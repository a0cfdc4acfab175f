"""Slack's side of an installation: the consent page, the code, and the tokens that are renewed.

https://docs.slack.dev/authentication/installing-with-oauth and .../using-token-rotation
"""

import base64
import binascii
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from threading import Lock
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.console.loopback import Answer, Request
from bot.console.values import Json
from bot.console.workspace import Workspace

AUTHORIZE_PATH, DECIDE_PATH = "oauth/v2/authorize", "oauth/v2/decide"
DAY_HALF = 43_200  # seconds that Slack's rotated tokens live


@dataclass
class OAuthDesk:
    """The installing of one app in some workspaces. `lifetime` None gives tokens that never expire."""

    client_id: str
    client_secret: str
    redirect_url: str
    lifetime: int | None = DAY_HALF
    installer: str = "ana"
    _codes: dict[str, tuple[Workspace, str]] = field(default_factory=dict)
    _refreshing: dict[str, Workspace] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def page(self, request: Request, workspaces: Sequence[Workspace]) -> Answer:
        """What Slack shows in the browser: who asks for which scopes, and a link for each answer."""
        asked = dict(parse_qsl(urlsplit(request.target).query))
        if asked.get("client_id") != self.client_id:
            return Answer(200, "text/html", b"<!doctype html><title>Slack</title>Invalid client_id parameter")
        links = [
            f'<p><a href="/{DECIDE_PATH}?{escape(urlencode(asked | {"team": workspace.team_id}))}">'
            f"Allow in {escape(workspace.name)}</a></p>"
            for workspace in workspaces
        ]
        links.append(f'<p><a href="/{DECIDE_PATH}?{escape(urlencode(asked))}">Cancel</a></p>')
        scopes = escape(asked.get("scope", ""))
        body = f"<!doctype html><title>Slack</title><h1>Seams asks for {scopes}</h1>{''.join(links)}"
        return Answer(200, "text/html; charset=utf-8", body.encode())

    def decide(self, request: Request, workspaces: Sequence[Workspace]) -> Answer:
        """The person chose: back to the app with a code, or without."""
        asked = dict(parse_qsl(urlsplit(request.target).query))
        chosen = next((each for each in workspaces if each.team_id == asked.get("team")), None)
        answer = {"state": asked.get("state", "")}
        answer |= {"error": "access_denied"} if chosen is None else {"code": self.permit(chosen, asked)}
        return Answer(302, "text/plain", b"", {"Location": f"{self.redirect_url}?{urlencode(answer)}"})

    def permit(self, workspace: Workspace, asked: Mapping[str, str]) -> str:
        """The code of a permission that was given."""
        code = secrets.token_hex(8)
        with self._lock:
            self._codes[code] = (workspace, asked.get("scope", ""))
        return code

    def exchange(self, request: Request, args: Json, workspaces: Sequence[Workspace]) -> Json:
        """oauth.v2.access: a code or a refresh token for new tokens."""
        if _credentials(request, args) != (self.client_id, self.client_secret):
            return _failed("bad_client_secret")
        with self._lock:
            if args.get("grant_type") == "refresh_token":
                refreshed = self._refreshing.pop(str(args.get("refresh_token")), None)
                if refreshed is None or refreshed.revoked:
                    return _failed("invalid_refresh_token")
                return self._tokens(refreshed, workspaces) | _whose(refreshed)
            workspace, scope = self._codes.pop(str(args.get("code")), (None, ""))
            if workspace is None:
                return _failed("invalid_code")
            for each in _of_install(workspace, workspaces):
                granted = frozenset(scope.split(","))
                each.revoked, each.scopes = False, granted | (each.scopes or frozenset())
            person = {"id": workspace.user(self.installer).id}
            granted_words = ",".join(sorted(workspace.scopes or ()))
            tokens = self._tokens(workspace, workspaces)
            return tokens | _whose(workspace) | {"scope": granted_words, "authed_user": person}

    def _tokens(self, workspace: Workspace, workspaces: Sequence[Workspace]) -> Json:
        token = f"xoxb-{workspace.enterprise_id or workspace.team_id}-{secrets.token_hex(12)}"
        for each in _of_install(workspace, workspaces):
            each.older_tokens.add(each.bot_token)  # until it expires by itself
            each.bot_token = token
        answer: Json = {"ok": True, "access_token": token, "token_type": "bot"}
        if self.lifetime is not None:
            refresh = f"xoxe-1-{secrets.token_hex(12)}"
            self._refreshing[refresh] = workspace
            answer |= {"refresh_token": refresh, "expires_in": self.lifetime}
        return answer


def _of_install(workspace: Workspace, workspaces: Sequence[Workspace]) -> list[Workspace]:
    """The workspaces that an installation covers: one, or all of the organisation."""
    if not workspace.org_wide:
        return [workspace]
    return [each for each in workspaces if each.org_wide and each.enterprise_id == workspace.enterprise_id]


def _whose(workspace: Workspace) -> Json:
    org = {"id": workspace.enterprise_id, "name": "An organisation"} if workspace.enterprise_id else None
    return {
        "app_id": workspace.app_id,
        "bot_user_id": workspace.bot_user,
        "team": None if workspace.org_wide else {"id": workspace.team_id, "name": workspace.name},
        "enterprise": org,
        "is_enterprise_install": workspace.org_wide,
    }


def _credentials(request: Request, args: Json) -> tuple[str, str]:
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() != "basic":
        return str(args.get("client_id", "")), str(args.get("client_secret", ""))
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return client_id, secret


def _failed(code: str) -> Json:
    return {"ok": False, "error": code}
