"""The record as the shell opens it: the database brought up to date, and whose team it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot import logs
from bot.errors import UserError
from bot.running import open_services, prepare_database
from bot.services import Services
from bot.services.commands import Viewer
from bot.settings import Settings
from storage import teams
from storage.engine import open_engine, transaction

LOCAL_TEAM = "local"  # a record that never was in a workspace


@dataclass(frozen=True, slots=True)
class Record:
    """An open record and whose it is. The shell sees what is public and what it added itself."""

    services: Services
    team_id: str

    @property
    def threads(self) -> int:
        """How many articles to read side by side: one for each reader process, and one that waits."""
        return self.services.settings.readers + 1

    @property
    def viewer(self) -> Viewer:
        """Whoever sits at the shell."""
        return Viewer(self.team_id, "", "")


@contextmanager
def open_record(team: str | None = None, *, gives_way: bool = False) -> Iterator[Record]:
    """Open the record of a team: the only one, else the one named; raises SeamsError.

    What `gives_way` lets go first what else runs on this host, and who else writes to the database.
    """
    settings = Settings.load()
    logs.set_up("WARNING" if settings.log_level == "INFO" else settings.log_level)
    engine = open_engine(settings.database)
    prepare_database(engine)
    engine.dispose()
    with open_services(settings, gives_way=gives_way) as services:
        yield Record(services, _team_id(services, team))


def _team_id(services: Services, team: str | None) -> str:
    with transaction(services.engine) as session:
        known = [each.team_id for each in teams.list_teams(session)]
        if team is not None:
            if team not in known:
                raise UserError(f"There is no team {team} here. Known: {', '.join(known) or 'none'}.")
            return team
        if not known:
            teams.remember_team(session, team_id=LOCAL_TEAM, name="this machine", url="", bot_user_id="")
            return LOCAL_TEAM
    workspaces = [team_id for team_id in known if team_id != LOCAL_TEAM] or known
    if len(workspaces) > 1:
        raise UserError(f"There are several teams: say --team with one of {', '.join(workspaces)}.")
    return workspaces[0]
