"""How this process knows its workspaces: one by its token, or many that installed Seams themselves.

Enterprise Grid: every workspace has a record of its own, also where the organisation installed Seams for all
of them with one token. Whose a request is, is said by its `team_id`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.errors import SlackGone
from bot.keys import read_keys
from bot.metrics import Metrics
from bot.pacing import PacedClient, Pacing
from bot.services.ports import SlackPort
from bot.settings import Settings
from bot.slack import TIMEOUT_SECONDS, Identity, identify, open_client
from bot.tokens import Tokens
from storage import installs, teams
from storage.engine import Engine, snapshot, transaction
from storage.installing import InstallationStore

Authorize = Callable[..., AuthorizeResult | None]


@dataclass(frozen=True, slots=True)
class Connection:
    """The way to the workspaces. `identity` is that of the only one; None where there may be many."""

    slack: SlackPort
    authorize: Authorize
    team_ids: Callable[[], tuple[str, ...]]
    identity: Identity | None = None


def connect(
    settings: Settings,
    engine: Engine,
    *,
    now: Callable[[], datetime],
    metrics: Metrics | None = None,
    may_post: Callable[[], bool] = lambda: True,
) -> Connection:
    """Know the workspaces; raises SlackGone when the only one can't be reached.

    `metrics` counts the calls of its clients. While `may_post` says no, posts have to wait.
    """
    pacing = Pacing(metrics=metrics, may_post=may_post)
    if settings.many_workspaces:
        return _many(settings, engine, pacing, now)
    return _one(settings, pacing)


def remember_identity(engine: Engine, identity: Identity, *, now: datetime) -> None:
    """Keep the workspace whose token works."""
    with transaction(engine) as session:
        teams.remember_team(
            session,
            team_id=identity.team_id,
            name=identity.team_name,
            url=identity.team_url,
            bot_user_id=identity.bot_user_id,
        )
        installs.remember_install(session, team_id=identity.team_id, now=now)


def open_store(settings: Settings, engine: Engine) -> InstallationStore:
    """The installations; raises SettingsError without a key to open them."""
    key = settings.encryption_key.get_secret_value() if settings.encryption_key else ""
    return InstallationStore(client_id=settings.client_id or "", engine=engine, keys=read_keys(key))


def _one(settings: Settings, pacing: Pacing) -> Connection:
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    identity = identify(open_client(token, api_url=settings.slack_api_url))

    def slack(team_id: str) -> WebClient:
        if team_id != identity.team_id:
            raise not_installed(team_id)
        return _client(settings, pacing, team_id, token)

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_token=token,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
        )

    return Connection(slack, authorize, lambda: (identity.team_id,), identity)


def _many(settings: Settings, engine: Engine, pacing: Pacing, now: Callable[[], datetime]) -> Connection:
    secret = settings.client_secret.get_secret_value() if settings.client_secret else ""
    rotator = TokenRotator(
        client_id=settings.client_id or "",
        client_secret=secret,
        client=WebClient(base_url=settings.slack_api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[]),
    )
    tokens = Tokens(open_store(settings, engine), rotator)

    def slack(team_id: str) -> WebClient:
        with snapshot(engine) as session:
            install = installs.get_install(session, team_id=team_id)
        enterprise_id = install.enterprise_id if install else None
        bot = tokens.bot_of(team_id, enterprise_id=enterprise_id) if install else None
        if bot is None:
            raise not_installed(team_id)
        return _client(settings, pacing, team_id, bot.bot_token)

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        if team_id is None:
            return None
        bot = tokens.bot_of(team_id, enterprise_id=enterprise_id)
        if bot is None:
            return None
        if bot.team_id is None and enterprise_id is not None:
            with transaction(engine) as session:
                installs.meet_team(session, team_id=team_id, enterprise_id=enterprise_id, now=now())
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=bot.bot_token,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
        )

    def team_ids() -> tuple[str, ...]:
        with snapshot(engine) as session:
            return tuple(install.team_id for install in installs.list_installs(session))

    return Connection(slack, authorize, team_ids)


def not_installed(team_id: str) -> SlackGone:
    """What to raise for a workspace that Seams is not, or no longer, installed in."""
    return SlackGone(f"Seams is not installed in the workspace {team_id}.", code="not_installed")


def _client(settings: Settings, pacing: Pacing, team_id: str, token: str) -> WebClient:
    return PacedClient(
        token=token,
        team_id=team_id,
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_SECONDS,
        pacing=pacing,
    )
