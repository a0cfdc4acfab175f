"""Services on a database, beside a workspace that tells who a person is, and a clock."""

from datetime import datetime
from unittest.mock import Mock

from slack_sdk import WebClient

from bot.services import Services
from storage import teams
from storage.engine import Engine, transaction
from tests.factories import NOW, TEAM


class SlackDesk:
    """What a test asks who somebody is: `client` is what Slack would answer, `now` the time."""

    def __init__(self, engine: Engine) -> None:
        self.now: datetime = NOW
        self.client = Mock(spec=WebClient)
        self.services = Services(
            engine=engine,
            settings=Mock(),
            outbox=Mock(),
            slack=lambda _team_id: self.client,
            read=Mock(),
            read_apart=Mock(),
            now=lambda: self.now,
        )
        with transaction(engine) as session:
            teams.remember_team(session, team_id=TEAM)
