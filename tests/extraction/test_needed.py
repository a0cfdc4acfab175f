"""What a sentence must hold for a wording to tell anything of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.needed import needed
from bot.extraction.phrases import load_phrases
from tests.extraction.tie_cases import CASES, NAMES

_NAME = re.compile("|".join(NAMES))


@pytest.mark.parametrize(
    ("expression", "some"),
    [
        ("abc", {"abc"}),
        (r"\bab\s+cdef", {"cdef"}),
        ("(?:sell|sold)s?", {"ell", "old"}),  # the parser takes out what all begin with
        ("(?:buy|bought) stakes", {" stakes"}),
        ("(?:sell|bid|)", set()),
        ("(?:sell)?", set()),
        ("(?:sell)+x", {"sell"}),
        ("(?:abc(?:de|fgh))", {"abc"}),
        (r"\w+", set()),
        ("(?i:abc)", set()),
        ("(?!abc)", set()),
        ("[ab]cd", {"cd"}),
    ],
)
def test_the_longest_of_what_must_stand_there_is_needed(expression: str, some: set[str]) -> None:
    assert needed(expression) == some


@pytest.mark.parametrize(
    "expression",
    [
        r"(?:takes?|took)\s+(?:over|control of) .",
        r"a(?:bc|de){1,3}(?:fg)?h*",
        r"(?:x|yz)+?(?P<a>\d)(?:end|fin)$",
    ],
)
@given(st.data())
def test_whatever_matches_holds_one_of_them(expression: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(expression))
    assert any(one in text for one in needed(expression))


def coded_forms(sentence: str) -> tuple[str, ...]:
    """The sentence with codes for its companies, as wordings are tried on it."""
    parts = _NAME.split(sentence)
    coded = "".join(f"{part}§{n}§" for n, part in enumerate(parts[:-1])) + parts[-1]
    return coded, coded[:1].lower() + coded[1:], coded.lower()


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_no_wording_would_match_where_it_is_not_tried(lang: str) -> None:
    wordings = load_phrases(lang).wordings
    sentences = [coded for _, sentence, _ in CASES for coded in coded_forms(sentence)]
    left = ((p, coded) for p in wordings for coded in sentences if not p.may_match(coded))
    assert [(p.expression, coded) for p, coded in left if p.regex.search(coded)] == []


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_of_a_sentence_without_their_words_few_wordings_are_tried(lang: str) -> None:
    wordings = load_phrases(lang).wordings
    assert sum(p.may_match("§0§ §1§") for p in wordings) < len(wordings) / 20
