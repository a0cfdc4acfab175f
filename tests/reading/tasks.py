"""Work for children: good, slow, greedy, broken. Imports little, since every child imports it."""

import os
import signal
import sys
import threading
from pathlib import Path

from bot.errors import SeamsError
from bot.reading.memory import growing_at_most
from bot.reading.pool import ended_within
from bot.values import Page


class Foreign(Exception):
    """An error that can't be rebuilt in another process."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def own_pid() -> int:
    return os.getpid()


def length(text: str) -> int:
    return len(text)


def note_after(gate: str, notes: str, what: str) -> None:
    """Wait until the file `gate` is there, then write a line to `notes`."""
    while not Path(gate).exists():
        threading.Event().wait(0.01)
    with Path(notes).open("a") as file:
        file.write(f"{what}\n")


def hang() -> None:
    threading.Event().wait()


def spin() -> None:
    while True:
        pass


def die(status: int) -> None:
    os._exit(status)


def eat(size: int) -> int:
    return len(bytearray(size))


def eat_within(limit: int, size: int) -> int:
    """Take so many bytes where so many may be taken."""
    with growing_at_most(limit):
        return eat(size)


def eat_after(limit: int, size: int) -> int:
    """The same once the limit is over."""
    with growing_at_most(limit):
        pass
    return eat(size)


def refuse_with(error: SeamsError) -> None:
    raise error


def break_down(secret: str) -> None:
    raise Foreign("quoting the article:", secret)


def recurse() -> int:
    return recurse()


def unpicklable() -> object:
    return lambda: None


def wait_for(path: str) -> str:
    """Say that work has begun, then never end."""
    Path(path).touch()
    threading.Event().wait()
    return ""


def read_plain(body: bytes) -> Page:
    from bot.reading.page import read_page

    return read_page(body, content_type="text/plain", url=None)


def spin_at_first(seconds: float) -> None:
    with ended_within(seconds):
        spin()


def clock_after_first(seconds: float) -> float:
    with ended_within(seconds):
        own_pid()
    return signal.getitimer(signal.ITIMER_PROF)[0]


def remembered() -> str:
    """What was preloaded, if it was; "no" otherwise."""
    return str(getattr(sys.modules.get("tests.reading.remembered"), "WORD", "no"))
