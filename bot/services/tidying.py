"""Forgets what is no longer needed, as long as the settings say, a few rows at a time."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.services import Services
from storage import alerts, articles, events, file_posts, queues, readings
from storage.engine import background, transaction
from storage.installing import StateStore
from storage.statistics import refresh_statistics

EVENTS_KEPT = timedelta(days=7)  # Slack sends none again after hours
AT_ONCE = 200  # rows in one transaction: so nobody waits long for it

_log = logging.getLogger(__name__)


def tidy(services: Services, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Drop ids of events that Slack can't send again, work long done, and texts that are not to be kept.

    The planner is told of what is left. Ends early when `stopping` says so: the next time goes on.
    """
    settings, now = services.settings, services.now()
    done = now - timedelta(days=settings.keep_work_days)
    _all("events", partial(_rows, services, events.forget_events, now - EVENTS_KEPT), stopping)
    _all("alerts", partial(_rows, services, alerts.forget_alerts, done), stopping)
    _all("files", partial(_rows, services, file_posts.forget_files, done), stopping)
    shared = now - timedelta(hours=settings.shared_hours)
    _all("readings", partial(_rows, services, readings.forget_readings, shared), stopping)
    _all("jobs", partial(_jobs, services, done), stopping)
    if settings.keep_articles_days:
        old = now - timedelta(days=settings.keep_articles_days)
        _all("article texts", partial(_rows, services, articles.forget_texts, old), stopping)
    StateStore(engine=services.engine).forget_late()
    refresh_statistics(services.engine)


def _all(what: str, some: Callable[[], int], stopping: Callable[[], bool]) -> None:
    gone = 0
    while not stopping() and (dropped := some()):
        gone += dropped
    if gone:
        _log.info("tidied", extra={"what": what, "gone": gone})


def _rows(services: Services, forget: Callable[..., int], before: datetime) -> int:
    with transaction(background(services.engine)) as session:
        return forget(session, before=before, limit=AT_ONCE)


def _jobs(services: Services, before: datetime) -> int:
    ids = queues.ended_before(services.engine, before, limit=AT_ONCE)
    services.outbox.forget(ids)
    return len(ids)
