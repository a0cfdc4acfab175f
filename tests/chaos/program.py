"""One process of Seams as `seams run PART` starts it, on the run's clock and with its reader."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from unittest.mock import patch

from apscheduler.schedulers.background import BackgroundScheduler

from bot import clock, pacing, readers, running
from bot.services import job_types, reader
from bot.shell import serving
from tests.chaos import deadly, reading, timing


def quick_clock(**works: Callable[[], None]) -> BackgroundScheduler:
    """The clock's work at the run's pace."""
    scheduler = BackgroundScheduler(timezone="UTC")
    for name, work in works.items():
        seconds = 1 if name == "every_minute" else 20
        scheduler.add_job(work, "interval", seconds=seconds, coalesce=True, max_instances=1)
    return scheduler


def main(part: str, environment: Mapping[str, str], log: str) -> None:
    """Serve the part until told to stop, or killed."""
    os.environ.clear()
    os.environ.update(environment)
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number in (1, 2):
        os.dup2(file, number)
    slow = reader.Patience(parse=10.0, extract=0.5)
    for module, changed in (
        # The real fetcher and the real children: only what they would need models or hours for is another.
        (clock, {"open_clock": quick_clock}),
        (running, {"BARE": reading.__name__}),
        (readers, {"Fetcher": deadly.DeadlyFetcher, "FIRST": slow, "APART": slow}),
        (reader, {"_read": reading.read}),
        (job_types, {"READ_WAITS": (1.0, 3.0)}),
        (pacing, {"POST_SECONDS": 0.05}),
        (serving, {"running": partial(running.running, now=timing.now)}),
    ):
        patch.multiple(module, **changed).start()
    serving.serve(part)
