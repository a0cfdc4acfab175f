"""A Seams in a hurry: no pause between tries and posts, and the queue is looked at when something is in it.

DBOS looks several times a second for work, and a test that waits for the work to end asks again and again
whether it has: together that took more of a scenario than what it is about.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from dbos import _queue
from dbos._workflow_commands import BACKGROUND_JOBS_THREAD_NAME
from sqlalchemy import event

from bot import jobs, outcomes, pacing, slack_people
from bot.services import job_types, work
from storage.engine import Engine

_NOTED = "seams_queue_changed"
_TAKES = "queue-worker-"  # how threads that take work are called
NARROW = frozenset({work.DRAWING, jobs.SUSPECTS})  # take one job at a time
QUEUES = NARROW | {work.READING, work.TELLING}
ROOM = 4  # jobs of one workspace that each of these takes at once
ANY = ""  # in the place of a queue that is not known


class Change(NamedTuple):
    """How many jobs more are left, and in which queue something may be taken up."""

    more: int
    queue: str | None


ENDED = Change(-1, None)  # it makes room, in which queue is not known
DUE = Change(0, ANY)  # what waited for its time may be taken


def _queue_of(given: Any) -> str:
    """The queue that a statement's parameters name."""
    values = given.values() if isinstance(given, dict) else given
    return next((value for value in values if isinstance(value, str) and value in QUEUES), ANY)


class Bell:
    """Rings when a change of the durable queue's own table stands in the database."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._left = 0  # jobs that were added and have not ended; too many where one was no new one
        self.times = 0
        # How often there was something to take up, by queue: the thread that takes from it looks then.
        self._calls: Counter[str] = Counter()

    def ring(self, changes: Sequence[Change]) -> None:
        """Jobs were added, or ended."""
        with self._rung:
            self._left = max(0, self._left + sum(change.more for change in changes))
            self.times += 1
            called = {change.queue for change in changes if change.queue is not None}
            if self._left and ENDED in changes:  # where few work, there was room but in the narrow ones
                called |= {ANY} if self._left >= ROOM else NARROW
            self._calls.update({ANY} if ANY in called else called)
            self._rung.notify_all()

    def calls(self, queue: str) -> int:
        """How often there was something to take up from a queue."""
        return self._calls[queue] + self._calls[ANY]

    def wait_for_rest(self, heard: int, seconds: float) -> int:
        """Wait until it has rung more often than was heard and nothing is left; gives how often it has."""
        with self._rung:
            self._rung.wait_for(lambda: self.times != heard and not self._left, seconds)
            return self.times

    def wait_for_work(self, queue: str, heard: int, seconds: float) -> int:
        """Wait until it has called to a queue more often than was heard; gives how often it has."""
        with self._rung:
            self._rung.wait_for(lambda: self.calls(queue) != heard, seconds)
            return self.calls(queue)

    def all_is_done(self) -> None:
        """Nothing is left to be taken up."""
        with self._rung:
            self._left = 0

    def hang(self, engine: Engine) -> None:
        """Ring for every change that goes through this engine, when its connection is given back."""

        def noted(connection: Any, cursor: Any, statement: str, given: Any, *_: object) -> None:
            begins, thread = statement.lstrip()[:6], threading.current_thread().name
            if "workflow_status" not in statement or begins == "SELECT" or thread.startswith(_TAKES):
                return
            if thread != BACKGROUND_JOBS_THREAD_NAME:
                change = Change(1, _queue_of(given)) if begins == "INSERT" else ENDED
                connection.info.setdefault(_NOTED, []).append(change)
            elif cursor.rowcount > 0:  # it looks five times a second
                connection.info.setdefault(_NOTED, []).append(DUE)

        def given_back(_connection: Any, entry: Any) -> None:
            if changes := entry.info.pop(_NOTED, None):
                self.ring(changes)

        event.listen(engine, "after_cursor_execute", noted)
        event.listen(engine, "checkin", given_back)


class _Pause(threading.Event):
    """DBOS's own event that tells a thread to stop, whose waiting the bell cuts short."""

    def __init__(self, stop: threading.Event, bell: Bell, queue: str) -> None:
        super().__init__()
        self._stop, self._bell, self._queue, self._heard = stop, bell, queue, bell.calls(queue)

    def is_set(self) -> bool:
        return self._stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        self._heard = self._bell.wait_for_work(self._queue, self._heard, timeout or 0.0)
        return self._stop.is_set()


def hurry(patch: pytest.MonkeyPatch) -> Bell:
    """Let what is started from now on be quick, wait as long as need be; hang the bell on its engine."""
    bell, take = Bell(), _queue.queue_worker_thread

    def woken(stop: threading.Event, dbos: Any, queue: Any) -> None:
        take(_Pause(stop, bell, queue.name), dbos, queue)

    patch.setattr(_queue, "queue_worker_thread", woken)
    patch.setattr("dbos._workflow_commands._BACKGROUND_JOBS_INTERVAL_SEC", 0.2)
    patch.setattr(pacing, "POST_SECONDS", 0.0)
    patch.setattr(outcomes, "HOLD_SECONDS", 0.0)
    patch.setattr(slack_people, "SOON_SECONDS", 60.0)  # this Slack is as busy as the machine
    for waits in ("READ_WAITS", "TELL_WAITS"):
        patch.setattr(job_types, waits, (0.0,) * len(getattr(job_types, waits)))
    return bell
