"""Every case of cases.toml is held by tests that are there."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = {
    f"{kind}: {case}": tests
    for kind, cases in tomllib.loads((Path(__file__).parent / "cases.toml").read_text()).items()
    for case, tests in cases.items()
}


@pytest.mark.parametrize("case", CASES)
def test_is_tested(case: str) -> None:
    for named in CASES[case]:
        file, _colons, function = named.partition("::")
        body = ast.parse((ROOT / file).read_text()).body
        assert function in {each.name for each in body if isinstance(each, ast.FunctionDef)}, named


def test_security_names_files_that_are_there() -> None:
    """What SECURITY.md promises is proved by the files that it names."""
    named = [part for part in (ROOT / "SECURITY.md").read_text().split("`") if part.startswith("tests/")]
    assert named
    assert [name for name in named if not (ROOT / name.split("::")[0]).exists()] == []
