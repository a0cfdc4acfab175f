"""What a reading asks of tables of whose sizes PostgreSQL knows nothing yet: in the first minute of a new
database, and whenever a record grows faster than its statistics are renewed."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from storage.addresses import find_by_url
from storage.company_keys import found_beside
from storage.engine import Engine, Session, is_sqlite, snapshot, transaction
from storage.hashing import hash_of
from storage.inserting import insert_all
from storage.projections import PUBLIC, CompanyKeyRow, CompanyRow
from storage.schema import ArticleRow, ArticleState, ArticleUrlRow
from storage.teams import remember_team
from tests.bench.record.effort import effort_of
from tests.factories import NOW, TEAM

ROWS = 300
NAMES = 12  # that are asked for at once
MOST = (NAMES + 2) * ROWS  # for each name all rows, at worst; for each row all others would be 90,000
TABLES = ("articles", "article_urls", "companies", "company_keys")


@pytest.fixture
def unknown(database: str, engine: Engine) -> Engine:
    with transaction(engine) as session:
        for table in () if is_sqlite(engine) else TABLES:
            session.execute(text(f"ALTER TABLE {table} SET (autovacuum_enabled = false)"))
        remember_team(session, team_id=TEAM)
        _add_companies(session)
        _add_articles(session)
    return engine


def _add_companies(session: Session) -> None:
    place = {"team_id": TEAM, "audience": PUBLIC}
    names = [f"Tandera {number}" for number in range(ROWS)]
    unsaid = {"aliases": "[]", "redefined": False, "hidden": False}
    insert_all(
        session, CompanyRow, [{**place, "id": hash_of(name)[:40], "name": name, **unsaid} for name in names]
    )
    keys = [
        {**place, "company_id": hash_of(name)[:40], "key": name.lower(), "joined": True} for name in names
    ]
    insert_all(session, CompanyKeyRow, keys)


def _add_articles(session: Session) -> None:
    urls = {str(number): f"https://news.example/{number}" for number in range(ROWS)}
    state = {"team_id": TEAM, "state": ArticleState.PENDING, "saved_at": NOW}
    insert_all(session, ArticleRow, [{**state, "id": id_, "url": url} for id_, url in urls.items()])
    led = [
        {"team_id": TEAM, "url_hash": hash_of(url), "url": url, "article_id": id_}
        for id_, url in urls.items()
    ]
    insert_all(session, ArticleUrlRow, led)


def _find_keys(session: Session) -> bool:
    found = found_beside(session, team_id=TEAM, keys=[f"tandera {number}" for number in range(NAMES)])
    return len(found[PUBLIC]) == NAMES


def _find_article(session: Session) -> bool:
    return find_by_url(session, team_id=TEAM, url="https://news.example/7") is not None


@pytest.mark.parametrize("find", [_find_keys, _find_article])
def test_tables_of_unknown_size_are_not_gone_through_for_each_of_their_rows(
    unknown: Engine, find: Callable[[Session], bool]
) -> None:
    def ask() -> None:
        with snapshot(unknown) as session:
            assert find(session)

    assert effort_of(unknown, ask).work <= MOST
