"""The parts as processes of their own: what monitors see of them, what they log, how they end."""

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.console.delivery import HttpCarrier
from bot.console.sender import Slack
from bot.console.server import SlackServer
from bot.console.workspace import Workspace
from bot.stopping import LAST_SECONDS
from tests.bench.parts import Parts, get, rss
from tests.scenario.articles import PURCHASE, QUIET
from tests.scenario.conftest import PATIENCE, SECRET
from tests.scenario.pages import Pages, page

TOKEN = "a token for monitors alone"
READ = "read an article"  # in the log
WEB_MB = 150
READER_MB = 40  # what watches over children takes a little; the smallest reader takes several times that


@dataclass(frozen=True)
class Told:
    """What was seen of three processes on one database, from their start to their end."""

    web_mb: int
    idle_readers_mb: int  # before there was an article
    metrics: Mapping[str, str]  # of worker and clock, while an article was on its way
    without_token: Sequence[int]  # statuses of /metrics at both ports of the web process
    ends: Mapping[str, tuple[int | None, float]]  # exit status, and seconds from SIGTERM on
    logs: str
    never: Sequence[str]  # what no log may say


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """One link on its way through all three, and then each is told to stop."""
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
        carry = HttpCarrier(web.url, SECRET, patience=PATIENCE)
        slack = Slack(workspace, carry, server_url=server.url, waits=())
        slack.command("ana", channel, "/deals", "corvane")
        idle, small = worker.memory()["child"], rss(web.process.pid)
        ports = (web.metrics_port, int(web.url.rpartition(":")[2]))
        # The first article of all takes a reader long, beside other tests longer than a stop waits.
        slack.post(channel, "ana", pages.put(page(QUIET)))
        assert workspace.wait(lambda: READ in worker.log.read_text(), PATIENCE)
        pages.gate.clear()
        pages.asked.clear()
        address = pages.put(page(PURCHASE))
        slack.post(channel, "ana", f"hush-hush {address}")
        assert slack.acks[-1].ok
        assert pages.asked.wait(PATIENCE)
        metrics = {each.part: get(each.metrics_port, "/metrics")[1] for each in (worker, clock)}
        without_token = [get(port, "/metrics")[0] for port in ports]
        worker.process.send_signal(signal.SIGTERM)
        pages.gate.set()
        ends = {each.part: each.stop() for each in (worker, web, clock)}
        logs = "".join(each.log.read_text() for each in (web, worker, clock))
        title = PURCHASE.strip().partition("\n")[0]
        never = (title, "hush", workspace.bot_token, SECRET, TOKEN, address)
        yield Told(small, idle, metrics, without_token, ends, logs, never)


def test_the_web_process_is_small(told: Told) -> None:
    assert told.web_mb < WEB_MB


def test_no_reader_is_started_before_the_first_article(told: Told) -> None:
    assert told.idle_readers_mb < READER_MB


def test_each_part_says_what_runs(told: Told) -> None:
    assert all("seams_build_info" in metrics for metrics in told.metrics.values())


def test_the_clock_says_how_much_work_there_is(told: Told) -> None:
    assert 'seams_queue_jobs{queue="reading",state="running"} 1.0' in told.metrics["clock"]


def test_who_has_no_token_sees_no_metrics(told: Told) -> None:
    assert told.without_token == [401, 401]


def test_each_part_ends_in_time_and_finishes_what_is_under_way(told: Told) -> None:
    assert [status for status, _ in told.ends.values()] == [0, 0, 0], told.logs
    assert max(seconds for _, seconds in told.ends.values()) < LAST_SECONDS
    assert told.logs.count(READ) == 2


def test_no_log_quotes_a_message_an_article_or_a_secret(told: Told) -> None:
    assert [words for words in told.never if words in told.logs] == []
