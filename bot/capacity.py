"""How much of the host this process may use: cores and memory, also within a container's limits."""

import os
from contextlib import suppress
from pathlib import Path

# Address space is no guide here: this is what a reader process holds with three languages loaded.
READER_BYTES = 900_000_000
REST_BYTES = 400_000_000  # for the process that starts them, and the system
# One process feeds about so many readers; a larger host runs several of them.
MOST_READERS = 8
_CGROUP = Path("/sys/fs/cgroup")


def default_readers(cgroup: Path = _CGROUP) -> int:
    """As many reader processes as there are cores, if there is memory for them; at least one."""
    memory = usable_memory(cgroup)
    fitting = (memory - REST_BYTES) // READER_BYTES if memory else MOST_READERS
    return max(1, min(int(usable_cores(cgroup)), fitting, MOST_READERS))


def usable_cores(cgroup: Path = _CGROUP) -> float:
    """Cores that this process may run on; a fraction where a container's quota says so."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        cores = os.cpu_count() or 1
    # https://docs.kernel.org/admin-guide/cgroup-v2.html: "QUOTA PERIOD" in microseconds, or "max PERIOD"
    quota, _, period = _read(cgroup / "cpu.max").partition(" ")
    return min(cores, int(quota) / int(period)) if quota.isdecimal() and period.isdecimal() else cores


def usable_memory(cgroup: Path = _CGROUP) -> int:
    """Bytes of memory that this process may use; 0 when nobody tells."""
    limits = [_read(cgroup / "memory.max"), _read(cgroup / "memory" / "memory.limit_in_bytes")]
    with suppress(AttributeError, ValueError, OSError):  # not on Windows
        limits.append(str(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")))
    return min((int(limit) for limit in limits if limit.isdecimal()), default=0)


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
