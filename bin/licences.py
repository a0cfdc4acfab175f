"""Writes the table of docs/licences.md from what the installed packages say of themselves.

.venv/bin/python bin/licences.py
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
SAID = ROOT / "bin" / "licences.toml"  # what metadata does not say
INSTALLED = ("requirements.txt", "requirements-alone.txt")
TOOLS = ("requirements-dev.txt",)
BEGIN, END = "<!-- written by `make licences` -->\n", "<!-- until here -->\n"
LONGEST = 60  # characters of a licence's name; what is longer is its text

_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;]+)", re.MULTILINE)


def main() -> int:
    """Write the table into the page; 1 when a package says no licence."""
    said = tomllib.loads(SAID.read_text())
    shipped, tools = pins(INSTALLED), pins(TOOLS)
    tools = {name: versions for name, versions in tools.items() if name not in shipped}
    table = "\n".join([*rows("Installed with Seams", shipped, said), *rows("For tests only", tools, said)])
    head, _begin, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}")
    unknown = [name for name in (shipped | tools) if not licence_of(name, said)]
    if unknown:
        sys.stderr.write(f"No licence is known of {', '.join(unknown)}: look it up, and add it to {SAID}\n")
    return 1 if unknown else 0


def pins(files: tuple[str, ...]) -> dict[str, str]:
    """The pinned packages of some files, each with its version; several where it depends on the machine."""
    found: dict[str, list[str]] = {}
    for file in files:
        for name, version in _PIN.findall((ROOT / file).read_text()):
            versions = found.setdefault(name, [])
            if version not in versions:
                versions.append(version)
    return {name: ", ".join(versions) for name, versions in sorted(found.items())}


def rows(title: str, packages: Mapping[str, str], said: Mapping[str, str]) -> Iterator[str]:
    """A heading and a table."""
    yield from (f"### {title}", "", "| package | version | licence |", "|---|---|---|")
    for name, version in packages.items():
        yield f"| {name} | {version} | {licence_of(name, said) or '**unknown**'} |"
    yield ""


def licence_of(name: str, said: Mapping[str, str]) -> str:
    """The licence of a package: what we looked up, else what it declares; "" when neither says any."""
    if name in said:
        return said[name]
    try:
        declared = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := declared.get("License-Expression"):
        return expression
    words = (declared.get("License") or "").strip()
    if words and "\n" not in words and len(words) <= LONGEST:
        return words
    kinds = [kind.split(" :: ") for kind in declared.get_all("Classifier") or ()]
    return ", ".join(kind[-1] for kind in kinds if kind[0] == "License" and len(kind) > 2)


if __name__ == "__main__":
    sys.exit(main())
