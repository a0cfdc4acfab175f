"""The rules of the layout that a reader may rely on."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path.relative_to(ROOT) for top in ("bot", "handlers", "storage") for path in (ROOT / top).rglob("*.py")
)
PURE = ("bot/extraction/", "bot/relationships/", "bot/digest/", "bot/reading/")


def imports_of(path: Path) -> set[str]:
    """Top-level names of everything a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_there_are_sources() -> None:
    assert len(SOURCES) > 50


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_pure_parts_import_no_edge(path: Path) -> None:
    if str(path).startswith(PURE):
        assert not imports_of(path) & {"slack_sdk", "slack_bolt", "sqlalchemy", "handlers", "storage"}


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_only_storage_imports_sqlalchemy(path: Path) -> None:
    if path.parts[0] != "storage":
        assert not imports_of(path) & {"sqlalchemy", "alembic"}


WRITTEN = [path for path in SOURCES if "migrations" not in path.parts]  # those are drafted by Alembic


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_files_fit_four_screens(path: Path) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_every_function_fits_a_screen(path: Path) -> None:
    long = [
        node.name
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert not long


def test_the_web_process_never_imports_what_reads_and_what_draws() -> None:
    heavy = {"spacy", "trafilatura", "matplotlib", "networkx"}
    code = f"import sys, bot.running; sys.exit(bool({heavy} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_requirements_are_pinned_and_hashed_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-alone.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "--index-url" not in text
        assert "://" not in text
        pins = [line for line in text.splitlines() if line and line[0] not in " #"]
        assert pins
        assert all("==" in pin and pin.rstrip().endswith("\\") for pin in pins)


def test_the_manifest_is_json_with_only_bot_scopes() -> None:
    scopes = json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
