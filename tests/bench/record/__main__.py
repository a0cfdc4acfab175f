"""Builds made-up records of several sizes, puts the same questions to each, and prints what they took.

`make bench-record` takes ten thousand articles, `make bench-record ARTICLES="10000 1000000"` these in turn.
With SEAMS_TEST_POSTGRES naming a server it does the same there. What is built is deleted at the end.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from storage.engine import Engine, open_engine
from tests.bench.record.asking import lookups, open_services, writes
from tests.bench.record.building import build_sqlite, copy_to_postgresql
from tests.bench.record.checking import check_pairs
from tests.bench.record.timing import Timing, Work, count_work, time_question
from tests.bench.record.world import World

SERVER = "SEAMS_TEST_POSTGRES"


def main() -> None:
    """Build, ask, and print a table."""
    parser = argparse.ArgumentParser(prog="make bench-record", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000])
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="that build the record")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each question")
    parser.add_argument("--work", action="store_true", help="count what the database does instead of timing")
    parser.add_argument("--only", default="", help="questions with this in their name")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the SQLite files for another run")
    wanted = parser.parse_args()
    folder = wanted.keep or Path(tempfile.mkdtemp(prefix="seams-record-"))
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[tuple[str, str], dict[int, Timing | Work]] = {}
    try:
        for articles in wanted.articles:
            world = World(articles)
            path = folder / f"record-{articles}.db"
            if not path.exists():
                started = time.perf_counter()
                build_sqlite(path, world, processes=wanted.processes, say=_say)
                seconds, size = time.perf_counter() - started, path.stat().st_size / 1e9
                _say(f"{articles:,} articles on SQLite in {seconds:.0f} s, {size:.1f} GB")
            for name, engine in _engines(path, articles):
                each = None if wanted.work else wanted.seconds
                for timing in _measure(engine, world, each, wanted.only):
                    found.setdefault((timing.name, name), {})[articles] = timing
                engine.dispose()
        _print_table(found, wanted.articles)
    finally:
        if not wanted.keep:
            shutil.rmtree(folder)


def _engines(path: Path, articles: int) -> Iterator[tuple[str, Engine]]:
    yield "SQLite", open_engine(f"sqlite:///{path}")
    if server := os.environ.get(SERVER):
        with _database(server, f"record_{articles}") as url:
            started = time.perf_counter()
            copy_to_postgresql(path, url, say=_say)
            _say(f"{articles:,} articles on PostgreSQL in {time.perf_counter() - started:.0f} s")
            yield "PostgreSQL", open_engine(url)


@contextmanager
def _database(server: str, name: str) -> Iterator[str]:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _measure(engine: Engine, world: World, seconds: float | None, only: str) -> Iterator[Timing | Work]:
    services = open_services(engine)
    check_pairs(engine, world)
    for asked in [*lookups(services, world), *writes(services, world)]:
        if only in asked.name and not (seconds is None and asked.writes):
            timed = None if seconds is None else time_question(engine, asked, seconds=seconds)
            found = timed or count_work(engine, asked)
            _say(f"{engine.dialect.name}: {found}")
            yield found


def _print_table(found: dict[tuple[str, str], dict[int, Timing | Work]], sizes: list[int]) -> None:
    print(f"| question | database | {' | '.join(f'{size:,}' for size in sizes)} |")  # noqa: T201
    print(f"|---|---|{'---|' * len(sizes)}")  # noqa: T201
    for (question, database), by_size in found.items():
        cells = [by_size[size].cell if size in by_size else "" for size in sizes]
        print(f"| {question.strip()} | {database} | {' | '.join(cells)} |")  # noqa: T201


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
