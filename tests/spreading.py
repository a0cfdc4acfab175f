"""How several processes (pytest-xdist) share the tests: each takes whole files.

Those that share a running Seams on one database, or the reader, go to one process all together, as starting
and loading them takes long.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

# What takes long as a whole comes first, what is many small files last: so all processes end at one time.
LONG = (
    "scenario sqlite",
    "scenario postgresql",
    "console/test_page.py",
    "workspaces",
    "services/test_record_properties.py",
    "gate",
    "extraction",
    "shell",
    "reading",
    "storage",
    "services",
)
# Where texts are read with the pipelines of all languages, loaded into the process that tests.
READING = ("tests/gate/", "tests/extraction/", "tests/security/test_hostile_texts.py")


class Spread(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each process whole files, and together those that share what takes long to start or to load."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith("tests/scenario/"):
            return f"scenario {dialect_of(nodeid)}"
        if file.startswith("tests/workspaces/"):
            return "workspaces"
        return "reading" if file.startswith(READING) else file


def rank(item: pytest.Item) -> int:
    """Where a test comes: what takes long as a whole, first."""
    file = item.nodeid.partition("::")[0].removeprefix("tests/")
    part = file.partition("/")[0]
    keys = (file, part, f"{part} {dialect_of(item.nodeid)}")
    return next((place for place, name in enumerate(LONG) if name in keys), len(LONG))


def dialect_of(nodeid: str) -> str:
    """The database that a test is for."""
    return "postgresql" if "[postgresql" in nodeid else "sqlite"
