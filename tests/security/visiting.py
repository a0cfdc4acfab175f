"""A process of its own that visits hostile pages, and says what came of each and what it cost.

Reads a JSON list of [url, seconds] and writes one of [code or null, seconds, bytes of memory grown].
"""

import gc
import json
import re
import ssl
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import ReadingError
from bot.reading.fetch import Fetcher, Limits

Visit = tuple[str | None, float, int]


def _memory(name: str) -> int:
    """A line of this process's status, in bytes."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def _visit(url: str, seconds: float) -> Visit:
    limits = Limits(seconds=seconds, robots_seconds=seconds / 2, pause=0.0)
    fetcher = Fetcher(
        frozenset({urlsplit(url).netloc}), limits=limits, tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before, begun = _memory("VmRSS"), time.monotonic()
    try:
        fetcher.fetch(url)
        code = None
    except ReadingError as error:
        code = error.code
    return code, time.monotonic() - begun, _memory("VmHWM") - before


if __name__ == "__main__":
    visits = [_visit(url, seconds) for url, seconds in json.load(sys.stdin)]
    json.dump(visits, sys.stdout)
