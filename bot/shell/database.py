"""The database from the shell, and the doctor who looks at everything."""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import logs
from bot.connecting import Connection, connect, open_store
from bot.errors import SeamsError, SlackGone, StorageError
from bot.extraction.models import DEFAULT_MODELS
from bot.jobs import Outbox, RetryLater
from bot.manifest import PATH, bot_scopes
from bot.running import prepare_database, utc_now
from bot.settings import Settings
from bot.slack import Identity, identify, open_client
from storage import backup as copies
from storage import migrate
from storage.engine import Engine, open_engine


def upgrade() -> str:
    """Create or upgrade all tables; gives the database's address without its password."""
    with _engine() as engine:
        prepare_database(engine)
        return _address(engine)


def check() -> list[str]:
    """What is wrong with the schema; nothing when it is what this version needs."""
    with _engine() as engine:
        return migrate.problems(engine)


def backup(path: Path) -> None:
    """Copy the database to a new file while it runs; raises StorageError."""
    with _engine() as engine:
        copies.backup(engine, path)


def restore(path: Path) -> None:
    """Put a backup in the place of an empty or missing database; raises StorageError."""
    copies.restore(Settings.load().database, path)


def reseal() -> int:
    """Seal all tokens with the first key; gives how many installations there are. Raises SeamsError."""
    settings = Settings.load()
    with _engine(settings) as engine:
        return open_store(settings, engine).seal_again()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at."""

    name: str
    well: bool
    said: str


def examine() -> Iterator[Finding]:
    """Look at settings, database, languages, queue and Slack, each on its own."""
    settings = Settings.load()
    logs.set_up("ERROR")
    for name, look in (
        ("settings", _look_at_settings),
        ("database", _look_at_database),
        ("languages", _look_at_languages),
        ("queue", _look_at_queue),
        ("Slack", _look_at_slack),
    ):
        yield _finding(name, look, settings)


def _finding(name: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(name, True, look(settings))
    except SeamsError as error:
        return Finding(name, False, error.message)


def _look_at_settings(settings: Settings) -> str:
    settings.require_slack()
    if settings.many_workspaces:
        return f"HTTP on port {settings.port}; workspaces install Seams at /slack/install"
    return "Socket Mode" if settings.socket_mode else f"HTTP on port {settings.port}"


def _look_at_database(settings: Settings) -> str:
    with _engine(settings) as engine:
        problems = migrate.problems(engine)
        if problems:
            raise StorageError(" ".join(problems))
        return _address(engine)


def _look_at_languages(_settings: Settings) -> str:
    missing = [lang for lang, name in DEFAULT_MODELS.items() if importlib.util.find_spec(name) is None]
    if missing:
        raise SeamsError(f"The language packages of {', '.join(missing)} are missing. Run: make setup")
    return ", ".join(DEFAULT_MODELS)


def _look_at_queue(settings: Settings) -> str:
    with _engine(settings) as engine:
        if migrate.problems(engine):
            raise StorageError("There is no queue before the database is there.")
        with closing(Outbox(engine)) as outbox:
            if badly := outbox.ended_badly():
                raise SeamsError(
                    f"{badly} jobs were set aside or failed. See which, and why: seams jobs. Try them again: "
                    "seams jobs retry all. Forget them: seams jobs drop all."
                )
            return f"{outbox.pending()} jobs waiting"


def _look_at_slack(settings: Settings) -> str:
    if settings.many_workspaces:
        with _engine(settings) as engine:
            return _look_at_workspaces(connect(settings, engine, now=utc_now), settings)
    if settings.bot_token is None:
        raise SeamsError("SLACK_BOT_TOKEN is not set.")
    found = identify(open_client(settings.bot_token.get_secret_value(), api_url=settings.slack_api_url))
    if lacking := _lacking(found, settings):
        raise SlackGone(
            f"{found.team_name} has not granted {lacking}. Paste {PATH.name} into the app's App Manifest "
            "again, and press Reinstall on its page."
        )
    return f"{found.team_name} ({found.team_id})"


def _look_at_workspaces(connection: Connection, settings: Settings) -> str:
    """Ask Slack of each token, refreshed if need be; raises SeamsError naming those that lack something."""
    broken = []
    for team_id in (team_ids := connection.team_ids()):
        try:
            lacking = _lacking(identify(connection.slack(team_id)), settings)
        except SlackGone as gone:
            broken.append(f"{team_id} (its token: {gone.code})")
        except RetryLater:
            broken.append(f"{team_id} (its token expired)")
        else:
            broken += [f"{team_id} (not granted: {lacking})"] if lacking else []
    if broken:
        raise SlackGone(f"To be installed again, at /slack/install: {', '.join(broken)}.")
    return f"workspaces installed: {len(team_ids)}"


def _lacking(found: Identity, settings: Settings) -> str:
    """The permissions that this version uses and a workspace has not granted; "" when there are none."""
    wanted = frozenset(bot_scopes(private=settings.private_channels))
    return ", ".join(sorted(wanted - found.scopes)) if found.scopes is not None else ""


@contextmanager
def _engine(settings: Settings | None = None) -> Iterator[Engine]:
    engine = open_engine((settings or Settings.load()).database)
    try:
        yield engine
    finally:
        engine.dispose()


def _address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
