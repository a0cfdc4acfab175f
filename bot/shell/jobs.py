"""Work from the shell: what waits, runs, was set aside or failed."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import logs
from bot.console.plain import one_line
from bot.errors import StorageError
from bot.running import open_services
from bot.services import Services, set_aside
from bot.services.set_aside import KnownJob
from bot.settings import Settings
from storage import migrate

SHOWN = 50  # of what waits and runs


def show_jobs(*, as_data: bool, console: Console) -> None:
    """Print the oldest work that waits or runs, and all that was set aside or failed; raises StorageError."""
    with _services() as services:
        badly, open_ = set_aside.ended_badly(services), set_aside.under_way(services, limit=SHOWN)
        left, now = services.outbox.pending(), services.now()
    if as_data:
        found = [dataclasses.asdict(job) | {"since": job.since.isoformat()} for job in (*badly, *open_)]
        print(json.dumps(found, indent=2))  # noqa: T201 - the output
        return
    if badly or open_:
        console.print(_table((*badly, *open_), now))
    console.print(f"Waiting or running: {left}" + (f" (shown: {SHOWN})" if left > SHOWN else ""))
    if badly:
        console.print(f"Set aside or failed: {len(badly)}. Try again: seams jobs retry ID (or all)")


def retry(named: Sequence[str]) -> int:
    """Enqueue again what was set aside or failed, by id or "all"; gives how many. Raises UserError."""
    with _services() as services:
        return set_aside.retry(services, named)


def drop(named: Sequence[str]) -> int:
    """Forget what was set aside or failed, by id or "all"; gives how many. Raises UserError."""
    with _services() as services:
        return set_aside.drop(services, named)


def _table(found: Sequence[KnownJob], now: datetime) -> Table:
    table = Table("state", "kind", "team", "age", "tries", "reason", "id")
    for job in found:
        age = str(now.replace(microsecond=0) - job.since.replace(microsecond=0))
        cells = (job.state, job.kind, job.team_id, age, str(job.tries), job.reason or "", job.id)
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    return table


@contextmanager
def _services() -> Iterator[Services]:
    settings = Settings.load()
    logs.set_up("ERROR")
    with open_services(settings) as services:
        if problems := migrate.problems(services.engine):
            raise StorageError(" ".join(problems))
        yield services
