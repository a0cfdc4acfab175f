"""Installs pinned, hashed requirements with pip into the Python that runs it, with a bar on a terminal.

.venv/bin/python bin/install_requirements.py requirements.txt requirements-alone.txt
"""

import subprocess
import sys
from pathlib import Path

WIDTH = 30


def main(files: list[str]) -> int:
    """Run pip; its own words are shown only when it fails."""
    total = sum(line[:1].isalnum() for file in files for line in Path(file).read_text().splitlines())
    command = [
        *(sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
        *("--no-deps", "--require-hashes"),
        *(part for file in files for part in ("-r", file)),
    ]
    said: list[str] = []
    done = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603
        for line in pip.stdout or ():
            said.append(line)
            done += line.startswith(("Collecting ", "Requirement already satisfied"))
            if line.startswith("Installing collected"):  # the rest takes a while and says nothing
                show(total, total, "unpacking")
            elif done < total:
                show(done, total, line.strip().removeprefix("Collecting "))
    if sys.stdout.isatty():
        sys.stdout.write("\r\033[K")
    if pip.returncode:
        sys.stderr.write("".join(said))
    return pip.returncode


def show(done: int, total: int, what: str) -> None:
    """Draw the bar again; nothing without a terminal."""
    if sys.stdout.isatty():
        filled = WIDTH * done // max(total, 1)
        sys.stdout.write(
            f"\r\033[K[{'#' * filled}{' ' * (WIDTH - filled)}] {what.split('=')[0].strip()[:40]}"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
