"""A limit on how far one task may make its process grow."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATM = Path("/proc/self/statm")  # Linux: sizes in pages, that of the address space first


@contextmanager
def growing_at_most(size: int) -> Iterator[None]:
    """Let this process take `size` more bytes of address space at most; beyond that it gets a MemoryError.

    Where the system does not tell how large a process is, there is no limit but the process's own.
    """
    if not _STATM.exists():
        yield
        return
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = int(_STATM.read_text().split()[0]) * resource.getpagesize() + size
    resource.setrlimit(
        resource.RLIMIT_AS, (most if soft == resource.RLIM_INFINITY else min(soft, most), hard)
    )
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
