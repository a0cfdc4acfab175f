"""Who is taken for dead, and what becomes of its work, in both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Integer, column, delete, select, table, update

from bot.jobs import SUSPECTS, Job, Outbox, prepare
from bot.lease import HELD_SECONDS, LIMITS, Lease
from storage import migrate
from storage.engine import Engine, Session, is_sqlite, open_engine, transaction
from storage.process_table import ProcessRow

SILENT_MS = 25_000


class House:
    """Processes that share a database; each is on a machine of its own, where none is named."""

    def __init__(self, engine: Engine, root: Path) -> None:
        self.engine, self.root = engine, root
        self.now = 0.0
        self.opened: list[Lease] = []
        self.aside: list[str] = []
        self.outbox = Outbox(engine)
        self.jobs = table(
            "workflow_status",
            *map(column, ("workflow_uuid", "status", "executor_id", "queue_name")),
            *(column(name, Integer) for name in ("recovery_attempts", "started_at_epoch_ms", "updated_at")),
            schema=None if is_sqlite(engine) else "dbos",
        )

    def lease(self, machine: str = "") -> Lease:
        directory = self.root / (machine or str(len(self.opened)))
        url = self.engine.url.render_as_string(hide_password=False)
        made = Lease(url, directory, name="test", queue=SUSPECTS, monotonic=lambda: self.now)
        made.open(self.note)
        self.opened.append(made)
        return made

    def note(self, _session: Session, job_ids: tuple[str, ...]) -> None:
        self.aside += job_ids

    def begin(self, key: str, executor_id: str, *, starts: int = 1, long_ago: bool = False) -> None:
        """Let a process have begun a job."""
        with transaction(self.engine) as session:
            self.outbox.add(session, Job("work", "queue", key, (key,)))
            begun = update(self.jobs).where(self.jobs.c.workflow_uuid == key)
            session.execute(
                begun.values(
                    status="PENDING",
                    executor_id=executor_id,
                    recovery_attempts=starts,
                    started_at_epoch_ms=self.jobs.c.updated_at - (100_000 if long_ago else 0),
                )
            )

    def silence(self, lease: Lease) -> None:
        with transaction(self.engine) as session:
            row = session.get_one(ProcessRow, lease.executor_id)
            row.beat_ms -= SILENT_MS

    def state(self, key: str) -> tuple[str, str, int]:
        columns = (self.jobs.c.status, self.jobs.c.queue_name, self.jobs.c.recovery_attempts)
        with self.engine.connect() as connection:
            row = connection.execute(select(*columns).where(self.jobs.c.workflow_uuid == key)).one()
        return row[0], row[1], row[2]

    def clear(self) -> None:
        for lease in self.opened:
            lease.close()
        with transaction(self.engine) as session:
            session.execute(delete(ProcessRow))
            session.execute(delete(self.jobs))
        self.opened.clear()
        self.aside.clear()
        self.now = 0.0


@pytest.fixture(scope="module")
def built(session_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    engine = open_engine(session_database)
    migrate.upgrade(engine)
    prepare(engine)
    made = House(engine, tmp_path_factory.mktemp("machines"))
    yield made
    made.outbox.close()
    engine.dispose()


@pytest.fixture
def house(built: House) -> Iterator[House]:
    yield built
    built.clear()


def test_work_of_a_silent_process_begins_again_among_the_suspects(house: House) -> None:
    silent, live = house.lease(), house.lease()
    house.begin("a", silent.executor_id)
    house.silence(silent)
    live.beat()
    assert house.state("a") == ("ENQUEUED", SUSPECTS, 1)


def test_work_of_a_live_process_is_left_alone(house: House) -> None:
    busy, other = house.lease(), house.lease()
    house.begin("a", busy.executor_id, long_ago=True)
    other.beat()
    assert house.state("a")[0] == "PENDING"


def test_a_silent_process_on_the_same_machine_is_alive_while_it_holds_its_lock(house: House) -> None:
    silent, live = house.lease("one"), house.lease("one")
    house.begin("a", silent.executor_id)
    house.silence(silent)
    live.beat()
    assert house.state("a")[0] == "PENDING"


def test_a_process_that_let_its_lock_go_is_dead_at_once(house: House) -> None:
    killed, live = house.lease("one"), house.lease("one")
    house.begin("a", killed.executor_id)
    assert killed._lock
    killed._lock.close()  # as the kernel does for a killed process
    live.beat()
    assert house.state("a")[0] == "ENQUEUED"


def test_who_was_taken_for_dead_may_post_nothing(house: House) -> None:
    silent, live = house.lease(), house.lease()
    house.silence(silent)
    live.beat()
    silent.beat()
    assert not silent.is_held()


def test_who_was_not_heard_for_a_while_may_post_nothing(house: House) -> None:
    lease = house.lease()
    assert lease.is_held()
    house.now += HELD_SECONDS
    assert not lease.is_held()


def test_who_was_cut_off_itself_takes_nobody_for_dead_at_once(house: House) -> None:
    silent, cut_off = house.lease(), house.lease()
    house.begin("a", silent.executor_id)
    house.silence(silent)
    house.now += HELD_SECONDS + 1
    cut_off.beat()
    assert house.state("a")[0] == "PENDING"
    house.now += 30
    cut_off.beat()  # cut off once more, as far as it knows
    house.now += 2
    cut_off.beat()
    assert house.state("a")[0] == "PENDING"


def test_work_that_was_the_end_of_its_process_each_time_is_set_aside(house: House) -> None:
    silent, live = house.lease(), house.lease()
    house.begin("deadly", silent.executor_id, starts=LIMITS.starts)
    house.begin("beside", silent.executor_id, starts=1)
    house.silence(silent)
    live.beat()
    assert house.aside == ["deadly"]
    assert house.state("deadly")[0] == "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
    assert house.state("beside")[0] == "ENQUEUED"


def test_where_processes_die_without_it_too_work_is_begun_more_often(house: House) -> None:
    silent, elsewhere, live = house.lease(), house.lease(), house.lease()
    house.begin("innocent", silent.executor_id, starts=LIMITS.starts)
    house.begin("hopeless", silent.executor_id, starts=LIMITS.storm_starts)
    for _ in range(LIMITS.starts):
        another = house.lease()
        house.silence(another)
    house.silence(elsewhere)
    house.silence(silent)
    live.beat()
    assert house.aside == ["hopeless"]
    assert house.state("innocent")[0] == "ENQUEUED"


def test_work_of_a_process_that_nobody_knows_begins_again_after_a_while(house: House) -> None:
    house.begin("old", "nobody", long_ago=True)
    house.begin("new", "somebody")
    house.lease()
    assert house.state("old")[0] == "ENQUEUED"
    assert house.state("new")[0] == "PENDING"


def test_work_that_a_stop_cut_off_counts_no_death(house: House) -> None:
    stopping = house.lease()
    house.begin("a", stopping.executor_id, starts=LIMITS.starts)
    stopping.close()
    house.opened.clear()  # closed already
    assert house.state("a") == ("ENQUEUED", "queue", LIMITS.starts - 1)
