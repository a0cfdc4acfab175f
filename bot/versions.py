"""What runs here: the versions of Seams, of the language pipelines and of the reader's own weights."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from bot.extraction.models import DEFAULT_MODELS

SOURCES = frozenset({".py", ".toml", ".tsv"})
WEIGHTS = "bot.extraction.encoder"


def versions() -> Mapping[str, str]:
    """The versions by name; "missing" for what is not installed. Loads no model."""
    pipelines = {lang: _version(package.replace("_", "-")) for lang, package in DEFAULT_MODELS.items()}
    return {"version": _version("seams"), "spacy": _version("spacy"), **pipelines, "weights": weights()}


def reader_version(*settings: str) -> str:
    """A short name of what decides how a page is read: code and word lists, models, `settings`."""
    told = hashlib.sha256(repr((settings, sorted(versions().items()))).encode())
    for package in ("bot.reading", "bot.extraction"):
        root = Path(str(files(package)))
        for file in sorted(root.rglob("*")):
            if file.suffix in SOURCES:
                told.update(f"{file.relative_to(root)} {file.stat().st_size}\0".encode() + file.read_bytes())
    return told.hexdigest()[:24]


def weights() -> str:
    """A short name of the reader's weights: their small file and the sizes of the large ones."""
    told = hashlib.sha256()
    for file in sorted((files(WEIGHTS) / "weights").iterdir(), key=lambda file: file.name):
        with file.open("rb") as stream:
            told.update(file.name.encode())
            told.update(stream.read() if file.name.endswith(".json") else str(stream.seek(0, 2)).encode())
    return told.hexdigest()[:12]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
