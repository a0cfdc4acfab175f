"""No regular expression of the project takes a hostile string apart in more ways than it has patience for."""

import re
import time

import pytest

from tests.security.regexes import all_expressions, hostile_strings

pytestmark = pytest.mark.slow
LENGTH = 200  # characters: what tries all ways (2 to that power) or their cube would be noticed
SECONDS = 0.3  # of processor time, for all strings of one expression; the slowest takes a tenth of it


def test_all_expressions_are_found() -> None:
    assert len(all_expressions()) > 700


def searched(expression: re.Pattern[str]) -> float:
    """The processor time that an expression takes for its strings, in seconds."""
    strings = hostile_strings(expression, LENGTH)
    begun = time.process_time()
    for string in strings:
        expression.search(string)
    return time.process_time() - begun


def test_no_expression_backtracks_without_end() -> None:
    slow = [each for each in all_expressions() if searched(each) > SECONDS]
    # Once more: garbage of all the tests before may have been collected meanwhile.
    assert [each.pattern[:80] for each in slow if searched(each) > SECONDS] == []
