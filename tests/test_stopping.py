"""A process ends in time, whatever hangs in it."""

import subprocess
import sys
from pathlib import Path

from bot.stopping import CUT_OFF, Deadline

ROOT = Path(__file__).parents[1]
HANGING = """
import threading
from bot.stopping import end_at_last
end_at_last(0.05)
threading.Thread(target=threading.Event().wait).start()
threading.Event().wait()
"""


def test_all_parts_share_one_deadline_and_the_last_still_has_a_moment() -> None:
    now = 100.0
    deadline = Deadline(18.0, monotonic=lambda: now)
    assert not deadline.begun
    deadline.begin()
    now = 110.0
    assert deadline.begun
    assert deadline.left() == 8.0
    now = 200.0
    assert deadline.left() == 1.0


def test_the_end_begins_once() -> None:
    now = 0.0
    deadline = Deadline(18.0, monotonic=lambda: now)
    deadline.begin()
    now = 10.0
    deadline.begin()
    assert deadline.left() == 8.0


def test_what_hangs_is_cut_off() -> None:
    done = subprocess.run([sys.executable, "-c", HANGING], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == CUT_OFF
