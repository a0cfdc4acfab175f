"""How the pipelines are loaded."""

import re

from bot.extraction.models import _sets_compiled_once

WORDS = ("Ax", "ax", "ÉTÉ-x", "été", "ſ-x", "İx", "-")
EXPRESSIONS = (
    "[a-zà-ÿ-]+x?",
    "(?i)[a-zà-ÿ-]+x?",
    "(?ia)[a-zà-ÿ-]+x?",
    "[^a-zà-ÿ-]|[^a-zà-ÿ-]x",
    "(?i)[^a-zà-ÿ-]",
)


def found() -> list[list[str]]:
    re.purge()
    return [re.compile(expression).findall(" ".join(WORDS)) for expression in EXPRESSIONS]


def test_expressions_that_share_their_sets_find_what_they_find_alone() -> None:
    apart = found()
    with _sets_compiled_once():
        together = found()
    assert together == apart
