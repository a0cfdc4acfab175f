"""What breaks whoever reads it is set aside with a reason, and tried again when an operator says so."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import update

from bot.errors import Unreadable, UserError
from bot.jobs import Job, Outbox, RetryLater, SetAside, prepare
from bot.lease import LIMITS
from bot.readings import Reading
from bot.services import Services, reading, set_aside, work
from bot.settings import Settings
from bot.values import Extraction, Page
from storage import articles, migrate, processes, teams
from storage.engine import Engine, open_engine, transaction
from storage.queues import job_table
from tests.factories import NOW, PUBLIC, TEAM, Desk, make_extraction, make_page


@dataclass
class Child:
    """A reader that breaks as often as it is told."""

    breaks: list[str] = field(default_factory=list)

    def read(self, url: str, *, team_id: str) -> Reading:
        page = make_page(url=url)
        return Reading(page, self.extract(page, team_id=team_id), public=False)

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        raise NotImplementedError

    def extract(self, page: Page, *, team_id: str) -> Extraction:
        if self.breaks:
            raise Unreadable("broken", code=self.breaks.pop())
        return make_extraction()


@dataclass
class Shop:
    services: Services
    child: Child
    article_id: str = ""

    def read(self, tries_left: int) -> None:
        reading.read_article(self.services, TEAM, self.article_id, "x", tries_left=tries_left)

    def state(self) -> str:
        with transaction(self.services.engine) as session:
            found = articles.article_state(session, team_id=TEAM, article_id=self.article_id)
        assert found
        return f"{found.state} {found.code}"

    def kinds(self) -> list[str]:
        """What is enqueued."""
        return [job.kind for job in set_aside.under_way(self.services, limit=9)]


@pytest.fixture(scope="module")
def queue(session_database: str) -> Iterator[Engine]:
    engine = open_engine(session_database)
    migrate.upgrade(engine)
    prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def shop(queue: Engine) -> Iterator[Shop]:
    outbox, child = Outbox(queue), Child()
    outbox.drop_team(TEAM)
    services = Services(
        engine=queue,
        settings=Settings(),
        outbox=outbox,
        slack=lambda _: pytest.fail("nothing is said"),
        read=child,
        read_apart=child,
        now=lambda: NOW,
    )
    with transaction(queue) as session:
        teams.purge_team(session, team_id=TEAM)
        (article_id,) = Desk(session).open().post("https://news.example/1").new_articles
    yield Shop(services, child, article_id)
    outbox.close()


@pytest.mark.parametrize("code", sorted(reading.POISON))
def test_what_breaks_its_reader_is_read_again_while_there_are_tries(shop: Shop, code: str) -> None:
    shop.child.breaks = [code]
    with pytest.raises(RetryLater):
        shop.read(1)
    assert shop.state() == "pending None"


def test_what_breaks_its_reader_each_time_is_set_aside_and_its_poster_told(shop: Shop) -> None:
    shop.child.breaks = ["too_slow"]
    with pytest.raises(SetAside, match="too_slow"):
        shop.read(0)
    assert shop.state() == "failed too_slow"
    assert shop.kinds() == [work.TELL_POSTING]


def test_what_killed_its_process_each_time_is_told_to_its_poster(shop: Shop) -> None:
    key = f"{work.READ_ARTICLE}:{TEAM}:{shop.article_id}:{PUBLIC}:1.2:#1.0"
    with transaction(shop.services.engine) as session:
        set_aside.settle(shop.services, session, [key])
    assert shop.state() == "failed killed_worker"
    assert shop.kinds() == [work.TELL_POSTING]


def end(shop: Shop, name: str, *args: str) -> str:
    """A job of this kind that was the end of its process three times."""
    key = ":".join((name, *args))
    services = shop.services
    jobs = job_table(services.engine.dialect.name)
    with transaction(services.engine) as session:
        services.outbox.add(session, Job(name, work.queue_of(name), key, args))
        session.execute(
            update(jobs)
            .where(jobs.c.workflow_uuid == key)
            .values(status="PENDING", executor_id="gone", recovery_attempts=3)
        )
        processes.take_over(session, executor_ids=["gone"], queue="suspects", limits=LIMITS)
    return key


def test_what_was_set_aside_is_listed_with_its_reason(shop: Shop) -> None:
    key = end(shop, work.READ_ARTICLE, TEAM, shop.article_id, "x")
    [job] = set_aside.ended_badly(shop.services)
    assert (job.id, job.team_id, job.kind, job.state) == (key, TEAM, work.READ_ARTICLE, "set aside")
    assert (job.tries, job.reason) == (3, "killed_worker")


def test_an_article_is_read_once_more_and_told_when_an_operator_says_so(shop: Shop) -> None:
    shop.child.breaks = ["too_big"]
    with pytest.raises(SetAside):
        shop.read(0)
    end(shop, work.READ_ARTICLE, TEAM, shop.article_id, "x")
    assert set_aside.retry(shop.services, ["all"]) == 1
    assert shop.state() == "pending None"
    assert sorted(shop.kinds()) == [work.READ_ARTICLE, work.TELL_POSTING]
    assert set_aside.ended_badly(shop.services) == ()


def test_other_work_is_done_once_more_with_the_same_ids(shop: Shop) -> None:
    key = end(shop, work.TELL_POSTING, TEAM, "p", "x")
    set_aside.retry(shop.services, [key])
    [job] = shop.services.outbox.list_jobs(["ENQUEUED"])
    assert job.input
    assert (job.name, job.input["args"]) == (work.TELL_POSTING, (0, 0, TEAM, "p", "x"))


def test_what_is_dropped_is_forgotten(shop: Shop) -> None:
    key = end(shop, work.TELL_POSTING, TEAM, "p", "x")
    assert set_aside.drop(shop.services, [key]) == 1
    assert set_aside.ended_badly(shop.services) == ()


def test_only_what_ended_badly_can_be_tried_again(shop: Shop) -> None:
    with pytest.raises(UserError, match="seams jobs"):
        set_aside.retry(shop.services, ["no-such-job"])
