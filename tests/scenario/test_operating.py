"""The parts as processes of their own: what monitors see of them, what they log, how they end."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.console.delivery import HttpCarrier
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.workspace import Workspace
from bot.stopping import LAST_SECONDS
from tests.bench.parts import Parts, Process, get, rss
from tests.scenario.articles import PURCHASE
from tests.scenario.conftest import PATIENCE, SECRET
from tests.scenario.pages import Pages, page

TOKEN = "a token for monitors alone"
WEB_MB = 150


@dataclass(frozen=True)
class House:
    """Three processes on one database, and what they were told."""

    web: Process
    worker: Process
    clock: Process
    slack: Slack
    pages: Pages
    channel: str

    def logs(self) -> str:
        return "".join(each.log.read_text() for each in (self.web, self.worker, self.clock))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    directory = tmp_path_factory.mktemp("house")
    workspace = Workspace(lambda: datetime.now(UTC))
    workspace.add_user("ana")
    channel = workspace.add_channel("deals", members=["ana", workspace.bot_user])
    with ExitStack() as stack:
        server, pages = stack.enter_context(SlackServer(workspace)), stack.enter_context(Pages())
        environment = {
            "DATABASE_URL": f"sqlite:///{directory / 'seams.db'}",
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": server.api_url,
            "SEAMS_FETCH_ALLOW": pages.host,
            "SEAMS_LOG_LEVEL": "DEBUG",
            "SEAMS_READERS": "1",
        }
        parts = stack.enter_context(Parts(directory, environment))
        web = parts.launch("web", SEAMS_METRICS_TOKEN=TOKEN)
        worker, clock = parts.launch("worker"), parts.launch("clock", SEAMS_LOG_FORMAT="json")
        for each in (web, worker, clock):
            each.wait_until_ready()
        carry = HttpCarrier(web.url, SECRET)
        yield House(
            web, worker, clock, Slack(workspace, carry, server_url=server.url, waits=()), pages, channel
        )


def test_the_web_process_is_small(house: House) -> None:
    house.slack.command("ana", house.channel, "/deals", "corvane")
    assert rss(house.web.process.pid) < WEB_MB


def test_readers_are_started_with_the_first_article(house: House) -> None:
    assert house.worker.memory()["child"] == 0


def test_each_part_says_what_runs(house: House) -> None:
    for each in (house.worker, house.clock):
        assert "seams_build_info" in get(each.metrics_port, "/metrics")[1]


def test_who_has_no_token_sees_no_metrics(house: House) -> None:
    assert get(house.web.metrics_port, "/metrics")[0] == 401
    assert get(int(house.web.url.rpartition(":")[2]), "/metrics")[0] == 401


def test_the_end_waits_for_what_is_under_way_and_nothing_quoted_is_logged(house: House) -> None:
    """One link on its way through all three; then each is told to stop."""
    house.pages.gate.clear()
    house.pages.asked.clear()
    address = house.pages.put(page(PURCHASE))
    title = PURCHASE.strip().partition("\n")[0]
    house.slack.post(house.channel, "ana", f"hush-hush {address}")
    assert house.slack.acks[-1].ok
    assert house.pages.asked.wait(PATIENCE)
    told = get(house.clock.metrics_port, "/metrics")[1]
    assert 'seams_queue_jobs{queue="reading",state="running"} 1.0' in told
    house.worker.process.send_signal(signal.SIGTERM)
    house.pages.gate.set()
    for each in (house.worker, house.web, house.clock):
        status, seconds = each.stop()
        assert status == 0, each.log.read_text()
        assert seconds < LAST_SECONDS
    logs = house.logs()
    assert "read an article" in logs
    workspace = house.slack.workspace
    quoted = (title, "hush", workspace.bot_token, SECRET, TOKEN, address)
    assert [words for words in quoted if words in logs] == []
