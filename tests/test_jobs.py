"""Durable work on the real queue, in both databases."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.jobs import Job, JobType, Outbox, QueueSize, RetryLater, Worker, prepare
from storage.engine import Engine, open_engine, transaction

ROOT = Path(__file__).parent.parent
PATIENCE = 20.0


class Log:
    """What was done, waited for without sleeping."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._more = threading.Condition()

    def add(self, entry: str) -> None:
        with self._more:
            self.done.append(entry)
            self._more.notify_all()

    def wait_for(self, count: int) -> list[str]:
        with self._more:
            assert self._more.wait_for(lambda: len(self.done) >= count, PATIENCE)
        return list(self.done)


@contextmanager
def working(
    engine: Engine, do: Callable[[Sequence[str], int], None], waits: tuple[float, ...] = ()
) -> Iterator[Outbox]:
    worker = Worker(engine, [JobType("work", do, waits)], [QueueSize("queue", 2)], name="test")
    worker.start()
    outbox = Outbox(engine)
    try:
        yield outbox
    finally:
        outbox.close()
        worker.stop(patience=2)


@pytest.fixture
def prepared(engine: Engine) -> Engine:
    prepare(engine)
    return engine


def enqueue(engine: Engine, outbox: Outbox, *keys: str) -> None:
    for key in keys:
        with transaction(engine) as session:
            outbox.add(session, Job("work", "queue", key, (key,)))


def test_a_job_is_done_with_its_ids(prepared: Engine) -> None:
    log = Log()
    with working(prepared, lambda args, left: log.add(args[0])) as outbox:
        enqueue(prepared, outbox, "a")
        assert log.wait_for(1) == ["a"]


def test_the_same_key_twice_is_one_job(prepared: Engine) -> None:
    log = Log()
    with working(prepared, lambda args, left: log.add(args[0])) as outbox:
        enqueue(prepared, outbox, "a", "a", "last")
        assert sorted(log.wait_for(2)) == ["a", "last"]


def test_a_transaction_rolled_back_enqueues_nothing(prepared: Engine) -> None:
    log = Log()
    with working(prepared, lambda args, left: log.add(args[0])) as outbox:
        with pytest.raises(RuntimeError, match="no"), transaction(prepared) as session:
            outbox.add(session, Job("work", "queue", "lost", ("lost",)))
            raise RuntimeError("no")
        enqueue(prepared, outbox, "kept")
        assert log.wait_for(1) == ["kept"]
        assert outbox.pending() <= 1


def test_what_failed_for_now_is_tried_again_as_often_as_there_are_waits(prepared: Engine) -> None:
    log = Log()

    def fail(args: Sequence[str], tries_left: int) -> None:
        log.add(f"{args[0]} {tries_left}")
        raise RetryLater("not yet")

    with working(prepared, fail, waits=(0.01, 0.01)) as outbox:
        enqueue(prepared, outbox, "a")
        assert log.wait_for(3) == ["a 2", "a 1", "a 0"]


def test_a_bug_in_one_job_holds_up_no_other(prepared: Engine) -> None:
    log = Log()

    def sometimes(args: Sequence[str], tries_left: int) -> None:
        if args[0] == "bad":
            raise ZeroDivisionError
        log.add(args[0])

    with working(prepared, sometimes) as outbox:
        enqueue(prepared, outbox, "bad", "good")
        assert log.wait_for(1) == ["good"]


def test_what_waits_is_counted_without_a_worker(prepared: Engine) -> None:
    outbox = Outbox(prepared)
    enqueue(prepared, outbox, "a", "b")
    assert outbox.pending() == 2
    outbox.close()


KILLED = """
import os, signal, sys
from bot.jobs import Job, JobType, Outbox, QueueSize, Worker
from storage.engine import open_engine, transaction
engine = open_engine(sys.argv[1])
def die(args, tries_left):
    os.kill(os.getpid(), signal.SIGKILL)
worker = Worker(engine, [JobType("work", die, ())], [QueueSize("queue", 2)], name="test")
worker.start()
outbox = Outbox(engine)
with transaction(engine) as session:
    outbox.add(session, Job("work", "queue", "a", ("a",)))
signal.pause()
"""


def test_work_cut_off_by_a_kill_is_done_at_the_next_start(prepared: Engine) -> None:
    url = prepared.url.render_as_string(hide_password=False)
    killed = subprocess.run([sys.executable, "-c", KILLED, url], cwd=ROOT, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    log = Log()
    engine = open_engine(url)
    with working(engine, lambda args, left: log.add(args[0])):
        assert log.wait_for(1) == ["a"]
    engine.dispose()
    assert os.getpid()
