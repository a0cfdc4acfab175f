"""Whether this process may do durable work, which others are dead, and who takes over what those were at.

Each process has an id that no other ever has, so two never run the same work by mistake; and each says every
few seconds that it lives. One that is silent for long is taken for dead, and its work begins again
elsewhere. A process that is only slow, or cut off from the database, stops posting long before: between
the two moments lies more than the longest call to Slack. One that dies on this machine is known at once to
be dead: the lock that it held on a file is free.
"""

import fcntl
import logging
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from platform import node
from threading import Event, Thread
from typing import IO
from uuid import uuid4

from storage import processes
from storage.engine import Engine, Session, SQLAlchemyError, open_engine, snapshot, transaction
from storage.processes import Limits

BEAT_SECONDS = 2.0
HELD_SECONDS = 6.0  # after its last beat a process posts nothing any more
DEAD_SECONDS = 24.0  # after its last beat its work is given to others
ORPHAN_SECONDS = 60.0  # that work may be under way for a process which never said that it lives
# Work at whose every start the process died is set aside after three, unless processes die without it too.
LIMITS = Limits(starts=3, storm_starts=8, lately_ms=600_000)
FORGET_MS = 3_600_000

_log = logging.getLogger(__name__)

SetAside = Callable[[Session, tuple[str, ...]], None]


class Lease:
    """This process's right to work. `open` it before the work begins and `close` it after."""

    def __init__(
        self,
        database: str,
        directory: Path,
        *,
        name: str,
        queue: str,
        lost: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Live in the database; `directory` holds this machine's locks, `name` is for people.

        Work of the dead goes to `queue`. `lost` is called when others took over what is ours.
        """
        self.executor_id = f"{name}-{uuid4().hex[:12]}"
        self._database, self._directory = database, directory / "processes" / _kernel()
        self._queue, self._lost = queue, lost
        self._monotonic = monotonic
        self._beaten = self._patient_until = float("-inf")
        self._is_lost = False
        self._stop = Event()
        self._thread = Thread(target=self._keep, name="seams-lease", daemon=True)
        self._lock: IO[bytes] | None = None

    def open(self, set_aside: SetAside) -> None:
        """Make this process known, and take over what others left; raises SQLAlchemyError.

        The ids of jobs that were the end of their process each time go to `set_aside`, in the transaction
        that takes them over.
        """
        self._set_aside = set_aside
        self._engine: Engine = open_engine(
            self._database
        )  # its own: a busy pool must not keep it from beating
        self._lock = _hold(self._directory, self.executor_id)
        began = self._monotonic()
        with transaction(self._engine) as session:
            processes.add_process(session, executor_id=self.executor_id)
        self._beaten = began
        _log.info("works as %s", self.executor_id)
        self._sweep()
        self._thread.start()

    def is_held(self) -> bool:
        """Whether nobody can have taken over what this process is at."""
        return not self._is_lost and self._monotonic() - self._beaten < HELD_SECONDS

    def close(self) -> None:
        """Give back what was not finished; nothing is posted any more."""
        self._stop.set()
        self._thread.join()
        self._beaten = float("-inf")
        with suppress(SQLAlchemyError), transaction(self._engine) as session:  # else it is taken over later
            processes.hand_back(session, executor_id=self.executor_id)
            processes.leave(session, executor_id=self.executor_id)
        self._engine.dispose()
        if self._lock is not None:
            _lock_of(self._directory, self.executor_id).unlink(missing_ok=True)
            self._lock.close()

    def beat(self) -> None:
        """Say that this process lives, and look for dead ones: what is done every few seconds."""
        began = self._monotonic()
        with transaction(self._engine) as session:
            known = processes.beat(session, executor_id=self.executor_id)
        if not known:
            self._is_lost = True
            return
        if began - self._beaten > HELD_SECONDS:
            # Whatever kept this process from the database may have kept others: let them speak first.
            self._patient_until = began + DEAD_SECONDS
        self._beaten = began
        if began >= self._patient_until:
            self._sweep()

    def _keep(self) -> None:
        while not self._stop.wait(BEAT_SECONDS):
            try:
                self.beat()
            except SQLAlchemyError as error:
                _log.warning("the database did not hear that this process lives: %s", type(error).__name__)
            except Exception:  # noqa: BLE001 - else this process would fall silent
                _log.exception("what dead processes left could not be taken over")
            if self._is_lost:
                _log.error("this process was silent for too long; others do its work now, and it stops")
                self._lost()
                return

    def _sweep(self) -> None:
        with snapshot(self._engine) as session:
            others = set(processes.list_processes(session)) - {self.executor_id}
            silent = set(processes.silent_processes(session, for_ms=_ms(DEAD_SECONDS)))
            orphaned = set(processes.orphaned_by(session, for_ms=_ms(ORPHAN_SECONDS)))
        here = {each: _is_dead(self._directory, each) for each in others}
        dead = {each for each, is_dead in here.items() if is_dead}
        # Of those whose lock we see, the lock alone tells.
        silent = {each for each in silent & others if here[each] is None}
        if dead or silent or orphaned:
            self._take_over(dead, silent, orphaned)
        for executor_id in dead:
            _lock_of(self._directory, executor_id).unlink(missing_ok=True)

    def _take_over(self, dead: set[str], silent: Collection[str], orphaned: set[str]) -> None:
        with transaction(self._engine) as session:
            buried = processes.bury_silent(session, executor_ids=silent, for_ms=_ms(DEAD_SECONDS))
            processes.bury(session, executor_ids=dead)
            gone = dead.union(buried, orphaned)
            aside = processes.take_over(session, executor_ids=gone, queue=self._queue, limits=LIMITS)
            processes.forget_dead(session, after_ms=FORGET_MS)
            self._set_aside(session, aside)
        for executor_id in sorted(gone):
            _log.warning("%s is dead; its work begins again", executor_id)
        for job_id in aside:
            _log.error("%s was the end of its process each time, and is set aside", job_id)


def _ms(seconds: float) -> int:
    return int(seconds * 1000)


def _kernel() -> str:
    """What names the running kernel: beyond it a lock on a shared file may not be seen."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return node()


def _lock_of(directory: Path, executor_id: str) -> Path:
    return directory / f"{executor_id}.lock"


def _hold(directory: Path, executor_id: str) -> IO[bytes] | None:
    """The held lock of this process; None where no file can be written: then its silence has to tell."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        file = _lock_of(directory, executor_id).open("wb")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        _log.warning("%s can't hold a lock (%s)", directory, error.strerror)
        return None
    return file


def _is_dead(directory: Path, executor_id: str) -> bool | None:
    """Whether a process has let its lock go; None for one whose lock is not on this machine."""
    try:
        with _lock_of(directory, executor_id).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
