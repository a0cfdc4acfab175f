"""No regular expression of the project takes a hostile string apart in more ways than it has patience for."""

import time

from tests.security.regexes import all_expressions, hostile_strings

LENGTH = 200  # characters: what tries all ways (2 to that power) or their cube would be noticed
SECONDS = 0.3  # of processor time, for all strings of one expression; the slowest takes a tenth of it


def test_all_expressions_are_found() -> None:
    assert len(all_expressions()) > 700


def test_no_expression_backtracks_without_end() -> None:
    slow = []
    for expression in all_expressions():
        strings = hostile_strings(expression, LENGTH)
        begun = time.process_time()
        for string in strings:
            expression.search(string)
        if time.process_time() - begun > SECONDS:
            slow.append((expression.pattern[:80], time.process_time() - begun))
    assert not slow
