"""The clock: once a minute it looks which digests are due and enqueues them. All it does itself is tidy.

The job store is in memory on purpose: two processes that share a stored one fire everything twice.
What is due is known from the schedules and the digests already claimed, so a restart changes nothing.
"""

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

GRACE_SECONDS = 6 * 3600


def open_clock(
    *,
    every_minute: Callable[[], None],
    every_hour: Callable[[], None],
    every_day: Callable[[], None],
    tidy: Callable[[], None],
) -> BackgroundScheduler:
    """A scheduler that is not started yet; `start()` it, and `shutdown()` it at the end."""
    scheduler = BackgroundScheduler(timezone="UTC")
    settings = {"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS}
    scheduler.add_job(every_minute, "cron", second=0, id="digests", **settings)
    scheduler.add_job(every_hour, "cron", minute=17, id="channels", **settings)
    scheduler.add_job(every_day, "cron", hour=3, minute=30, id="workspaces", **settings)
    scheduler.add_job(tidy, "cron", minute=41, id="tidy", **settings)
    return scheduler
