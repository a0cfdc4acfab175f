"""Asks the public advisories about pinned packages; 1 for a finding, 0 for none, and where nobody answers.

.venv-audit/bin/python bin/audit.py -r requirements.txt -r requirements-dev.txt [--ignore-vuln ID]
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SECONDS = 300


def main(arguments: list[str]) -> int:
    """Run pip-audit on the files, and say what came of it."""
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "report.json"
        command = [
            *(sys.executable, "-m", "pip_audit", *arguments, "--require-hashes", "--disable-pip"),
            *("--progress-spinner", "off", "--format", "json", "--output", str(report)),
        ]
        try:
            subprocess.run(command, timeout=SECONDS, capture_output=True, check=False)  # noqa: S603
            found = json.loads(report.read_text())
        except (subprocess.TimeoutExpired, OSError, ValueError):
            found = {"dependencies": []}
    said, failed = judge(found)
    sys.stdout.write(f"{said}\n")
    return int(failed)


def judge(report: Mapping[str, Any]) -> tuple[str, bool]:
    """What pip-audit's report comes to, and whether that is a failure.

    A package that the index tells no advisories of is skipped there, which is not the same as being well.
    """
    packages = report["dependencies"]
    checked = [each for each in packages if "skip_reason" not in each]
    lines = [
        f"{each['name']} {each['version']}: {flaw['id']}, mended in {' '.join(flaw['fix_versions']) or '-'}"
        for each in checked
        for flaw in each["vulns"]
    ]
    if lines:
        return "\n".join(["Known vulnerabilities:", *lines]), True
    if not checked:
        return "Not audited: the index that is used here tells no advisories, or can't be reached.", False
    skipped = len(packages) - len(checked)
    left = f"; of {skipped} more nothing is told" if skipped else ""
    return f"No known vulnerability in {len(checked)} packages{left}.", False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
