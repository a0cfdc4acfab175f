"""What the worker does for each job name, and how patiently it tries again."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.errors import StorageError
from bot.jobs import JobType, RetryLater
from bot.logs import about
from bot.metrics import Metrics
from bot.services import (
    Services,
    alerts,
    audiences,
    digests,
    files,
    greetings,
    pauses,
    questions,
    reading,
    telling,
    work,
    workspaces,
)
from storage.engine import background

# A page that is down is tried twice more while the person who posted it is still there.
READ_WAITS = (3.0, 15.0)
# Slack itself may be down for a day; what was to be said is still worth saying then.
TELL_WAITS = (2.0, 15.0, 60.0, 600.0, 3600.0, 4 * 3600.0, 8 * 3600.0, 16 * 3600.0)

Do = Callable[[Sequence[str], int], None]

_log = logging.getLogger(__name__)


def unless_gone(do: Do) -> Do:
    """The same work, which ends in quiet when its workspace has removed Seams meanwhile."""

    def run(args: Sequence[str], tries_left: int) -> None:
        try:
            do(args, tries_left)
        except StorageError as error:
            if error.code != "unknown_team":
                raise
            _log.info("%s is gone, and with it what was to be done for it", args[0])

    return run


def observed(metrics: Metrics, name: str, do: Do) -> Do:
    """The same work, timed; every line that it logs says what it is done for."""

    def run(args: Sequence[str], tries_left: int) -> None:
        began, outcome = time.perf_counter(), "failed"
        with about(job=name, team=args[0], what=":".join(args[1:])):
            try:
                do(args, tries_left)
                outcome = "done"
            except RetryLater:
                outcome = "later"
                raise
            finally:
                took = time.perf_counter() - began
                metrics.job(name, outcome, took)
                _log.info("job %s", outcome, extra={"ms": round(took * 1000), "tries_left": tries_left})

    return run


def job_types(services: Services) -> tuple[JobType, ...]:
    """Every job that `bot.services.work` can enqueue; its writing lets those go first who answer people."""
    services = replace(services, engine=background(services.engine))

    def job(
        name: str, queue: str, do: Callable[..., None], waits: tuple[float, ...], *, repeatable: bool = False
    ) -> JobType:
        def run(args: Sequence[str], _tries_left: int) -> None:
            do(services, *args)

        return JobType(name, queue, observed(services.metrics, name, unless_gone(run)), waits, repeatable)

    def read(args: Sequence[str], tries_left: int) -> None:
        apart = tries_left < len(READ_WAITS)
        reading.read_article(services, *args, tries_left=tries_left, apart=apart)

    reads = observed(services.metrics, work.READ_ARTICLE, unless_gone(read))
    return (
        JobType(work.READ_ARTICLE, work.READING, reads, READ_WAITS, repeatable=True),
        job(work.REFRESH, work.READING, reading.refresh_article, READ_WAITS, repeatable=True),
        job(work.TELL_POSTING, work.TELLING, telling.tell_posting, TELL_WAITS),
        job(work.TELL_READER, work.TELLING, alerts.tell_reader, TELL_WAITS),
        job(work.TELL_LEFT_OUT, work.TELLING, telling.tell_left_out, TELL_WAITS),
        job(work.TAKE_BACK, work.TELLING, telling.take_back_reply, TELL_WAITS),
        job(work.TAKE_BACK_LOST, work.TELLING, telling.take_back_lost, TELL_WAITS),
        job(work.RECHECK, work.TELLING, audiences.recheck_audiences, READ_WAITS),
        job(work.GREET, work.TELLING, greetings.greet, TELL_WAITS),
        job(work.ANSWER_QUESTION, work.TELLING, questions.answer_question, TELL_WAITS),
        job(work.POST_FILE, work.DRAWING, files.post_file, TELL_WAITS),
        job(work.TELL_PAUSE, work.TELLING, pauses.tell_pause, TELL_WAITS),
        job(work.RESUME, work.TELLING, pauses.resume, READ_WAITS),
        job(work.SEE_INSTALLED, work.TELLING, workspaces.look_at_token, READ_WAITS),
        job(work.POST_DIGEST, work.TELLING, digests.post_digest, TELL_WAITS),
    )
