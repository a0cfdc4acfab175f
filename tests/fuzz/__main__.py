"""Fuzz one target for some seconds, or with the same inputs each time: python -m tests.fuzz TARGET LIMIT.

LIMIT is a number of seconds, or `runs=N`.

Begins from the cases in `cases/TARGET` and keeps what it learns in .fuzz/TARGET. What breaks a target is
written to .fuzz/TARGET-crash-...: mend it, and move the file to `cases/TARGET`, where the tests try it.
"""

import hashlib
import logging
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr
from os import devnull
from pathlib import Path

CASES = Path(__file__).parent / "cases"
LEARNT = Path(".fuzz")
# Long enough for a whole small page; what is longer is a matter of time, which `tests/security` looks after.
MOST_BYTES = 20_000
WATCHED = [
    *("bot.reading", "bot.extraction.money", "bot.extraction.money_numbers", "bot.extraction.dates"),
    *("bot.queries", "bot.query_dates", "bot.query_names", "bot.query_watch", "bot.query_words"),
    *("handlers.asked", "handlers.message_links", "handlers.events.message", "protego"),
]


def main(name: str, limit: str) -> None:
    """Fuzz until the limit is reached (exit status 0) or something breaks (77)."""
    try:
        import atheris
    except ImportError:
        sys.exit("The fuzzer (atheris) is there for Linux on x86-64 alone. Its cases are tried by: make test")
    # Each module that is watched takes a moment; it says so, one by one.
    with (
        Path(devnull).open("w") as nowhere,
        redirect_stderr(nowhere),
        atheris.instrument_imports(include=WATCHED),
    ):
        from tests.fuzz.targets import TARGETS
    logging.disable()  # what parsers say of broken files is not news here
    learnt = LEARNT / name
    learnt.mkdir(parents=True, exist_ok=True)
    places = [str(learnt), *(str(CASES / name) for _ in range((CASES / name).is_dir()))]
    options = [
        *((f"-{limit}", "-seed=7") if "=" in limit else (f"-max_total_time={limit}",)),
        f"-max_len={MOST_BYTES}",
        "-timeout=20",
        "-rss_limit_mb=2000",
        f"-artifact_prefix={LEARNT}/{name}-",
        "-print_final_stats=0",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, *places], _kept(name, TARGETS[name]))
    atheris.Fuzz()


def _kept(name: str, target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target, which ends the fuzzer when it breaks: that by itself may end before it has written why."""

    def run(data: bytes) -> None:
        try:
            target(data)
        except Exception:  # noqa: BLE001 - whatever it is, it is a fault
            traceback.print_exc()
            (LEARNT / f"{name}-crash-{hashlib.sha1(data, usedforsecurity=False).hexdigest()}").write_bytes(
                data
            )
            os._exit(77)

    return run


if __name__ == "__main__":
    main(*sys.argv[1:])
