"""Times a question, and beside it the bare SQL: the same statements by the driver alone, rows fetched."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from storage.engine import Engine
from tests.bench.record.asking import Asked
from tests.bench.record.effort import effort_of

LEAST, MOST = 20, 200  # times that a question is put


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that a question took, sorted, and those that the same SQL took by itself, the median."""

    name: str
    taken: tuple[float, ...]
    bare: float
    statements: int

    @property
    def cell(self) -> str:
        """Median and 99th percentile in milliseconds, and the median as a multiple of the bare SQL's."""
        p50, p99 = (self.taken[int(len(self.taken) * share)] * 1000 for share in (0.5, 0.99))
        return (
            f"{p50:.1f} / {p99:.1f} ({p50 / 1000 / self.bare:.1f})" if self.bare else f"{p50:.1f} / {p99:.1f}"
        )

    def __str__(self) -> str:
        return f"{self.name.strip()}: {self.cell} ms, {self.statements} statements"


@dataclass(frozen=True, slots=True)
class Work:
    """What a database does for a question, in the units of `tests.bench.record.effort`."""

    name: str
    work: int
    statements: int

    @property
    def cell(self) -> str:
        """The units."""
        return f"{self.work:,}"

    def __str__(self) -> str:
        return f"{self.name.strip()}: {self.cell} units, {self.statements} statements"


def count_work(engine: Engine, asked: Asked) -> Work:
    """Put a question once, and count."""
    effort = effort_of(engine, asked.ask)
    return Work(asked.name, effort.work, len(effort.statements))


def time_question(engine: Engine, asked: Asked, *, seconds: float) -> Timing:
    """Put a question again and again for some seconds."""
    asked.ask()
    taken: list[float] = []
    until = time.perf_counter() + seconds
    while len(taken) < MOST and (len(taken) < LEAST or time.perf_counter() < until):
        taken.append(_seconds(asked.ask))
        if time.perf_counter() > until + 10 * seconds:
            break
    statements = statements_of(engine, asked.ask)
    bare = sorted(_bare(engine, statements) for _ in range(5))[2] if not asked.writes else 0.0
    return Timing(asked.name, tuple(sorted(taken)), bare, len(statements))


def _seconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def statements_of(engine: Engine, ask: Callable[[], object]) -> list[tuple[str, Any]]:
    """What is sent to the database for an answer: statements and their parameters."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent


def _bare(engine: Engine, statements: list[tuple[str, Any]]) -> float:
    reading = [sent for sent in statements if sent[0].lstrip().startswith(("SELECT", "WITH"))]
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        cursor = driver.cursor()
        started = time.perf_counter()
        for statement, parameters in reading:
            cursor.execute(statement, parameters)
            cursor.fetchall()
        taken = time.perf_counter() - started
        connection.rollback()
    return taken
