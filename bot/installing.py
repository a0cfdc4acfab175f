"""The way on which a workspace installs Seams: landing page, Slack's consent, and back.

Bolt's OAuth flow does the protocol. Ours are the pages, the headers, and that an installation begins only
when somebody presses the button: looking at the page leaves no trace.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urljoin

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation

from bot.connecting import open_store
from bot.errors import SeamsError
from bot.locale import speaking
from bot.manifest import REDIRECT_PATH, bot_scopes
from bot.services import Services, workspaces
from bot.settings import Settings
from bot.slack import TIMEOUT_SECONDS
from bot.views import install_page
from bot.views.install_page import HEADERS, LANDING_PATH, START_PATH
from storage.installing import STATE_SECONDS, InstallationStore, StateStore

OPEN_SLACK = "https://slack.com/app_redirect"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebPage:
    """What goes back to a browser."""

    status: int
    body: str
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)


class InstallPages:
    """Answers the browsers of those who install Seams."""

    def __init__(self, flow: OAuthFlow, scopes: Sequence[str]) -> None:
        """`scopes` are what the landing page explains."""
        self._flow, self._scopes = flow, tuple(scopes)
        self._routes: Mapping[str, Callable[[BoltRequest], BoltResponse]] = {
            "/": self._go_to_landing,
            LANDING_PATH: self._land,
            START_PATH: flow.handle_installation,
            REDIRECT_PATH: self._come_back,
        }

    def answer(self, path: str, *, query: str, headers: Mapping[str, str | Sequence[str]]) -> WebPage | None:
        """The page at a path, or None when there is none; `headers` have lower-case names."""
        route = self._routes.get(path)
        if route is None:
            return None
        request = BoltRequest(body="", query=query, headers=dict(headers), mode="http")
        with speaking(str(headers.get("accept-language", "")).split(",")[0].split(";")[0].strip()):
            try:
                answer = route(request)
            except (SlackClientError, HTTPException, OSError, ValueError) as error:
                _log.warning("an installation did not reach Slack: %s", type(error).__name__)
                answer = _problem("unreachable")
            except SeamsError as error:
                _log.error("an installation could not be kept: %s", error.code)
                answer = _problem("storage_error")
        return WebPage(answer.status, answer.body, {**answer.headers, **_plain(HEADERS)})

    def _go_to_landing(self, _request: BoltRequest) -> BoltResponse:
        return BoltResponse(status=HTTPStatus.FOUND, body="", headers={"Location": LANDING_PATH})

    def _land(self, _request: BoltRequest) -> BoltResponse:
        return BoltResponse(status=HTTPStatus.OK, body=install_page.render_landing(self._scopes))

    def _come_back(self, request: BoltRequest) -> BoltResponse:
        return self._flow.handle_callback(request)


def open_install_pages(services: Services) -> InstallPages:
    """The pages of an app that many workspaces install; raises SettingsError."""
    settings = services.settings
    scopes = bot_scopes(private=settings.private_channels)
    store = open_store(settings, services.engine)
    client = WebClient(base_url=settings.slack_api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    flow = _Flow(services, store, client=client, settings=_oauth_settings(settings, services, store, scopes))
    return InstallPages(flow, scopes)


class _Flow(OAuthFlow):
    def __init__(self, services: Services, store: InstallationStore, **rest: Any) -> None:
        # Its own warnings quote the code that Slack gave.
        super().__init__(logger=_quiet(), **rest)
        self._services, self._store = services, store

    def store_installation(
        self,
        request: BoltRequest,  # noqa: ARG002  # Bolt's signature
        installation: Installation,
    ) -> None:
        workspaces.install(self._services, self._store, installation)


class _StateUtils(OAuthStateUtils):
    def build_set_cookie_for_new_state(self, state: str) -> str:
        return super().build_set_cookie_for_new_state(state) + "; SameSite=Lax"


def _oauth_settings(
    settings: Settings, services: Services, store: InstallationStore, scopes: Sequence[str]
) -> OAuthSettings:
    secret = settings.client_secret.get_secret_value() if settings.client_secret else ""
    made = OAuthSettings(
        client_id=settings.client_id,
        client_secret=secret,
        scopes=scopes,
        user_scopes=[],
        authorization_url=urljoin(settings.slack_api_url, "/oauth/v2/authorize"),
        installation_store=store,
        state_store=StateStore(engine=services.engine),
        state_expiration_seconds=STATE_SECONDS,
        install_page_rendering_enabled=False,
        callback_options=CallbackOptions(success=_succeed, failure=_fail),
    )
    made.state_utils = _StateUtils(expiration_seconds=STATE_SECONDS)
    return made


def _succeed(args: SuccessArgs) -> BoltResponse:
    installed = args.installation
    where = {"app": installed.app_id or ""} | ({"team": installed.team_id} if installed.team_id else {})
    body = install_page.render_success(
        workspace=(installed.team_name or installed.enterprise_name or ""),
        open_url=f"{OPEN_SLACK}?{urlencode(where)}",
    )
    cookie = args.settings.state_utils.build_set_cookie_for_deletion()
    return BoltResponse(status=HTTPStatus.OK, body=body, headers={"Set-Cookie": [cookie]})


def _fail(args: FailureArgs) -> BoltResponse:
    known = args.reason if args.reason in install_page.PROBLEMS else "other"
    _log.info("an installation ended early: %s", known)
    return _problem(known)


def _problem(reason: str) -> BoltResponse:
    return BoltResponse(status=install_page.problem(reason).status, body=install_page.render_problem(reason))


def _quiet() -> logging.Logger:
    logger = logging.getLogger("slack_bolt.oauth.seams")
    logger.setLevel(logging.ERROR)
    return logger


def _plain(headers: Mapping[str, str]) -> dict[str, Sequence[str]]:
    return {name.lower(): [value] for name, value in headers.items()}
