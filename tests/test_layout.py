"""The rules of the layout that a reader may rely on."""

import ast
import json
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path.relative_to(ROOT) for top in ("bot", "handlers", "storage") for path in (ROOT / top).rglob("*.py")
)
PURE = ("bot/extraction/", "bot/relationships/", "bot/digest/", "bot/reading/")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


@cache
def imports_of(path: Path) -> set[str]:
    """Top-level names of everything a file imports, wherever in it."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_there_are_sources() -> None:
    assert len(SOURCES) > 50


# All files in one test each: a test of its own for every file would take longer than looking into it.
def test_pure_parts_import_no_edge() -> None:
    edges = {"slack_sdk", "slack_bolt", "sqlalchemy", "handlers", "storage"}
    pure = [path for path in SOURCES if str(path).startswith(PURE)]
    assert pure
    assert {str(path): found for path in pure if (found := imports_of(path) & edges)} == {}


def test_only_storage_imports_sqlalchemy() -> None:
    others = [path for path in SOURCES if path.parts[0] != "storage"]
    assert [str(path) for path in others if imports_of(path) & {"sqlalchemy", "alembic"}] == []


WRITTEN = [path for path in SOURCES if "migrations" not in path.parts]  # those are drafted by Alembic


def test_files_fit_four_screens() -> None:
    lines = {str(path): len((ROOT / path).read_text().splitlines()) for path in WRITTEN}
    assert {path: count for path, count in lines.items() if count > 300} == {}


def test_every_function_fits_a_screen() -> None:
    long = [
        f"{path}: {node.name}"
        for path in WRITTEN
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_nothing_prints_but_the_shell() -> None:
    """What runs writes to the log."""
    printing = [
        str(path)
        for path in SOURCES
        if path.parts[:2] != ("bot", "shell")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "pprint"}
    ]
    assert printing == []


@pytest.mark.filterwarnings("ignore:A test tried")
def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as outgoing:
        outgoing.connect(("192.0.2.1", 80))


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
