"""How much a database works for a question, in units that are the same on every machine.

SQLite: instructions of its virtual machine, in hundreds. PostgreSQL: rows that the scans in the plans gave or
threw away, as EXPLAIN ANALYZE counts them. Neither is a time; both grow as a scan grows.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg import sql
from sqlalchemy import event

from storage.engine import Engine, is_sqlite

_GIVEN = re.compile(r"%\((\w+)\)s")  # a parameter as the driver takes it


@dataclass
class Effort:
    """What was done: `statements` sent, and the `work` in them."""

    statements: list[str] = field(default_factory=list)
    work: int = 0


def effort_of(engine: Engine, ask: Callable[[], object], *, blindly: bool = False) -> Effort:
    """What it takes to answer, once everything is warm.

    `blindly` has PostgreSQL plan for any values whatever, as it may for statements that come often.
    """
    ask()
    done = Effort()
    watching = _sqlite(engine, done) if is_sqlite(engine) else _postgresql(engine, done, blindly)
    with _counting_statements(engine, done), watching:
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
def _postgresql(engine: Engine, done: Effort, blindly: bool) -> Iterator[None]:
    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.lstrip().startswith(("SELECT", "WITH")):
            return
        beside = cursor.connection.cursor()
        for way in ("seqscan", "hashjoin", "mergejoin"):  # what indexes allow, however small the tables are
            beside.execute(f"SET LOCAL enable_{way} = off")
        if blindly:
            statement, parameters = _prepared(beside, statement, parameters), None
        beside.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
        found = beside.fetchone()[0]
        plan = json.loads(found) if isinstance(found, str) else found
        done.work += _rows(plan[0]["Plan"])

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def _prepared(cursor: Any, statement: str, parameters: Mapping[str, Any]) -> str:
    """The command that executes a statement with a plan for any values."""
    cursor.execute("DISCARD PLANS")  # one kept from a usual answer would be taken as it is
    cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    cursor.execute(statement, parameters, prepare=True)
    order = {name: f"${number}" for number, name in enumerate(dict.fromkeys(_GIVEN.findall(statement)), 1)}
    sent = _GIVEN.sub(lambda given: order[given[1]], statement).replace("%%", "%")
    cursor.execute("SELECT name FROM pg_prepared_statements WHERE statement = %s", [sent])
    [name] = cursor.fetchone()
    values = sql.SQL(", ").join(sql.Literal(parameters[each]) for each in order)
    given = sql.SQL("({})").format(values) if order else sql.SQL("")
    command = sql.SQL("EXECUTE {} ").format(sql.Identifier(name)) + given
    return command.as_string(cursor)


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
