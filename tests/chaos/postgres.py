"""A PostgreSQL of the run's own that can be stopped and started, and keeps what it was told to keep."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Postgres:
    """A server on a loopback port."""

    def __init__(self, directory: Path) -> None:
        """Make and start it, in a new directory."""
        environment = {**os.environ, "SEAMS_POSTGRES_DIR": str(directory)}
        self._environment = environment
        made = subprocess.run(
            [ROOT / ".ci/postgres", "start"], env=environment, check=True, capture_output=True, text=True
        )
        self.url = made.stdout.split()[-1]
        self._directory = directory
        self._bin = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
        # The tests' server forgets what was committed just before it was cut off: this one must not.
        self.stop("fast")
        self.start()

    def start(self) -> None:
        """Start it again, on the same port."""
        port = self.url.rpartition(":")[2].partition("/")[0]
        options = f"-p {port} -k {self._directory} -c listen_addresses=127.0.0.1"
        options += " -c max_connections=300 -c fsync=off"
        self._control("-l", f"{self._directory}/log", "-o", options, "start")

    def stop(self, mode: str) -> None:
        """Stop it: "fast" in order, "immediate" as a crash does."""
        self._control("-m", mode, "stop")

    def remove(self) -> None:
        """Stop it, and leave nothing."""
        subprocess.run([ROOT / ".ci/postgres", "stop"], env=self._environment, check=False)

    def _control(self, *arguments: str) -> None:
        program = str(self._bin / "pg_ctl") if self._bin else shutil.which("pg_ctl") or "pg_ctl"
        as_server = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run(
            [*as_server, program, "-D", f"{self._directory}/data", "-w", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
        )
