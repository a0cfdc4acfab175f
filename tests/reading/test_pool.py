"""Children that hang, die, eat or break take nobody with them."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import PageBlocked, PageUnavailable, SeamsError, StorageError, Unreadable, UserError
from bot.reading.pool import Workers
from tests.reading import tasks

TIME = 60.0  # seconds: enough for a child to start on a very busy machine


@pytest.fixture(scope="module")
def shared() -> Iterator[Workers]:
    with Workers(memory=2_000_000_000) as workers:
        yield workers


def test_a_result_comes_back_from_another_process(shared: Workers) -> None:
    assert shared.run(tasks.own_pid, timeout=TIME) != os.getpid()


def test_a_child_is_used_again(shared: Workers) -> None:
    assert shared.run(tasks.own_pid, timeout=TIME) == shared.run(tasks.own_pid, timeout=TIME)


def test_large_values_travel(shared: Workers) -> None:
    assert shared.run(tasks.length, "x" * 5_000_000, timeout=TIME) == 5_000_000


@pytest.mark.parametrize(
    "error",
    [
        PageBlocked("The page wants a login.", code="login_required"),
        PageUnavailable("Later."),
        StorageError("Disk."),
        UserError("Ask again.", code="odd"),
    ],
)
def test_our_own_errors_arrive_as_themselves(shared: Workers, error: SeamsError) -> None:
    with pytest.raises(type(error)) as raised:
        shared.run(tasks.refuse_with, error, timeout=TIME)
    assert (raised.value.message, raised.value.code) == (error.message, error.code)


@pytest.mark.parametrize("task", [tasks.hang, tasks.spin])
def test_a_child_that_hangs_is_stopped_and_replaced(shared: Workers, task: Callable[[], None]) -> None:
    before = shared.run(tasks.own_pid, timeout=TIME)
    with pytest.raises(Unreadable) as raised:
        shared.run(task, timeout=0.1)
    assert raised.value.code == "too_slow"
    assert shared.run(tasks.own_pid, timeout=TIME) != before


def test_a_first_part_that_overruns_its_own_time_is_stopped(shared: Workers) -> None:
    with pytest.raises(Unreadable) as raised:
        shared.run(tasks.spin_at_first, 0.1, timeout=TIME)
    assert raised.value.code == "too_slow"


def test_a_first_part_that_ended_in_time_leaves_no_clock_running(shared: Workers) -> None:
    assert shared.run(tasks.clock_after_first, TIME, timeout=TIME) == 0


def test_a_child_that_dies_is_replaced(shared: Workers) -> None:
    with pytest.raises(Unreadable) as raised:
        shared.run(tasks.die, 3, timeout=TIME)
    assert raised.value.code == "child_died"
    assert shared.run(tasks.own_pid, timeout=TIME)


def test_a_child_that_is_killed_while_idle_is_replaced(shared: Workers) -> None:
    killed = shared.run(tasks.own_pid, timeout=TIME)
    os.kill(killed, signal.SIGKILL)
    assert shared.run(tasks.own_pid, timeout=TIME) != killed


def test_a_child_that_eats_too_much_is_replaced(shared: Workers) -> None:
    with pytest.raises(Unreadable) as raised:
        shared.run(tasks.eat, 3_000_000_000, timeout=TIME)
    assert raised.value.code == "too_big"
    assert shared.run(tasks.eat, 1_000_000, timeout=TIME) == 1_000_000


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells how large a process is")
def test_a_task_may_be_given_less_than_its_child(shared: Workers) -> None:
    assert shared.run(tasks.eat_within, 200_000_000, 100_000_000, timeout=TIME) == 100_000_000
    assert shared.run(tasks.eat_after, 50_000_000, 100_000_000, timeout=TIME) == 100_000_000
    with pytest.raises(Unreadable) as raised:
        shared.run(tasks.eat_within, 50_000_000, 100_000_000, timeout=TIME)
    assert raised.value.code == "too_big"


def test_a_foreign_error_is_unreadable_and_quotes_nothing(
    shared: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Unreadable) as raised:
        shared.run(tasks.break_down, "the merger is off", timeout=TIME)
    assert raised.value.code == "child_failed"
    assert "Foreign at tasks.py" in caplog.text
    assert "merger" not in caplog.text + str(raised.value.__cause__)


@pytest.mark.parametrize("task", [tasks.recurse, tasks.unpicklable])
def test_other_break_downs_are_unreadable(shared: Workers, task: Callable[[], object]) -> None:
    with pytest.raises(Unreadable):
        shared.run(task, timeout=TIME)
    assert shared.run(tasks.own_pid, timeout=TIME)


def test_pages_are_read_in_a_child(shared: Workers) -> None:
    story = "Corvane bought a rival in Lyon for four million euros."
    assert shared.run(tasks.read_plain, story.encode(), timeout=TIME).text == story


def test_many_threads_share_a_pool(shared: Workers) -> None:
    with ThreadPoolExecutor(8) as threads:
        lengths = threads.map(lambda n: shared.run(tasks.length, "x" * n, timeout=TIME), range(40))
        assert list(lengths) == list(range(40))


def test_children_begin_with_what_was_preloaded() -> None:
    code = (
        "from bot.reading.pool import Workers, preload\nfrom tests.reading import tasks\n"
        "if __name__ == '__main__':\n    preload('tests.reading.remembered')\n"
        "    with Workers() as workers:\n        print(workers.run(tasks.remembered, timeout=60))\n"
    )
    script = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert script.stdout == "yes\n"


def test_a_child_is_replaced_after_its_share_of_tasks() -> None:
    with Workers(tasks=2) as workers:
        pids = [workers.run(tasks.own_pid, timeout=TIME) for _ in range(3)]
    assert pids[0] == pids[1] != pids[2]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_closing_leaves_no_child() -> None:
    with Workers() as workers:
        pid = workers.run(tasks.own_pid, timeout=TIME)
    assert not is_alive(pid)


def test_closing_twice_or_unused_is_fine() -> None:
    workers = Workers()
    workers.close()
    workers.close()


def test_a_closed_pool_takes_no_work() -> None:
    workers = Workers()
    workers.close()
    with pytest.raises(CancelledError, match="closed"):
        workers.run(tasks.own_pid, timeout=TIME)


def test_closing_frees_those_who_wait(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with Workers() as workers, ThreadPoolExecutor(2) as threads:
        running = threads.submit(workers.run, tasks.wait_for, str(begun), timeout=60)
        queued = threads.submit(workers.run, tasks.hang, timeout=60)
        while not begun.exists():
            threading.Event().wait(0.01)
        workers.close()
        for waiting in (running, queued):
            with pytest.raises(CancelledError):
                waiting.result(timeout=TIME)


def test_who_brings_many_tasks_keeps_another_waiting_behind_few(tmp_path: Path) -> None:
    gate, notes = tmp_path / "gate", tmp_path / "notes"

    def note(what: str, whose: str) -> None:
        workers.run(tasks.note_after, str(gate), str(notes), what, timeout=TIME, whose=whose)

    with Workers() as workers, ThreadPoolExecutor(7) as threads:
        many = [threads.submit(note, "many", "one") for _ in range(6)]
        while len(workers._waiting) < 2:
            threading.Event().wait(0.01)
        alone = threads.submit(note, "alone", "other")
        while len(workers._waiting) < 3:
            threading.Event().wait(0.01)
        gate.touch()
        for task in (*many, alone):
            task.result(timeout=TIME)
    assert notes.read_text().split().index("alone") <= 3


def test_a_program_that_forgets_to_close_still_ends() -> None:
    code = (
        "from bot.reading.pool import Workers\nfrom tests.reading import tasks\n"
        "if __name__ == '__main__':\n    print(Workers().run(tasks.own_pid, timeout=60))\n"
    )
    script = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    deadline = time.monotonic() + 30
    while is_alive(int(script.stdout)) and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert not is_alive(int(script.stdout))
    assert "Warning" not in script.stderr
