"""The whole program over HTTP against the stand-in workspace: signed requests, a real queue and database.

Starting takes a second or two, so one Seams runs per database; every test begins with an empty record and
channels of its own. An article that many tests bring is read for the first of them (`tests.remembering`).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.console.delivery import HttpCarrier
from bot.console.news import NewsServer
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.times import StageClock
from bot.console.values import Message, View
from bot.console.workspace import Workspace
from bot.running import Part, Running, prepare_database, running
from bot.settings import Settings
from storage import teams
from storage.engine import open_engine, transaction
from tests.remembering import remember_readings
from tests.scenario.haste import Bell, hurry
from tests.scenario.pages import Pages

# What listeners say and show is the same on both databases, and what they store is tested on both elsewhere:
# only the flows that lean on transactions, restarts and rebuilding are played on PostgreSQL too.
ON_BOTH = frozenset(
    f"test_{flow}"
    for flow in ("backfill", "capture", "corrections", "digest", "outages", "privacy", "restart")
)
HERE = Path(__file__).parent
SECRET = "a signing secret"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday
PATIENCE = 100.0  # for machines that do much else meanwhile


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Play most flows on one database."""
    left = [item for item in items if item.path.parent == HERE and not _is_played(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _is_played(item: pytest.Item) -> bool:
    case = getattr(item, "callspec", None)  # of a test with parameters
    return case is None or case.params.get("dialect") != "postgresql" or item.path.stem in ON_BOTH


def words(message: Message) -> str:
    """All that a message shows."""
    return f"{message.text} {message.blocks}"


class Stage:
    """A workspace with people in it, newspapers, and Seams at work."""

    def __init__(
        self,
        seams: Running,
        slack: Slack,
        server: SlackServer,
        news: NewsServer,
        pages: Pages,
        clock: StageClock,
        bell: Bell,
    ) -> None:
        self.seams, self.slack, self.clock, self.bell = seams, slack, clock, bell
        self.server, self.news, self.pages = server, news, pages
        self.workspace = slack.workspace
        self.ana = self.workspace.add_user("ana", timezone="Europe/Madrid")
        self.tom = self.workspace.add_user("tom", timezone="America/New_York")
        self.lucia = self.workspace.add_user("lucia", timezone="Europe/Madrid", locale="es-ES")
        self.deals = self.lobby = self.elsewhere = ""

    def open_channels(self) -> None:
        """Make channels in which nothing has happened; Seams is in all but `elsewhere`."""
        people = [self.ana, self.tom, self.lucia]
        self.deals = self.workspace.add_channel("deals", members=[*people, self.workspace.bot_user])
        self.lobby = self.workspace.add_channel("lobby", members=[*people, self.workspace.bot_user])
        self.elsewhere = self.workspace.add_channel("elsewhere", members=people)

    def clear(self) -> None:
        """Begin anew: an empty record, no faults, the first hour, channels in which nothing happened."""
        self.settle()
        self.server.faults.clear()
        self.workspace.revoked, self.workspace.scopes = False, None
        self.clock.set(START)
        engine, identity = self.seams.services.engine, self.seams.identity
        assert identity
        with transaction(engine) as session:
            teams.purge_team(session, team_id=identity.team_id)
            teams.remember_team(
                session,
                team_id=identity.team_id,
                name=identity.team_name,
                url=identity.team_url,
                bot_user_id=identity.bot_user_id,
            )
        self.open_channels()

    def settle(self) -> None:
        """Wait until no work is left."""
        heard, until = self.bell.times, time.monotonic() + PATIENCE
        while self.seams.services.outbox.pending():
            assert time.monotonic() < until, "there is still work"
            heard = self.bell.wait_for_rest(heard, 0.1)
        self.bell.all_is_done()

    def publish(self, text: str, filename: str = "article.html") -> str:
        """Put an article online; returns its address. The first line is its title."""
        if filename == "article.html":
            return self.news.publish_text(text)
        return self.news.publish_file(filename, text.encode())

    def share(self, typed: str, *, where: str = "", who: str = "ana") -> str:
        """Somebody posts a message; returns its ts when everything it causes has happened."""
        ts = self.slack.post(where or self.deals, who, typed)
        self.settle()
        return ts

    def ask(self, command: str, text: str = "", *, where: str = "", who: str = "ana") -> Message:
        """Somebody types a command; returns the answer that only they see."""
        where = where or self.deals
        before = len(self.workspace.ephemerals(where, who))
        assert self.slack.command(who, where, command, text).ok
        answered = self.workspace.wait(lambda: len(self.workspace.ephemerals(where, who)) > before, PATIENCE)
        assert answered, f"{command} {text} was not answered"
        return self.workspace.ephemerals(where, who)[-1]

    def press(self, message: Message, label: str, *, who: str = "ana") -> Message:
        """Somebody presses a button that changes its message; returns the message as it is then."""
        assert self.slack.click(who, message, label=label).ok

        def now() -> Message:
            return self.workspace.any_message(message.channel, message.ts)

        self.wait(lambda: now() != message)
        return now()

    def open_modal(self, message: Message, action_id: str, *, slack: Slack | None = None) -> View:
        """Ana presses a button that opens a modal; returns the modal."""
        before = len(self.workspace.views.opened(self.ana))
        assert (slack or self.slack).click("ana", message, action_id).ok
        self.wait(lambda: len(self.workspace.views.opened(self.ana)) > before)
        return self.workspace.views.opened(self.ana)[-1]

    @contextmanager
    def home_shown(self, who: str) -> Iterator[None]:
        """Do what puts a person's Home before them, and wait until it stands there.

        Whoever causes one waits for it, or the next test takes it for what it caused itself.
        """
        user = self.workspace.user(who).id
        before = self._homes(user)
        yield
        self.wait(lambda: self._homes(user) > before)

    def _homes(self, user: str) -> int:
        """How often a person was shown their Home."""
        calls = self.server.calls("views.publish")
        return sum(call.args["user_id"] == user and bool(call.answer and call.answer["ok"]) for call in calls)

    def replies(self, ts: str, *, where: str = "") -> list[Message]:
        """What Seams said under a message."""
        return [m for m in self.workspace.thread(where or self.deals, ts) if m.ts != ts]

    def said(self, where: str = "") -> list[Message]:
        """What Seams said to a whole channel, outside of threads."""
        posts = self.workspace.messages(where or self.deals)
        return [m for m in posts if m.user == self.workspace.bot_user and not m.is_reply]

    def reactions(self, ts: str, *, where: str = "") -> list[str]:
        """The names of the reactions on a message."""
        return [reaction.name for reaction in self.workspace.message(where or self.deals, ts).reactions]

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for something to become true."""
        assert self.workspace.wait(until, PATIENCE)


@contextmanager
def open_stage(database_url: str, directory: Path, bell: Bell) -> Iterator[Stage]:
    """Start everything on a database."""
    clock = StageClock(START)
    workspace = Workspace(clock)
    engine = open_engine(database_url)
    prepare_database(engine)
    engine.dispose()
    first_day = (START - timedelta(days=1)).date()
    with SlackServer(workspace) as server, NewsServer(first_day) as news, Pages() as pages:
        settings = Settings(
            database_url=database_url,
            bot_token=SecretStr(workspace.bot_token),
            signing_secret=SecretStr(SECRET),
            app_token=None,
            private_channels=True,
            shared_channels=True,
            slack_api_url=server.api_url,
            fetch_allow=f"{news.host},{pages.host}",
            data_dir=directory,
            readers=1,
            host="127.0.0.1",
            port=0,
        )
        with running(settings, frozenset({Part.WEB, Part.WORKER}), now=clock) as seams:
            assert seams.url
            carry = HttpCarrier(f"{seams.url}/slack/events", SECRET, patience=PATIENCE)
            slack = Slack(workspace, carry, server_url=server.url, waits=(0.0,))
            bell.hang(seams.services.engine)
            yield Stage(seams, slack, server, news, pages, clock, bell)


# Of the package, not of the session: the queue allows one worker per process, and other tests need theirs.
@pytest.fixture(scope="package")
def running_stage(
    session_database: str, readings_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    directory = tmp_path_factory.mktemp("stage")
    with pytest.MonkeyPatch.context() as patch:
        remember_readings(patch, readings_folder)
        with open_stage(session_database, directory, hurry(patch)) as opened:
            yield opened
            # Of no scenario: links that unfurl, mentions of everybody, bare brackets, blocks without text.
            # A message may go while it is answered.
            assert [note for note in opened.workspace.notes() if note.kind != "lost_thread"] == []


@pytest.fixture
def stage(running_stage: Stage) -> Stage:
    """The stage with an empty record and channels that nothing happened in."""
    running_stage.clear()
    return running_stage
