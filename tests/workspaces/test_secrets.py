"""No secret is ever written down: one eventful day, and all that it left in the log and on the disk."""

import io
import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot import logs
from bot.connecting import open_store
from bot.console.values import ChannelKind
from bot.services import digests, homes, workspaces
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import SECRET, Stage
from tests.scenario.test_door import BODY, knock, signed_at
from tests.workspaces.conftest import CLIENT_SECRET, NEW_KEY, OLD_KEY, House

ASIDE = "The walrus told me at lunch"  # what a person writes beside a link
QUESTION = "@seams what has the walrus heard of Corvane?"
QUERY = "?p=walrusletter"
# Of the house's own making: what may be on the disk sealed, in the log not at all.
KEYS = {
    "signing secret": SECRET,
    "client secret": CLIENT_SECRET,
    "first key": NEW_KEY,
    "second key": OLD_KEY,
    "bot tokens": "xoxb-",
    "refresh tokens": "xoxe-1-",
    "a message": "walrus told me",
    "a question": "walrus heard",
}
# Stored, as it is what Seams is for, and logged as little.
ARTICLE = {
    "an article": "650 million",
    "a title": PURCHASE.splitlines()[0],
    "the query of a link": "walrusletter",
}


@dataclass(frozen=True)
class Left:
    """What was logged, as it is shown and as our own modules say it, and what lies on the disk."""

    shown: str
    said: str
    stored: bytes


class _Said(logging.Handler):
    """What our modules log, without the last defence that holds secrets back."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(("bot", "storage", "handlers")):
            self.lines.append(f"{record.getMessage()} {record.__dict__} {record.exc_info}")


@pytest.fixture(scope="module")
def left(open_house: House) -> Left:
    root, stream, said = logging.getLogger(), io.StringIO(), _Said()
    before, level = root.handlers[:], root.level
    open_house.clear()
    logs.set_up("DEBUG", stream=stream)
    root.addHandler(said)
    try:
        _live(open_house)
    finally:
        root.handlers[:], root.level = before, level
    directory = Path(open_house.seams.services.settings.data_dir)
    stored = b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())
    return Left(stream.getvalue(), "\n".join(said.lines), stored)


def _live(house: House) -> None:
    """A day with most of what can happen and go wrong in it."""
    house.desk.lifetime = 3600  # the first token is renewed at once
    house.install(house.one)
    house.desk.lifetime = 43_200
    house.install(house.two)
    stage = house.one
    ts = stage.share(f"{ASIDE}: {stage.publish(PURCHASE)}{QUERY}")
    stage.ask("/deals", "corvane")
    stage.ask("/deals", "the walrus told me so")
    stage.share(QUESTION)
    stage.slack.post(stage.deals, "tom", f"{ASIDE} {QUESTION}", thread_ts=ts)
    board = stage.workspace.add_channel(
        "board", kind=ChannelKind.PRIVATE, members=[stage.ana, stage.workspace.bot_user]
    )
    saved = stage.slack.post(board, "ana", f"{ASIDE}: {stage.publish(PURCHASE)}{QUERY}")
    stage.slack.shortcut("ana", stage.workspace.message(board, saved), "save_article")
    _fail(house, stage)
    stage.ask("/digest", "on")
    house.clock.advance(timedelta(weeks=1))
    digests.enqueue_due(house.seams.services)
    stage.settle()
    homes.forget_person(house.seams.services, team_id=stage.workspace.team_id, user_id=stage.ana)
    workspaces.enqueue_looks(house.seams.services, ["T0ONE", "T0TWO"])
    stage.settle()


def _fail(house: House, stage: Stage) -> None:
    """Slack refuses, is away and sends nonsense; a stranger knocks; a page is not there."""
    stage.server.faults.fail_next("chat.postMessage", "invalid_blocks")
    stage.share(f"{ASIDE}: {stage.publish(PURCHASE.replace('Tessel', 'Larkspur'))}{QUERY}")
    stage.server.faults.fail_next("chat.postMessage", status=503)
    stage.share(f"{ASIDE}: https://paper.invalid/one{QUERY}")
    stage.server.faults.fail_next("users.info", drop=True, times=3)
    stage.ask("/deals", "corvane", who="lucia")
    knock(stage, BODY, signed_at("1", secret="another secret"))
    knock(stage, f'{{"type": "{ASIDE}", "team_id": "T0ONE", "event": 1}}'.encode())
    house.server.faults.fail_next("oauth.v2.access", "invalid_code")
    house.install(house.east)


def test_the_day_was_eventful(left: Left) -> None:
    """Else the next tests would prove nothing."""
    assert [word for word in ("T0ONE", "DEBUG", "INFO", "WARNING") if word not in left.shown] == []
    assert len(left.said.splitlines()) > 10
    assert all(word.encode() in left.stored for word in ARTICLE.values())  # what is stored is found


def test_nothing_that_holds_a_secret_shows_it(house: House) -> None:
    house.install(house.one)
    services = house.seams.services
    store = open_store(services.settings, services.engine)
    bot = store.find_bot_of_team("T0ONE", enterprise_id=None)
    holders = (house.seams, services, services.settings, store, bot, services.slack("T0ONE"))
    shown = " ".join(f"{each!r} {each}" for each in holders)
    assert [name for name, secret in KEYS.items() if secret in shown] == []


@pytest.mark.parametrize("secret", [*KEYS.values(), *ARTICLE.values()], ids=[*KEYS, *ARTICLE])
def test_no_line_of_the_log_holds(left: Left, secret: str) -> None:
    assert secret not in left.shown


@pytest.mark.parametrize("secret", KEYS.values(), ids=list(KEYS))
def test_no_module_of_ours_even_tries_to_log(left: Left, secret: str) -> None:
    assert secret not in left.said


@pytest.mark.parametrize("secret", KEYS.values(), ids=list(KEYS))
def test_no_file_on_the_disk_holds(left: Left, secret: str) -> None:
    assert secret.encode() not in left.stored
