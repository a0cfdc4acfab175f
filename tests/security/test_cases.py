"""Every case of cases.toml is held by tests that are there."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = {
    f"{kind}: {case}": tests
    for kind, cases in tomllib.loads((Path(__file__).parent / "cases.toml").read_text()).items()
    for case, tests in cases.items()
}


@cache
def written(file: str) -> frozenset[str]:
    """The tests that stand in a file."""
    return frozenset(_written(ast.parse((ROOT / file).read_text()).body))


def _written(body: list[ast.stmt]) -> Iterator[str]:
    for each in body:
        if isinstance(each, ast.FunctionDef):
            yield each.name
        elif isinstance(each, ast.ClassDef):
            yield from (f"{each.name}::{name}" for name in _written(each.body))


@pytest.fixture(scope="session")
def collected(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """The parameters of each test of this run; empty when only some tests of a file may have been chosen."""
    config = request.config
    if config.option.keyword or config.option.markexpr or any("::" in each for each in config.args):
        return {}
    found: dict[str, list[str]] = {}
    for item in request.session.items:
        name, _bracket, parameters = item.nodeid.partition("[")
        found.setdefault(name, []).append(parameters.removesuffix("]"))
    return found


@pytest.mark.parametrize("case", CASES)
def test_is_tested(case: str, collected: dict[str, list[str]]) -> None:
    """By a test that is written; and, where its file is run too, with the parameters that are named."""
    assert CASES[case]
    for named in CASES[case]:
        test, _bracket, part = named.partition("[")
        file, _colons, function = test.partition("::")
        assert function in written(file), named
        if test in collected:
            assert any(part.removesuffix("]") in each for each in collected[test]), named


def test_security_names_tests_that_are_there() -> None:
    """What SECURITY.md promises is proved by the files and tests that it names."""
    named = [part for part in (ROOT / "SECURITY.md").read_text().split("`") if part.startswith("tests/")]
    assert named
    for each in named:
        file, _colons, function = each.partition("::")
        assert (ROOT / file).exists(), each
        assert not function or function in written(file), each
