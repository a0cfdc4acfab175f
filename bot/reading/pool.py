"""Child processes for work that may hang, crash or eat memory: parsing strangers' files, running models.

A child that overruns its time or its memory is killed and replaced; only its own task fails. Children are
forked from a small process of one thread (a fork server), never from this one with its threads.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from bot.errors import SeamsError, Unreadable
from bot.reading.shares import Shares

T = TypeVar("T")
logger = logging.getLogger(__name__)

_OUT_OF_MEMORY = 77  # exit status of a child that hit its limit
_TIMER = -27  # of one that SIGPROF killed, which not every system knows
_PR_SET_PDEATHSIG = 1
NICE, LAST = 10, 13  # whoever answers people goes first on the same cores; who reads for people, next
_START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_LOOK = 1.0  # seconds between looks at the pool's health while a task waits


class ChildFailed(Exception):
    """An unforeseen error in a child: its type and place, never its message, which may quote the article."""


def preload(module: str) -> None:
    """Let all later children of this process begin with a module imported, and what that loads.

    Begins at once and waits for nothing. Only the first call counts, and only before the first child.
    Without fork servers (on Windows) each child imports what it needs.
    """
    with suppress(ImportError):
        from multiprocessing import forkserver

        multiprocessing.set_forkserver_preload([module])
        forkserver.ensure_running()


class Workers:
    """A pool of `count` children, started with the first task.

    `memory` is each child's limit in bytes of address space (0 for none), what was preloaded included. A
    child is replaced after `tasks` tasks, so that no leak grows. Use as a context manager, or call `close`.
    """

    def __init__(self, count: int = 1, *, memory: int = 0, tasks: int = 500, nice: int = NICE) -> None:
        self._count = count
        self._memory = memory
        self._tasks = tasks
        self._nice = nice
        self._shares = Shares(count + 1)  # the next is there when a child has done
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._waiting: set[Future[Any]] = set()
        self._closed = False

    def run(self, function: Callable[..., T], *args: object, timeout: float, whose: str = "") -> T:
        """Call a module-level function in a child, at most `timeout` seconds once it has begun.

        Each of those for whom it is called (`whose`) is at most one task ahead of what the children can do at
        once: however many it brings, another's waits behind few of them.

        A SeamsError raised inside comes out as itself. Raises Unreadable when the child was stopped, died or
        failed; concurrent.futures.CancelledError when the pool is closed, or was meanwhile.
        """
        with self._shares.one_of(whose):
            for _ in range(2):  # a pool that broke while this task waited is replaced, once
                pool = self._running_pool()
                try:
                    return self._result(pool, function, args, timeout)
                except BrokenProcessPool:
                    self._discard(pool)
            raise _failed("child_died")

    def close(self) -> None:
        """Stop all children now; tasks that still wait are cancelled."""
        with self._lock:
            self._closed = True
            pool, self._pool = self._pool, None
            for future in self._waiting:
                _cancel(future)
        if pool is not None:
            _stop(pool)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _running_pool(self) -> ProcessPool:
        with self._lock:
            if self._closed:
                raise CancelledError("the pool is closed")
            if self._pool is None:
                CONSTS.term_timeout = 0  # children keep nothing, and ignore the polite signal
                self._pool = ProcessPool(
                    max_workers=self._count,
                    max_tasks=self._tasks,
                    initializer=_start_child,
                    initargs=(self._memory, self._nice),
                    context=multiprocessing.get_context(_START),
                )
            return self._pool

    def _result(
        self, pool: ProcessPool, function: Callable[..., T], args: tuple[object, ...], timeout: float
    ) -> T:
        future = self._schedule(pool, function, args, timeout)
        try:
            return self._wait(pool, future)
        except SeamsError:
            raise
        except TimeoutError:
            raise _too_slow() from None
        except ProcessExpired as error:
            raise _expired(error) from None
        except ChildFailed as error:
            logger.error("a child failed: %s", error)
            raise _failed("child_failed") from error
        finally:
            with self._lock:
                self._waiting.discard(future)

    def _schedule(
        self, pool: ProcessPool, function: Callable[..., T], args: tuple[object, ...], timeout: float
    ) -> Future[T]:
        try:
            future = pool.schedule(_call, args=(function, *args), timeout=timeout)
        except RuntimeError as error:  # pebble's word for a pool that broke earlier
            raise BrokenProcessPool from error
        with self._lock:
            self._waiting.add(future)
            if self._closed:
                _cancel(future)
        return future

    def _wait(self, pool: ProcessPool, future: Future[T]) -> T:
        """The result; a task that a broken pool forgot is noticed, not waited for."""
        while True:
            try:
                return future.result(timeout=_LOOK)
            except TimeoutError:
                if future.done():
                    return future.result(timeout=0)
                if not pool.active and not self._closed:
                    raise BrokenProcessPool from None

    def _discard(self, pool: ProcessPool) -> None:
        """Forget a broken pool, and what is left of its children."""
        with self._lock:
            if self._pool is not pool:
                return
            self._pool = None
        _stop(pool)


def _stop(pool: ProcessPool) -> None:
    """Kill a pool's children and wait until they are gone."""
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _cancel(future: Future[Any]) -> None:
    """Cancel a task, running or not."""
    future.cancel()


@contextmanager
def ended_within(seconds: float) -> Iterator[None]:
    """In a child: let the system kill it when the block has used so much processor time, however deep in C.

    The clock on the wall is no measure of it: on a busy host a child has to wait for its turns. Where there
    are no such timers the task's own time limit is all there is.
    """
    if not hasattr(signal, "setitimer"):  # on Windows
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _expired(error: ProcessExpired) -> Unreadable:
    """Why a child ended before its task did."""
    if error.exitcode == _TIMER:
        return _too_slow()
    return _failed("too_big" if error.exitcode == _OUT_OF_MEMORY else "child_died")


def _too_slow() -> Unreadable:
    return Unreadable("Reading this took too long. Paste the part that matters instead.", code="too_slow")


def _failed(code: str) -> Unreadable:
    return Unreadable("This could not be read. Paste the article's text instead.", code=code)


def finish_when_told_to_stop() -> None:
    """Ignore a supervisor's SIGTERM, which may go to every process: what is being read is to be finished."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def limit_threads() -> None:
    """Let numpy's libraries start no thread: one child is one core's work. Before they are imported."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _start_child(memory: int, nice: int) -> None:
    """Let the child give way to others, and set its limits."""
    if hasattr(os, "nice"):
        os.nice(nice)
    finish_when_told_to_stop()
    limit_threads()
    if memory:
        try:
            import resource  # not on Windows
        except ImportError:
            pass
        else:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    _die_with_parent()


def _die_with_parent() -> None:
    """Let a killed parent take the child along, which may be in a loop without end (Linux alone can)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _call(function: Callable[..., T], *args: object) -> T:
    """Run a task in the child so that every error can travel: a foreign one may not unpickle."""
    try:
        return function(*args)
    except SeamsError:
        raise
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # the child may be full of it: a new one takes its place
    except Exception as error:  # noqa: BLE001 - the edge between two processes
        trace, place = error.__traceback__, "?"
        while trace is not None:
            place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
            trace = trace.tb_next
        raise ChildFailed(f"{type(error).__name__} at {place}") from None
