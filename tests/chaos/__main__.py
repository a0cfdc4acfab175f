"""Kills Seams while people work, and says whether anything was lost or said twice: `make chaos`."""

import argparse
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

from bot.console.news import NewsServer
from bot.console.server import SlackServer
from bot.console.workspace import Workspace
from bot.jobs import BADLY, Outbox
from bot.lease import DEAD_SECONDS
from bot.running import prepare_database
from storage.engine import Engine, open_engine, transaction
from tests.chaos import timing, verdict
from tests.chaos.fleet import Fleet, environment_of
from tests.chaos.life import Life
from tests.chaos.postgres import Postgres

SETTLE_SECONDS = 240.0  # without progress; to set a poisonous article aside takes three minutes
LONG_SECONDS = 40.0  # that a worker stays away now and then, so that others have to do its work
QUIET_SECONDS = 3.0  # without open work, over some ticks of the clock


class Run:
    """One run on one database."""

    def __init__(self, dialect: str, *, kills: int, outages: int, pause: float, seed: int) -> None:
        self.dialect, self.kills, self.outages, self.pause = dialect, kills, outages, pause
        self.rng = random.Random(seed)
        self.away: list[tuple[float, float]] = []  # from when to when the database was, in POSIX seconds
        self.directory = Path(tempfile.mkdtemp(prefix="seams-chaos-"))
        self.directory.chmod(0o755)
        os.environ[timing.START] = str(time.time())

    def play(self) -> list[str]:
        """Let people work under kills; gives what was found wrong."""
        with ExitStack() as stack:
            self.postgres = Postgres(self.directory / "postgres") if self.dialect == "postgresql" else None
            if self.postgres is not None:
                stack.callback(self.postgres.remove)
            url = self.postgres.url if self.postgres else f"sqlite:///{self.directory / 'seams.db'}"
            self.engine = open_engine(url)
            stack.callback(self.engine.dispose)
            prepare_database(self.engine)
            workspace = Workspace(timing.now)
            self.server = stack.enter_context(SlackServer(workspace))
            news = stack.enter_context(NewsServer(timing.MORNING.date()))
            environment = environment_of(
                url,
                SLACK_BOT_TOKEN=workspace.bot_token,
                SLACK_API_URL=self.server.api_url,
                SEAMS_FETCH_ALLOW=news.host,
                SEAMS_READERS="1",
            )
            apart = self.postgres is not None
            self.fleet = Fleet(environment, self.directory, self.rng, apart=apart)
            stack.callback(self.fleet.kill_all)
            self.life = Life(workspace, self.fleet, self.server.url, news, self.rng)
            self.fleet.wait_ready()
            with transaction(self.engine) as session:
                self.life.prepare(session, self._due())
            self._strike()
            self._settle(self.engine)
            self.innocent = verdict.innocent(self.engine, self.life.book)
            if self.innocent:
                self._try_again(environment)
            return verdict.faults(self.engine, self.life, self._posted(), self.innocent)

    def _try_again(self, environment: Mapping[str, str]) -> None:
        """What an operator does about jobs that were under way at three kills in a row."""
        with closing(Outbox(self.engine)) as outbox:
            aside = [job.workflow_id for job in outbox.list_jobs(BADLY)]
        named = [key for key in aside if any(article_id in key for article_id in self.innocent)]
        command = [str(Path(sys.executable).with_name("seams")), "jobs", "retry", *named]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        self._settle(self.engine)

    def _due(self) -> list[timedelta]:
        """When the digests are due: spread over what the kills will take."""
        seconds = [self.kills * self.pause * part for part in (0.3, 0.6, 0.9)]
        return [timedelta(seconds=timing.SPEED * (5.0 + each)) for each in seconds]

    def _strike(self) -> None:
        outages = {round((n + 1) * self.kills / (self.outages + 1)) for n in range(self.outages)}
        self.life.start()
        try:
            for number in range(self.kills):
                if number == self.kills // 3:
                    self.life.poison()
                if number in outages and self.postgres is not None:
                    self._outage(self.postgres)
                if number % 4 == 0:
                    self.server.faults.fail_next("chat.postMessage", drop=True, after=True)
                self._wait(self.rng.uniform(0.5, 1.5) * self.pause)
                if number % 25 == 10:
                    self.fleet.strike("worker", away=LONG_SECONDS)
                elif number % 50 == 30:
                    self.fleet.kill_all()
                    self.fleet.kills += len(self.fleet.processes)
                else:
                    self.fleet.strike()
            self._wait(2.0)
        finally:
            self.life.stop()

    def _outage(self, postgres: Postgres) -> None:
        began = time.time()
        postgres.stop(self.rng.choice(("fast", "immediate")))
        self.life.database_is_down.set()
        self._wait(self.rng.uniform(2.0, 6.0))
        self.life.database_is_down.clear()
        postgres.start()
        self.away.append((began, time.time()))

    def _wait(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.fleet.watch()
            time.sleep(0.05)

    def _settle(self, engine: Engine) -> None:
        """Wait until all is done, or nothing more gets done; the clock ticks on meanwhile."""
        lowest, since, busy_at = math.inf, 0.0, time.monotonic()

        def settled() -> bool:
            nonlocal lowest, since, busy_at
            now, left = time.monotonic(), verdict.still_open(engine)
            if left:
                busy_at = now
            if left < lowest:
                lowest, since = left, now
            return now - busy_at > QUIET_SECONDS or now - since > SETTLE_SECONDS

        self.fleet.wait(settled, math.inf)
        if left := verdict.still_open(engine):
            sys.stdout.write(f"  work is left: {left}\n")

    def _posted(self) -> Counter[str]:
        """How often Slack took each post, by its key; an answer that was lost was taken."""
        keys: Counter[str] = Counter()
        for call in self.server.calls("chat.postMessage"):
            if call.answer is None or call.answer.get("ok"):
                metadata = call.args.get("metadata") or "{}"
                payload = json.loads(metadata) if isinstance(metadata, str) else metadata
                if key := payload.get("event_payload", {}).get("key"):
                    keys[key] += 1
        return keys

    def _takeovers(self) -> tuple[list[float], list[float]]:
        """How many seconds each took, without and with an outage of the database that put it off."""
        found: tuple[list[float], list[float]] = ([], [])
        for ended, taken in self.fleet.takeovers():
            put_off = any(began < taken and ended < back + DEAD_SECONDS for began, back in self.away)
            found[put_off].append(taken - ended)
        return sorted(found[0]), sorted(found[1])

    def report(self, found: list[str], seconds: float) -> None:
        """Say what happened."""
        book, says = self.life.book, sys.stdout.write
        acks = ", ".join(f"{what}: {number}" for what, number in sorted(book.acks.items()))
        says(f"{self.dialect}: {self.fleet.kills} kills, {self.outages if self.postgres else 0} outages of ")
        says(f"the database, {len(book.posted)} messages in {seconds:.0f} s\n  acks: {acks}\n")
        for times, why in zip(self._takeovers(), ("", ", put off by an outage of the database"), strict=True):
            if times:
                says(f"  work of {len(times)} dead workers taken over after at most {times[-1]:.1f} s ")
                says(f"(median {times[len(times) // 2]:.1f} s){why}\n")
        if self.innocent:
            says(
                f"  under way at three kills in a row, and tried again by an operator: {len(self.innocent)}\n"
            )
        ended = {each.name: each.ended_itself for each in self.fleet.processes if each.ended_itself}
        says(f"  processes that ended by themselves: {ended or 'none'}\n")
        says("".join(f"  WRONG: {each}\n" for each in found) or "  nothing lost, nothing twice\n")


def main() -> None:
    """Play on each database that is named; exit with status 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="for each database")
    parser.add_argument("--outages", type=int, default=1, help="of PostgreSQL")
    parser.add_argument("--pause", type=float, default=1.2, help="seconds between kills, on average")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave logs and databases")
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    wrong = 0
    for dialect in asked.databases:
        began = time.monotonic()
        run = Run(dialect, kills=asked.kills, outages=asked.outages, pause=asked.pause, seed=asked.seed)
        found = run.play()
        run.report(found, time.monotonic() - began)
        wrong += len(found)
        if asked.keep or found:
            sys.stdout.write(f"  logs: {run.directory}\n")
        else:
            shutil.rmtree(run.directory)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
