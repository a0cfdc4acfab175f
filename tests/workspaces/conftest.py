"""Several workspaces that install one Seams by themselves, over HTTP, against the stand-in Slack.

One Seams runs for all tests here; each begins with no workspace installed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.console.delivery import HttpCarrier
from bot.console.news import NewsServer
from bot.console.oauth import OAuthDesk
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.times import StageClock
from bot.console.workspace import Workspace
from bot.running import Part, Running, prepare_database, running
from bot.settings import Settings
from storage import teams
from storage.engine import open_engine, transaction
from storage.tables import METADATA
from tests.remembering import remember_readings
from tests.scenario.conftest import PATIENCE, SECRET, START, Stage
from tests.scenario.haste import hurry
from tests.scenario.pages import Pages
from tests.workspaces.browser import Browser, Page

CLIENT_ID, CLIENT_SECRET = "111.222", "a client secret"
OLD_KEY, NEW_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()


class House:
    """One Seams and the workspaces around it: two on their own, two of one organisation."""

    def __init__(
        self,
        seams: Running,
        server: SlackServer,
        desk: OAuthDesk,
        stages: dict[str, Stage],
        clock: StageClock,
    ) -> None:
        self.seams, self.server, self.desk, self.clock = seams, server, desk, clock
        self.one, self.two = stages["T0ONE"], stages["T0TWO"]
        self.east, self.west = stages["T0EAST"], stages["T0WEST"]
        self.stages = tuple(stages.values())
        self.url = str(seams.url)

    def clear(self) -> None:
        """Let nobody have installed anything, and nothing have happened."""
        self.one.settle()
        self.server.faults.clear()
        self.desk.lifetime = 43_200
        self.clock.set(START)
        with transaction(self.seams.services.engine) as session:
            for team in teams.list_teams(session):
                teams.purge_team(session, team_id=team.team_id)
            for name in ("slack_bots", "slack_installations", "slack_oauth_states"):
                session.execute(METADATA.tables[name].delete())
        for stage in self.stages:
            self.seams.services.outbox.drop_team(stage.workspace.team_id)
            stage.workspace.revoked, stage.workspace.scopes = False, None
            stage.workspace.bot_token = f"xoxb-of-{stage.workspace.team_id}"
            stage.workspace.older_tokens.clear()
            stage.open_channels()

    def install(self, stage: Stage, browser: Browser | None = None) -> Page:
        """Somebody presses "Add to Slack" and allows it; gives the page at the end."""
        browser = browser or Browser()
        consent = browser.get(f"{self.url}/slack/install/start")
        page = browser.get(consent.link(f"Allow in {stage.workspace.name}"))
        stage.settle()  # whoever installed it is greeted
        return page

    def rows(self, team_id: str) -> dict[str, int]:
        """How many rows of a team there are in each table that has any."""
        with transaction(self.seams.services.engine) as session:
            found = {
                name: len(session.execute(table.select().where(table.c.team_id == team_id)).all())
                for name, table in METADATA.tables.items()
                if "team_id" in table.c and name not in {"slack_bots", "slack_installations"}
            }
        return {name: count for name, count in found.items() if count}


def _workspaces(clock: StageClock) -> tuple[Workspace, ...]:
    org = {"enterprise_id": "E0ORG", "org_wide": True}
    return (
        Workspace(clock, team_id="T0ONE", name="One & Sons", bot_token="xoxb-1"),
        Workspace(clock, team_id="T0TWO", name="Two", bot_token="xoxb-2"),
        Workspace(clock, team_id="T0EAST", name="East", bot_token="xoxb-3", **org),  # type: ignore[arg-type]
        Workspace(clock, team_id="T0WEST", name="West", bot_token="xoxb-4", first_id=5_000, **org),  # type: ignore[arg-type]
    )


@pytest.fixture(scope="package")
def open_house(readings_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    clock = StageClock(START)
    workspaces = _workspaces(clock)
    directory = tmp_path_factory.mktemp("house")
    desk = OAuthDesk(CLIENT_ID, CLIENT_SECRET, "")
    with (
        pytest.MonkeyPatch.context() as patch,
        SlackServer(*workspaces, desk=desk) as server,
        NewsServer(START.date()) as news,
        Pages() as pages,
    ):
        bell = hurry(patch)
        remember_readings(patch, readings_folder)
        settings = _settings(server, f"{news.host},{pages.host}", directory)
        engine = open_engine(settings.database)
        prepare_database(engine)
        engine.dispose()
        with running(settings, frozenset({Part.WEB, Part.WORKER}), now=clock) as seams:
            bell.hang(seams.services.engine)
            desk.redirect_url = f"{seams.url}/slack/oauth_redirect"
            carry = HttpCarrier(f"{seams.url}/slack/events", SECRET, patience=PATIENCE)
            stages = {
                workspace.team_id: Stage(
                    seams,
                    Slack(workspace, carry, server_url=server.url, waits=(0.0,)),
                    server,
                    news,
                    pages,
                    clock,
                    bell,
                )
                for workspace in workspaces
            }
            yield House(seams, server, desk, stages, clock)


def _settings(server: SlackServer, fetch_allow: str, directory: Path) -> Settings:
    return Settings(
        client_id=CLIENT_ID,
        client_secret=SecretStr(CLIENT_SECRET),
        signing_secret=SecretStr(SECRET),
        encryption_key=SecretStr(f"{NEW_KEY},{OLD_KEY}"),
        slack_api_url=server.api_url,
        fetch_allow=fetch_allow,
        data_dir=directory,
        readers=1,
        host="127.0.0.1",
        port=0,
    )


@pytest.fixture
def house(open_house: House) -> House:
    open_house.clear()
    return open_house
