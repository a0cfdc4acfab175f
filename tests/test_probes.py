"""What supervisors and monitors are told, and who may ask."""

from collections.abc import Iterable
from http import HTTPStatus

import pytest

from bot.errors import StorageError
from bot.metrics import Metrics
from bot.probes import Probe, Probes
from storage.queues import QueueDepth

TOKEN = "a token that is long enough"


def ask(
    probes: Probes, path: str, *, token: str = "", own_port: bool = False, method: str = "GET"
) -> Probe | None:
    return probes.answer(
        {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_AUTHORIZATION": f"Bearer {token}"},
        own_port=own_port,
    )


def status(probe: Probe | None) -> HTTPStatus | None:
    return probe.status if probe else None


def make(problems: Iterable[str] = (), token: str | None = None) -> Probes:
    return Probes(Metrics(), problems=lambda: problems, token=token)


def test_a_process_lives_also_when_it_is_not_ready() -> None:
    probes = make(["The database can't be reached."])
    assert status(ask(probes, "/healthz")) == HTTPStatus.OK
    assert status(ask(probes, "/readyz")) == HTTPStatus.SERVICE_UNAVAILABLE


def test_what_keeps_a_process_from_being_ready_is_told() -> None:
    probe = ask(make(["The tables are not those of this version."]), "/readyz")
    assert probe is not None
    assert b"not those" in probe.body


def test_all_that_is_required_must_be_well() -> None:
    probes, connected = make(), [False]
    probes.require(lambda: [] if connected[0] else ["Slack is not connected."])
    assert status(ask(probes, "/readyz")) == HTTPStatus.SERVICE_UNAVAILABLE
    connected[0] = True
    assert status(ask(probes, "/readyz")) == HTTPStatus.OK


def test_ready_without_problems() -> None:
    assert status(ask(make(), "/readyz")) == HTTPStatus.OK


@pytest.mark.parametrize(
    ("token", "given", "own_port", "expected"),
    [
        (None, "", False, None),  # nobody sees them on the public port
        (None, "", True, HTTPStatus.OK),
        (TOKEN, "", False, HTTPStatus.UNAUTHORIZED),
        (TOKEN, TOKEN[:-1], False, HTTPStatus.UNAUTHORIZED),
        (TOKEN, "ñ€", False, HTTPStatus.UNAUTHORIZED),
        (TOKEN, TOKEN, False, HTTPStatus.OK),
        (TOKEN, "", True, HTTPStatus.UNAUTHORIZED),
    ],
)
def test_metrics_are_for_who_brings_the_token_or_asks_at_their_own_port(
    token: str | None, given: str, own_port: bool, expected: HTTPStatus | None
) -> None:
    assert status(ask(make(token=token), "/metrics", token=given, own_port=own_port)) == expected


def test_a_post_is_none_of_the_probes() -> None:
    assert ask(make(), "/healthz", method="POST") is None


def test_what_was_counted_is_told() -> None:
    metrics = Metrics()
    metrics.describe({"version": "1.2.3"})
    metrics.ack("http", "command", 200, 0.02)
    metrics.read("page_blocked")
    metrics.call("chat.postMessage", 0.1, error="ratelimited", limited=True)
    with metrics.stage("fetch"):
        pass
    metrics.watch_queues(lambda: [QueueDepth("reading", "waiting", 7, 12.5)])
    told = metrics.render()[1].decode().splitlines()
    assert 'seams_build_info{version="1.2.3"} 1.0' in told
    assert 'seams_ack_seconds_bucket{door="http",kind="command",le="0.01"} 0.0' in told
    assert 'seams_ack_seconds_bucket{door="http",kind="command",le="0.025"} 1.0' in told
    assert 'seams_answers_total{door="http",kind="command",status="200"} 1.0' in told
    assert 'seams_reads_total{outcome="page_blocked"} 1.0' in told
    assert 'seams_read_seconds_count{stage="fetch"} 1.0' in told
    assert 'seams_slack_429_total{method="chat.postMessage"} 1.0' in told
    assert 'seams_queue_jobs{queue="reading",state="waiting"} 7.0' in told
    assert 'seams_queue_oldest_seconds{queue="reading",state="waiting"} 12.5' in told


def test_metrics_are_told_while_the_database_is_away() -> None:
    def away() -> list[QueueDepth]:
        raise StorageError("away")

    metrics = Metrics()
    metrics.watch_queues(away)
    metrics.read("read")
    assert b'seams_reads_total{outcome="read"} 1.0' in metrics.render()[1]
