"""The processes of a run, watched over as a supervisor does: what ends is started again."""

import os
import random
import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context, set_forkserver_preload
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from bot.console.delivery import Ack, Envelope, HttpCarrier
from bot.console.values import Json
from tests.chaos import program

SECRET = "a signing secret"
PARTS = ("web", "web", "worker", "worker", "clock")
_BURIED = re.compile(r"^(\S+) .*?(\S+) is dead; its work begins again", re.MULTILINE)
_NAMED = re.compile(r"works as (\S+)")


@dataclass
class Process:
    """One process and its log, which lasts over restarts."""

    name: str
    part: str
    environment: Mapping[str, str]
    log: Path
    port: int = 0
    running: BaseProcess | None = None
    starts_at: float = 0.0
    killed: dict[str, float] = field(default_factory=dict)  # executor id -> when
    ended_itself: int = 0

    def start(self) -> None:
        # Forked from a process that has imported all: a start takes a moment, however busy the machine.
        made = get_context("forkserver").Process(
            target=program.main, args=(self.part, dict(self.environment), str(self.log))
        )
        made.start()
        self.running = made

    def kill(self) -> None:
        """SIGKILL, as the kernel does it when memory is short."""
        if self.running is not None:
            self.running.kill()
            self.running.join()
        if named := _NAMED.findall(self.log.read_text()):
            self.killed.setdefault(named[-1], time.time())
        self.running = None


class Fleet:
    """Two web processes, two workers and a clock. Call it to deliver to a web process, as Slack does."""

    def __init__(
        self, environment: Mapping[str, str], directory: Path, rng: random.Random, *, apart: bool
    ) -> None:
        """Start all; `apart` as if each were on a machine of its own, where nobody sees another's lock."""
        set_forkserver_preload(["tests.chaos.program"])
        self._rng, self._lock = rng, Lock()
        self.kills = 0
        self.processes = []
        for number, part in enumerate(PARTS):
            name, port = f"{part}{number}", free_port()
            own = {
                "PORT": str(port),
                "DYNO": name,
                "SEAMS_DATA_DIR": str(directory / (name if apart else "data")),
            }
            made = Process(name, part, {**environment, **own}, directory / f"{name}.log", port)
            made.log.touch()
            made.start()
            self.processes.append(made)

    def __call__(self, envelope: Envelope, payload: Json, extra: Mapping[str, str]) -> Ack:
        """Deliver to one of the web processes, whichever comes."""
        with self._lock:
            port = self._rng.choice([each.port for each in self.processes if each.part == "web"])
        return HttpCarrier(f"http://127.0.0.1:{port}", SECRET)(envelope, payload, extra)

    def watch(self) -> None:
        """Start again what ended, after a moment."""
        for each in self.processes:
            if each.running is not None and not each.running.is_alive():
                each.ended_itself += 1
                each.kill()
                each.starts_at = time.monotonic() + 0.5
            if each.running is None and time.monotonic() >= each.starts_at:
                each.start()

    def strike(self, part: str = "", *, away: float | None = None) -> None:
        """Kill one process of those that live (of a part), to start it again after `away` seconds."""
        alive = [each for each in self.processes if each.running is not None and part in each.part]
        if alive:
            victim = self._rng.choice(alive)
            victim.kill()
            victim.starts_at = time.monotonic() + (self._rng.uniform(0.0, 1.0) if away is None else away)
            self.kills += 1

    def kill_all(self) -> None:
        """Kill all at once, as when a machine loses its power."""
        for each in self.processes:
            each.kill()

    def wait_ready(self, *, seconds: float = 90.0) -> None:
        """Wait until every process has started."""
        self.wait(lambda: all("Stop with Ctrl-C" in each.log.read_text() for each in self.processes), seconds)

    def wait(self, until: Callable[[], object], seconds: float) -> None:
        """Wait for something to become true, starting again what ended; raises TimeoutError."""
        ends = time.monotonic() + seconds
        while not until():
            if time.monotonic() > ends:
                raise TimeoutError(f"not within {seconds} s")
            self.watch()
            time.sleep(0.1)

    def takeovers(self) -> list[tuple[float, float]]:
        """When each killed worker ended, and when another took its work over (POSIX seconds)."""
        buried: dict[str, float] = {}
        for each in self.processes:
            for stamp, executor_id in _BURIED.findall(each.log.read_text()):
                moment = datetime.fromisoformat(stamp).timestamp()
                buried[executor_id] = min(moment, buried.get(executor_id, moment))
        killed = {key: when for each in self.processes for key, when in each.killed.items()}
        return [(when, buried[key]) for key, when in killed.items() if key in buried]


def free_port() -> int:
    """A port on which nobody listens at the moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def environment_of(database_url: str, **more: str) -> dict[str, str]:
    """What the processes of a run are told."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "SLACK_SIGNING_SECRET": SECRET,
        "SEAMS_HOST": "127.0.0.1",
        **more,
    }
