"""Durable work on the real queue, in both databases."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.jobs import BADLY, Job, JobType, Outbox, Priority, QueueSize, RetryLater, SetAside, Worker, prepare
from storage import migrate
from storage.engine import Engine, Session, is_sqlite, open_engine, snapshot, transaction

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
Behaviour = Callable[[int], None]


class Bench:
    """One worker for all tests of a database: starting one takes seconds. A job does what its key says."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.outbox = Outbox(engine)
        self._done: list[str] = []
        self._behaviours: dict[str, Behaviour] = {}
        self._more = threading.Condition()

    def do(self, args: Sequence[str], tries_left: int) -> None:
        """Behave as was asked for this key, and note that it is done."""
        with self._more:
            self._done.append(f"{args[0]} {tries_left}")
            self._more.notify_all()
        if args[0] in self._behaviours:
            self._behaviours[args[0]](tries_left)

    def enqueue(
        self,
        *keys: str,
        behaviour: Behaviour | None = None,
        priority: Priority = Priority.POSTED,
        name: str = "work",
    ) -> None:
        for key in keys:
            if behaviour is not None:
                self._behaviours[key] = behaviour
            with transaction(self.engine) as session:
                self.outbox.add(session, Job(name, "queue", key, (key,), priority))

    def kept_of(self, key: str) -> int:
        """How many results of tries the queue keeps apart for a job."""
        table = "operation_outputs" if is_sqlite(self.engine) else "dbos.operation_outputs"
        asked = text(f"SELECT count(*) FROM {table} WHERE workflow_uuid = :key")  # noqa: S608
        with snapshot(self.engine) as session:
            return session.scalar(asked, {"key": key}) or 0

    def order_of(self, *keys: str) -> list[str]:
        """The keys in the order in which they were begun, once all are."""
        for key in keys:
            self.tries_of(key)
        return [entry.split()[0] for entry in self._done if entry.split()[0] in keys]

    def tries_of(self, key: str, *, until: int = 1) -> list[str]:
        """The tries of a job, as how many were left at each, once there are `until`."""

        def tries() -> list[str]:
            return [entry.split()[1] for entry in self._done if entry.split()[0] == key]

        with self._more:
            assert self._more.wait_for(lambda: len(tries()) >= until, PATIENCE)
            return tries()


@pytest.fixture(scope="module")
def bench(session_database: str) -> Iterator[Bench]:
    engine = open_engine(session_database)
    migrate.upgrade(engine)
    prepare(engine)
    made = Bench(engine)
    waits = (0.01, 0.01)
    types = [
        JobType("work", "queue", made.do, waits),
        JobType("again", "queue", made.do, waits, repeatable=True),
    ]
    worker = Worker(engine, types, [QueueSize("queue", 4, per_team=2)], name="test-jobs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dbos._workflow_commands._BACKGROUND_JOBS_INTERVAL_SEC", 0.05)
        worker.start()
    yield made
    made.outbox.close()
    worker.stop(patience=2)
    engine.dispose()


def test_a_job_is_done_once_with_its_ids(bench: Bench) -> None:
    bench.enqueue("a", "after-a")
    bench.tries_of("after-a")
    assert bench.tries_of("a") == ["2"]


def test_the_same_key_twice_is_one_job(bench: Bench) -> None:
    bench.enqueue("twice", "twice", "after-twice")
    bench.tries_of("after-twice")
    assert bench.tries_of("twice") == ["2"]


def test_a_transaction_rolled_back_enqueues_nothing(bench: Bench) -> None:
    with bench.engine.connect() as connection, connection.begin() as undone:
        bench.outbox.add(Session(connection), Job("work", "queue", "lost", ("lost",)))
        undone.rollback()
    bench.enqueue("kept")
    bench.tries_of("kept")
    assert bench.tries_of("lost", until=0) == []


def test_what_failed_for_now_is_tried_as_often_as_there_are_waits(bench: Bench) -> None:
    def fail(_tries_left: int) -> None:
        raise RetryLater("not yet")

    bench.enqueue("failing", behaviour=fail)
    assert bench.tries_of("failing", until=3) == ["2", "1", "0"]


def test_what_worked_at_the_second_try_is_not_tried_again(bench: Bench) -> None:
    def fail_once(tries_left: int) -> None:
        if tries_left == 2:
            raise RetryLater("not yet")

    bench.enqueue("second", behaviour=fail_once)
    bench.tries_of("second", until=2)
    bench.enqueue("after-second")
    bench.tries_of("after-second")
    assert bench.tries_of("second") == ["2", "1"]


def test_what_came_of_a_try_is_kept_before_the_next_but_where_it_may_be_repeated(bench: Bench) -> None:
    def fail_once(tries_left: int) -> None:
        if tries_left == 2:
            raise RetryLater("not yet")

    for name in ("work", "again"):
        bench.enqueue(f"kept-{name}", behaviour=fail_once, name=name)
        assert bench.tries_of(f"kept-{name}", until=2) == ["2", "1"]
    # That the next one is enqueued is kept in any case.
    assert (bench.kept_of("kept-work"), bench.kept_of("kept-again")) == (2, 1)


def test_a_pause_that_the_other_side_asks_for_uses_up_no_try(bench: Bench) -> None:
    pauses = iter(range(4))

    def pause(_tries_left: int) -> None:
        if next(pauses, None) is not None:
            raise RetryLater("too fast", seconds=0.01)

    bench.enqueue("paused", behaviour=pause)
    assert bench.tries_of("paused", until=5) == ["2"] * 5


@pytest.mark.parametrize(
    ("growing", "waited"), [(True, [60, 120, 240, 480, 960, 1920, 3600, 3600]), (False, [3600] * 8)]
)
def test_a_pause_grows_where_it_may_end_any_moment_and_else_is_as_asked_for(
    growing: bool, waited: list[float]
) -> None:
    asked = RetryLater("no token that works", seconds=3600, growing=growing)
    assert [asked.pause(pauses) for pauses in range(8)] == waited


def test_a_bug_in_one_job_holds_up_no_other(bench: Bench) -> None:
    def break_down(_tries_left: int) -> None:
        raise ZeroDivisionError

    bench.enqueue("bad", behaviour=break_down)
    bench.enqueue("good")
    assert bench.tries_of("good") == ["2"]


def test_who_floods_a_queue_keeps_no_other_workspace_waiting(bench: Bench) -> None:
    go_on = threading.Event()
    bench.enqueue(
        *(f"work:FLOOD:{i}" for i in range(8)), behaviour=lambda _tries_left: _assert(go_on.wait(PATIENCE))
    )
    bench.enqueue("work:OTHER:1")
    assert bench.tries_of("work:OTHER:1") == ["2"]
    go_on.set()
    assert bench.tries_of("work:FLOOD:7") == ["2"]


def test_in_one_workspace_what_is_short_comes_first_and_imports_last(bench: Bench) -> None:
    go_on = threading.Event()
    held = ("work:TEAM:held1", "work:TEAM:held2")
    bench.enqueue(*held, behaviour=lambda _tries_left: _assert(go_on.wait(PATIENCE)))
    bench.order_of(*held)
    bench.enqueue("work:TEAM:import1", "work:TEAM:import2", priority=Priority.LATER)
    bench.enqueue("work:TEAM:posted1", "work:TEAM:posted2")
    bench.enqueue("work:TEAM:deleted1", "work:TEAM:deleted2", priority=Priority.AT_ONCE)
    go_on.set()
    whats = ("deleted", "posted", "import")
    order = bench.order_of(*(f"work:TEAM:{what}{i}" for what in whats for i in (1, 2)))
    assert [key.split(":")[2][:-1] for key in order] == [what for what in whats for _ in (1, 2)]


def _assert(happened: object) -> None:
    assert happened


def ended(bench: Bench, key: str) -> tuple[str, str]:
    """What an operator is told of a job that was given up: which way, and why."""
    for _ in range(200):
        for job in bench.outbox.list_jobs(BADLY):
            if job.workflow_id.startswith(key):
                return getattr(job.error, "name", ""), str(job.error)
        time.sleep(0.05)
    raise AssertionError(key)


def test_what_failed_at_every_try_is_kept_with_its_reason(bench: Bench) -> None:
    def fail(_tries_left: int) -> None:
        raise RetryLater("slack_is_down")

    bench.enqueue("hopeless", behaviour=fail)
    assert ended(bench, "hopeless") == ("GivenUp", "slack_is_down")


def test_what_is_set_aside_is_not_tried_again(bench: Bench) -> None:
    def give_up(_tries_left: int) -> None:
        raise SetAside("too_big")

    bench.enqueue("poison", behaviour=give_up)
    assert ended(bench, "poison") == ("SetAside", "too_big")
    assert bench.tries_of("poison") == ["2"]


KILLED = """
import os, signal, sys
from bot.jobs import Job, JobType, Outbox, QueueSize, Worker, prepare
from storage.engine import open_engine, transaction
engine = open_engine(sys.argv[1])
prepare(engine)
def work(args, tries_left):
    if sys.argv[2] == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    print("done", args[0], flush=True)
    os._exit(0)
worker = Worker(engine, [JobType("work", "queue", work, ())], [QueueSize("queue", 2, 2)], name="test-killed")
worker.start()
if sys.argv[2] == "die":
    with transaction(engine) as session:
        Outbox(engine).add(session, Job("work", "queue", "a", ("a",)))
signal.pause()
"""


def test_work_cut_off_by_a_kill_is_done_at_the_next_start(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)

    def run(how: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", KILLED, url, how]
        return subprocess.run(command, cwd=ROOT, check=False, timeout=60, capture_output=True, text=True)

    assert run("die").returncode == -signal.SIGKILL
    assert run("live").stdout == "done a\n"


def test_what_waits_is_counted_without_a_worker(engine: Engine) -> None:
    prepare(engine)
    outbox = Outbox(engine)
    with transaction(engine) as session:
        outbox.add(session, Job("work", "queue", "a", ("a",)))
    assert outbox.pending() == 1
    outbox.close()
