"""What the process holds that readers are forked from."""

import subprocess
import sys

import pytest

THREADS = """
import os
import bot.services.preloaded
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.slow  # loads all pipelines, in a process of its own
@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_what_is_forked_from_has_one_thread() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", THREADS],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout == "1\n"
