"""Seams as an operator runs it: processes of their own, beside a stand-in Slack, and their memory."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.running import prepare_database
from storage.engine import open_engine

ROOT = Path(__file__).parents[2]
START_SECONDS = 180.0
STOP_SECONDS = 30.0
_LISTENING = re.compile(r"listening on port (\d+)")
_METRICS = re.compile(r"metrics on port (\d+)")


@dataclass(slots=True)
class Process:
    """One started part; `ready_seconds` is the time from its start to its first "ready"."""

    part: str
    process: subprocess.Popen[bytes]
    log: Path
    began: float
    ready_seconds: float = 0.0

    def port(self, wanted: re.Pattern[str]) -> int:
        """The port that it says it listens on."""
        for _ in range(int(START_SECONDS / 0.02)):
            if found := wanted.search(self.log.read_text()):
                return int(found[1])
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.part} ended: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)
        raise RuntimeError(f"{self.part} does not listen: {self.log.read_text()[-2000:]}")

    @property
    def url(self) -> str:
        """Where Slack's requests go."""
        return f"http://127.0.0.1:{self.port(_LISTENING)}"

    @property
    def metrics_port(self) -> int:
        """Where monitors ask."""
        return self.port(_METRICS)

    def wait_until_ready(self) -> None:
        """Ask /readyz until it says so."""
        port = self.metrics_port
        for _ in range(int(START_SECONDS / 0.01)):
            with suppress(OSError):
                if get(port, "/readyz")[0] == 200:
                    self.ready_seconds = time.perf_counter() - self.began
                    return
            time.sleep(0.01)
        raise RuntimeError(f"{self.part} does not get ready: {self.log.read_text()[-2000:]}")

    def memory(self) -> Mapping[str, int]:
        """The resident memory in MB now: of itself, and of the largest of its children."""
        own = rss(self.process.pid)
        children = [rss(child) for child in children_of(self.process.pid)]
        return {"own": own, "child": max(children, default=0)}

    def stop(self) -> tuple[int | None, float]:
        """Ask it to stop; gives its exit status, None when it had to be killed, and the seconds it took."""
        began = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS), time.perf_counter() - began
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None, time.perf_counter() - began


class Parts:
    """The processes of one Seams on one database. A context manager; stops what still runs at its end."""

    def __init__(self, directory: Path, environment: Mapping[str, str]) -> None:
        """`environment` is what an operator would set."""
        self._directory = directory
        self._environment = {
            **os.environ,
            "SEAMS_DATA_DIR": str(directory),
            "SEAMS_HOST": "127.0.0.1",
            "SEAMS_METRICS_PORT": "0",
            "PORT": "0",
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        engine = open_engine(self._environment["DATABASE_URL"])
        prepare_database(engine)
        engine.dispose()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def start(self, part: str, **more: str) -> Process:
        """Start a part, and wait until it is ready."""
        started = self.launch(part, **more)
        started.wait_until_ready()
        return started

    def launch(self, part: str, **more: str) -> Process:
        """Start a part; `more` is set for it alone."""
        log = self._directory / f"{part}.log"
        began = time.perf_counter()
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run", part],
                cwd=ROOT,
                env={**self._environment, "DYNO": part, **more},
                stdout=stream,
                stderr=stream,
            )
        self._stack.callback(_end, process)
        return Process(part, process, log, began)


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of an answer from this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def rss(pid: int) -> int:
    """The resident memory of a process in MB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


def children_of(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in tasks.read_text().split()]
    return found + [deeper for child in found for deeper in children_of(child)]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
