"""A clock on which a second is a minute, the same in all processes."""

import os
import time
from datetime import datetime, timedelta

SPEED = 60.0
START = "CHAOS_START"  # in the environment: the wall clock's seconds since 1970 when the run began
MORNING = datetime.fromisoformat("2026-03-02T07:00:00+00:00")  # a Monday, before the digests


def now() -> datetime:
    """The time of the run."""
    return MORNING + timedelta(seconds=(time.time() - float(os.environ[START])) * SPEED)
