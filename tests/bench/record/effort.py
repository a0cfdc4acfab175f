"""How much a database works for a question, in units that are the same on every machine.

SQLite: instructions of its virtual machine, in hundreds. PostgreSQL: rows that the scans in the plans gave or
threw away, as EXPLAIN ANALYZE counts them. Neither is a time; both grow as a scan grows.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from storage.engine import Engine, is_sqlite


@dataclass
class Effort:
    """What was done: `statements` sent, and the `work` in them."""

    statements: list[str] = field(default_factory=list)
    work: int = 0


def effort_of(engine: Engine, ask: Callable[[], object]) -> Effort:
    """What it takes to answer, once everything is warm."""
    ask()
    done = Effort()
    with _counting_statements(engine, done), (_sqlite if is_sqlite(engine) else _postgresql)(engine, done):
        ask()
    return done


@contextmanager
def _counting_statements(engine: Engine, done: Effort) -> Iterator[None]:
    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        done.statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def _sqlite(engine: Engine, done: Effort) -> Iterator[None]:
    def step() -> int:
        done.work += 1
        return 0

    def watch(connection: Any, *_rest: Any) -> None:
        connection.set_progress_handler(step, 100)

    event.listen(engine, "checkout", watch)
    try:
        yield
    finally:
        event.remove(engine, "checkout", watch)
        engine.dispose()  # with the handlers


@contextmanager
def _postgresql(engine: Engine, done: Effort) -> Iterator[None]:
    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.lstrip().startswith(("SELECT", "WITH")):
            return
        beside = cursor.connection.cursor()
        for way in ("seqscan", "hashjoin", "mergejoin"):  # what indexes allow, however small the tables are
            beside.execute(f"SET LOCAL enable_{way} = off")
        beside.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
        found = beside.fetchone()[0]
        plan = json.loads(found) if isinstance(found, str) else found
        done.work += _rows(plan[0]["Plan"])

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def _rows(node: dict[str, Any]) -> int:
    names = (
        "Actual Rows",
        "Rows Removed by Filter",
        "Rows Removed by Index Recheck",
        "Rows Removed by Join Filter",
    )
    own = sum(node.get(name, 0) for name in names) * node.get("Actual Loops", 1)
    beneath = node.get("Plans", ())
    return sum(map(_rows, beneath)) if beneath else int(own)
